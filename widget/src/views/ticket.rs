//! One ticket: what was said, what happened, where its clock stands, and a place to write.

use jiff::Timestamp;
use shared::contract::Metric;
use shared::ids::{AgentId, MessageId, TicketId};
use shared::sla::Actor;
use shared::text::{Phrase, date, first, widget as text};
use shared::ticket::PendReason;
use shared::wire::TicketView;
use web_sys::HtmlInputElement;
use widget::dates::{self, Dates};
use widget::icon::{icon, small};
use widget::node::{Node, el, of};
use widget::reasons;
use widget::verdict::Standing;
use yew::prelude::*;

use super::tickets::standing_told;
use super::{body, broken, promises, refused, skeleton};
use crate::link::Link;
use crate::session::{Action, Line, Press, Saying, Sent, Session, Voice, thread};

/// The ticket.
pub(super) fn ticket(session: &Session, link: &Link, id: TicketId) -> [Node; 2] {
    let here = session.ticket.here.as_deref().filter(|ticket| ticket.id == id);
    let body = body("ticket");
    let body = match (here.zip(session.dates()), &session.ticket.failed) {
        (Some((ticket, dates)), _) => body.child(log(session, link, ticket, &dates)),
        (None, Some(failure)) => body.child(broken(session, link, failure.fault())),
        (None, None) => body.child(skeleton()),
    };
    [body, composer(session, link, id, here)]
}

/// Where the promise stands, above the words.
pub(super) fn under_bar(session: &Session, id: TicketId) -> Option<Node> {
    let ticket = session.ticket.here.as_deref().filter(|ticket| ticket.id == id)?;
    let dates = session.dates()?;
    let clock = ticket.clocks.iter().find(|clock| clock.metric == Metric::FirstResponse)?;
    let standing = Standing::of(clock, dates.now);
    let left = match standing {
        Standing::Running { due } => dates.words.fill(date::AHEAD, &[("duration", &dates.left(due))]),
        Standing::Near { .. }
        | Standing::Late { .. }
        | Standing::Met { .. }
        | Standing::Missed { .. }
        | Standing::Paused
        | Standing::Endless => String::new(),
    };
    let told = of("span", "clock-state")
        .set("data-state", standing.name())
        .with(small(standing.icon()))
        .told(standing_told(standing, &dates));
    Some(of("p", "under-bar").child(told).child(el("span").told(left)))
}

fn log(session: &Session, link: &Link, ticket: &TicketView, dates: &Dates<'_>) -> Node {
    let words = session.words;
    let said = session.said.iter().filter(|echo| echo.ticket == ticket.id);
    let lines = thread(ticket, said, session.waiting_for(ticket.id));
    let received = words.fill(text::EVENT_RECEIVED, &[("time", &dates.full(ticket.receipt.asked_at))]);
    let checked = cfg!(feature = "receipts").then(|| promises::promises(session, link, ticket, dates));
    let list = of("ol", "log")
        .child(event(None, received))
        .maybe(checked)
        .child(el("li").with(reasons::folded(&ticket.receipt.reasons, *dates, false)))
        .all(lines.into_iter().map(|line| drawn(line, ticket, dates, link)));
    of("div", "history").set("role", "log").label("aria-label", words, &text::LOG_LABEL).child(list)
}

fn drawn(line: Line, ticket: &TicketView, dates: &Dates<'_>, link: &Link) -> Node {
    let words = dates.words;
    let at = |phrase: Phrase, at: Timestamp| words.fill(phrase, &[("time", &dates.brief(at))]);
    match line {
        Line::Group { voice, at, sayings } => group(&voice, at, sayings, (ticket, dates, link)),
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
            event(Some(("paused", "paused")), words.fill(text::EVENT_PENDING, &values))
        }
        Line::Pended { at: since, .. } => event(Some(("paused", "paused")), at(text::EVENT_WAITS, since)),
        Line::Resumed(when) => event(None, at(text::EVENT_RESUMED, when)),
        Line::Solved { at: when, by } => {
            let values = [("name", &*name(&by, ticket, dates)), ("time", &dates.brief(when))];
            event(Some(("met", "check")), words.fill(text::EVENT_SOLVED, &values))
        }
        Line::Reopened(when) => event(None, at(text::EVENT_REOPENED, when)),
        Line::Closed(when) => event(Some(("met", "check")), at(text::EVENT_CLOSED, when)),
        Line::PromisedReply(by) => event(None, at(text::EVENT_PROMISED_REPLY, by)),
        Line::PromisedSolution(by) => event(None, at(text::EVENT_PROMISED_SOLUTION, by)),
        Line::Breached { metric, at: when } => event(Some(("late", "late")), at(breached(metric), when)),
    }
}

fn breached(metric: Metric) -> Phrase {
    match metric {
        Metric::FirstResponse => text::EVENT_BREACHED,
        Metric::NextResponse | Metric::PeriodicUpdate | Metric::PausableUpdate => text::EVENT_BREACHED_UPDATE,
        Metric::Resolution | Metric::RequesterWait | Metric::AgentWork => text::EVENT_BREACHED_RESOLUTION,
    }
}

/// Something that happened. A state has its icon: colour never stands alone.
fn event(mark: Option<(&'static str, &'static str)>, told: String) -> Node {
    let line = of("li", "log-event");
    match mark {
        Some((state, picture)) => line.set("data-state", state).with(small(picture)).told(told),
        None => line.told(told),
    }
}

fn name(agent: &AgentId, ticket: &TicketView, dates: &Dates<'_>) -> String {
    voice_name(Some(agent), ticket, dates)
}

/// Whoever did something.
pub(super) fn voice_of(actor: &Actor, ticket: &TicketView, dates: &Dates<'_>) -> String {
    match actor {
        Actor::Customer {} => dates.words.say(text::YOU).to_owned(),
        Actor::Agent { id } => voice_name(Some(id), ticket, dates),
        Actor::Rule { .. } | Actor::Tenant {} => voice_name(None, ticket, dates),
    }
}

/// Whoever speaks for the tenant; a program speaks as the team.
fn voice_name(agent: Option<&AgentId>, ticket: &TicketView, dates: &Dates<'_>) -> String {
    let known = ticket.people.iter().find(|person| Some(&person.id) == agent);
    known.map_or_else(|| dates.words.say(text::TEAM).to_owned(), |person| person.name.clone())
}

fn group(
    voice: &Voice,
    at: Timestamp,
    sayings: Vec<Saying>,
    (ticket, dates, link): (&TicketView, &Dates<'_>, &Link),
) -> Node {
    let state = sayings.last().filter(|_| *voice == Voice::Hers).map(|saying| state(saying, dates, link));
    let bubble = |saying: Saying| {
        let bubble = of("p", "bubble").set("dir", "auto").told(saying.text);
        match saying.sent {
            Sent::At(_) => bubble,
            Sent::Waiting(_) => bubble.set("data-state", "waiting"),
            Sent::Refused(_) => bubble.set("data-state", "unsent"),
        }
    };
    let theirs = match voice {
        Voice::Hers => None,
        Voice::Team(agent) => Some(agent.as_ref()),
    };
    let who = theirs.map(|agent| {
        let name = el("b").told(voice_name(agent, ticket, dates));
        of("p", "group-who").child(name).say(" ").with(dates.brief_element(at))
    });
    of("li", "group")
        .set("data-from", if theirs.is_some() { "agent" } else { "me" })
        .maybe(who)
        .all(sayings.into_iter().map(bubble))
        .maybe(state)
}

/// How far her own words have come.
fn state(saying: &Saying, dates: &Dates<'_>, link: &Link) -> Node {
    let words = dates.words;
    let id: MessageId = saying.message;
    let line = of("p", "group-state");
    let at = |phrase: Phrase, at: Timestamp| words.fill(phrase, &[("time", &dates.brief(at))]);
    let action = |phrase: Phrase, press: Press| {
        of("button", "button").set("data-kind", "link").on_click(link.press(press)).say(words.say(phrase))
    };
    match &saying.sent {
        Sent::At(sent) => line.told(at(text::MESSAGE_SENT, *sent)),
        Sent::Waiting(written) => {
            line.set("role", "status").with(small("running")).told(at(text::MESSAGE_WAITING, *written))
        }
        Sent::Refused(refusal) => line
            .set("data-state", "unsent")
            .set("role", "alert")
            .with(small("alert"))
            .phrase(words, &text::MESSAGE_UNSENT)
            .child(el("span").told(refused::whole(words, refusal)))
            .child(action(first::RETRY, Press::Retry(id)))
            .child(action(text::DELETE, Press::Discard(id))),
    }
}

fn composer(session: &Session, link: &Link, id: TicketId, here: Option<&TicketView>) -> Node {
    let words = session.words;
    let solved = here.is_some_and(|ticket| !ticket.stage.is_open());
    let hint = match (session.online, solved) {
        (false, _) => Some(text::COMPOSER_OFFLINE),
        (true, true) => Some(text::COMPOSER_SOLVED),
        (true, false) => None,
    };
    let sender = link.clone();
    let submit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        sender.tell(Action::Said(id, sender.new_message()));
    });
    // Enter sends, but not the Enter that ends a word in an input method.
    let sender = link.clone();
    let key = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
            event.prevent_default();
            sender.tell(Action::Said(id, sender.new_message()));
        }
    });
    let writer = link.clone();
    let typed = Callback::from(move |event: InputEvent| {
        writer.tell(Action::Wrote(id, event.target_unchecked_into::<HtmlInputElement>().value()));
    });
    let draft = session.draft.reply(id);
    let input = of("textarea", "composer-text")
        .set("rows", "1")
        .set("dir", "auto")
        .label("aria-label", words, &text::COMPOSER)
        .label("placeholder", words, &text::COMPOSER)
        .value(draft)
        .on_input(typed)
        .on_key(key);
    let send = of("button", "button")
        .set("data-kind", "primary")
        .label("aria-label", words, &text::SEND)
        .set_if(draft.trim().is_empty(), "disabled", "")
        .with(icon("send"));
    let hint = hint.map(|hint| of("p", "composer-hint").say(words.say(hint)));
    of("form", "composer").on_submit(submit).child(input).child(send).maybe(hint)
}
