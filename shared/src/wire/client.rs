//! The sans-I/O client: what a customer's program sends next, when it tries again, and what it may forget. It holds no
//! socket, no store and no clock: the program brings bytes and time to it, and keeps what [`Client::kept`] names.

use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::ids::{MessageId, TicketId};
use crate::refusal::Refusal;
use crate::ticket::RawRequest;
use crate::wire::Accepted;

/// Something a customer wants to send. Its id is its idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outgoing {
    /// A new request.
    Open {
        /// The form.
        form: RawRequest,
    },
    /// Words for a ticket.
    Say {
        /// Which ticket.
        ticket: TicketId,
        /// The words.
        text: String,
        /// A solved ticket is opened again by them.
        reopen: bool,
    },
}

/// One thing on its way: this is what is kept until it is acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// The id that every attempt carries: of the message, or of the ticket that it opens.
    pub id: MessageId,
    /// What it is.
    pub outgoing: Outgoing,
    /// When it was written, by the edge's clock as the program knows it.
    #[serde(with = "crate::time::instant::millis")]
    pub written_at: Timestamp,
    /// Attempts in vain.
    pub failed: u32,
    /// Attempts for which the edge knew no such ticket.
    pub unknown: u32,
    /// Why it will not be taken; the person decides what becomes of it.
    pub refused: Option<Refusal>,
}

impl Parcel {
    /// The ticket it belongs to.
    #[must_use]
    pub fn ticket(&self) -> Option<TicketId> {
        match &self.outgoing {
            Outgoing::Open { form } => form.id.parse().ok(),
            Outgoing::Say { ticket, .. } => Some(*ticket),
        }
    }
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The edge has it.
    Taken(Sent),
    /// The edge will not have it as it is.
    Refused(Refusal),
    /// No answer, or one that promises another try; with the wait that the edge asked for, if it did.
    Lost(Option<SignedDuration>),
}

/// What the edge acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// A request.
    Opened(alloc::boxed::Box<Accepted>),
    /// A message.
    Said,
}

/// The customer's outbox: in order within a ticket, one attempt at a time, each retry with the same id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Client {
    queue: VecDeque<Parcel>,
    in_flight: Option<MessageId>,
    resting_until: Option<Timestamp>,
}

/// A ticket that only the journal has is unknown to its object until the sweeper hands it over, within three minutes:
/// so often words for it are sent again before the answer is believed.
const BELIEVED_AFTER: u32 = 10;

/// The longest rest between attempts.
const LONGEST_REST: i64 = 60;

impl Client {
    /// A client that goes on where an earlier one, in this browser, left off.
    #[must_use]
    pub fn resume(kept: impl IntoIterator<Item = Parcel>) -> Self {
        Self { queue: kept.into_iter().collect(), ..Self::default() }
    }

    /// Puts something into the outbox. The same id again changes nothing.
    pub fn send(&mut self, id: MessageId, outgoing: Outgoing, now: Timestamp) {
        if self.queue.iter().all(|parcel| parcel.id != id) {
            self.queue.push_back(Parcel {
                id,
                outgoing,
                written_at: now,
                failed: 0,
                unknown: 0,
                refused: None,
            });
        }
    }

    /// What is to be kept until it is acknowledged, oldest first.
    pub fn kept(&self) -> impl Iterator<Item = &Parcel> {
        self.queue.iter()
    }

    /// Whether anything waits to leave. What was refused waits for its writer, not for the network.
    #[must_use]
    pub fn unsent(&self) -> bool {
        self.queue.iter().any(|parcel| parcel.refused.is_none())
    }

    /// What to send now, if anything; it is in flight until [`Client::answered`].
    pub fn poll(&mut self, now: Timestamp) -> Option<Parcel> {
        let resting = self.resting_until.is_some_and(|until| now < until);
        if resting || self.in_flight.is_some() {
            return None;
        }
        let blocked: Vec<TicketId> =
            self.queue.iter().filter(|p| p.refused.is_some()).filter_map(Parcel::ticket).collect();
        let free = |p: &&Parcel| p.refused.is_none() && p.ticket().is_none_or(|t| !blocked.contains(&t));
        let next = self.queue.iter().find(free)?.clone();
        self.in_flight = Some(next.id);
        Some(next)
    }

    /// When to [`Client::poll`] again, if nothing else happens before.
    #[must_use]
    pub fn wake_at(&self) -> Option<Timestamp> {
        self.resting_until.filter(|_| self.unsent() && self.in_flight.is_none())
    }

    /// Takes in what came of the attempt in flight.
    pub fn answered(&mut self, id: MessageId, reply: Reply, now: Timestamp) {
        if self.in_flight == Some(id) {
            self.in_flight = None;
        }
        match reply {
            Reply::Taken(_) => {
                self.resting_until = None;
                self.queue.retain(|parcel| parcel.id != id);
            }
            Reply::Refused(Refusal::Unknown {}) if self.not_yet(id) => {
                self.parcel(id, |parcel| parcel.unknown = parcel.unknown.saturating_add(1));
                self.answered(id, Reply::Lost(None), now);
            }
            Reply::Refused(refusal) => {
                self.resting_until = None;
                self.parcel(id, |parcel| parcel.refused = Some(refusal));
            }
            Reply::Lost(wait) => {
                let failed = self.parcel(id, |parcel| parcel.failed = parcel.failed.saturating_add(1));
                let doubled = 1_i64.checked_shl(failed.saturating_sub(1).min(6)).unwrap_or(LONGEST_REST);
                let rest = wait.unwrap_or_else(|| SignedDuration::from_secs(doubled.min(LONGEST_REST)));
                self.resting_until = now.checked_add(rest).ok();
            }
        }
    }

    /// The network is back, or the person asked: try at once.
    pub fn hurry(&mut self) {
        self.resting_until = None;
    }

    /// The person asks for another try of what was refused.
    pub fn retry(&mut self, id: MessageId) {
        self.parcel(id, |parcel| parcel.refused = None);
        self.hurry();
    }

    /// The person takes it back. What is in flight cannot be.
    pub fn discard(&mut self, id: MessageId) {
        if self.in_flight != Some(id) {
            self.queue.retain(|parcel| parcel.id != id);
        }
    }

    /// Whether words may be for a ticket that is not handed over yet.
    fn not_yet(&self, id: MessageId) -> bool {
        let words = |p: &&Parcel| p.id == id && matches!(p.outgoing, Outgoing::Say { .. });
        self.queue.iter().find(words).is_some_and(|parcel| parcel.unknown < BELIEVED_AFTER)
    }

    fn parcel(&mut self, id: MessageId, change: impl FnOnce(&mut Parcel)) -> u32 {
        let found = self.queue.iter_mut().find(|parcel| parcel.id == id);
        found.map_or(0, |parcel| {
            change(parcel);
            parcel.failed
        })
    }
}
