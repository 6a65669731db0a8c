//! What happened to a ticket: the log is the truth, everything else is a fold of it. Events carry ids, never words:
//! what a person wrote or is stands in rows beside the log and can be deleted.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::{Metric, PendReason, Severity, Terms};
use crate::ids::{AgentId, ChannelId, CompanyId, CustomerId, MessageId};
use crate::language::Language;
use crate::sla::{Actor, Receipt};
use crate::time::Zone;
use crate::time::instant::millis;

/// One line of a ticket's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logged {
    /// Its number, from 1 without gaps.
    pub seq: u64,
    /// When it happened, by the edge's clock.
    #[serde(with = "millis")]
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
}

/// What can happen to a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The terms that bind the ticket from here on. Always the first event.
    TermsSet {
        /// The terms.
        terms: Terms,
    },
    /// A customer asked.
    Opened {
        /// Who asked, how, and how bad.
        opening: Opening,
        /// What she was promised.
        receipt: Receipt,
    },
    /// An earlier attempt of the same request came to light: the clocks start there, its promise holds.
    Antedated {
        /// What she was promised then; `asked_at` is the new start.
        receipt: Receipt,
    },
    /// Somebody said something that both sides can read.
    Said {
        /// Which message.
        message: MessageId,
        /// Who.
        author: Author,
    },
    /// An agent wrote a note that only agents can read.
    Noted {
        /// Which message.
        message: MessageId,
        /// Who.
        by: AgentId,
    },
    /// An agent waits for somebody.
    Pended {
        /// Who waits.
        by: AgentId,
        /// For whom.
        reason: PendReason,
    },
    /// The wait is over.
    Resumed {
        /// Who ended it: the customer by writing, or an agent.
        by: Actor,
    },
    /// The request is dealt with.
    Solved {
        /// By whom.
        by: AgentId,
    },
    /// It was not.
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
        /// The share was used up already when the clock was made.
        late: bool,
    },
    /// A target is used up.
    Breached {
        /// Of which metric.
        metric: Metric,
        /// The judged instant (S9): the breach is stamped with it, and told after it.
        #[serde(with = "millis")]
        stamped: Timestamp,
    },
    /// The customer has read the log up to a line.
    Seen {
        /// The line.
        upto: u64,
    },
    /// The terms reach not much further: later windows were asked for.
    TermsAsked {},
}

/// How a ticket began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Who asked.
    pub customer: CustomerId,
    /// For which company, if somebody vouched for her.
    pub company: Option<CompanyId>,
    /// How.
    pub channel: ChannelId,
    /// How bad, in her word.
    pub severity: Severity,
    /// What she reads.
    pub language: Language,
    /// Where she is.
    pub zone: Zone,
    /// Her first words.
    pub message: MessageId,
}

/// Who wrote a message that both sides can read. Fulfilment is decided by author, never by channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The customer.
    Customer {},
    /// A person of the tenant.
    Agent {
        /// Who.
        id: AgentId,
    },
}
