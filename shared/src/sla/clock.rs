//! One metric of one ticket, running or finished: a function of its start, its stops and its hours. Nothing here is
//! stored: a due instant that nobody keeps cannot be wrong.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::contract::Metric;
use crate::time::instant::{duration_millis, millis, millis_option};
use crate::time::{Hours, Windows, share};

/// The shares of a target at which somebody is warned (S8).
pub const WARNING_LEVELS: [u8; 3] = [50, 75, 90];

/// From this share on a clock is called *near*.
pub const NEAR_LEVEL: u8 = 75;

/// A clock: the open, un-paused time since `started`, against a target.
#[derive(Clone, Copy, Debug)]
pub struct Clock<'t> {
    /// What it measures.
    pub metric: Metric,
    /// Since when.
    pub started: Timestamp,
    /// Open time that may pass.
    pub within: SignedDuration,
    /// When time counts.
    pub hours: Hours<'t>,
    /// When it does not, by agreement. A pause that lasts has no end.
    pub pauses: &'t Windows,
    /// When it was fulfilled.
    pub finished: Option<Timestamp>,
}

impl Clock<'_> {
    /// When the target is used up (S4): `None` while a pause has no end, or if the calendar never opens again.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        self.hours.after_with(self.started, self.within, self.pauses)
    }

    /// When `percent` of the target is used up, in whole business seconds, rounded up (S8).
    #[must_use]
    pub fn warning(&self, percent: u8) -> Option<Timestamp> {
        self.hours.after_with(self.started, share(self.within, percent), self.pauses)
    }

    /// Open time used between the start and `now`, or the finish if that was earlier (S3).
    #[must_use]
    pub fn spent(&self, now: Timestamp) -> SignedDuration {
        let end = self.finished.map_or(now, |at| at.min(now));
        self.hours.within_with(self.started, end, self.pauses)
    }

    fn paused(&self, now: Timestamp) -> bool {
        self.pauses.first_at_or_after(now).is_some_and(|pause| pause.contains(now))
    }

    /// How the clock stands at `now`. Met if fulfilled at or before the due instant (S9).
    #[must_use]
    pub fn state(&self, now: Timestamp) -> ClockState {
        let paused = self.finished.is_none() && self.paused(now);
        match (self.due(), self.finished) {
            (_, None) if paused => ClockState::Paused {},
            (None, None) => ClockState::Endless {},
            (None, Some(at)) => ClockState::Met { at, early: SignedDuration::ZERO },
            (Some(due), Some(at)) if at <= due => ClockState::Met { at, early: due.duration_since(at) },
            (Some(due), Some(at)) => ClockState::Missed { at, late: at.duration_since(due) },
            (Some(due), None) if now > due => ClockState::Late { due },
            (Some(due), None) => ClockState::Running { due, near: self.warning(NEAR_LEVEL) },
        }
    }

    /// The clock as programs are told of it.
    #[must_use]
    pub fn view(&self, now: Timestamp) -> ClockView {
        ClockView {
            metric: self.metric,
            started: self.started,
            within: self.within,
            spent: self.spent(now),
            state: self.state(now),
        }
    }
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// Counting, or waiting for the calendar to open.
    Running {
        /// When the target is used up.
        #[serde(with = "millis")]
        due: Timestamp,
        /// When it becomes *near*.
        #[serde(with = "millis_option")]
        near: Option<Timestamp>,
    },
    /// Not counting, by agreement; it has no due instant until it goes on.
    Paused {},
    /// Not fulfilled, and the due instant has passed.
    Late {
        /// When it should have been.
        #[serde(with = "millis")]
        due: Timestamp,
    },
    /// Fulfilled in time.
    Met {
        /// When.
        #[serde(with = "millis")]
        at: Timestamp,
        /// Time left, by the wall clock.
        #[serde(with = "duration_millis")]
        early: SignedDuration,
    },
    /// Fulfilled too late.
    Missed {
        /// When.
        #[serde(with = "millis")]
        at: Timestamp,
        /// Time over, by the wall clock.
        #[serde(with = "duration_millis")]
        late: SignedDuration,
    },
    /// Its calendar never opens again, so it is never due.
    Endless {},
}

impl ClockState {
    /// The instant that the desk counts down to: the due instant of what still runs.
    #[must_use]
    pub fn deadline(self) -> Option<Timestamp> {
        match self {
            Self::Running { due, .. } | Self::Late { due } => Some(due),
            Self::Paused {} | Self::Met { .. } | Self::Missed { .. } | Self::Endless {} => None,
        }
    }
}

/// A clock on the wire: enough to draw it and to count it down without asking again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockView {
    /// What it measures.
    pub metric: Metric,
    /// Since when.
    #[serde(with = "millis")]
    pub started: Timestamp,
    /// The target, in open time.
    #[serde(with = "duration_millis")]
    pub within: SignedDuration,
    /// Open time used when the view was made.
    #[serde(with = "duration_millis")]
    pub spent: SignedDuration,
    /// How it stood then.
    pub state: ClockState,
}
