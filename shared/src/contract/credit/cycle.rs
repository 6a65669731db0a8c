//! One measured cycle, as a line of the ledger says it.

use alloc::string::String;

use jiff::Timestamp;

use crate::contract::Metric;

/// One cycle of one clock of one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// The ticket, in whatever words the ledger names it.
    pub ticket: String,
    /// The company that asked; none: nobody's contract holds it.
    pub company: Option<String>,
    /// What was measured.
    pub metric: Metric,
    /// When the clock was started.
    pub started: Timestamp,
    /// When the target was used up by the terms in force; none: never.
    pub due: Option<Timestamp>,
    /// What decides met or missed: the earlier of due and promised. A line without it is judged by `due`; a cycle
    /// with neither has no deadline and belongs to no month.
    pub judged: Option<Timestamp>,
    /// When it was fulfilled.
    pub finished: Option<Timestamp>,
    /// Whether, or since when, it counts no longer.
    pub cancelled: Cancelled,
    /// Why it is to be left out of the service level.
    pub excluded: Excluded,
    /// Open, un-paused seconds from start to finish, if the ledger knows them.
    pub business_seconds: Option<u64>,
}

/// Merged, spam, deleted before a reply: a cycle that nobody waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancelled {
    /// `null` or `false`.
    No,
    /// `true`: at some time.
    Yes,
    /// From an instant on.
    At(Timestamp),
}

/// What a line asks to be left out for; whether the contract grants it, it says itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Excluded {
    /// `null` or `false`.
    No,
    /// `true`: whoever wrote the ledger has decided, and gives no reason.
    Unexplained,
    /// For this reason.
    For(String),
}

/// Where a cycle stands at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Fulfilled in time (S9: at the judged instant it is in time).
    Met,
    /// Fulfilled too late.
    Missed,
    /// Not fulfilled, and the judged instant is past: as good as missed.
    Overdue,
    /// Not fulfilled and not due: nothing can be said yet.
    Running,
    /// Nobody waits for it.
    Cancelled,
}

impl Cycle {
    /// The instant that decides and that names its month.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        self.judged.or(self.due)
    }

    /// Where it stands at `at` with this deadline: what happened later has not happened yet.
    #[must_use]
    pub fn state(&self, deadline: Timestamp, at: Timestamp) -> State {
        let cancelled = match self.cancelled {
            Cancelled::No => false,
            Cancelled::Yes => true,
            Cancelled::At(since) => since <= at,
        };
        match self.finished_by(at) {
            _ if cancelled => State::Cancelled,
            Some(finished) if finished <= deadline => State::Met,
            Some(_) => State::Missed,
            None if deadline < at => State::Overdue,
            None => State::Running,
        }
    }

    /// When it was fulfilled, if that was no later than `at`.
    #[must_use]
    pub fn finished_by(&self, at: Timestamp) -> Option<Timestamp> {
        self.finished.filter(|finished| *finished <= at)
    }

    /// Whole seconds from start to finish on the clock on the wall, if it was fulfilled by `at`.
    #[must_use]
    pub fn wall_seconds(&self, at: Timestamp) -> Option<u64> {
        let length = self.finished_by(at)?.duration_since(self.started);
        u64::try_from(length.as_secs()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn cycle() -> Cycle {
        Cycle {
            ticket: "t".into(),
            company: None,
            metric: Metric::FirstResponse,
            started: at(100),
            due: Some(at(200)),
            judged: Some(at(190)),
            finished: None,
            cancelled: Cancelled::No,
            excluded: Excluded::No,
            business_seconds: None,
        }
    }

    #[track_caller]
    fn stands(cycle: &Cycle, now: i64, state: State) {
        assert_eq!(cycle.state(cycle.deadline().unwrap(), at(now)), state);
    }

    #[test]
    fn a_cycle_is_overdue_only_when_now_is_past_the_judged_instant() {
        stands(&cycle(), 189, State::Running);
        stands(&cycle(), 190, State::Running);
        stands(&cycle(), 191, State::Overdue);
    }

    #[test]
    fn a_reply_at_the_judged_instant_is_in_time_and_one_before_due_may_be_late() {
        stands(&Cycle { finished: Some(at(190)), ..cycle() }, 500, State::Met);
        stands(&Cycle { finished: Some(at(191)), ..cycle() }, 500, State::Missed);
        stands(&Cycle { finished: Some(at(191)), judged: None, ..cycle() }, 500, State::Met);
        assert_eq!(Cycle { judged: None, due: None, ..cycle() }.deadline(), None);
    }

    #[test]
    fn what_happened_later_has_not_happened_yet() {
        let late = Cycle { finished: Some(at(300)), ..cycle() };
        stands(&late, 299, State::Overdue);
        stands(&late, 300, State::Missed);
        assert_eq!((late.wall_seconds(at(299)), late.wall_seconds(at(300))), (None, Some(200)));
        let merged = Cycle { cancelled: Cancelled::At(at(150)), ..cycle() };
        stands(&merged, 149, State::Running);
        stands(&merged, 150, State::Cancelled);
        stands(
            &Cycle { cancelled: Cancelled::Yes, finished: Some(at(300)), ..cycle() },
            500,
            State::Cancelled,
        );
    }
}
