//! What lists and people on call are told of a ticket.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};

use crate::ids::{MessageId, TicketId};
use crate::sla::{Cause, Level, Named, Notice, Receipt, Route};
use crate::ticket::{Card, Contact, Occasion, Open, Request, Ring, Row, Ticket};

/// Characters of a text that a list shows.
const LINE: usize = 120;

/// Words that a step carries; a list keeps what it knew where they are `None`.
pub(super) struct Told {
    pub(super) subject: Option<String>,
    pub(super) who: Option<String>,
    pub(super) last: Option<String>,
}

pub(super) fn first_line(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    line.trim().chars().take(LINE).collect()
}

pub(super) fn who(request: &Request) -> Option<String> {
    let contact = request.contact.as_ref().map(|contact| match contact {
        Contact::Email { address } => address.clone(),
        Contact::Phone { number } => number.clone(),
    });
    request.name.clone().or(contact)
}

pub(super) fn row(ticket: &Ticket, open: &Open, told: &Told, now: Timestamp) -> Row {
    Row {
        id: ticket.id(),
        seq: ticket.seq(),
        subject: told.subject.clone(),
        who: told.who.clone(),
        last: told.last.clone(),
        customer: open.opening.customer.clone(),
        company: open.opening.company.clone(),
        tier: open.terms.tier.clone(),
        severity: open.severity,
        channel: open.opening.channel.clone(),
        language: open.opening.language.clone(),
        route: open.receipt.route.clone(),
        stage: open.stage,
        asked_at: open.receipt.asked_at,
        changed_at: open.changed_at,
        waits: open.waits,
        clocks: open.board().view(now),
        wake_at: ticket.wake_at(),
        tzdb: open.terms.tzdb.clone(),
        holidays: open.terms.holidays.clone(),
    }
}

impl Ticket {
    /// The ticket's line in the index, made anew with the words that are kept beside its log.
    #[must_use]
    pub fn row(
        &self,
        form: Option<&Request>,
        words: &BTreeMap<MessageId, String>,
        now: Timestamp,
    ) -> Option<Row> {
        let open = self.open()?;
        let line = |message: &MessageId| words.get(message).map(|text| first_line(text));
        let last = open.messages.iter().max_by_key(|(_, seq)| **seq).and_then(|(message, _)| line(message));
        let told = Told { subject: line(&open.opening.message), who: form.and_then(who), last };
        Some(row(self, open, &told, now))
    }
}

pub(super) fn card(ticket: &Ticket, open: &Open, told: &Told, now: Timestamp) -> Card {
    Card {
        id: ticket.id(),
        seq: ticket.seq(),
        subject: told.subject.clone(),
        last: told.last.clone(),
        severity: open.severity,
        channel: open.opening.channel.clone(),
        stage: open.stage,
        asked_at: open.receipt.asked_at,
        changed_at: open.changed_at,
        clocks: open.board().for_customer(now),
        unread: u32::try_from(open.unread.len()).unwrap_or(u32::MAX),
        customer: open.opening.customer.clone(),
    }
}

/// Whoever is on call hears of a breach, and of the last warning before one.
pub(super) fn ring(id: TicketId, open: &Open, notice: Notice) -> Option<Ring> {
    let occasion = match notice.level {
        Level::Warning(90) => Occasion::Warned { metric: notice.metric, percent: 90 },
        Level::Warning(_) => return None,
        // With a grace, whoever is on call hears of a breach only after it (S8).
        Level::Breach if graced(open, notice) => return None,
        Level::Breach | Level::Grace => {
            Occasion::Breached { metric: notice.metric, stamped: stamped(open, notice) }
        }
    };
    Some(Ring {
        occasion,
        ticket: id,
        code: id.code(),
        tier: open.terms.tier.clone(),
        severity: open.severity,
        company: open.opening.company.clone(),
        asked_at: open.receipt.asked_at,
        first_response: open.receipt.first_response().map(|promised| promised.at),
        on_call: on_call(open),
        account_manager: None,
        subject: None,
    })
}

fn graced(open: &Open, notice: Notice) -> bool {
    let clock = open.board().clock(notice.metric);
    clock.is_some_and(|clock| clock.target.grace > SignedDuration::ZERO)
}

/// The instant that a breach is stamped with, also where its grace is told.
fn stamped(open: &Open, notice: Notice) -> Timestamp {
    open.board().clock(notice.metric).and_then(|clock| clock.judged()).unwrap_or(notice.at)
}

/// Who was called when the request came, if anybody was.
fn on_call(open: &Open) -> Vec<Named> {
    match &open.receipt.route {
        Route::OnCall { agents } => agents.clone(),
        Route::Live { .. } | Route::Region { .. } | Route::Ticket { .. } | Route::SelfService { .. } => {
            Vec::new()
        }
    }
}

/// The receipt after an earlier attempt has come to light: its sums, and of each promise the earliest that was told.
pub(super) fn antedated(current: &Receipt, earlier: Receipt, now: Timestamp) -> Receipt {
    let number = current.number.saturating_add(1);
    Receipt { number, issued_at: now, cause: Cause::Antedated {}, ..earlier }.keeping(current)
}
