//! Marks: what a calendar did against its weekly pattern, as values that a reason can name.

use alloc::string::String;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Day, Window};

/// One cause, and the stretch of time it governs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What happened.
    pub kind: MarkKind,
    /// From the first governed day's midnight to the last one's, in the calendar's zone.
    pub window: Window,
}

/// What a calendar did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// Closed for a holiday, whole days.
    Holiday {
        /// Its key in the words, as `cn.national_day`; or the name that the tenant gave it.
        name: String,
        /// Its first day.
        first: Day,
        /// Its last day.
        last: Day,
    },
    /// Open on a day that its weekly pattern leaves closed (调休).
    MakeUpDay {
        /// Which day.
        day: Day,
    },
    /// Other hours than the weekly pattern's.
    OtherHours {
        /// Which day.
        day: Day,
    },
    /// The zone's clocks were put forward or back.
    ClockChange {
        /// By how many minutes: 60 forward in spring, -60 back in autumn.
        minutes: i32,
    },
}

impl Mark {
    /// Whether it governs any of the time between two instants.
    #[must_use]
    pub fn touches(&self, from: Timestamp, to: Timestamp) -> bool {
        self.window.from() < to && self.window.to() > from
    }
}
