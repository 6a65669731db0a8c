//! What a customer is promised: an instant, and everything that it was computed from.

use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::contract::{CalendarTerms, Case, Metric, Terms};
use crate::ids::CalendarId;
use crate::sla::Clock;
use crate::time::instant::{duration_millis, millis};
use crate::time::{Civil, Local, Windows};

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

/// What is promised as soon as somebody asks. The other metrics start with what happens later.
const AT_ONCE: [Metric; 4] =
    [Metric::FirstResponse, Metric::RequesterWait, Metric::AgentWork, Metric::Resolution];

impl Promise {
    /// What a clock promises to somebody whose wall clock is `local`. None while it has no due instant: a pause has no
    /// end yet, or the calendar never opens again.
    #[must_use]
    pub fn of(clock: &Clock<'_>, calendar: &CalendarTerms, local: &Local) -> Option<Self> {
        let at = clock.due()?;
        let provisional = calendar.provisional_from.is_some_and(|from| at >= from);
        Some(Self {
            metric: clock.metric,
            started: clock.started,
            within: clock.within,
            calendar: calendar.id.clone(),
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
    case: Case<'_>,
    terms: &Terms,
    local: &Local,
    clocks: impl IntoIterator<Item = Clock<'c>>,
) -> Vec<Promise> {
    let line = |clock: Clock<'c>| {
        let calendar = terms.calendar(&terms.target(clock.metric, case)?.calendar)?;
        Promise::of(&clock, calendar, local)
    };
    clocks.into_iter().filter_map(line).collect()
}

static UNPAUSED: Windows = Windows::EMPTY;

/// The clocks that start as soon as somebody asks.
pub fn clocks_at_once<'t>(
    case: Case<'t>,
    terms: &'t Terms,
    asked_at: Timestamp,
) -> impl Iterator<Item = Clock<'t>> {
    AT_ONCE.into_iter().filter_map(move |metric| {
        let target = terms.target(metric, case)?;
        let hours = terms.calendar(&target.calendar)?.hours();
        let (within, pauses) = (target.within, &UNPAUSED);
        Some(Clock { metric, started: asked_at, within, hours, pauses, finished: None })
    })
}
