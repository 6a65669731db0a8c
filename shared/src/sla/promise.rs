//! What a customer is promised: an instant, and everything that it was computed from.

use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::contract::{CalendarTerms, Case, Metric, Terms};
use crate::ids::CalendarId;
use crate::sla::Clock;
use crate::sla::clock::Count;
use crate::time::instant::{duration_millis, millis};
use crate::time::{Civil, Hours, Local, Windows};

/// A promised instant, with its wall clock in the zone the customer's browser named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promised {
    /// The instant.
    #[serde(with = "millis")]
    pub at: Timestamp,
    /// The same in the customer's zone.
    pub civil: Civil,
    /// It depends on holidays that are not announced yet: it may become earlier, never later.
    pub provisional: bool,
}

/// One line of a receipt: a metric that was promised, and the sum that gives its instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// What is promised.
    pub metric: Metric,
    /// Since when its time counts.
    #[serde(with = "millis")]
    pub started: Timestamp,
    /// Open time that may pass.
    #[serde(with = "duration_millis")]
    pub within: SignedDuration,
    /// On which of the receipt's calendars.
    pub calendar: CalendarId,
    /// What had counted before `since`, under terms that hold no longer.
    pub counted: Windows,
    /// From here on the receipt's calendar counts: the start, unless the terms have changed since.
    #[serde(with = "millis")]
    pub since: Timestamp,
    /// When time did not count, by agreement.
    pub pauses: Windows,
    /// When the target is used up (S4 to S7).
    #[serde(with = "millis")]
    pub due: Timestamp,
    /// What the customer is told: the due instant, or an earlier one that was told before and holds.
    pub promised: Promised,
    /// The number of the earlier receipt whose promise holds, if this one would have been later.
    pub kept_from: Option<u32>,
}

/// What is promised as soon as somebody asks, and what receipts are about. The other metrics start with what happens later.
pub const AT_ONCE: [Metric; 4] =
    [Metric::FirstResponse, Metric::RequesterWait, Metric::AgentWork, Metric::Resolution];

impl Promise {
    /// What its time counts on, given the receipt's windows.
    pub(super) fn count<'a>(&'a self, hours: Hours<'a>) -> Count<'a> {
        let (counted, pauses) = (&self.counted, &self.pauses);
        Count { from: self.started, counted, since: self.since, hours, pauses }
    }

    /// What a clock promises to somebody whose wall clock is `local`. None while it has no due instant: a pause has no
    /// end yet, or the calendar never opens again.
    #[must_use]
    pub fn of(clock: &Clock<'_>, calendar: &CalendarTerms, local: &Local) -> Option<Self> {
        let at = clock.due()?;
        let provisional = calendar.provisional_from.is_some_and(|from| at >= from);
        Some(Self {
            metric: clock.target.metric,
            started: clock.cycle.counts_from,
            within: clock.target.within,
            calendar: calendar.id.clone(),
            counted: clock.cycle.counted.clone(),
            since: clock.since(),
            pauses: clock.pauses.clone(),
            due: at,
            promised: Promised { at, civil: local.civil(at), provisional },
            kept_from: None,
        })
    }
}

/// What clocks promise, a line each, in the order in which they come: for a new request, and for one whose severity,
/// tier, pauses or calendars have changed. A clock without a due instant promises nothing for now.
#[must_use]
pub fn promises_of<'c>(
    terms: &Terms,
    local: &Local,
    clocks: impl IntoIterator<Item = Clock<'c>>,
) -> Vec<Promise> {
    let line = |clock: Clock<'c>| {
        let calendar = terms.calendar(&clock.target.calendar)?;
        Promise::of(&clock, calendar, local)
    };
    clocks.into_iter().filter_map(line).collect()
}

/// The clocks that start as soon as somebody asks.
pub fn clocks_at_once<'t>(
    case: Case<'t>,
    terms: &'t Terms,
    asked_at: Timestamp,
) -> impl Iterator<Item = Clock<'t>> {
    AT_ONCE.into_iter().filter_map(move |metric| {
        let target = terms.target(metric, case)?;
        let hours = terms.calendar(&target.calendar)?.hours();
        Some(Clock::at_once(asked_at, target, hours))
    })
}
