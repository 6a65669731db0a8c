//! What the desk asks the edge for: time, the index, the open ticket, and what an agent does.

use gloo::timers::callback::Interval;
use shared::refusal::Refusal;
use widget::http::Failure;
use widget::task::Task;
use yew::prelude::*;

use super::Edge;
use crate::state::floor::Leaving;
use crate::state::sheet::Wonder;
use crate::state::{Act, Action, Outside, Session};

const TICK_MS: u32 = 1_000;

/// Each second, the time by the edge's clock.
#[hook]
pub(super) fn use_ticking(session: &Session, edge: &Edge) {
    let (tell, edge) = (session.dispatcher(), edge.clone());
    use_effect_with(session.floor().is_some(), move |inside| {
        let tick = inside.then(|| Interval::new(TICK_MS, move || tell.dispatch(Action::Ticked(edge.now()))));
        move || drop(tick)
    });
}

/// The index, whenever it may have changed unheard.
#[hook]
pub(super) fn use_listing(session: &Session, edge: &Edge) {
    let (tell, edge) = (session.dispatcher(), edge.clone());
    use_effect_with(session.floor().map(|floor| floor.resyncs), move |wish| {
        let ask = |_| Task::spawn(async move { tell.dispatch(Action::Listed(edge.index().await)) });
        let task = wish.map(ask);
        move || drop(task)
    });
}

/// The open ticket, whenever it is older than its row.
#[hook]
pub(super) fn use_reading(session: &Session, edge: &Edge) {
    let (tell, edge) = (session.dispatcher(), edge.clone());
    let stale = session.floor().is_some_and(|floor| floor.stale());
    let wish = session.floor().and_then(|floor| floor.wanted());
    use_effect_with(wish, move |wish| {
        let ask =
            |(id, _, _)| Task::spawn(async move { tell.dispatch(Action::Read(id, edge.ticket(id).await)) });
        let task = wish.filter(|_| stale).map(ask);
        move || drop(task)
    });
}

/// What the change on the sheet would do, whenever it is another one.
#[hook]
pub(super) fn use_wondering(session: &Session, edge: &Edge) {
    let (tell, edge) = (session.dispatcher(), edge.clone());
    let wonder = session.floor().and_then(|floor| floor.wonder());
    use_effect_with(wonder, move |wonder| {
        let ask = |wonder: Wonder| {
            Task::spawn(async move {
                let answer = edge.would(wonder.ticket, &wonder.change).await;
                tell.dispatch(Action::Foreseen(wonder, answer));
            })
        };
        let task = wonder.clone().map(ask);
        move || drop(task)
    });
}

/// What an agent does, one deed after the other.
#[hook]
pub(super) fn use_deeds(session: &Session, edge: &Edge) {
    let (tell, edge) = (session.dispatcher(), edge.clone());
    let first = session.floor().and_then(|floor| floor.deeds.front().cloned());
    use_effect_with(first, move |first| {
        let act = |deed: crate::state::floor::Deed| {
            Task::spawn(async move {
                let outcome = edge.act(deed.ticket, &deed.command).await;
                tell.dispatch(Action::Done(deed.serial, outcome));
            })
        };
        let task = first.clone().map(act);
        move || drop(task)
    });
}

/// The planner's question, whenever it is another one.
#[hook]
pub(super) fn use_planning(session: &Session, edge: &Edge) {
    let (tell, edge) = (session.dispatcher(), edge.clone());
    let wish = session.floor().and_then(|floor| floor.planner.wish());
    use_effect_with(wish, move |wish| {
        let ask = |(serial, wish)| {
            Task::spawn(async move {
                tell.dispatch(Action::Planner(Act::Answered(serial, edge.plan(&wish).await)));
            })
        };
        let task = wish.clone().map(ask);
        move || drop(task)
    });
}

/// The way out: nobody is signed out until the edge has said so.
#[hook]
pub(super) fn use_leaving(session: &Session, edge: &Edge) {
    let (tell, edge) = (session.dispatcher(), edge.clone());
    let asked = session.floor().is_some_and(|floor| floor.leaving == Leaving::Asked);
    use_effect_with(asked, move |asked| {
        let leave = || {
            Task::spawn(async move {
                tell.dispatch(match edge.sign_out().await {
                    Ok(()) | Err(Failure::Refused(Refusal::Unauthorized { .. })) => {
                        Action::Kept(Outside::Left)
                    }
                    Err(why) => Action::Stayed(why),
                });
            })
        };
        let task = asked.then(leave);
        move || drop(task)
    });
}
