//! Between the desk and the edge.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::{Complexity, Severity};
use crate::ids::{AgentId, CompanyId, MessageId, TeamId, TenantId, TierId};
use crate::sla::{Cause, Explanation, Named, Promised, Receipt};
use crate::ticket::{Discard, PendReason, Request, Row};
use crate::time::Local;
use crate::time::instant::{millis, millis_option};
use crate::wire::{Entry, TeamName};

/// `POST /desk/{tenant}/sessions`: the token of a sign-in link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewSession {
    /// What stands behind the `#` of the link. It works once.
    pub token: String,
}

/// Its answer, beside the cookie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Who signed in.
    pub agent: AgentId,
    /// When the session ends at the latest.
    #[serde(with = "millis")]
    pub expires: Timestamp,
}

/// `GET /desk/{tenant}/hello`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskHello {
    /// The edge's clock.
    #[serde(with = "millis")]
    pub now: Timestamp,
    /// Which tenant.
    pub tenant: TenantId,
    /// As people call it.
    pub name: String,
    /// Who is signed in.
    pub me: Named,
    /// The agent's zone over the days ahead.
    pub local: Local,
    /// Everybody of the tenant, for names.
    pub people: Vec<TeamMember>,
    /// Characters that an answer may have.
    pub text_chars: u32,
    /// The tenant's clients, for names.
    pub companies: Vec<CompanyName>,
    /// The tenant's teams, to hand a ticket to.
    pub teams: Vec<TeamName>,
    /// The tenant's tiers, to compare.
    pub tiers: Vec<TierId>,
}

/// A client of the tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyName {
    /// Which.
    pub id: CompanyId,
    /// As people call it.
    pub name: String,
}

/// A person of the tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamMember {
    /// Who.
    pub id: AgentId,
    /// As people call them.
    pub name: String,
}

/// `GET /desk/{tenant}/tickets`: the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// The edge's clock.
    #[serde(with = "millis")]
    pub now: Timestamp,
    /// What is not solved, and what was solved in the last day or has unanswered words; the next deadline first.
    pub rows: Vec<Row>,
    /// How far the index is behind what was accepted: the oldest request that it does not hold yet.
    #[serde(with = "millis_option")]
    pub behind_since: Option<Timestamp>,
}

/// `GET /desk/{tenant}/tickets/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskTicket {
    /// The edge's clock.
    #[serde(with = "millis")]
    pub now: Timestamp,
    /// The last line of the log.
    pub seq: u64,
    /// Its line in the index, as the ticket itself tells it.
    pub row: Row,
    /// How much work it is.
    pub complexity: Complexity,
    /// Which team it was handed to, if it was.
    pub team: Option<TeamId>,
    /// What the customer was promised, and why.
    pub receipt: Receipt,
    /// Every receipt, oldest first.
    pub receipts: Vec<ReceiptLine>,
    /// Why each clock that runs is due when it is.
    pub why: Vec<Explanation>,
    /// The form, without its text (which is the first entry).
    pub request: Option<Request>,
    /// Its lines, oldest first.
    pub entries: Vec<Entry>,
    /// The customer's zone, to say what time it is there.
    pub local: Local,
}

/// A receipt in a ticket's list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptLine {
    /// Its place in the list, from 1: under it stands the signed file.
    pub place: u32,
    /// Its own number.
    pub number: u32,
    /// When it was made.
    #[serde(with = "millis")]
    pub issued_at: Timestamp,
    /// Why, and who changed something.
    pub cause: Cause,
    /// By when a person answers first, if it says so.
    pub first_response: Option<Promised>,
    /// By when it is solved, if it says so.
    pub resolution: Option<Promised>,
}

impl ReceiptLine {
    /// The line of a receipt that stands at a place.
    #[must_use]
    pub fn of(place: u32, receipt: &Receipt) -> Self {
        Self {
            place,
            number: receipt.number,
            issued_at: receipt.issued_at,
            cause: receipt.cause.clone(),
            first_response: receipt.first_response(),
            resolution: receipt.resolution(),
        }
    }
}

/// A note that says why something was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Because {
    /// The note's id, made by the desk and kept for every retry.
    pub id: String,
    /// The words.
    pub text: String,
}

/// `POST /desk/{tenant}/tickets/{id}/commands`: what an agent does. The answer is the ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum DeskCommand {
    /// Answer the customer.
    Reply {
        /// The message's id, made by the desk and kept for every retry.
        id: String,
        /// The words.
        text: String,
    },
    /// Note something for the team.
    Note {
        /// The message's id, made by the desk and kept for every retry.
        id: String,
        /// The words.
        text: String,
    },
    /// Wait for somebody.
    Pend {
        /// For whom.
        reason: PendReason,
        /// The message that shows it, if there is one.
        #[serde(default)]
        evidence: Option<MessageId>,
    },
    /// Go on.
    Resume {},
    /// Call it dealt with.
    Solve {},
    /// Open it again.
    Reopen {},
    /// Say how bad it is.
    Severity {
        /// How bad.
        to: Severity,
        /// Why.
        #[serde(default)]
        note: Option<Because>,
    },
    /// Say how much work it is.
    Complexity {
        /// How much.
        to: Complexity,
        /// Why.
        #[serde(default)]
        note: Option<Because>,
    },
    /// Hand it to another team.
    Team {
        /// Which.
        to: TeamId,
    },
    /// Let it live on in another ticket.
    Merge {
        /// That ticket's code, or its id.
        into: String,
        /// It may be another customer's.
        confirmed: bool,
    },
    /// Throw it away.
    Discard {
        /// What it was.
        why: Discard,
    },
}

/// What the desk's socket says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToDesk {
    /// These lines of the index are new or changed.
    Rows {
        /// The edge's clock.
        #[serde(with = "millis")]
        now: Timestamp,
        /// The lines.
        rows: Vec<Row>,
    },
    /// How far the index is behind; `None`: not at all.
    Behind {
        /// The oldest request that it does not hold yet.
        #[serde(with = "millis_option")]
        since: Option<Timestamp>,
    },
}
