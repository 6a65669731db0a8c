//! One metric of one ticket, running or finished: a cycle under the terms in force. Nothing here is stored: a due
//! instant that nobody keeps cannot be wrong.

use alloc::borrow::Cow;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::contract::{Metric, Target};
use crate::sla::{Cycle, End, How, Pause, Verdict, pause};
use crate::time::instant::{duration_millis, millis, millis_option};
use crate::time::{Hours, Window, Windows, share};

/// The shares of a target at which somebody is warned (S8).
pub const WARNING_LEVELS: [u8; 3] = [50, 75, 90];

/// From this share on a clock is called *near*.
pub const NEAR_LEVEL: u8 = 75;

/// A clock: the open, un-paused time of a cycle, against a target.
#[derive(Clone, Debug)]
pub struct Clock<'t> {
    /// The cycle.
    pub cycle: Cow<'t, Cycle>,
    /// The target in force.
    pub target: &'t Target,
    /// When time counts, from the cycle's `since` on.
    pub hours: Hours<'t>,
    /// When it does not, by agreement. A pause that lasts has no end.
    pub pauses: Windows,
}

impl<'t> Clock<'t> {
    /// The clock of a cycle, with the pauses of its ticket.
    #[must_use]
    pub fn new(cycle: &'t Cycle, target: &'t Target, hours: Hours<'t>, pauses: &[Pause]) -> Self {
        let from = (cycle.since.max(cycle.counts_from), cycle.paused);
        let pauses = pause::of_target(pauses, target, hours, from);
        Self { cycle: Cow::Borrowed(cycle), target, hours, pauses }
    }

    /// The clock of a first cycle that starts at an instant, before there is a ticket.
    #[must_use]
    pub fn at_once(started: Timestamp, target: &'t Target, hours: Hours<'t>) -> Self {
        let cycle = Cow::Owned(Cycle::begun(target.metric, 1, started));
        Self { cycle, target, hours, pauses: Windows::EMPTY }
    }

    /// From here on the terms in force count.
    pub(super) fn since(&self) -> Timestamp {
        self.cycle.since.max(self.cycle.counts_from)
    }

    /// What has counted under the terms in force before `at`, and how much open time pauses took out of it.
    pub(super) fn counted_until(&self, at: Timestamp) -> (Windows, SignedDuration) {
        let span: Windows = Window::new(self.since(), at).ok().into_iter().collect();
        let open = span.intersection(self.hours.windows());
        let counted = open.without(&self.pauses);
        let paused = open.length().saturating_sub(counted.length());
        (counted, paused)
    }

    /// When so much has counted.
    fn used_up(&self, amount: SignedDuration) -> Option<Timestamp> {
        let (from, counted, since) = (self.cycle.counts_from, &self.cycle.counted, self.since());
        Count { from, counted, since, hours: self.hours, pauses: &self.pauses }.used_up(amount)
    }

    /// When the target is used up (S4 to S7): `None` while a pause has no end, or if the calendar never opens again.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        self.used_up(self.target.within)
    }

    /// What decides met or missed: the earlier of due and the promise in force; of a clock that was late when its target
    /// changed, that change (S7).
    #[must_use]
    pub fn judged(&self) -> Option<Timestamp> {
        self.judged_of(self.due())
    }

    fn judged_of(&self, due: Option<Timestamp>) -> Option<Timestamp> {
        let earlier = due.into_iter().chain(self.cycle.promised).min();
        match (earlier, self.cycle.late_at) {
            (Some(earlier), Some(late_at)) => Some(earlier.max(late_at)),
            (earlier, _) => earlier,
        }
    }

    /// When `percent` of the target is used up, in whole business seconds, rounded up (S8).
    #[must_use]
    pub fn warning(&self, percent: u8) -> Option<Timestamp> {
        let at = self.used_up(share(self.target.within, percent));
        at.into_iter().chain(self.cycle.promised).min()
    }

    /// When somebody is notified of a breach, and anything is credited: so much open time after the due instant (S8).
    #[must_use]
    pub fn grace_ends(&self) -> Option<Timestamp> {
        let judged = self.judged()?;
        self.hours.after_with(judged, self.target.grace, &self.pauses)
    }

    /// Open time used between the start and `now` (S3).
    #[must_use]
    pub fn spent(&self, now: Timestamp) -> SignedDuration {
        let since = self.hours.within_with(self.since(), now, &self.pauses);
        self.cycle.counted.length().saturating_add(since)
    }

    /// Whether it stands still by agreement at `now`.
    #[must_use]
    pub fn paused(&self, now: Timestamp) -> bool {
        self.pauses.first_at_or_after(now).is_some_and(|pause| pause.contains(now))
    }

    /// What an end at `at` makes of it.
    #[must_use]
    pub fn verdict(&self, at: Timestamp) -> Verdict {
        let due = self.due();
        let (within, spent, judged) = (self.target.within, self.spent(at), self.judged_of(due));
        Verdict { within, spent, due, judged, late: self.cycle.late_at.is_some() }
    }

    fn state(&self, now: Timestamp, judged: Option<Timestamp>) -> ClockState {
        match judged {
            Some(due) if now > due || self.cycle.late_at.is_some() => ClockState::Late { due },
            Some(_) | None if self.paused(now) => ClockState::Paused {},
            Some(due) => ClockState::Running { due, near: self.warning(NEAR_LEVEL) },
            None => ClockState::Endless {},
        }
    }

    /// The clock as programs are told of it.
    #[must_use]
    pub fn view(&self, now: Timestamp) -> ClockView {
        let due = self.due();
        let judged = self.judged_of(due);
        ClockView {
            metric: self.cycle.metric,
            cycle: self.cycle.number,
            started: self.cycle.started,
            within: self.target.within,
            spent: self.spent(now),
            due,
            promised: self.cycle.promised,
            state: self.state(now, judged),
        }
    }
}

impl Cycle {
    /// A cycle that is over as programs are told of it; nothing of one that no target measured, or that was cancelled.
    #[must_use]
    pub fn view(&self) -> Option<ClockView> {
        let End { at, how: How::Fulfilled, verdict: Some(verdict) } = self.end? else { return None };
        Some(ClockView {
            metric: self.metric,
            cycle: self.number,
            started: self.started,
            within: verdict.within,
            spent: verdict.spent,
            due: verdict.due,
            promised: self.promised,
            state: ClockState::of(verdict, at),
        })
    }
}

/// What a clock counts on: under the terms of then as long as they held, under those in force after that.
pub(super) struct Count<'t> {
    /// Since when time counts.
    pub(super) from: Timestamp,
    /// What had counted before `since`.
    pub(super) counted: &'t Windows,
    /// From here on `hours` count.
    pub(super) since: Timestamp,
    /// When time counts under the terms in force.
    pub(super) hours: Hours<'t>,
    /// When it does not, by agreement.
    pub(super) pauses: &'t Windows,
}

impl Count<'_> {
    /// When so much has counted.
    pub(super) fn used_up(&self, amount: SignedDuration) -> Option<Timestamp> {
        if amount <= SignedDuration::ZERO {
            return Some(self.from);
        }
        let left = amount.saturating_sub(self.counted.length());
        if left > SignedDuration::ZERO {
            return self.hours.after_with(self.since, left, self.pauses);
        }
        Hours::new(self.counted, self.since).after(self.from, amount)
    }
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// Counting, or waiting for the calendar to open.
    Running {
        /// The judged instant: the earlier of due and promised.
        #[serde(with = "millis")]
        due: Timestamp,
        /// When it becomes *near*.
        #[serde(with = "millis_option")]
        near: Option<Timestamp>,
    },
    /// Not counting, by agreement.
    Paused {},
    /// Not fulfilled, and the judged instant has passed.
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
    fn of(verdict: Verdict, at: Timestamp) -> Self {
        let judged = verdict.judged.unwrap_or(at);
        if verdict.met(at) {
            return Self::Met { at, early: judged.duration_since(at) };
        }
        Self::Missed { at, late: at.duration_since(judged) }
    }

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
    /// Which cycle of it, from 1.
    pub cycle: u32,
    /// Since when.
    #[serde(with = "millis")]
    pub started: Timestamp,
    /// The target, in open time.
    #[serde(with = "duration_millis")]
    pub within: SignedDuration,
    /// Open time used when the view was made.
    #[serde(with = "duration_millis")]
    pub spent: SignedDuration,
    /// When the target is used up by the terms in force; the state names the judged instant.
    #[serde(with = "millis_option")]
    pub due: Option<Timestamp>,
    /// The promise in force.
    #[serde(with = "millis_option")]
    pub promised: Option<Timestamp>,
    /// How it stood then.
    pub state: ClockState,
}
