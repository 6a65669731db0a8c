//! The changes that are made seldom, under one button.

use shared::text::{Phrase, change};
use shared::wire::DeskTicket;
use widget::icon::icon;
use yew::prelude::*;

use super::pane::TicketProps;
use crate::state::{Action, Sheet};

fn changes(ticket: &DeskTicket) -> [(Phrase, Sheet); 6] {
    [
        (change::SEVERITY, Sheet::Severity(ticket.row.severity)),
        (change::COMPLEXITY, Sheet::Complexity(ticket.complexity)),
        (change::TEAM, Sheet::Team),
        (change::TIER, Sheet::Tier(ticket.row.tier.clone())),
        (change::MERGE, Sheet::Merge),
        (change::DISCARD, Sheet::Discard),
    ]
}

/// Opens downwards; Escape and a choice close it.
#[component]
pub(super) fn Menu(props: &TicketProps) -> Html {
    let TicketProps { session, ticket } = props;
    let words = session.words;
    let open = use_state(|| false);
    if ticket.row.stage.is_final() {
        return Html::default();
    }
    let item = |(phrase, sheet): (Phrase, Sheet)| {
        let (tell, set) = (session.dispatcher(), open.setter());
        let onclick = move |_: MouseEvent| {
            set.set(false);
            tell.dispatch(Action::Sheet(Some(sheet.clone())));
        };
        html! { <li><button class="button" data-kind="quiet" {onclick}>{ words.say(phrase) }</button></li> }
    };
    let (set, was) = (open.setter(), *open);
    let onclick = move |_: MouseEvent| set.set(!was);
    let set = open.setter();
    let onkeydown = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            set.set(false);
        }
    };
    html! {
        <div class="menu" {onkeydown}>
            <button class="button" data-kind="icon" aria-label={words.say(change::MORE)} title={words.say(change::MORE)}
                aria-expanded={if was { "true" } else { "false" }} aria-controls="changes" {onclick}>{ icon("more") }</button>
            <ul id="changes" hidden={!was}>{ for changes(ticket).into_iter().map(item) }</ul>
        </div>
    }
}
