//! What a ticket stores, and what leaves it.

use shared::contract::{Complexity, Metric, Severity};
use shared::outbox::Parcel;
use shared::refusal::Refusal;
use shared::ticket::{
    Actor, Author, Bound, Command, Discard, Event, Intake, Logged, Opening, PendReason, TermsCause, Ticket,
};
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
        opened_by: None,
    }
}

pub(crate) fn events() -> Vec<Event> {
    let (metric, by, message) = (Metric::FirstResponse, li(), message());
    vec![
        Event::TermsSet { terms: terms(), cause: TermsCause::Known },
        Event::Opened { opening: opening(), receipt: receipt() },
        Event::Antedated { receipt: receipt() },
        Event::Said { message, author: Author::Agent { id: li() } },
        Event::Noted { message, by: by.clone() },
        Event::Pended { by: by.clone(), reason: PendReason::Appointment, evidence: Some(message) },
        Event::Resumed { by: Actor::Customer {} },
        Event::Solved { by: by.clone() },
        Event::Reopened { by: Actor::Agent { id: li() } },
        Event::Warned { metric, percent: 90, late: true, cycle: 1 },
        Event::Breached { metric, stamped: at(60), cycle: 1, raw: Some(at(50)) },
        Event::Seen { upto: 5 },
        Event::TermsAsked {},
        Event::SeverityChanged { from: Severity::General, to: Severity::Urgent, by: rule(), why: None },
        Event::ComplexityChanged {
            from: Complexity::Ordinary,
            to: Complexity::Complex,
            by: Actor::Agent { id: li() },
            why: Some(message),
        },
        Event::TeamChanged { team: name("support"), by: Actor::Tenant {} },
        Event::MergedFrom { ticket: other(), asked_at: at(-60), terms: Box::new(terms()), by: by.clone() },
        Event::Promised { receipt: Box::new(receipt()) },
        Event::Notified { metric, cycle: 1 },
        Event::Closed {},
        Event::MergedInto { ticket: other(), by },
        Event::Discarded { why: Discard::Spam, by: rule() },
    ]
}

fn rule() -> Actor {
    Actor::Rule { name: "down".into() }
}

pub(crate) fn terms_causes() -> Vec<TermsCause> {
    let by = || Actor::Tenant {};
    vec![
        TermsCause::Known,
        TermsCause::Tier { by: by() },
        TermsCause::Contract { by: by() },
        TermsCause::Calendar { by: by() },
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

pub(crate) fn bound() -> Bound {
    Bound { company: Some(name("yunshan")), ..ticket().bound().unwrap() }
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
    let opened_by = Some(li());
    let (terms, receipt, ring) = (terms(), receipt(), Some(ring()));
    Intake { request, customer: mei(), company, terms, receipt, ring, opened_by }
}

pub(crate) fn commands() -> Vec<Command> {
    let (message, by, text) = (message(), li(), String::from("你好"));
    vec![
        Command::Open { intake: Box::new(intake()) },
        Command::Say { message, author: Author::Customer {}, text: text.clone() },
        Command::Note { message, by: by.clone(), text },
        Command::Pend { by: by.clone(), reason: PendReason::Customer, evidence: None },
        Command::Resume { by: by.clone() },
        Command::Solve { by: by.clone() },
        Command::Reopen { by: Actor::Customer {} },
        Command::See { upto: 5 },
        Command::Tick {},
        Command::Extend { terms: terms() },
        Command::SetSeverity { by: rule(), to: Severity::Major, why: None },
        Command::SetComplexity { by: rule(), to: Complexity::Complex, why: Some(message) },
        Command::SetTeam { by: rule(), team: name("support") },
        Command::Bind { terms: terms(), cause: TermsCause::Tier { by: rule() } },
        Command::MergeInto { by: by.clone(), ticket: other() },
        Command::Absorb { by, ticket: other(), asked_at: at(-60), terms: terms() },
        Command::Discard { by: rule(), why: Discard::Deleted },
        Command::Close {},
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
