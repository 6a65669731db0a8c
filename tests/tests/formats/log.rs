//! What a ticket stores, and what leaves it.

use shared::contract::{Metric, Severity};
use shared::outbox::Parcel;
use shared::refusal::Refusal;
use shared::ticket::{Actor, Author, Command, Event, Intake, Logged, Opening, PendReason, Ticket};
use shared::ticket::{Occasion, Ring};
use shared::wire::Outgoing;

use super::desk::row;
use super::samples::*;
use super::widget::{card, raw_request};

fn opening() -> Opening {
    Opening {
        customer: mei(),
        company: None,
        channel: name("email"),
        severity: Severity::General,
        language: name("en"),
        zone: zone(),
        message: message(),
    }
}

pub(crate) fn events() -> Vec<Event> {
    let (metric, by, message) = (Metric::FirstResponse, li(), message());
    vec![
        Event::TermsSet { terms: terms() },
        Event::Opened { opening: opening(), receipt: receipt() },
        Event::Antedated { receipt: receipt() },
        Event::Said { message, author: Author::Agent { id: li() } },
        Event::Noted { message, by: by.clone() },
        Event::Pended { by: by.clone(), reason: PendReason::Appointment },
        Event::Resumed { by: Actor::Customer {} },
        Event::Solved { by },
        Event::Reopened { by: Actor::Agent { id: li() } },
        Event::Warned { metric, percent: 90, late: true },
        Event::Breached { metric, stamped: at(60) },
        Event::Seen { upto: 5 },
        Event::TermsAsked {},
    ]
}

fn log() -> Vec<Logged> {
    events().into_iter().zip(1..).map(|(event, seq)| Logged { seq, at: at(0), event }).collect()
}

pub(crate) fn logged() -> Logged {
    log().remove(9)
}

pub(crate) fn ticket() -> Ticket {
    Ticket::replay(id(), &log())
}

fn ring() -> Ring {
    Ring {
        occasion: Occasion::Opened {},
        ticket: id(),
        code: id().code(),
        tier: name("vip"),
        severity: Severity::Urgent,
        company: Some(name("yunshan")),
        asked_at: at(0),
        first_response: Some(at(30)),
        on_call: vec![named()],
        account_manager: Some(named()),
        subject: Some("无法提交报销单".into()),
    }
}

pub(crate) fn occasions() -> Vec<Occasion> {
    let metric = Metric::FirstResponse;
    vec![
        Occasion::Opened {},
        Occasion::Warned { metric, percent: 90 },
        Occasion::Breached { metric, stamped: at(30) },
    ]
}

pub(crate) fn parcels() -> Vec<Parcel> {
    let tier = name("standard");
    vec![
        Parcel::Index { row: row() },
        Parcel::List { card: card() },
        Parcel::Ring { ring: ring() },
        Parcel::Terms { tier },
    ]
}

pub(crate) fn intake() -> Intake {
    let (request, company) = (request(), Some(name("yunshan")));
    Intake { request, customer: mei(), company, terms: terms(), receipt: receipt(), ring: Some(ring()) }
}

pub(crate) fn commands() -> Vec<Command> {
    let (message, by, text) = (message(), li(), String::from("你好"));
    vec![
        Command::Open { intake: Box::new(intake()) },
        Command::Say { message, author: Author::Customer {}, text: text.clone() },
        Command::Note { message, by: by.clone(), text },
        Command::Pend { by: by.clone(), reason: PendReason::Customer },
        Command::Resume { by: by.clone() },
        Command::Solve { by },
        Command::Reopen { by: Actor::Customer {} },
        Command::See { upto: 5 },
        Command::Tick {},
        Command::Extend { terms: terms() },
    ]
}

pub(crate) fn outgoings() -> Vec<Outgoing> {
    let say = Outgoing::Say { ticket: id(), text: "谢谢".into(), reopen: true };
    vec![Outgoing::Open { form: raw_request() }, say]
}

pub(crate) fn client_parcels() -> Vec<shared::wire::Parcel> {
    let parcel = |outgoing, refused| shared::wire::Parcel {
        id: message(),
        outgoing,
        written_at: at(0),
        failed: 2,
        unknown: 0,
        refused,
    };
    let mut outgoings = outgoings();
    vec![parcel(outgoings.remove(0), None), parcel(outgoings.remove(0), Some(Refusal::Unknown {}))]
}
