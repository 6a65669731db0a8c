//! A ticket: the fold of its log.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::{Case, Complexity, Severity, Terms};
use crate::ids::{MessageId, TeamId, TicketId};
use crate::sla::{Board, Course, Force, Level, Receipt};
use crate::ticket::order::Latest;
use crate::ticket::ruled::Ruled;
use crate::ticket::{Event, Logged, Opening, Stage};
use crate::time::instant::millis;

/// A ticket, as its log leaves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    id: TicketId,
    seq: u64,
    life: Life,
}

/// How far a ticket has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Life {
    /// Nobody has asked for anything under this id.
    Blank {},
    /// It is bound by terms, but not opened: the moment between the first two events.
    Bound { terms: Terms },
    /// Somebody asked.
    Open(alloc::boxed::Box<Open>),
}

/// What is known of a ticket that was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// How it began.
    pub opening: Opening,
    /// What binds it.
    pub terms: Terms,
    /// How bad it is by now.
    pub severity: Severity,
    /// How much work it is by now.
    pub complexity: Complexity,
    /// The rules of the tenant's file that have raised it.
    #[serde(default)]
    pub ruled: Ruled,
    /// Which team it was handed to, if it was.
    pub team: Option<TeamId>,
    /// What is promised.
    pub receipt: Receipt,
    /// How it stands.
    pub stage: Stage,
    /// When somebody whose words count first answered in public.
    #[serde(with = "crate::time::instant::millis_option")]
    pub answered: Option<Timestamp>,
    /// The ticket in which this one lives on.
    pub merged_into: Option<TicketId>,
    /// Tickets that live on in this one.
    pub absorbed: Vec<TicketId>,
    /// What its clocks did.
    pub course: Course,
    /// Every message, and the line of the log where it stands.
    pub messages: BTreeMap<MessageId, u64>,
    /// Public answers that the customer has not read yet.
    pub unread: Vec<u64>,
    /// The customer spoke last.
    pub waits: bool,
    /// When later windows were asked for, if they have not come yet.
    #[serde(with = "crate::time::instant::millis_option")]
    pub terms_asked: Option<Timestamp>,
    /// When anything last happened that a person would call a change.
    #[serde(with = "millis")]
    pub changed_at: Timestamp,
    /// The last line that a clock depends on.
    pub(super) latest: Option<Latest>,
}

impl Ticket {
    /// A ticket of which nothing is known.
    #[must_use]
    pub fn blank(id: TicketId) -> Self {
        Self { id, seq: 0, life: Life::Blank {} }
    }

    /// The ticket that a whole log makes.
    #[must_use]
    pub fn replay<'l>(id: TicketId, log: impl IntoIterator<Item = &'l Logged>) -> Self {
        let mut ticket = Self::blank(id);
        log.into_iter().for_each(|line| ticket.apply(line));
        ticket
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> TicketId {
        self.id
    }

    /// The number of its last event; 0: none.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// What is known of it, once somebody asked.
    #[must_use]
    pub fn open(&self) -> Option<&Open> {
        match &self.life {
            Life::Open(open) => Some(open),
            Life::Blank {} | Life::Bound { .. } => None,
        }
    }

    /// Takes in one line of the log. Total: a line that makes no sense where it stands changes nothing but the number.
    pub fn apply(&mut self, line: &Logged) {
        self.seq = line.seq;
        match (&mut self.life, &line.event) {
            (Life::Blank {} | Life::Bound { .. }, Event::TermsSet { terms, .. }) => {
                self.life = Life::Bound { terms: terms.clone() };
            }
            (Life::Bound { terms }, Event::Opened { opening, receipt }) => {
                let open = Open::new(opening.clone(), terms.clone(), receipt.clone(), line);
                self.life = Life::Open(alloc::boxed::Box::new(open));
            }
            (Life::Open(open), _) => open.apply(line),
            (Life::Blank {} | Life::Bound { .. }, _) => {}
        }
    }
}

impl Open {
    fn new(opening: Opening, terms: Terms, receipt: Receipt, line: &Logged) -> Self {
        let (asked_at, messages) = (receipt.asked_at, BTreeMap::from([(opening.message, line.seq)]));
        let mut course = Course::default();
        match opening.opened_by {
            None => course.asked(asked_at),
            Some(_) => course.opened(asked_at),
        }
        let mut open = Self {
            severity: opening.severity,
            complexity: receipt.complexity,
            ruled: Ruled::by(&receipt.reasons),
            team: None,
            stage: Stage::Open {},
            answered: None,
            merged_into: None,
            absorbed: Vec::new(),
            course,
            messages,
            unread: Vec::new(),
            waits: opening.opened_by.is_none(),
            terms_asked: None,
            changed_at: asked_at,
            latest: Latest::after(None, line),
            opening,
            terms,
            receipt,
        };
        open.promised();
        open
    }

    fn apply(&mut self, line: &Logged) {
        self.latest = Latest::after(self.latest, line);
        let at = line.at;
        match &line.event {
            Event::TermsSet { terms, cause } => self.bound(terms, cause, at),
            Event::TermsAsked {} => self.terms_asked = Some(at),
            Event::Antedated { receipt } => {
                self.on_course(|course, force| course.antedated(force, receipt.asked_at));
                self.promise(receipt);
            }
            Event::Promised { receipt } => self.promise(receipt),
            Event::Said { message, author } => self.said(line, *message, author),
            Event::Noted { message, .. } => self.wrote(line, *message),
            Event::Warned { metric, cycle, percent, .. } => {
                self.course.told(*metric, *cycle, Level::Warning(*percent))
            }
            Event::Breached { metric, cycle, .. } => self.course.told(*metric, *cycle, Level::Breach),
            Event::Notified { metric, cycle } => self.course.told(*metric, *cycle, Level::Grace),
            Event::Seen { upto } => self.unread.retain(|seq| seq > upto),
            Event::TeamChanged { team, .. } => {
                self.team = Some(team.clone());
                self.changed_at = at;
            }
            Event::SeverityChanged { to, by, .. } => self.severity_changed(*to, by, at),
            Event::ComplexityChanged { to, by, .. } => self.complexity_changed(*to, by, at),
            Event::MergedFrom { ticket, asked_at, terms, .. } => {
                self.absorbed.push(*ticket);
                self.absorb(terms, *asked_at, at);
            }
            Event::Opened { .. }
            | Event::Pended { .. }
            | Event::Resumed { .. }
            | Event::Reopened { .. }
            | Event::Solved { .. }
            | Event::Closed {}
            | Event::MergedInto { .. }
            | Event::Discarded { .. } => self.moved(&line.event, at),
        }
    }

    /// Takes in what moves the ticket from one stage to another.
    fn moved(&mut self, event: &Event, at: Timestamp) {
        let stage = match (event, self.stage.is_open(), self.stage.is_final()) {
            (_, _, true) => return,
            (Event::Pended { reason, .. }, true, _) => {
                self.on_course(|course, force| course.paused(force, at, *reason));
                Stage::Pending { since: at, reason: *reason }
            }
            (Event::Resumed { .. }, true, _) => {
                self.on_course(|course, force| course.resumed(force, at));
                Stage::Open {}
            }
            (Event::Reopened { .. }, false, _) => {
                self.on_course(|course, force| course.reopened(force, at));
                Stage::Open {}
            }
            (Event::Solved { .. } | Event::Closed {}, true, _) => {
                self.on_course(|course, force| course.solved(force, at));
                Stage::Solved { at }
            }
            (Event::MergedInto { ticket, .. }, _, _) => {
                self.on_course(|course, force| course.cancelled(force, at));
                self.merged_into = Some(*ticket);
                Stage::Merged { at }
            }
            (Event::Discarded { why, .. }, _, _) => {
                self.on_course(|course, force| course.cancelled(force, at));
                Stage::Discarded { at, why: *why }
            }
            _ => return,
        };
        self.waits = self.waits && stage.is_open();
        self.stage = stage;
        self.changed_at = at;
    }

    pub(super) fn wrote(&mut self, line: &Logged, message: MessageId) {
        self.messages.insert(message, line.seq);
        self.changed_at = line.at;
    }

    pub(super) fn on_course(&mut self, change: impl FnOnce(&mut Course, Force<'_>)) {
        let case = case(&self.opening, self.severity, self.complexity);
        change(&mut self.course, Force { terms: &self.terms, case });
    }

    /// The ticket's clocks.
    #[must_use]
    pub fn board(&self) -> Board<'_> {
        let case = case(&self.opening, self.severity, self.complexity);
        Board::of(Force { terms: &self.terms, case }, &self.course)
    }
}

/// What a ticket is like.
pub(super) fn case(opening: &Opening, severity: Severity, complexity: Complexity) -> Case<'_> {
    Case { severity, complexity, channel: &opening.channel }
}
