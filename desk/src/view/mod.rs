//! What the desk shows. Components draw the state and dispatch what people do; they decide nothing.

mod changed;
mod changes;
mod clocks;
mod door;
mod failing;
mod foreseen;
mod inbox;
mod log;
mod menu;
mod notices;
mod pane;
mod planner;
mod receipts;
mod row;
mod sheets;
mod side;
mod why;
mod write;

use yew::prelude::*;

use crate::live::{Edge, address, kept_words, use_live};
use crate::state::{Desk, Place, Session};

/// What every component gets.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) session: Session,
}

/// The whole page.
#[component]
pub(crate) fn App() -> Html {
    let session = use_reducer(|| Desk::at_the_door(kept_words(), address::take_token()));
    let edge = use_memo((), |()| Edge::here());
    use_live(&session, &edge);
    match &session.place {
        Place::Inside(_) => html! { <Floor {session} /> },
        Place::Entering { .. } | Place::Outside(_) => html! { <door::Door {session} /> },
    }
}

/// The list, the ticket, and beside it who asks.
#[component]
fn Floor(props: &Props) -> Html {
    let session = &props.session;
    let Some(floor) = session.floor() else { return Html::default() };
    if floor.planner.shown {
        return html! {
            <div class="desk" data-open="">
                <notices::Notices {session} />
                <inbox::Inbox {session} />
                <planner::Page {session} />
                <sheets::Sheets {session} />
            </div>
        };
    }
    let open = floor.reading.is_some();
    html! {
        <div class="desk" data-open={open.then_some("")} data-side={floor.side.then_some("")}>
            <notices::Notices {session} />
            <inbox::Inbox {session} />
            <pane::Pane {session} />
            <side::Side {session} />
            <sheets::Sheets {session} />
        </div>
    }
}
