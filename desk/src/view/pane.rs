//! The open ticket: what it is, until when, what was said, and what may be done.

use std::rc::Rc;

use shared::text::{Phrase, change, desk};
use shared::ticket::Stage;
use shared::wire::{DeskCommand, DeskTicket};
use web_sys::HtmlElement;
use widget::icon::{along, icon, small};
use yew::prelude::*;

use super::log::Log;
use super::menu::Menu;
use super::row::severity;
use super::write::Write;
use super::{Props, clocks, failing, foreseen};
use crate::state::floor::Reading;
use crate::state::inbox::headline;
use crate::state::sheet::wants_a_word;
use crate::state::{Action, Floor, Session, Sheet};

#[component]
pub(super) fn Pane(props: &Props) -> Html {
    let session = &props.session;
    let words = session.words;
    let Some(floor) = session.floor() else { return Html::default() };
    match &floor.reading {
        None => html! {
            <main class="pane" data-empty="">
                <div class="blank">
                    <h2>{ words.say(desk::PANE_EMPTY_TITLE) }</h2><p>{ words.say(desk::PANE_EMPTY_TEXT) }</p>
                </div>
            </main>
        },
        Some(Reading { ticket: Some(ticket), id, .. }) => html! {
            <main class="pane" key={id.to_string()}>
                <Head session={session.clone()} ticket={ticket.clone()} />
                { due(session, floor, ticket) }
                { failed(session, floor) }
                <Log session={session.clone()} ticket={ticket.clone()} />
                <Write session={session.clone()} ticket={ticket.clone()} />
            </main>
        },
        Some(Reading { trouble: Some(why), .. }) => {
            let tell = session.dispatcher();
            let onclick = move |_: MouseEvent| tell.dispatch(Action::ReadAgain);
            html! {
                <main class="pane" data-empty="">
                    <div class="blank" role="alert">
                        <h2>{ words.say(desk::TICKET_ERROR_TITLE) }</h2>
                        <p>{ failing::told(why, clocks::dates(session, floor)) }</p>
                        <button class="button" {onclick}>{ words.say(desk::TRY_AGAIN) }</button>
                        { back(words.say(desk::BACK)) }
                    </div>
                </main>
            }
        }
        Some(Reading { ticket: None, trouble: None, .. }) => {
            waiting(words.say(desk::LOADING), words.say(desk::BACK))
        }
    }
}

/// Back to the list, where only one of both is shown: the address decides, so *back* of the browser does the same.
fn back(label: &'static str) -> Html {
    html! { <a class="button pane-back" data-kind="icon" href="#" aria-label={label}>{ along("back") }</a> }
}

fn waiting(loading: &'static str, label: &'static str) -> Html {
    html! {
        <main class="pane" aria-busy="true" aria-label={loading}>
            <header class="pane-head">{ back(label) }<span class="skeleton" data-length="half" /></header>
            <p class="pane-due"><span class="skeleton" data-length="short" /></p>
            <div class="pane-log">
                <div class="log"><span class="skeleton" data-length="half" /><span class="skeleton" data-length="short" /></div>
            </div>
        </main>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct TicketProps {
    pub(super) session: Session,
    pub(super) ticket: Rc<DeskTicket>,
}

#[component]
fn Head(props: &TicketProps) -> Html {
    let TicketProps { session, ticket } = props;
    let words = session.words;
    let title = use_node_ref();
    // Whoever opens a ticket reads on from its title, also with a screen reader.
    use_effect_with((ticket.row.id, title.clone()), |(_, title)| {
        if let Some(title) = title.cast::<HtmlElement>() {
            let _ = title.focus();
        }
    });
    let Some(floor) = session.floor() else { return Html::default() };
    let subject = ticket.row.subject.clone().or_else(|| floor.rows.get(&ticket.row.id)?.subject.clone());
    let subject = subject.unwrap_or_else(|| ticket.row.id.code());
    let tell = session.dispatcher();
    let side = !floor.side;
    let onclick = move |_: MouseEvent| tell.dispatch(Action::Side(side));
    html! {
        <header class="pane-head">
            { back(words.say(desk::BACK)) }
            { severity(words, ticket.row.severity) }
            <h2 ref={title} class="cut-line" tabindex="-1" lang={ticket.row.language.to_string()} title={subject.clone()}>
                { subject }
            </h2>
            <span class="code">{ ticket.row.id.code() }</span>
            { actions(session, floor, ticket.row.stage) }
            <Menu session={session.clone()} ticket={ticket.clone()} />
            <button class="button pane-more" data-kind="icon" aria-label={words.say(desk::CUSTOMER_AND_CLOCKS)}
                aria-expanded={if floor.side { "true" } else { "false" }} {onclick}>{ icon("info") }</button>
        </header>
    }
}

/// What may be done next, by how the ticket stands.
fn actions(session: &Session, floor: &Floor, stage: Stage) -> Html {
    let button = |action: Action,
                  icon: &'static str,
                  phrase: Phrase,
                  kind: Option<&'static str>,
                  own: bool| {
        let tell = session.dispatcher();
        let onclick = move |_: MouseEvent| tell.dispatch(action.clone());
        html! {
            <button class="button" data-kind={kind} disabled={floor.busy().is_some() && !own}
                aria-busy={own.then_some("true")} {onclick}>{ small(icon) }{ session.words.say(phrase) }</button>
        }
    };
    let own = |asks: fn(&DeskCommand) -> bool| floor.busy().is_some_and(|deed| asks(&deed.command));
    let solve = || {
        let solving = own(|command| matches!(command, DeskCommand::Solve {}));
        button(Action::Solve, "check", desk::SOLVE, None, solving)
    };
    match stage {
        Stage::Open {} => {
            let pausing = own(|command| matches!(command, DeskCommand::Pend { .. }));
            let pause = Action::Sheet(Some(Sheet::PENDING));
            html! { <>{ button(pause, "paused", desk::SET_PENDING, Some("quiet"), pausing) }{ solve() }</> }
        }
        Stage::Pending { .. } => {
            let resuming = own(|command| matches!(command, DeskCommand::Resume {}));
            html! { <>{ button(Action::Resume, "running", desk::RESUME, Some("quiet"), resuming) }{ solve() }</> }
        }
        Stage::Merged { .. } | Stage::Discarded { .. } => Html::default(),
        Stage::Solved { .. } => {
            let reopening = own(|command| matches!(command, DeskCommand::Reopen {}));
            button(Action::Reopen, "retry", desk::REOPEN, None, reopening)
        }
    }
}

/// Time is the hero: the next deadline in the largest words, the other clock beside it.
fn due(session: &Session, floor: &Floor, ticket: &DeskTicket) -> Html {
    let dates = clocks::dates(session, floor);
    let told = clocks::told(&ticket.row, dates);
    let next = headline(&ticket.row);
    let by = next.and_then(|clock| Some((clock, clock.state.deadline()?)));
    let (strong, beside_it) = match by {
        Some((clock, due)) => clocks::sentence(clock, due, dates),
        None => (told.words.into(), Html::default()),
    };
    let others = ticket.row.clocks.iter().filter(|clock| Some(*clock) != next);
    let beside = others.filter(|clock| clock.state.deadline().is_some()).map(|clock| {
        let state = widget::verdict::Standing::of(clock, floor.now).name();
        html! { <span class="clock-state" data-state={state}>{ small(state) }{ clocks::countdown(clock, dates) }</span> }
    });
    html! {
        <p class="pane-due" data-state={told.state}>
            <strong>{ icon(told.state) }{ strong }</strong>
            <span>{ beside_it }</span>
            { foreseen::if_resumed(session, floor) }
            { for beside }
        </p>
    }
}

/// What came to nothing, and the way out.
fn failed(session: &Session, floor: &Floor) -> Html {
    let Some(failed) = floor.failure() else { return Html::default() };
    let words = session.words;
    let act = |action: Action, phrase: Phrase| {
        let tell = session.dispatcher();
        let onclick = move |_: MouseEvent| tell.dispatch(action.clone());
        html! { <button class="button" data-kind="link" {onclick}>{ words.say(phrase) }</button> }
    };
    let again = if wants_a_word(&failed.trouble) {
        act(Action::Confirm, change::MERGE_ANYWAY)
    } else {
        act(Action::Again, desk::TRY_AGAIN)
    };
    html! {
        <p class="notice" data-kind="down" role="alert">
            { icon("alert") }
            <span>
                <b>{ words.say(desk::FAILED_TITLE) }</b>{ " " }
                { failing::told(&failed.trouble, clocks::dates(session, floor)) }
            </span>
            <span class="notice-ways">{ again }{ act(Action::Dismiss, desk::CLOSE) }</span>
        </p>
    }
}
