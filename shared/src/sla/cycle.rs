//! One cycle of a clock: from a start to a stop. What it has counted under terms that hold no longer is kept with it,
//! so that time once judged is never resolved again (S6); everything else is computed when it is asked for.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::contract::Metric;
use crate::sla::Level;
use crate::time::Windows;
use crate::time::instant::{duration_millis, millis, millis_option};

/// A cycle, running or over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    /// What it measures.
    pub metric: Metric,
    /// Which one of its metric, from 1.
    pub number: u32,
    /// When it started.
    #[serde(with = "millis")]
    pub started: Timestamp,
    /// Since when time counts: the start, or the change that restarted it (S7).
    #[serde(with = "millis")]
    pub counts_from: Timestamp,
    /// What counted before `since`, under the terms of then.
    pub counted: Windows,
    /// From here on the terms in force count.
    #[serde(with = "millis")]
    pub since: Timestamp,
    /// Open time that pauses took out before `since`.
    #[serde(with = "duration_millis")]
    pub paused: SignedDuration,
    /// The change at which it turned out to be late already (S7): its breach is stamped so.
    #[serde(with = "millis_option")]
    pub late_at: Option<Timestamp>,
    /// The promise in force, if there is one.
    #[serde(with = "millis_option")]
    pub promised: Option<Timestamp>,
    /// The highest level that was told of it.
    pub told: Option<Level>,
    /// How it ended; none while it runs.
    pub end: Option<End>,
}

/// How a cycle ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// When.
    #[serde(with = "millis")]
    pub at: Timestamp,
    /// Whether somebody did what was measured, or nobody waits for it any more.
    pub how: How,
    /// What the terms of that moment made of it; none if they had no target for it.
    pub verdict: Option<Verdict>,
}

/// Why a cycle is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// It was fulfilled.
    Fulfilled,
    /// It was cancelled: it is neither met nor missed.
    Cancelled,
}

/// What was judged when a cycle ended. It never changes after that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The target.
    #[serde(with = "duration_millis")]
    pub within: SignedDuration,
    /// Open, un-paused time from the start to the end.
    #[serde(with = "duration_millis")]
    pub spent: SignedDuration,
    /// When the target was used up by the terms in force (S4 to S7).
    #[serde(with = "millis_option")]
    pub due: Option<Timestamp>,
    /// The earlier of due and promised; of a clock that was late at a change, that change.
    #[serde(with = "millis_option")]
    pub judged: Option<Timestamp>,
    /// Whether it was late already when its target changed: no instant makes that good.
    pub late: bool,
}

impl Verdict {
    /// Met, if fulfilled at or before the judged instant (S9).
    #[must_use]
    pub fn met(self, fulfilled: Timestamp) -> bool {
        !self.late && self.judged.is_none_or(|judged| fulfilled <= judged)
    }
}

impl Cycle {
    /// A cycle that starts.
    #[must_use]
    pub fn begun(metric: Metric, number: u32, started: Timestamp) -> Self {
        Self {
            metric,
            number,
            started,
            counts_from: started,
            counted: Windows::EMPTY,
            since: started,
            paused: SignedDuration::ZERO,
            late_at: None,
            promised: None,
            told: None,
            end: None,
        }
    }
}
