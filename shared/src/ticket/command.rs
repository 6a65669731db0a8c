//! What may be asked of a ticket, and what follows from it outside.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::{Complexity, Metric, Severity, Terms};
use crate::ids::{AgentId, CompanyId, CustomerId, MessageId, TeamId, TicketId};
use crate::sla::Receipt;
use crate::ticket::{Actor, Author, Card, Discard, Logged, PendReason, Request, Ring, Row, TermsCause};

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
        /// The message that shows it, if there is one.
        #[serde(default)]
        evidence: Option<MessageId>,
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
    /// Say how bad it is.
    SetSeverity {
        /// Who says so: a person, or a rule of the tenant.
        by: Actor,
        /// How bad.
        to: Severity,
        /// The note or the message that says why, if there is one.
        why: Option<MessageId>,
    },
    /// Say how much work it is.
    SetComplexity {
        /// Who says so: a person, or a rule of the tenant.
        by: Actor,
        /// How much.
        to: Complexity,
        /// The note or the message that says why, if there is one.
        why: Option<MessageId>,
    },
    /// Hand it to another team.
    SetTeam {
        /// Who.
        by: Actor,
        /// To which.
        team: TeamId,
    },
    /// Bind it by other terms.
    Bind {
        /// The terms.
        terms: Terms,
        /// Why.
        cause: TermsCause,
    },
    /// Let it live on in another ticket, which is told by [`Self::Absorb`].
    MergeInto {
        /// Who.
        by: AgentId,
        /// In which.
        ticket: TicketId,
    },
    /// Let another ticket about the same live on in this one.
    Absorb {
        /// Who.
        by: AgentId,
        /// Which.
        ticket: TicketId,
        /// When its customer asked.
        #[serde(with = "crate::time::instant::millis")]
        asked_at: Timestamp,
        /// What bound it.
        terms: Terms,
    },
    /// Throw it away.
    Discard {
        /// Who.
        by: Actor,
        /// What it was.
        why: Discard,
    },
    /// The customer says that it is dealt with.
    Close {},
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
    /// The agent who asks for her, if she does not herself.
    #[serde(default)]
    pub opened_by: Option<AgentId>,
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
