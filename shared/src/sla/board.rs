//! All clocks of a ticket, and what they have to tell.

use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::contract::{Case, Metric, Terms};
use crate::sla::{Clock, ClockView, WARNING_LEVELS};
use crate::time::Windows;

/// What can be told about a clock, once each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// This share of the target, in per cent, is used up.
    Warning(u8),
    /// All of it is.
    Breach,
}

/// Something to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Of which clock.
    pub metric: Metric,
    /// What.
    pub level: Level,
    /// The instant at which it came true; it is told when `now` has reached it, a breach when `now` is past it (S9).
    pub at: Timestamp,
}

impl Notice {
    /// The first whole millisecond at which it may be told.
    #[must_use]
    pub fn told_from(self) -> Timestamp {
        match self.level {
            Level::Warning(_) => self.at,
            Level::Breach => self.at.saturating_add(SignedDuration::from_millis(1)).unwrap_or(self.at),
        }
    }
}

/// What a ticket's clocks depend on, as the fold of its log leaves it.
#[derive(Clone, Debug)]
pub struct Course<'t> {
    /// What binds the ticket.
    pub terms: &'t Terms,
    /// What it is like.
    pub case: Case<'t>,
    /// When its customer asked: every clock starts here.
    pub asked_at: Timestamp,
    /// When a person first answered in public.
    pub answered: Option<Timestamp>,
    /// When it was solved, if it is.
    pub solved: Option<Timestamp>,
    /// When nothing counts towards the resolution; the current wait has no end yet.
    pub waiting: Windows,
    /// What was told already: each once.
    pub told: &'t [(Metric, Level)],
}

/// The clocks of one ticket.
#[derive(Debug)]
pub struct Board<'t> {
    course: Course<'t>,
    unpaused: Windows,
}

impl<'t> Board<'t> {
    /// The board of a ticket's course.
    #[must_use]
    pub fn of(course: Course<'t>) -> Self {
        Self { course, unpaused: Windows::default() }
    }

    /// The clocks that the terms ask for, in the order in which a ticket meets them.
    pub fn clocks(&self) -> impl Iterator<Item = Clock<'_>> {
        Metric::ALL.into_iter().filter_map(|metric| self.clock(metric))
    }

    /// The clock of one metric.
    #[must_use]
    pub fn clock(&self, metric: Metric) -> Option<Clock<'_>> {
        let target = self.course.terms.target(metric, self.course.case)?;
        let calendar = self.course.terms.calendar(&target.calendar)?;
        let (pauses, finished) = match metric {
            Metric::FirstResponse => (&self.unpaused, self.course.answered),
            Metric::Resolution => (&self.course.waiting, self.course.solved),
            // Their starts and stops are not in the course yet.
            Metric::NextResponse
            | Metric::PeriodicUpdate
            | Metric::PausableUpdate
            | Metric::RequesterWait
            | Metric::AgentWork => return None,
        };
        let started = self.course.asked_at;
        Some(Clock { metric, started, within: target.within, hours: calendar.hours(), pauses, finished })
    }

    /// The clocks as programs are told of them.
    #[must_use]
    pub fn view(&self, now: Timestamp) -> Vec<ClockView> {
        self.clocks().map(|clock| clock.view(now)).collect()
    }

    /// What is still to be told: every level of every clock that runs and was not told, the earliest first.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        let running = self.clocks().filter(|clock| clock.finished.is_none());
        let mut notices: Vec<Notice> = running.flat_map(|clock| self.notices_of(&clock)).collect();
        notices.sort_by_key(|notice| (notice.told_from(), notice.metric, notice.level));
        notices
    }

    fn notices_of(&self, clock: &Clock<'_>) -> Vec<Notice> {
        let metric = clock.metric;
        let notice = |level, at: Option<Timestamp>| at.map(|at| Notice { metric, level, at });
        let warnings = WARNING_LEVELS.iter().map(|p| notice(Level::Warning(*p), clock.warning(*p)));
        let breach = notice(Level::Breach, clock.due());
        // A level that was told speaks for those below it: what is late is told once, by its highest level (S8).
        let spoken = |n: &Notice, told: &(Metric, Level)| told.0 == n.metric && told.1 >= n.level;
        let untold = |n: &Notice| !self.course.told.iter().any(|told| spoken(n, told));
        warnings.chain(core::iter::once(breach)).flatten().filter(untold).collect()
    }
}
