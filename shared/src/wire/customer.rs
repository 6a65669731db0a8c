//! Between the widget and the edge.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::{Severity, Terms};
use crate::door::Held;
use crate::ids::{ChannelId, CustomerId, MessageId, TenantId, TicketId};
use crate::language::Language;
use crate::sla::{ClockView, Named, Receipt, SignedReceipt, TierSource};
use crate::ticket::Stage;
use crate::time::instant::millis;
use crate::time::{Hours, Local, Windows};
use crate::wire::Entry;

/// `GET /v1/{tenant}/hello`: everything that the widget needs to say what is open, and by when who answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The edge's clock: programs count from it, never from their own.
    #[serde(with = "millis")]
    pub now: Timestamp,
    /// Which tenant.
    pub tenant: TenantId,
    /// As people call it.
    pub name: String,
    /// The languages it answers in, its own first.
    pub languages: Vec<Language>,
    /// The customer's zone over the days ahead: the browser named it, the edge resolved it.
    pub local: Local,
    /// What binds a request asked now.
    pub terms: Terms,
    /// Who says which tier it is.
    pub tier_from: TierSource,
    /// Every channel, open or not.
    pub channels: Vec<ChannelHours>,
    /// From which severity on somebody is called when no team is awake.
    pub calls_from: Option<Severity>,
    /// The most that a customer's own word starts.
    pub may_claim: Severity,
    /// What a form may hold.
    pub limits: Limits,
}

/// A channel and when it is open for this customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelHours {
    /// Which.
    pub id: ChannelId,
    /// Whether a request can be written here and now: closed hours make it a ticket.
    pub writable: bool,
    /// A phone number or an address, if the channel has one.
    pub address: Option<String>,
    /// When somebody answers on it.
    pub windows: Windows,
    /// How far that is known.
    #[serde(with = "millis")]
    pub until: Timestamp,
}

impl ChannelHours {
    /// When somebody answers on it, to be asked by the verbs of [`Hours`].
    #[must_use]
    pub fn hours(&self) -> Hours<'_> {
        Hours::new(&self.windows, self.until)
    }
}

/// What a form may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Characters of a message.
    pub text_chars: u32,
    /// Whether an answer needs an address: nobody vouched for the customer.
    pub contact_required: bool,
}

/// `POST /v1/{tenant}/customers`: who am I?
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCustomer {
    /// A JWT signed by the host's server; without one the customer is anonymous.
    pub token: Option<String>,
}

/// Its answer. The bearer goes into the `Authorization` header, never into an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    /// The bearer.
    pub bearer: String,
    /// Who she is.
    pub customer: CustomerId,
    /// When it ends.
    #[serde(with = "millis")]
    pub expires: Timestamp,
}

/// The answer to `POST /v1/{tenant}/tickets`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The ticket, under the id that the client made.
    pub id: TicketId,
    /// As people call it.
    pub code: String,
    /// Who holds it.
    pub held: Held,
    /// What is promised, and why.
    pub receipt: Receipt,
    /// The same, signed: what she can keep and check.
    pub signed: SignedReceipt,
    /// The edge's clock.
    #[serde(with = "millis")]
    pub now: Timestamp,
}

/// What the socket of a ticket says to its customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToApp {
    /// The ticket has new lines. Also the first thing that a socket says: what came after the line it asked from.
    Entries {
        /// The edge's clock.
        #[serde(with = "millis")]
        now: Timestamp,
        /// The last line of the log: where to resume from. Lines that only agents read leave gaps in `entries`.
        seq: u64,
        /// The lines, oldest first.
        entries: Vec<Entry>,
        /// How the ticket stands.
        stage: Stage,
        /// Its clocks.
        clocks: Vec<ClockView>,
        /// Answers that she has not read.
        unread: u32,
    },
}

/// `GET /v1/{tenant}/tickets/{id}`: a ticket as its customer reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketView {
    /// The edge's clock.
    #[serde(with = "millis")]
    pub now: Timestamp,
    /// Which.
    pub id: TicketId,
    /// The last line of the log.
    pub seq: u64,
    /// How it stands.
    pub stage: Stage,
    /// What was promised, and why.
    pub receipt: Receipt,
    /// Its clocks.
    pub clocks: Vec<ClockView>,
    /// Its lines, oldest first.
    pub entries: Vec<Entry>,
    /// The people in it, with the names that customers see.
    pub people: Vec<Named>,
    /// Answers that she has not read.
    pub unread: u32,
}

/// `POST /v1/{tenant}/tickets/{id}/messages`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawMessage {
    /// The message's id, made by the sender and kept for every retry.
    pub id: String,
    /// The words.
    pub text: String,
    /// A solved ticket is opened again by it; otherwise a closing remark changes nothing.
    #[serde(default)]
    pub reopen: bool,
}

/// Its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Which message.
    pub id: MessageId,
    /// The line of the log where it stands.
    pub seq: u64,
    /// The edge's clock.
    #[serde(with = "millis")]
    pub now: Timestamp,
}

/// `POST /v1/{tenant}/tickets/{id}/seen`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// The last line that she has read.
    pub upto: u64,
}
