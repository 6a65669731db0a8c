//! What is measured and how long it may take.

use alloc::vec::Vec;
use core::str::FromStr;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::contract::{Complexity, PendReason, Severity};
use crate::ids::{CalendarId, ChannelId};
use crate::time::instant::{duration_millis, duration_millis_option};

/// What a clock measures (the table of `shared/TIME.md`). More metrics come as variants at the end: the order is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// From the request to the first public answer of a person.
    FirstResponse,
    /// From the request until it is solved; pauses for the reasons that the target lists.
    Resolution,
    /// From the oldest unanswered message of the customer after an answer, to the next answer; each exchange anew.
    NextResponse,
    /// From each public answer while not solved, to the next one.
    PeriodicUpdate,
    /// As [`Self::PeriodicUpdate`], paused while the customer is waited for.
    PausableUpdate,
    /// From the request until it is solved, paused while the customer is waited for.
    RequesterWait,
    /// From the request until it is solved, paused while anybody is waited for.
    AgentWork,
}

impl Metric {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 7] = [
        Self::FirstResponse,
        Self::NextResponse,
        Self::PeriodicUpdate,
        Self::PausableUpdate,
        Self::RequesterWait,
        Self::AgentWork,
        Self::Resolution,
    ];

    /// The name in files, commands and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstResponse => "first_response",
            Self::Resolution => "resolution",
            Self::NextResponse => "next_response",
            Self::PeriodicUpdate => "periodic_update",
            Self::PausableUpdate => "pausable_update",
            Self::RequesterWait => "requester_wait",
            Self::AgentWork => "agent_work",
        }
    }

    /// For which waits its clock pauses when the target does not say (the table of `shared/TIME.md`).
    #[must_use]
    pub fn usual_pauses(self) -> &'static [PendReason] {
        match self {
            Self::FirstResponse | Self::NextResponse | Self::PeriodicUpdate => &[],
            Self::PausableUpdate | Self::RequesterWait => &[PendReason::Customer],
            Self::AgentWork | Self::Resolution => &PendReason::ALL,
        }
    }
}

impl FromStr for Metric {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|metric| metric.as_str() == text).ok_or(())
    }
}

/// How long one metric may take in the cases that it covers, on which calendar the time counts, and when it does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// What is measured.
    pub metric: Metric,
    /// For which cases.
    pub covers: Covers,
    /// Open time that may pass (S4), in milliseconds on the wire.
    #[serde(with = "duration_millis")]
    pub within: SignedDuration,
    /// The calendar whose open time counts.
    pub calendar: CalendarId,
    /// For which waits its clock pauses.
    pub pauses: Vec<PendReason>,
    /// The most open time that all pauses together may take out; what is beyond counts.
    #[serde(with = "duration_millis_option")]
    pub pauses_at_most: Option<SignedDuration>,
    /// Open time after the due instant before anybody is notified or anything is credited (S8).
    #[serde(with = "duration_millis")]
    pub grace: SignedDuration,
}

/// Which cases of a tier a target covers; what is not named may be anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Covers {
    /// Only at this severity.
    pub severity: Option<Severity>,
    /// Only at this complexity.
    pub complexity: Option<Complexity>,
    /// Only on this channel.
    pub channel: Option<ChannelId>,
}

/// What a ticket is like, as far as targets ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case<'a> {
    /// How bad.
    pub severity: Severity,
    /// How much work.
    pub complexity: Complexity,
    /// How it came.
    pub channel: &'a ChannelId,
}

impl Covers {
    /// Whether a case is among them.
    #[must_use]
    pub fn case(&self, case: Case<'_>) -> bool {
        self.severity.is_none_or(|own| own == case.severity)
            && self.complexity.is_none_or(|own| own == case.complexity)
            && self.channel.as_ref().is_none_or(|own| own == case.channel)
    }

    /// How much is named: of two targets that cover a case, the one that names more holds.
    #[must_use]
    pub fn names(&self) -> usize {
        let named = [self.severity.is_some(), self.complexity.is_some(), self.channel.is_some()];
        named.into_iter().filter(|named| *named).count()
    }
}
