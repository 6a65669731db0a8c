//! A ticket: the fold of its log.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::{Case, Complexity, Metric, Terms};
use crate::ids::{MessageId, TicketId};
use crate::sla::{Board, Course, Level, Receipt};
use crate::ticket::{Author, Event, Logged, Opening, PendReason};
use crate::time::instant::millis;
use crate::time::{FOREVER, Window, Windows};

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
    /// What was promised.
    pub receipt: Receipt,
    /// How it stands.
    pub stage: Stage,
    /// When a person first answered in public.
    #[serde(with = "crate::time::instant::millis_option")]
    pub answered: Option<Timestamp>,
    /// When it did not count: waits that are over, and the time between *solved* and *reopened*.
    pub pauses: Windows,
    /// Warnings and breaches that were told already: each once.
    pub told: Vec<(Metric, Level)>,
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
}

/// How a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// With the team.
    Open {},
    /// An agent waits for somebody.
    Pending {
        /// Since when.
        #[serde(with = "millis")]
        since: Timestamp,
        /// For whom.
        reason: PendReason,
    },
    /// Dealt with.
    Solved {
        /// When.
        #[serde(with = "millis")]
        at: Timestamp,
    },
}

impl Stage {
    /// The word for it in JSON and in refusals.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open {} => "open",
            Self::Pending { .. } => "pending",
            Self::Solved { .. } => "solved",
        }
    }
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
            (Life::Blank {} | Life::Bound { .. }, Event::TermsSet { terms }) => {
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
        let messages = BTreeMap::from([(opening.message, line.seq)]);
        let (answered, pauses, told, unread) = (None, Windows::default(), Vec::new(), Vec::new());
        let (stage, waits, changed_at, terms_asked) = (Stage::Open {}, true, receipt.asked_at, None);
        Self {
            opening,
            terms,
            receipt,
            stage,
            answered,
            pauses,
            told,
            messages,
            unread,
            waits,
            terms_asked,
            changed_at,
        }
    }

    fn apply(&mut self, line: &Logged) {
        match &line.event {
            Event::TermsSet { terms } => {
                self.terms = terms.clone();
                self.terms_asked = None;
            }
            Event::TermsAsked {} => self.terms_asked = Some(line.at),
            Event::Opened { .. } => {}
            Event::Antedated { receipt } => self.receipt = receipt.clone(),
            Event::Said { message, author } => self.said(line, *message, author),
            Event::Noted { message, .. } => {
                self.messages.insert(*message, line.seq);
                self.changed_at = line.at;
            }
            Event::Pended { reason, .. } => {
                self.enter(Stage::Pending { since: line.at, reason: *reason }, line.at)
            }
            Event::Resumed { .. } | Event::Reopened { .. } => self.enter(Stage::Open {}, line.at),
            Event::Solved { .. } => self.enter(Stage::Solved { at: line.at }, line.at),
            Event::Warned { metric, percent, .. } => self.told.push((*metric, Level::Warning(*percent))),
            Event::Breached { metric, .. } => self.told.push((*metric, Level::Breach)),
            Event::Seen { upto } => self.unread.retain(|seq| seq > upto),
        }
    }

    fn said(&mut self, line: &Logged, message: MessageId, author: &Author) {
        self.messages.insert(message, line.seq);
        self.changed_at = line.at;
        match author {
            Author::Customer {} => self.waits = true,
            Author::Agent { .. } => {
                self.waits = false;
                self.answered = self.answered.or(Some(line.at));
                self.unread.push(line.seq);
            }
        }
    }

    /// Leaves a stage: what it did not count becomes a pause with both ends.
    fn enter(&mut self, stage: Stage, at: Timestamp) {
        self.pauses = self.pauses_at(at);
        self.waits = self.waits && !matches!(stage, Stage::Solved { .. });
        self.stage = stage;
        self.changed_at = at;
    }

    fn pauses_at(&self, end: Timestamp) -> Windows {
        let since = match self.stage {
            Stage::Open {} => None,
            Stage::Pending { since, .. } => Some(since),
            Stage::Solved { at } => Some(at),
        };
        let current = since.and_then(|since| Window::new(since, end).ok());
        current.map_or_else(|| self.pauses.clone(), |pause| self.pauses.union(&Windows::from(pause)))
    }

    /// The ticket's clocks.
    #[must_use]
    pub fn board(&self) -> Board<'_> {
        let solved = match self.stage {
            Stage::Solved { at } => Some(at),
            Stage::Open {} | Stage::Pending { .. } => None,
        };
        Board::of(Course {
            terms: &self.terms,
            case: Case {
                severity: self.opening.severity,
                complexity: Complexity::Ordinary,
                channel: &self.opening.channel,
            },
            asked_at: self.receipt.asked_at,
            answered: self.answered,
            solved,
            waiting: self.waiting(),
            told: &self.told,
        })
    }

    /// All time that does not count towards the resolution, the current wait included: that one has no end yet.
    #[must_use]
    pub fn waiting(&self) -> Windows {
        match self.stage {
            Stage::Pending { .. } => self.pauses_at(FOREVER),
            Stage::Open {} | Stage::Solved { .. } => self.pauses.clone(),
        }
    }
}
