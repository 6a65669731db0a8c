//! Where each cycle of a month stands, and how many were in time.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;
use serde::Serialize;

use super::cycle::{Cycle, Excluded, State};
use super::percentile::Percentiles;
use super::rate::percent;
use crate::contract::Metric;
use crate::time::Window;

/// What a cycle counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Fulfilled in time.
    Met,
    /// Fulfilled too late.
    Missed,
    /// Not fulfilled and past its judged instant: counts as missed.
    Overdue,
    /// Not fulfilled and not due: left out.
    Running,
    /// Nobody waits for it: left out.
    Cancelled,
    /// Left out for a reason of the contract, and listed.
    Excluded,
}

impl Verdict {
    /// The name in JSON and CSV.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Overdue => "overdue",
            Self::Running => "running",
            Self::Cancelled => "cancelled",
            Self::Excluded => "excluded",
        }
    }
}

/// A cycle of the month and its verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged<'a> {
    /// The cycle.
    pub cycle: &'a Cycle,
    /// What it counts as.
    pub verdict: Verdict,
}

/// How many cycles of one metric were in time in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attainment {
    /// What was measured.
    pub metric: Metric,
    /// In time.
    pub met: u64,
    /// Not in time, those overdue among them.
    pub missed: u64,
    /// Missed, and still not fulfilled.
    pub overdue: u64,
    /// Left out: not due.
    pub running: u64,
    /// Left out: nobody waits for it.
    pub cancelled: u64,
    /// Left out: for a reason of the contract.
    pub excluded: u64,
    /// Met / (met + missed) in percent with four digits; none is no data.
    pub attainment_percent: Option<String>,
    /// How long those that were finished and count took.
    #[serde(flatten)]
    pub percentiles: Percentiles,
}

/// The cycles whose deadline lies in a period, judged at `at`, in the order they came in. `grants` says which reasons
/// the contract lists.
pub(super) fn judge<'a>(
    cycles: impl Iterator<Item = &'a Cycle>,
    period: Window,
    at: Timestamp,
    grants: impl Fn(&str) -> bool,
) -> Vec<Judged<'a>> {
    let judged = |cycle: &'a Cycle| {
        let deadline = cycle.deadline().filter(|deadline| period.contains(*deadline))?;
        let left_out = match &cycle.excluded {
            Excluded::No => false,
            Excluded::Unexplained => true,
            Excluded::For(reason) => grants(reason),
        };
        let verdict = match cycle.state(deadline, at) {
            State::Cancelled => Verdict::Cancelled,
            State::Met | State::Missed | State::Overdue | State::Running if left_out => Verdict::Excluded,
            State::Met => Verdict::Met,
            State::Missed => Verdict::Missed,
            State::Overdue => Verdict::Overdue,
            State::Running => Verdict::Running,
        };
        Some(Judged { cycle, verdict })
    };
    cycles.filter_map(judged).collect()
}

impl Attainment {
    /// Counts one metric's verdicts.
    pub(super) fn of(metric: Metric, judged: &[Judged<'_>], at: Timestamp) -> Self {
        let of_metric = || judged.iter().filter(|one| one.cycle.metric == metric);
        let count = |verdict| {
            let count = of_metric().filter(|one| one.verdict == verdict).count();
            u64::try_from(count).unwrap_or(u64::MAX)
        };
        let (met, overdue) = (count(Verdict::Met), count(Verdict::Overdue));
        let missed = count(Verdict::Missed) + overdue;
        let took = |one: &Judged<'_>| match one.verdict {
            Verdict::Met | Verdict::Missed => Some((one.cycle.business_seconds, one.cycle.wall_seconds(at)?)),
            Verdict::Overdue | Verdict::Running | Verdict::Cancelled | Verdict::Excluded => None,
        };
        Self {
            metric,
            met,
            missed,
            overdue,
            running: count(Verdict::Running),
            cancelled: count(Verdict::Cancelled),
            excluded: count(Verdict::Excluded),
            attainment_percent: (met + missed > 0).then(|| percent(met, met + missed)),
            percentiles: Percentiles::of(&of_metric().filter_map(took).collect::<Vec<_>>()),
        }
    }

    /// How many count: met and missed.
    #[must_use]
    pub fn due(&self) -> u64 {
        self.met + self.missed
    }
}
