//! Sends what the session says is to leave: on disk first, then to the edge, under the same id each time.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use shared::ids::MessageId;
use shared::wire::{Accepted, Outgoing, Parcel, RawMessage, Reply, Said, Sent};
use widget::http::{self, Failure};
use widget::task::Task;
use yew::prelude::*;

use super::{Kept, kept, path};
use crate::link::Link;
use crate::session::{Action, Session};
use crate::start::Setup;

/// One attempt at a time, and the wait between two.
#[hook]
pub(crate) fn use_courier(setup: &Rc<Setup>, session: &Session, link: &Link, store: &Kept) {
    let attempt = session.sending.as_ref().map(|parcel| (parcel.id, parcel.failed));
    let work = session.sending.clone().zip(session.bearer().map(str::to_owned));
    let (setup, courier, store) = (Rc::clone(setup), link.clone(), Rc::clone(store));
    use_effect_with(attempt, move |_| {
        let work = work.map(|(parcel, bearer)| {
            Task::spawn(async move {
                kept::keep(&store, &parcel).await;
                let reply = deliver(&setup, &courier, &parcel, &bearer).await;
                courier.tell(Action::Answered(parcel.id, reply));
            })
        });
        move || drop(work)
    });
    let link = link.clone();
    use_effect_with(session.client.wake_at(), move |wake_at| {
        let rest = wake_at.map(|at| at.duration_since(link.clock.now()).as_millis().clamp(0, 60_000));
        let rest = rest.and_then(|ms| u32::try_from(ms).ok());
        let alarm = rest.map(|ms| Timeout::new(ms, move || link.tell(Action::Tick)));
        move || drop(alarm)
    });
}

async fn deliver(setup: &Setup, link: &Link, parcel: &Parcel, bearer: &str) -> Reply {
    match &parcel.outgoing {
        Outgoing::Open { form } => {
            let answer = http::post::<Accepted>(&path(setup, "tickets"), Some(bearer), form).await;
            reply(answer, |accepted| {
                link.clock.set(accepted.now);
                Sent::Opened(Box::new(accepted))
            })
        }
        Outgoing::Say { ticket, text, reopen } => {
            let message = RawMessage { id: told(parcel.id), text: text.clone(), reopen: *reopen };
            let place = ["tickets/", &ticket.to_string(), "/messages"].concat();
            let answer = http::post::<Said>(&path(setup, &place), Some(bearer), &message).await;
            reply(answer, |said| {
                link.clock.set(said.now);
                Sent::Said
            })
        }
    }
}

fn told(id: MessageId) -> String {
    id.to_string()
}

fn reply<A>(answer: Result<A, Failure>, sent: impl FnOnce(A) -> Sent) -> Reply {
    match answer {
        Ok(answer) => Reply::Taken(sent(answer)),
        Err(Failure::Refused(refusal)) => Reply::Refused(refusal),
        Err(Failure::Lost { wait, .. }) => Reply::Lost(wait),
    }
}
