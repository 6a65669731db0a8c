//! What is measured and how long it may take.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::contract::Severity;
use crate::ids::CalendarId;
use crate::time::instant::duration_millis;

/// What a clock measures. More metrics come as variants at the end: the order is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// From the request to the first public answer of a person.
    FirstResponse,
    /// From the request until it is solved; pauses while the customer is waited for.
    Resolution,
}

impl Metric {
    /// All of them, in the order in which a ticket meets them.
    pub const ALL: [Self; 2] = [Self::FirstResponse, Self::Resolution];

    /// The name in files, commands and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstResponse => "first_response",
            Self::Resolution => "resolution",
        }
    }
}

/// How long one metric may take at one severity, and on which calendar the time counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// What is measured.
    pub metric: Metric,
    /// For which severity.
    pub severity: Severity,
    /// Open time that may pass (S4), in milliseconds on the wire.
    #[serde(with = "duration_millis")]
    pub within: SignedDuration,
    /// The calendar whose open time counts.
    pub calendar: CalendarId,
}
