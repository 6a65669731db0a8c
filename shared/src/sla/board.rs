//! All clocks of a ticket, and what they have to tell.

use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::contract::{Metric, Terms};
use crate::sla::course::{Course, Force};
use crate::sla::{Clock, ClockView, Cycle, How, WARNING_LEVELS};

/// What can be told about a cycle, once each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// This share of the target, in per cent, is used up.
    Warning(u8),
    /// All of it is.
    Breach,
    /// The grace after it, too.
    Grace,
}

/// Something to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Of which clock.
    pub metric: Metric,
    /// Of which cycle of it.
    pub cycle: u32,
    /// What.
    pub level: Level,
    /// The instant at which it came true; it is told when `now` has reached it, a breach when `now` is past it (S9).
    pub at: Timestamp,
    /// It was late at a change: that is certain at once.
    pub certain: bool,
}

impl Notice {
    /// The first whole millisecond at which it may be told.
    #[must_use]
    pub fn told_from(self) -> Timestamp {
        match self.level {
            Level::Warning(_) => self.at,
            Level::Breach if self.certain => self.at,
            Level::Breach | Level::Grace => {
                self.at.saturating_add(SignedDuration::from_millis(1)).unwrap_or(self.at)
            }
        }
    }
}

/// The clocks of one ticket.
#[derive(Clone, Copy, Debug)]
pub struct Board<'t> {
    force: Force<'t>,
    course: &'t Course,
}

impl<'t> Board<'t> {
    /// The board of a ticket's course under what is in force.
    #[must_use]
    pub fn of(force: Force<'t>, course: &'t Course) -> Self {
        Self { force, course }
    }

    /// The clocks that run, as far as the terms ask for them.
    pub fn clocks(self) -> impl Iterator<Item = Clock<'t>> {
        self.course.running().iter().filter_map(move |cycle| self.course.clock(self.force, cycle))
    }

    /// The clock of one metric, if it runs.
    #[must_use]
    pub fn clock(self, metric: Metric) -> Option<Clock<'t>> {
        self.clocks().find(|clock| clock.cycle.metric == metric)
    }

    /// The clocks as programs are told of them, in the order in which a ticket meets them: of each metric the cycle that
    /// runs, else the last one that was fulfilled.
    #[must_use]
    pub fn view(self, now: Timestamp) -> Vec<ClockView> {
        let view = |metric| {
            let running = self.clock(metric).map(|clock| clock.view(now));
            let of_metric = |cycle: &&Cycle| cycle.metric == metric;
            running.or_else(|| self.course.past().iter().rev().filter(of_metric).find_map(Cycle::view))
        };
        Metric::ALL.into_iter().filter_map(view).collect()
    }

    /// The clocks of which a customer is told: what she was promised, and her next answer.
    #[must_use]
    pub fn for_customer(self, now: Timestamp) -> Vec<ClockView> {
        let hers = |clock: &ClockView| match clock.metric {
            Metric::FirstResponse | Metric::NextResponse | Metric::Resolution => true,
            Metric::PeriodicUpdate | Metric::PausableUpdate | Metric::RequesterWait | Metric::AgentWork => {
                false
            }
        };
        self.view(now).into_iter().filter(hers).collect()
    }

    /// What is still to be told: every level of every cycle that runs and was not told, the earliest first.
    #[must_use]
    pub fn notices(self) -> Vec<Notice> {
        let mut notices: Vec<Notice> = self.clocks().flat_map(|clock| notices_of(&clock)).collect();
        notices.sort_by_key(|notice| (notice.told_from(), notice.metric, notice.level));
        notices
    }

    /// Every cycle that a target measured, a line each: first those that are over, then those that run.
    #[must_use]
    pub fn lines(self, now: Timestamp) -> Vec<Line> {
        let over = self.course.past().iter().filter_map(Line::over);
        over.chain(self.clocks().map(|clock| Line::running(&clock, now))).collect()
    }

    /// The terms in force.
    #[must_use]
    pub fn terms(self) -> &'t Terms {
        self.force.terms
    }
}

/// What of a clock was not told yet. A level that was told speaks for those below it: what is late is told once, by
/// its highest level (S8).
fn notices_of(clock: &Clock<'_>) -> impl Iterator<Item = Notice> + use<> {
    let Cycle { metric, number, told, .. } = *clock.cycle.as_ref();
    let certain = clock.cycle.late_at.is_some();
    let notice = move |(level, at): (Level, Option<Timestamp>)| {
        let untold = told.is_none_or(|told| told < level);
        at.filter(|_| untold).map(|at| Notice { metric, cycle: number, level, at, certain })
    };
    let warnings = WARNING_LEVELS.map(|percent| (Level::Warning(percent), clock.warning(percent)));
    let graced = clock.target.grace > SignedDuration::ZERO;
    let grace = (Level::Grace, if graced { clock.grace_ends() } else { None });
    warnings.into_iter().chain([(Level::Breach, clock.judged()), grace]).filter_map(notice)
}

/// A cycle as a ledger keeps it: what attainment and credits are computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// What was measured.
    pub metric: Metric,
    /// Which cycle of it.
    pub cycle: u32,
    /// When it started.
    pub started: Timestamp,
    /// When the target was used up by the terms in force.
    pub due: Option<Timestamp>,
    /// What decides met or missed.
    pub judged: Option<Timestamp>,
    /// When it was fulfilled.
    pub finished: Option<Timestamp>,
    /// Since when nobody waits for it any more.
    pub cancelled: Option<Timestamp>,
    /// Open, un-paused time from its start to its end, or to the moment of the question.
    pub spent: SignedDuration,
    /// Whether it was fulfilled too late, or is late now.
    pub late: bool,
}

impl Line {
    fn over(cycle: &Cycle) -> Option<Self> {
        let end = cycle.end?;
        let verdict = end.verdict?;
        let (finished, cancelled) = match end.how {
            How::Fulfilled => (Some(end.at), None),
            How::Cancelled => (None, Some(end.at)),
        };
        Some(Self {
            metric: cycle.metric,
            cycle: cycle.number,
            started: cycle.started,
            due: verdict.due,
            judged: verdict.judged,
            finished,
            cancelled,
            spent: verdict.spent,
            late: !verdict.met(end.at),
        })
    }

    fn running(clock: &Clock<'_>, now: Timestamp) -> Self {
        let verdict = clock.verdict(now);
        Self {
            metric: clock.cycle.metric,
            cycle: clock.cycle.number,
            started: clock.cycle.started,
            due: verdict.due,
            judged: verdict.judged,
            finished: None,
            cancelled: None,
            spent: verdict.spent,
            late: !verdict.met(now),
        }
    }
}
