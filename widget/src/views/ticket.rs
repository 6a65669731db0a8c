//! One ticket: what was said, what happened, where its clock stands, and a place to write.

use jiff::Timestamp;
use shared::contract::Metric;
use shared::ids::{AgentId, MessageId, TicketId};
use shared::text::{Phrase, widget as text};
use shared::ticket::{PendReason, Stage};
use shared::wire::TicketView;
use web_sys::HtmlInputElement;
use widget::dates::{self, Dates};
use widget::icon::{icon, small};
use widget::reasons;
use widget::verdict::Standing;
use yew::prelude::*;

use super::tickets::standing_told;
use super::{broken, refused, skeleton};
use crate::link::Link;
use crate::session::{Action, Line, Saying, Sent, Session, thread};

/// The ticket.
pub(crate) fn ticket(session: &Session, link: &Link, id: TicketId) -> Html {
    let here = session.ticket.here.as_deref().filter(|ticket| ticket.id == id);
    let body = match (here, session.dates(), &session.ticket.failed) {
        (Some(ticket), Some(dates), _) => log(session, link, ticket, dates),
        (_, _, Some(failure)) => broken(session, link, failure.fault()),
        (_, _, None) => skeleton(),
    };
    html! {
        <>
            <main class="body" data-view="ticket">{ body }</main>
            { composer(session, link, id, here) }
        </>
    }
}

/// Where the promise stands, above the words.
pub(super) fn under_bar(session: &Session, id: TicketId) -> Html {
    let here = session.ticket.here.as_deref().filter(|ticket| ticket.id == id);
    let Some((ticket, dates)) = here.zip(session.dates()) else { return Html::default() };
    let clock = ticket.clocks.iter().find(|clock| clock.metric == Metric::FirstResponse);
    let standing = clock.map(|clock| Standing::of(clock, dates.now));
    let Some(standing) = standing else { return Html::default() };
    let left = match standing {
        Standing::Running { due } => dates.words.fill(shared::text::date::AHEAD, &[("duration", &dates.left(due))]),
        Standing::Near { .. }
        | Standing::Late { .. }
        | Standing::Met { .. }
        | Standing::Missed { .. }
        | Standing::Paused
        | Standing::Endless => String::new(),
    };
    html! {
        <p class="under-bar">
            <span class="clock-state" data-state={standing.name()}>{ small(standing.icon()) }{ standing_told(standing, dates) }</span>
            <span>{ left }</span>
        </p>
    }
}

fn log(session: &Session, link: &Link, ticket: &TicketView, dates: Dates<'_>) -> Html {
    let words = session.words;
    let said = session.said.iter().filter(|echo| echo.ticket == ticket.id);
    let lines = thread(ticket, said, session.waiting_for(ticket.id));
    let received = words.fill(text::EVENT_RECEIVED, &[("time", &dates.full(ticket.receipt.asked_at))]);
    html! {
        <div role="log" aria-label={words.say(text::LOG_LABEL)}>
            <ol class="log">
                <li class="log-event">{ received }</li>
                <li>{ reasons::folded(&ticket.receipt.reasons, dates, false) }</li>
                { for lines.into_iter().map(|line| drawn(line, ticket, dates, link)) }
            </ol>
        </div>
    }
}

fn drawn(line: Line, ticket: &TicketView, dates: Dates<'_>, link: &Link) -> Html {
    let words = dates.words;
    let at = |phrase: Phrase, at: Timestamp| words.fill(phrase, &[("time", &dates.brief(at))]);
    match line {
        Line::Group { agent, at, sayings } => group(agent.as_ref(), at, sayings, (ticket, dates, link)),
        Line::Answered { at, late: Some(late), .. } => {
            let late = dates::duration(words, late);
            let values = [("time", &*dates.brief(at)), ("duration", &late)];
            event(Some(("late", "late")), words.fill(text::EVENT_FIRST_REPLY_LATE, &values))
        }
        Line::Answered { at, after, late: None } => {
            let after = dates::duration(words, after);
            let values = [("time", &*dates.brief(at)), ("duration", &after)];
            event(Some(("met", "met")), words.fill(text::EVENT_FIRST_REPLY, &values))
        }
        Line::Pended { at: since, by, reason: PendReason::Customer } => {
            let values = [("name", &*name(&by, ticket, dates)), ("time", &dates.brief(since))];
            event(Some(("", "paused")), words.fill(text::EVENT_PENDING, &values))
        }
        Line::Pended { at: since, .. } => event(Some(("", "paused")), at(text::EVENT_WAITS, since)),
        Line::Resumed(when) => event(None, at(text::EVENT_RESUMED, when)),
        Line::Solved { at: when, by } => {
            let values = [("name", &*name(&by, ticket, dates)), ("time", &dates.brief(when))];
            event(Some(("", "check")), words.fill(text::EVENT_SOLVED, &values))
        }
        Line::Reopened(when) => event(None, at(text::EVENT_REOPENED, when)),
        Line::Breached { metric, at: when } => {
            let phrase = match metric {
                Metric::FirstResponse => text::EVENT_BREACHED,
                Metric::Resolution => text::EVENT_BREACHED_RESOLUTION,
            };
            event(Some(("late", "late")), at(phrase, when))
        }
    }
}

/// Something that happened. A state has its icon: colour never stands alone.
fn event(mark: Option<(&'static str, &'static str)>, told: String) -> Html {
    let state = mark.map(|(state, _)| state).filter(|state| !state.is_empty());
    html! { <li class="log-event" data-state={state}>{ for mark.map(|(_, name)| small(name)) }{ told }</li> }
}

fn name(agent: &AgentId, ticket: &TicketView, dates: Dates<'_>) -> String {
    let known = ticket.people.iter().find(|person| person.id == *agent);
    known.map_or_else(|| dates.words.say(text::TEAM).to_owned(), |person| person.name.clone())
}

fn group(
    agent: Option<&AgentId>,
    at: Timestamp,
    sayings: Vec<Saying>,
    (ticket, dates, link): (&TicketView, Dates<'_>, &Link),
) -> Html {
    let state = sayings.last().map(|saying| state(saying, dates, link)).filter(|_| agent.is_none());
    let bubble = |saying: Saying| {
        let state = match saying.sent {
            Sent::At(_) => None,
            Sent::Waiting(_) => Some("waiting"),
            Sent::Refused(_) => Some("unsent"),
        };
        html! { <p class="bubble" dir="auto" data-state={state} key={saying.message.to_string()}>{ saying.text }</p> }
    };
    html! {
        <li class="group" data-from={if agent.is_some() { "agent" } else { "me" }}>
            if let Some(agent) = agent {
                <p class="group-who"><b>{ name(agent, ticket, dates) }</b>{ " " }{ dates.brief_element(at) }</p>
            }
            { for sayings.into_iter().map(bubble) }
            { for state }
        </li>
    }
}

/// How far her own words have come.
fn state(saying: &Saying, dates: Dates<'_>, link: &Link) -> Html {
    let words = dates.words;
    let id: MessageId = saying.message;
    match &saying.sent {
        Sent::At(at) => {
            let told = words.fill(text::MESSAGE_SENT, &[("time", &dates.brief(*at))]);
            html! { <p class="group-state">{ told }</p> }
        }
        Sent::Waiting(at) => {
            let told = words.fill(text::MESSAGE_WAITING, &[("time", &dates.brief(*at))]);
            html! { <p class="group-state" role="status">{ small("running") }{ told }</p> }
        }
        Sent::Refused(refusal) => html! {
            <p class="group-state" data-state="unsent" role="alert">
                { small("alert") }{ words.say(text::MESSAGE_UNSENT) }{ " " }{ refused::whole(words, refusal) }
                <button class="button" data-kind="link" onclick={link.on(move || Action::Retry(Some(id)))}>{ words.say(text::RETRY) }</button>
                <button class="button" data-kind="link" onclick={link.on(move || Action::Discarded(id))}>{ words.say(text::DELETE) }</button>
            </p>
        },
    }
}

fn composer(session: &Session, link: &Link, id: TicketId, here: Option<&TicketView>) -> Html {
    let words = session.words;
    let text = session.draft.reply(id).to_owned();
    let solved = here.is_some_and(|ticket| matches!(ticket.stage, Stage::Solved { .. }));
    let hint = match (session.online, solved) {
        (false, _) => Some(words.say(text::COMPOSER_OFFLINE)),
        (true, true) => Some(words.say(text::COMPOSER_SOLVED)),
        (true, false) => None,
    };
    let send = {
        let link = link.clone();
        move || link.tell(Action::Said(id, link.new_message()))
    };
    let submit = {
        let send = send.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            send();
        })
    };
    // Enter sends, but not the Enter that ends a word in an input method.
    let key = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
            event.prevent_default();
            send();
        }
    });
    let typed = {
        let link = link.clone();
        Callback::from(move |event: InputEvent| {
            link.tell(Action::Wrote(id, event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    let idle = text.trim().is_empty();
    html! {
        <form class="composer" onsubmit={submit}>
            <textarea class="composer-text" rows="1" dir="auto" aria-label={words.say(text::COMPOSER)}
                placeholder={words.say(text::COMPOSER)} value={text} oninput={typed} onkeydown={key} />
            <button class="button" data-kind="primary" aria-label={words.say(text::SEND)} disabled={idle}>{ icon("send") }</button>
            if let Some(hint) = hint { <p class="composer-hint">{ hint }</p> }
        </form>
    }
}
