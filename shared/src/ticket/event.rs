//! What happened to a ticket: the log is the truth, everything else is a fold of it. Events carry ids, never words:
//! what a person wrote or is stands in rows beside the log and can be deleted.

use alloc::boxed::Box;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::{Complexity, Metric, PendReason, Severity, Terms};
use crate::ids::{AgentId, ChannelId, CompanyId, CustomerId, MessageId, TeamId, TicketId};
use crate::language::Language;
use crate::sla::{Actor, Receipt};
use crate::time::Zone;
use crate::time::instant::{millis, millis_option};

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
        /// Why they hold from here on.
        #[serde(default)]
        cause: TermsCause,
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
        /// The message that shows it, if there is one.
        #[serde(default)]
        evidence: Option<MessageId>,
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
        /// Of which cycle of it.
        #[serde(default = "first")]
        cycle: u32,
    },
    /// A target is used up.
    Breached {
        /// Of which metric.
        metric: Metric,
        /// The judged instant (S9): the breach is stamped with it, and told after it.
        #[serde(with = "millis")]
        stamped: Timestamp,
        /// Of which cycle of it.
        #[serde(default = "first")]
        cycle: u32,
        /// When the target was used up, if the clock turned out to be late at a change: the raw instant (S7).
        #[serde(default, with = "millis_option")]
        raw: Option<Timestamp>,
    },
    /// The customer has read the log up to a line.
    Seen {
        /// The line.
        upto: u64,
    },
    /// The terms reach not much further: later windows were asked for.
    TermsAsked {},
    /// It is worse, or less bad, than it was taken for.
    SeverityChanged {
        /// Before.
        from: Severity,
        /// From now on.
        to: Severity,
        /// Who says so.
        by: Actor,
        /// The note or the message that says why, if there is one.
        why: Option<MessageId>,
    },
    /// It is more work, or less, than it was taken for.
    ComplexityChanged {
        /// Before.
        from: Complexity,
        /// From now on.
        to: Complexity,
        /// Who says so.
        by: Actor,
        /// The note or the message that says why, if there is one.
        why: Option<MessageId>,
    },
    /// Another team has it. No clock notices.
    TeamChanged {
        /// Which team.
        team: TeamId,
        /// Who handed it over.
        by: Actor,
    },
    /// It lives on in another ticket. Final for its clocks.
    MergedInto {
        /// Which.
        ticket: TicketId,
        /// Who says so.
        by: AgentId,
    },
    /// Another ticket about the same lives on in this one, which began when the earlier of both did.
    MergedFrom {
        /// Which.
        ticket: TicketId,
        /// When its customer asked.
        #[serde(with = "millis")]
        asked_at: Timestamp,
        /// What bound it: what was open then is never resolved again.
        terms: Box<Terms>,
        /// Who says so.
        by: AgentId,
    },
    /// It was thrown away. Final.
    Discarded {
        /// What it was.
        why: Discard,
        /// Who says so.
        by: Actor,
    },
    /// The customer says that it is dealt with.
    Closed {},
    /// What is promised has changed.
    Promised {
        /// What is promised now.
        receipt: Box<Receipt>,
    },
    /// The grace after a breach is over, too: somebody was notified.
    Notified {
        /// Of which metric.
        metric: Metric,
        /// Of which cycle of it.
        cycle: u32,
    },
}

/// Lines from before cycles were counted are about the first one.
fn first() -> u32 {
    1
}

/// Why terms hold from here on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermsCause {
    /// The ticket began, or the same terms are known for longer.
    #[default]
    Known,
    /// Another tier holds.
    Tier {
        /// Who says so.
        by: Actor,
    },
    /// Another contract holds.
    Contract {
        /// Who says so.
        by: Actor,
    },
    /// A calendar was published anew, or its holidays or zones are known better.
    Calendar {
        /// Who published it.
        by: Actor,
    },
}

/// Why a ticket was thrown away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Discard {
    /// Nobody asked for anything.
    Spam,
    /// Whoever asked wants it gone.
    Deleted,
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
    /// How bad it counted as. Her word, where it said more, stands in the receipt's reasons and in the form.
    pub severity: Severity,
    /// What she reads.
    pub language: Language,
    /// Where she is.
    pub zone: Zone,
    /// Her first words.
    pub message: MessageId,
    /// The agent who opened it for her, if she did not herself: her own first message starts the first response.
    #[serde(default)]
    pub opened_by: Option<AgentId>,
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
    /// A program of the tenant that answers.
    Bot {},
    /// What is sent by itself: "we have received it".
    Automatic {},
}
