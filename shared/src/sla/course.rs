//! The course of a ticket's clocks: what started, stopped, paused and was cancelled, one cycle after the other. A fold
//! of the log by the metric table of `shared/TIME.md`; total, and as long as the log is.

use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::contract::{Case, Metric, OnChange, OnReopen, PendReason, Terms};
use crate::sla::{Clock, Cycle, End, How, Level, Pause};
use crate::time::{Window, Windows};

/// From the request until it is solved.
pub(super) const TO_THE_END: [Metric; 3] = [Metric::RequesterWait, Metric::AgentWork, Metric::Resolution];

/// From each public answer to the next one.
const UPDATES: [Metric; 2] = [Metric::PeriodicUpdate, Metric::PausableUpdate];

/// What is in force: the terms, and what the ticket is like.
#[derive(Clone, Copy, Debug)]
pub struct Force<'t> {
    /// What binds the ticket.
    pub terms: &'t Terms,
    /// What it is like.
    pub case: Case<'t>,
}

/// All cycles of a ticket, and its pauses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    running: Vec<Cycle>,
    past: Vec<Cycle>,
    pauses: Vec<Pause>,
    /// How many cycles of each metric there were.
    made: Vec<(Metric, u32)>,
}

impl Course {
    /// The cycles that run, each metric at most once.
    #[must_use]
    pub fn running(&self) -> &[Cycle] {
        &self.running
    }

    /// The cycles that are over, in the order in which they ended.
    #[must_use]
    pub fn past(&self) -> &[Cycle] {
        &self.past
    }

    /// Every wait, oldest first; the last one may have no end yet.
    #[must_use]
    pub fn pauses(&self) -> &[Pause] {
        &self.pauses
    }

    /// A cycle that runs, as a clock; none if the terms in force have no target for it.
    #[must_use]
    pub fn clock<'t>(&'t self, force: Force<'t>, cycle: &'t Cycle) -> Option<Clock<'t>> {
        clock(force, cycle, &self.pauses)
    }

    /// A customer asked: what is measured to the end starts, and her wait for a first answer.
    pub fn asked(&mut self, at: Timestamp) {
        self.begin(Metric::FirstResponse, at);
        self.opened(at);
    }

    /// An agent opened it for a customer, who has not said anything yet.
    pub fn opened(&mut self, at: Timestamp) {
        TO_THE_END.into_iter().for_each(|metric| self.begin(metric, at));
    }

    /// A customer said something while the ticket was not solved. Further words do not move a clock that runs.
    pub fn customer_said(&mut self, at: Timestamp) {
        if self.made(Metric::FirstResponse) == 0 {
            self.begin(Metric::FirstResponse, at);
        } else if !self.runs(Metric::FirstResponse) {
            self.begin(Metric::NextResponse, at);
        }
    }

    /// Somebody whose words count answered in public.
    pub fn answered(&mut self, force: Force<'_>, at: Timestamp) {
        let stops = [Metric::FirstResponse, Metric::NextResponse, UPDATES[0], UPDATES[1]];
        self.end(force, at, How::Fulfilled, &stops);
    }

    /// The same while the ticket is not solved: the next update is awaited from here.
    pub fn update_awaited(&mut self, at: Timestamp) {
        UPDATES.into_iter().for_each(|metric| self.begin(metric, at));
    }

    /// Somebody is waited for.
    pub fn paused(&mut self, force: Force<'_>, at: Timestamp, reason: PendReason) {
        self.resumed(force, at);
        self.release(force, reason);
        self.pauses.push(Pause { from: at, to: None, reason });
    }

    /// The wait is over.
    pub fn resumed(&mut self, force: Force<'_>, at: Timestamp) {
        if let Some(reason) = self.wait_over(at) {
            self.release(force, reason);
        }
    }

    /// A pause moves the due instant of the clocks that it pauses: what was promised of them holds no longer.
    fn release(&mut self, force: Force<'_>, reason: PendReason) {
        for cycle in self.running.iter_mut().filter(|cycle| cycle.promised.is_some()) {
            let target = force.terms.target(cycle.metric, force.case);
            if target.is_some_and(|target| target.pauses.contains(&reason)) {
                cycle.promised = None;
            }
        }
    }

    /// It was solved: a wait that lasted is over, what is measured to the end is fulfilled, and nobody waits for an
    /// answer or an update any more.
    pub fn solved(&mut self, force: Force<'_>, at: Timestamp) {
        self.wait_over(at);
        self.end(force, at, How::Fulfilled, &TO_THE_END);
        self.end(force, at, How::Cancelled, &[Metric::NextResponse, UPDATES[0], UPDATES[1]]);
    }

    /// It was not: what *solved* had stopped goes on without the time between, or starts anew.
    pub fn reopened(&mut self, force: Force<'_>, at: Timestamp) {
        for metric in TO_THE_END {
            let last = self.past.iter().rposition(|cycle| cycle.metric == metric);
            match (force.terms.rules.on_reopen, last) {
                _ if self.runs(metric) => {}
                (OnReopen::Continue, Some(last)) => {
                    let mut cycle = self.past.remove(last);
                    let solved = cycle.end.take().map_or(at, |end| end.at);
                    freeze(force, &mut cycle, &self.pauses, solved);
                    cycle.since = at.max(solved);
                    cycle.promised = None;
                    self.running.push(cycle);
                }
                (OnReopen::New, _) | (OnReopen::Continue, None) => self.begin(metric, at),
            }
        }
    }

    /// Nobody waits for anything here any more: it was merged into another ticket, or thrown away.
    pub fn cancelled(&mut self, force: Force<'_>, at: Timestamp) {
        self.wait_over(at);
        self.end(force, at, How::Cancelled, &Metric::ALL);
    }

    /// It began earlier than was known: at an earlier attempt, or with another ticket that was merged into it. What was
    /// open in between is what the terms of then say.
    pub fn antedated(&mut self, then: Force<'_>, at: Timestamp) {
        let first = |cycle: &&mut Cycle| {
            cycle.number == 1 && (cycle.metric == Metric::FirstResponse || TO_THE_END.contains(&cycle.metric))
        };
        for cycle in self.running.iter_mut().filter(first).filter(|cycle| at < cycle.started) {
            let plain = cycle.counts_from == cycle.started;
            let begun = Cycle::begun(cycle.metric, 1, at);
            if let (true, Some(clock)) = (plain, clock(then, &begun, &[])) {
                let between: Windows = Window::new(at, cycle.started).ok().into_iter().collect();
                cycle.counted = cycle.counted.union(&between.intersection(clock.hours.windows()));
                cycle.counts_from = at;
                cycle.since = cycle.since.max(cycle.started);
            }
            cycle.started = at;
            cycle.promised = None;
        }
    }

    /// Other terms hold, or the ticket is another case than it was: what was counted so far stays (S6).
    pub fn rebound(&mut self, before: Force<'_>, after: Force<'_>, (at, change): (Timestamp, Change)) {
        let Self { running, past, pauses, .. } = self;
        for cycle in running {
            rebind(cycle, pauses, (before, after), (at, change));
        }
        for cycle in past.iter_mut().filter(|cycle| TO_THE_END.contains(&cycle.metric)) {
            if let Some(ended) = cycle.end.map(|end| end.at).filter(|ended| cycle.since < *ended) {
                freeze(before, cycle, pauses, ended);
            }
        }
    }

    /// What was promised of the first cycle of a metric that runs.
    pub fn promised(&mut self, metric: Metric, at: Option<Timestamp>) {
        if let Some(cycle) = self.running.iter_mut().find(|cycle| cycle.metric == metric) {
            cycle.promised = at;
        }
    }

    /// Something was told of a cycle.
    pub fn told(&mut self, metric: Metric, number: u32, level: Level) {
        let all = self.running.iter_mut().chain(self.past.iter_mut().rev());
        if let Some(cycle) = all.into_iter().find(|cycle| cycle.metric == metric && cycle.number == number) {
            cycle.told = cycle.told.max(Some(level));
        }
    }

    fn runs(&self, metric: Metric) -> bool {
        self.running.iter().any(|cycle| cycle.metric == metric)
    }

    fn made(&self, metric: Metric) -> u32 {
        self.made.iter().find(|made| made.0 == metric).map_or(0, |made| made.1)
    }

    fn begin(&mut self, metric: Metric, at: Timestamp) {
        if self.runs(metric) {
            return;
        }
        let number = self.made(metric).saturating_add(1);
        self.made.retain(|made| made.0 != metric);
        self.made.push((metric, number));
        self.running.push(Cycle::begun(metric, number, at));
    }

    /// Ends what runs of some metrics. An exchange that no target measured is not kept: nobody will ask for it.
    fn end(&mut self, force: Force<'_>, at: Timestamp, how: How, metrics: &[Metric]) {
        let Self { running, past, pauses, .. } = self;
        for mut cycle in running.extract_if(.., |cycle| metrics.contains(&cycle.metric)) {
            let verdict = clock(force, &cycle, pauses).map(|clock| clock.verdict(at));
            if verdict.is_some() || TO_THE_END.contains(&cycle.metric) {
                cycle.end = Some(End { at, how, verdict });
                past.push(cycle);
            }
        }
    }

    /// The wait that lasts, if there is one, is over.
    fn wait_over(&mut self, at: Timestamp) -> Option<PendReason> {
        let pause = self.pauses.last_mut().filter(|pause| pause.to.is_none())?;
        pause.to = Some(at);
        Some(pause.reason)
    }
}

/// Whether somebody changed what a ticket is or is owed, or its calendars are only known anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// With a cause: severity, complexity, tier, contract. It replaces the promise, both ways.
    Caused,
    /// A calendar was published anew, or is known for longer. It never moves a promise later.
    Calendar,
}

fn clock<'t>(force: Force<'t>, cycle: &'t Cycle, pauses: &[Pause]) -> Option<Clock<'t>> {
    let target = force.terms.target(cycle.metric, force.case)?;
    let hours = force.terms.calendar(&target.calendar)?.hours();
    Some(Clock::new(cycle, target, hours, pauses))
}

fn rebind(
    cycle: &mut Cycle,
    pauses: &[Pause],
    (before, after): (Force<'_>, Force<'_>),
    (at, change): (Timestamp, Change),
) {
    let was_due = clock(before, cycle, pauses).and_then(|clock| clock.judged());
    let target = |force: Force<'_>| {
        force.terms.target(cycle.metric, force.case).map(|target| (target.within, target.calendar.clone()))
    };
    let caused = change == Change::Caused;
    let restarts =
        caused && after.terms.rules.on_change == OnChange::Restart && target(before) != target(after);
    freeze(before, cycle, pauses, at);
    if caused {
        cycle.promised = None;
    }
    if restarts {
        (cycle.counts_from, cycle.counted, cycle.paused) = (at, Windows::EMPTY, SignedDuration::ZERO);
    }
    let due = clock(after, cycle, pauses).and_then(|clock| clock.due()).filter(|due| *due < at);
    let was_on_time = was_due.is_none_or(|was| was >= at);
    cycle.late_at = due.and(if was_on_time { Some(at) } else { cycle.late_at });
}

/// Keeps what a cycle has counted up to `at` as it was counted.
fn freeze(force: Force<'_>, cycle: &mut Cycle, pauses: &[Pause], at: Timestamp) {
    let Some((counted, paused)) = clock(force, cycle, pauses).map(|clock| clock.counted_until(at)) else {
        cycle.since = cycle.since.max(at);
        return;
    };
    cycle.counted = cycle.counted.union(&counted);
    cycle.paused = cycle.paused.saturating_add(paused);
    cycle.since = cycle.since.max(at);
}
