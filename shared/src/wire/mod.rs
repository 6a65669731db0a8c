//! What crosses the wire. The programs speak binary frames of these types ([`frame`]); the public API is JSON of the
//! same types. Programs ignore server events that they do not know: two versions run side by side during a deploy.

mod change;
mod client;
mod customer;
mod desk;
mod foresight;
pub mod frame;
mod planner;

pub use crate::ticket::{Card, Row};
pub use client::{Client, Outgoing, Parcel, Reply, Sent};
pub use customer::{
    Accepted, ChannelHours, Credential, Hello, Limits, NewCustomer, RawMessage, Said, Seen, TicketView, ToApp,
};
pub use desk::{
    Because, CompanyName, DeskCommand, DeskHello, DeskTicket, Index, NewSession, ReceiptLine, Session,
    TeamMember, ToDesk,
};
pub use foresight::{Foresight, Wondered};
pub use planner::{
    Forecast, Outcome, PlanAnswer, PlanChoices, PlanField, PlanQuestion, Proposal, TeamName, UnknownName,
};

use alloc::boxed::Box;
use alloc::string::String;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::{Complexity, Metric, Severity};
use crate::ids::{MessageId, TeamId, TicketId, TierId};
use crate::sla::{Cause, Promised, Receipt};
use crate::ticket::{Actor, Author, Discard, Event, Logged, PendReason, TermsCause};
use crate::time::instant::millis;

/// One line of a ticket, with its words, for people to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number in the log.
    pub seq: u64,
    /// When.
    #[serde(with = "millis")]
    pub at: Timestamp,
    /// What.
    pub what: What,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Somebody said something.
    Said {
        /// Which message.
        message: MessageId,
        /// Who.
        author: Author,
        /// The words; empty once they were deleted.
        text: String,
    },
    /// An agent noted something.
    Noted {
        /// Which message.
        message: MessageId,
        /// Who.
        by: crate::ids::AgentId,
        /// The words.
        text: String,
    },
    /// An agent waits.
    Pended {
        /// Who.
        by: crate::ids::AgentId,
        /// For whom.
        reason: PendReason,
    },
    /// The wait is over.
    Resumed {
        /// Who ended it.
        by: Actor,
    },
    /// It is dealt with.
    Solved {
        /// By whom.
        by: crate::ids::AgentId,
    },
    /// It is not.
    Reopened {
        /// Who says so.
        by: Actor,
    },
    /// A share of a target is used up.
    Warned {
        /// Of which metric.
        metric: Metric,
        /// The share, in per cent.
        percent: u8,
    },
    /// A target is used up.
    Breached {
        /// Of which metric.
        metric: Metric,
        /// When it was.
        #[serde(with = "millis")]
        stamped: Timestamp,
    },
    /// An earlier attempt came to light: this is what holds now.
    Antedated {
        /// The receipt.
        receipt: Box<Receipt>,
    },
    /// What is promised has changed.
    Promised {
        /// By when a person answers first, if that is still to come.
        first_response: Option<Promised>,
        /// By when it is solved.
        resolution: Option<Promised>,
        /// Why.
        cause: Cause,
    },
    /// It is worse, or less bad, than it was taken for.
    Severity {
        /// Before.
        from: Severity,
        /// From now on.
        to: Severity,
        /// Who says so.
        by: Actor,
    },
    /// It is more work, or less, than it was taken for.
    Complexity {
        /// Before.
        from: Complexity,
        /// From now on.
        to: Complexity,
        /// Who says so.
        by: Actor,
    },
    /// Other terms hold: of another tier, contract or calendar.
    Bound {
        /// The tier that they are of.
        tier: TierId,
        /// Why.
        cause: TermsCause,
    },
    /// Another team has it.
    Team {
        /// Which.
        team: TeamId,
        /// Who handed it over.
        by: Actor,
    },
    /// It lives on in another ticket.
    MergedInto {
        /// Which.
        ticket: TicketId,
        /// Who says so.
        by: crate::ids::AgentId,
    },
    /// Another ticket lives on in this one.
    MergedFrom {
        /// Which.
        ticket: TicketId,
        /// Who says so.
        by: crate::ids::AgentId,
    },
    /// It was thrown away.
    Discarded {
        /// What it was.
        why: Discard,
        /// Who says so.
        by: Actor,
    },
    /// The customer says that it is dealt with.
    Closed {},
}

impl Entry {
    /// Whether this line is that message.
    #[must_use]
    pub fn says(&self, id: MessageId) -> bool {
        let What::Said { message, .. } = &self.what else { return false };
        *message == id
    }

    /// The line as agents read it; `None` for what only clocks need.
    #[must_use]
    pub fn for_agents(line: &Logged, words: impl Fn(MessageId) -> String) -> Option<Self> {
        let what = match &line.event {
            Event::TermsAsked {} | Event::Seen { .. } | Event::Notified { .. } => return None,
            Event::TermsSet { .. }
            | Event::Promised { .. }
            | Event::SeverityChanged { .. }
            | Event::ComplexityChanged { .. }
            | Event::TeamChanged { .. }
            | Event::MergedInto { .. }
            | Event::MergedFrom { .. }
            | Event::Discarded { .. }
            | Event::Closed {} => change::told(&line.event)?,
            Event::Opened { opening, .. } => What::Said {
                message: opening.message,
                author: opening.opened_by.clone().map_or(Author::Customer {}, |id| Author::Agent { id }),
                text: words(opening.message),
            },
            Event::Antedated { receipt } => What::Antedated { receipt: Box::new(receipt.clone()) },
            Event::Said { message, author } => {
                What::Said { message: *message, author: author.clone(), text: words(*message) }
            }
            Event::Noted { message, by } => {
                What::Noted { message: *message, by: by.clone(), text: words(*message) }
            }
            Event::Pended { by, reason, .. } => What::Pended { by: by.clone(), reason: *reason },
            Event::Resumed { by } => What::Resumed { by: by.clone() },
            Event::Solved { by } => What::Solved { by: by.clone() },
            Event::Reopened { by } => What::Reopened { by: by.clone() },
            Event::Warned { metric, percent, .. } => What::Warned { metric: *metric, percent: *percent },
            Event::Breached { metric, stamped, .. } => What::Breached { metric: *metric, stamped: *stamped },
        };
        Some(Self { seq: line.seq, at: line.at, what })
    }

    /// The line as its customer reads it: never a note, never a warning to the team, nor how the team goes about it.
    #[must_use]
    pub fn for_customer(line: &Logged, words: impl Fn(MessageId) -> String) -> Option<Self> {
        let entry = Self::for_agents(line, words)?;
        match entry.what {
            What::Noted { .. }
            | What::Warned { .. }
            | What::Complexity { .. }
            | What::Bound { .. }
            | What::Team { .. }
            | What::MergedInto { .. }
            | What::MergedFrom { .. }
            | What::Discarded { .. } => None,
            What::Said { .. }
            | What::Pended { .. }
            | What::Resumed { .. }
            | What::Solved { .. }
            | What::Reopened { .. }
            | What::Breached { .. }
            | What::Antedated { .. }
            | What::Promised { .. }
            | What::Severity { .. }
            | What::Closed {} => Some(entry),
        }
    }
}
