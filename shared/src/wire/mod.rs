//! What crosses the wire. The programs speak binary frames of these types ([`frame`]); the public API is JSON of the
//! same types. Programs ignore server events that they do not know: two versions run side by side during a deploy.

mod client;
mod customer;
mod desk;
pub mod frame;
mod planner;

pub use crate::ticket::{Card, Row};
pub use client::{Client, Outgoing, Parcel, Reply, Sent};
pub use customer::{
    Accepted, ChannelHours, Credential, Hello, Limits, NewCustomer, RawMessage, Said, Seen, TicketView, ToApp,
};
pub use desk::{
    CompanyName, DeskCommand, DeskHello, DeskTicket, Index, NewSession, Session, TeamMember, ToDesk,
};
pub use planner::{
    Forecast, Outcome, PlanAnswer, PlanChoices, PlanField, PlanQuestion, Proposal, TeamName, UnknownName,
};

use alloc::boxed::Box;
use alloc::string::String;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::Metric;
use crate::ids::MessageId;
use crate::sla::Receipt;
use crate::ticket::{Actor, Author, Event, Logged, PendReason};
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
            Event::TermsSet { .. } | Event::TermsAsked {} | Event::Seen { .. } => return None,
            Event::Opened { opening, .. } => What::Said {
                message: opening.message,
                author: Author::Customer {},
                text: words(opening.message),
            },
            Event::Antedated { receipt } => What::Antedated { receipt: Box::new(receipt.clone()) },
            Event::Said { message, author } => {
                What::Said { message: *message, author: author.clone(), text: words(*message) }
            }
            Event::Noted { message, by } => {
                What::Noted { message: *message, by: by.clone(), text: words(*message) }
            }
            Event::Pended { by, reason } => What::Pended { by: by.clone(), reason: *reason },
            Event::Resumed { by } => What::Resumed { by: by.clone() },
            Event::Solved { by } => What::Solved { by: by.clone() },
            Event::Reopened { by } => What::Reopened { by: by.clone() },
            Event::Warned { metric, percent, .. } => What::Warned { metric: *metric, percent: *percent },
            Event::Breached { metric, stamped } => What::Breached { metric: *metric, stamped: *stamped },
        };
        Some(Self { seq: line.seq, at: line.at, what })
    }

    /// The line as its customer reads it: never a note, never a warning to the team.
    #[must_use]
    pub fn for_customer(line: &Logged, words: impl Fn(MessageId) -> String) -> Option<Self> {
        let entry = Self::for_agents(line, words)?;
        match entry.what {
            What::Noted { .. } | What::Warned { .. } => None,
            What::Said { .. }
            | What::Pended { .. }
            | What::Resumed { .. }
            | What::Solved { .. }
            | What::Reopened { .. }
            | What::Breached { .. }
            | What::Antedated { .. } => Some(entry),
        }
    }
}
