//! What whoever is on call is told, and why they are rung.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::{Metric, Severity};
use crate::ids::{CompanyId, TicketId, TierId};
use crate::sla::Named;
use crate::time::instant::{millis, millis_option};

/// What the tenant's webhook is told (Standard Webhooks 1.0.0; `type` and `timestamp` stand around it).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ring {
    /// Why it rings.
    pub occasion: Occasion,
    /// About which ticket.
    pub ticket: TicketId,
    /// As people call it.
    pub code: String,
    /// The customer's tier.
    pub tier: TierId,
    /// How bad.
    pub severity: Severity,
    /// Her company.
    pub company: Option<CompanyId>,
    /// When she asked.
    #[serde(with = "millis")]
    pub asked_at: Timestamp,
    /// By when she was promised an answer.
    #[serde(with = "millis_option")]
    pub first_response: Option<Timestamp>,
    /// Who is to answer, in the order in which they are called; nobody, while a team is awake.
    pub on_call: Vec<Named>,
    /// Who is told beside them.
    pub account_manager: Option<Named>,
    /// Her first line.
    pub subject: Option<String>,
}

/// Why somebody is rung.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// A request came of which somebody is told at once: whoever is called, the account manager, or both.
    Opened {},
    /// Most of a target is used up.
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
}

impl Occasion {
    /// The webhook's `type`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Opened {} => "ticket.on_call",
            Self::Warned { .. } => "clock.warned",
            Self::Breached { .. } => "clock.breached",
        }
    }
}
