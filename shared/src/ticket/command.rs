//! What may be asked of a ticket, and what follows from it outside.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::{Metric, Terms};
use crate::ids::{AgentId, CompanyId, CustomerId, MessageId};
use crate::sla::Receipt;
use crate::ticket::{Actor, Author, Card, Logged, PendReason, Request, Ring, Row};

/// A change that somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// A customer's request, as the door hands it over: at once, again, or from the journal.
    Open {
        /// All of it.
        intake: alloc::boxed::Box<Intake>,
    },
    /// Words that both sides can read.
    Say {
        /// The message's id, made by the writer.
        message: MessageId,
        /// Who.
        author: Author,
        /// What.
        text: String,
    },
    /// Words for the team.
    Note {
        /// The message's id, made by the writer.
        message: MessageId,
        /// Who.
        by: AgentId,
        /// What.
        text: String,
    },
    /// Wait for somebody.
    Pend {
        /// Who waits.
        by: AgentId,
        /// For whom.
        reason: PendReason,
    },
    /// Go on.
    Resume {
        /// Who.
        by: AgentId,
    },
    /// Call it dealt with.
    Solve {
        /// Who.
        by: AgentId,
    },
    /// Say that it is not.
    Reopen {
        /// Who.
        by: Actor,
    },
    /// The customer has read up to a line.
    See {
        /// The line.
        upto: u64,
    },
    /// Time has passed.
    Tick {},
    /// The terms, known for longer.
    Extend {
        /// The same terms over later windows.
        terms: Terms,
    },
}

/// One attempt of a customer's request, with everything that was decided for it: what the door hands over and what
/// the journal keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intake {
    /// The parsed form.
    pub request: Request,
    /// Who asks.
    pub customer: CustomerId,
    /// For whom.
    pub company: Option<CompanyId>,
    /// What binds the ticket.
    pub terms: Terms,
    /// What she was told; `asked_at` is the server's first sight of this attempt.
    pub receipt: Receipt,
    /// Who is rung at once.
    pub ring: Option<Ring>,
}

/// What a step does: events for the log, and effects for the shell to perform once the events are saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// New lines of the log.
    pub events: Vec<Logged>,
    /// What follows.
    pub effects: Vec<Effect>,
}

/// What follows from a step. Rows are saved with the events; the rest leaves through the outbox, or is told to
/// whoever listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Keep a message's words beside the log.
    KeepWords {
        /// Whose words.
        message: MessageId,
        /// The words.
        text: String,
    },
    /// Keep the form's other words beside the log.
    KeepRequest {
        /// The form.
        request: Request,
    },
    /// Put the ticket's line into the tenant's index.
    Index {
        /// The line.
        row: alloc::boxed::Box<Row>,
    },
    /// Put the ticket's card into its customer's list.
    List {
        /// The card.
        card: alloc::boxed::Box<Card>,
    },
    /// Ring whoever is on call.
    Ring {
        /// What they are told.
        ring: alloc::boxed::Box<Ring>,
    },
    /// Ask for terms that reach further.
    AskTerms {},
    /// Tell every open socket what was added to the log.
    Tell {},
}

/// A timer of a ticket: why it wakes, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// When a warning or a breach comes true.
    Notice {
        /// Of which clock.
        metric: Metric,
        /// At which instant it may be told.
        at: Timestamp,
    },
    /// When the terms reach only seven days further.
    ExtendTerms {
        /// That instant.
        at: Timestamp,
    },
}

impl Timer {
    /// When to wake.
    #[must_use]
    pub fn at(self) -> Timestamp {
        match self {
            Self::Notice { at, .. } | Self::ExtendTerms { at } => at,
        }
    }
}
