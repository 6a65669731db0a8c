//! Her tickets: each with where it stands, its first and its last words.

use shared::contract::Metric;
use shared::ids::TicketId;
use shared::text::widget as text;
use shared::ticket::{PendReason, RawRequest, Stage};
use shared::wire::{Accepted, Card, Parcel};
use widget::dates::{self, Dates};
use widget::icon::icon;
use widget::node::{Node, el, of};
use widget::verdict::Standing;
use widget::words::Words;

use super::{body, broken, button, tabs, unread};
use crate::link::Link;
use crate::session::{Session, View, Who};

/// What a row says.
struct Row {
    id: TicketId,
    view: View,
    state: &'static str,
    icon: &'static str,
    told: String,
    subject: String,
    last: String,
    unread: u32,
}

/// The list.
pub(super) fn tickets(session: &Session, link: &Link) -> [Node; 2] {
    let rows = rows(session);
    let waits = session.who != Who::Nobody && session.cards.here.is_none();
    let another = || button(session, text::START_ANOTHER, link.to(View::Form));
    let body = body("tickets");
    let body = match (&session.cards.failed, rows.is_empty()) {
        (Some(failure), true) => body.child(broken(session, link, failure.fault())),
        (None, true) if waits => body.all((0..3).map(|_| shape())),
        (None, true) => body.child(empty(session.words).child(another())),
        (_, false) => {
            let rows = rows.into_iter().map(|row| drawn(session, link, row));
            body.all(rows).child(of("div", "blank").child(another()))
        }
    };
    [body, tabs(session, link)]
}

/// What waits to leave, then what the list has not yet, then the list as the edge sorted it.
fn rows(session: &Session) -> Vec<Row> {
    let cards = session.cards.here.iter().flat_map(|cards| cards.iter());
    let listed =
        |id: TicketId| session.cards.here.iter().flat_map(|cards| cards.iter()).any(|card| card.id == id);
    let unsent = session.client.kept().filter_map(|parcel| {
        let (parcel, form) =
            session.unsent_request(parcel.ticket()?).filter(|(found, _)| found.id == parcel.id)?;
        unsent_row(session.words, parcel, form)
    });
    // What waits is shown also before the edge has said anything: its silence may be why it waits.
    let Some(dates) = &session.dates() else { return unsent.collect() };
    let fresh = session.receipts.iter().rev().filter(|accepted| !listed(accepted.id));
    let fresh = fresh.map(|accepted| fresh_row(accepted, dates));
    unsent.chain(fresh).chain(cards.map(|card| card_row(card, dates))).collect()
}

fn unsent_row(words: Words, parcel: &Parcel, form: &RawRequest) -> Option<Row> {
    let refused = parcel.refused.is_some();
    let id = parcel.ticket()?;
    Some(Row {
        id,
        view: View::Receipt(id),
        state: if refused { "late" } else { "paused" },
        icon: if refused { "alert" } else { "running" },
        told: words.say(if refused { text::MESSAGE_UNSENT } else { text::TICKET_SENDING }).to_owned(),
        subject: first_line(&form.text),
        last: String::new(),
        unread: 0,
    })
}

fn fresh_row(accepted: &Accepted, dates: &Dates<'_>) -> Row {
    let by = accepted.receipt.first_response().map(|promised| dates.moment(promised.at));
    let told = by.map(|time| dates.words.fill(text::TICKET_FIRST_REPLY_BY, &[("time", &time)]));
    Row {
        id: accepted.id,
        view: View::Receipt(accepted.id),
        state: "running",
        icon: "running",
        told: told.unwrap_or_else(|| dates.words.say(text::RECEIVED).to_owned()),
        subject: dates.words.say(text::RECEIVED).to_owned(),
        last: String::new(),
        unread: 0,
    }
}

fn card_row(card: &Card, dates: &Dates<'_>) -> Row {
    let (state, icon, told) = headline(card, dates);
    let subject = card.subject.clone().unwrap_or_else(|| card.id.code());
    Row {
        id: card.id,
        view: View::Ticket(card.id),
        state,
        icon,
        told,
        last: card.last.clone().filter(|last| *last != subject).unwrap_or_default(),
        subject,
        unread: card.unread,
    }
}

/// Where a ticket stands, in one sentence.
fn headline(card: &Card, dates: &Dates<'_>) -> (&'static str, &'static str, String) {
    let words = dates.words;
    match card.stage {
        Stage::Solved { at } => {
            return ("met", "check", words.fill(text::TICKET_SOLVED, &[("time", &dates.brief(at))]));
        }
        Stage::Pending { reason, .. } => {
            let phrase = match reason {
                PendReason::Customer => text::TICKET_WAITS_FOR_YOU,
                PendReason::ThirdParty | PendReason::Appointment => text::TICKET_PAUSED,
            };
            return ("paused", "paused", words.say(phrase).to_owned());
        }
        Stage::Merged { at } | Stage::Discarded { at, .. } => {
            return ("met", "check", words.fill(text::TICKET_ENDED, &[("time", &dates.brief(at))]));
        }
        Stage::Open {} => {}
    }
    let first = card.clocks.iter().find(|clock| clock.metric == Metric::FirstResponse);
    match first.map(|clock| Standing::of(clock, dates.now)) {
        Some(standing) => (standing.name(), standing.icon(), standing_told(standing, dates)),
        None => ("running", "running", words.say(text::TICKET_IN_WORK).to_owned()),
    }
}

/// The first reply, in one sentence.
pub(super) fn standing_told(standing: Standing, dates: &Dates<'_>) -> String {
    let words = dates.words;
    match standing {
        Standing::Running { due } => words.fill(text::TICKET_FIRST_REPLY_BY, &[("time", &dates.moment(due))]),
        Standing::Near { due } => words
            .fill(text::TICKET_REPLY_NEAR, &[("duration", &dates.left(due)), ("time", &dates.brief(due))]),
        Standing::Late { due } => {
            let late = dates::duration(words, dates.now.duration_since(due));
            words.fill(text::TICKET_REPLY_LATE, &[("duration", &late), ("time", &dates.brief(due))])
        }
        Standing::Met { at, .. } => words.fill(text::TICKET_ANSWERED, &[("time", &dates.brief(at))]),
        Standing::Missed { at, late } => {
            let late = dates::duration(words, late);
            words.fill(text::TICKET_ANSWERED_LATE, &[("time", &dates.brief(at)), ("duration", &late)])
        }
        Standing::Paused => words.say(text::TICKET_PAUSED).to_owned(),
        Standing::Endless => words.say(text::TICKET_IN_WORK).to_owned(),
    }
}

fn drawn(session: &Session, link: &Link, row: Row) -> Node {
    let state =
        of("span", "clock-state cut-line").set("data-state", row.state).with(icon(row.icon)).told(row.told);
    let top = of("span", "ticket-row-top").child(state).maybe(unread(session, row.unread));
    let code = of("span", "code").told(row.id.code());
    let foot =
        of("span", "ticket-row-top").child(of("span", "ticket-row-last cut-line").told(row.last)).child(code);
    of("button", "ticket-row")
        .set_if(row.unread > 0, "data-unread", "")
        .on_click(link.to(row.view))
        .child(top)
        .child(of("span", "ticket-row-title cut-line").told(row.subject))
        .child(foot)
}

fn empty(words: Words) -> Node {
    of("div", "blank")
        .child(el("h2").phrase(words, &text::TICKETS_EMPTY_TITLE))
        .child(el("p").phrase(words, &text::TICKETS_EMPTY_TEXT))
}

fn shape() -> Node {
    let bone = |length: &'static str| of("span", "skeleton").set("data-length", length);
    of("div", "ticket-row").set("aria-hidden", "true").child(bone("half")).child(bone("full"))
}

fn first_line(text: &str) -> String {
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim().to_owned()
}
