//! The statement of one contract month: attainment, credits and every cycle that led to them.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Display;

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use thiserror::Error;

use super::attainment::{Attainment, Judged, Verdict, judge};
use super::cycle::{Cycle, Excluded};
use super::{Amount, Contract, Currency, Ledger, Month, Rate};
use crate::contract::Metric;
use crate::ids::{CompanyId, TenantId};
use crate::time::calendar::{UnknownZone, Zones};
use crate::time::{Window, Zone};

/// Which statement is asked for, and when.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Whose contract it is.
    pub tenant: TenantId,
    /// With whom.
    pub company: CompanyId,
    /// The contract month.
    pub month: Month,
    /// Now: what happened later has not happened yet.
    pub at: Timestamp,
}

/// Why there is no statement.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// The month begins later than now.
    #[error("{month} has not begun in {zone}: it begins at {from}, now is {at}")]
    NotBegun {
        /// Which month.
        month: Month,
        /// Where.
        zone: Zone,
        /// Its first instant.
        from: Timestamp,
        /// The instant asked at.
        at: Timestamp,
    },
    /// The contract was not in force.
    #[error("the contract begins with {begins}: {month} is before it")]
    BeforeContract {
        /// The contract's first month.
        begins: Month,
        /// Which month.
        month: Month,
    },
    /// The program's zones have no such zone.
    #[error(transparent)]
    Zone(#[from] UnknownZone),
}

/// What one month owes, line by line. Amounts and instants are text in JSON, and its bytes depend on nothing but the
/// contract, the cycles and, while the month is not over, on now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Whose contract it is.
    pub tenant: TenantId,
    /// With whom.
    pub company: CompanyId,
    /// The contract month.
    pub month: Month,
    /// In whose civil month.
    pub zone: Zone,
    /// Its first instant.
    #[serde(serialize_with = "text")]
    pub from: Timestamp,
    /// The first instant after it.
    #[serde(serialize_with = "text")]
    pub to: Timestamp,
    /// While the month is not over: at which instant it was computed, so far.
    #[serde(serialize_with = "text_option")]
    pub so_far_at: Option<Timestamp>,
    /// The currency of every amount.
    pub currency: Currency,
    /// What the month costs.
    pub monthly_fee: Amount,
    /// The part of it that credits never exceed.
    pub ceiling_percent: Rate,
    /// The same as an amount.
    pub ceiling: Amount,
    /// All credits together.
    pub credit_before_ceiling: Amount,
    /// What is owed: the lesser of the two above.
    pub credit: Amount,
    /// Every metric with a step of the contract or a cycle in the month.
    pub metrics: Vec<Line>,
    /// Every cycle in the month, by metric and judged instant.
    pub cycles: Vec<Entry>,
}

/// One metric's attainment and what it owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// How many were in time.
    #[serde(flatten)]
    pub attainment: Attainment,
    /// The step that was reached: the service level it fell below.
    pub below_percent: Option<Rate>,
    /// The step that was reached: the part of the monthly fee.
    pub credit_percent: Option<Rate>,
    /// That part.
    pub credit: Amount,
}

/// One cycle of the month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The ticket.
    pub ticket: String,
    /// What was measured.
    pub metric: Metric,
    /// When it began.
    #[serde(serialize_with = "text")]
    pub started: Timestamp,
    /// When the target was used up.
    #[serde(serialize_with = "text_option")]
    pub due: Option<Timestamp>,
    /// What decided.
    #[serde(serialize_with = "text_option")]
    pub judged: Option<Timestamp>,
    /// When it was fulfilled, so far.
    #[serde(serialize_with = "text_option")]
    pub finished: Option<Timestamp>,
    /// Open seconds, if the ledger says them.
    pub business_seconds: Option<u64>,
    /// What it counts as.
    pub verdict: Verdict,
    /// What it asked to be left out for; counted all the same if the contract does not list it.
    pub excluded: Option<String>,
}

impl Contract {
    /// The statement of one month.
    ///
    /// # Errors
    /// A month before the contract or one that has not begun.
    pub fn statement(&self, zones: &Zones, asked: &Asked, ledger: &Ledger) -> Result<Statement, Refused> {
        let (month, at) = (asked.month, asked.at);
        if month < self.from {
            return Err(Refused::BeforeContract { begins: self.from, month });
        }
        let period = zones.days(&self.zone, month.first(), month.end())?;
        if at < period.from() {
            return Err(Refused::NotBegun { month, zone: self.zone.clone(), from: period.from(), at });
        }
        let grants = |reason: &str| self.exclusions.iter().any(|listed| listed == reason);
        let judged = judge(ledger.of(asked.company.as_str()), period, at, grants);
        Ok(self.sum_up(asked, period, &judged))
    }

    fn sum_up(&self, asked: &Asked, period: Window, judged: &[Judged<'_>]) -> Statement {
        let metrics: Vec<Line> = Metric::ALL
            .into_iter()
            .filter(|metric| {
                self.credits.of(*metric).next().is_some()
                    || judged.iter().any(|one| one.cycle.metric == *metric)
            })
            .map(|metric| self.line(Attainment::of(metric, judged, asked.at)))
            .collect();
        let fee = self.monthly_fee;
        let before = metrics.iter().fold(0_u64, |sum, line| sum.saturating_add(line.credit.minor));
        let ceiling = self.ceiling.of(fee.minor);
        Statement {
            tenant: asked.tenant.clone(),
            company: asked.company.clone(),
            month: asked.month,
            zone: self.zone.clone(),
            from: period.from(),
            to: period.to(),
            so_far_at: (asked.at < period.to()).then_some(asked.at),
            currency: fee.currency,
            monthly_fee: fee,
            ceiling_percent: self.ceiling,
            ceiling: fee.with(ceiling),
            credit_before_ceiling: fee.with(before),
            credit: fee.with(before.min(ceiling)),
            metrics,
            cycles: judged.iter().map(|one| Entry::of(one, asked.at)).collect(),
        }
    }

    fn line(&self, attainment: Attainment) -> Line {
        let step = self.credits.reached(attainment.metric, attainment.met, attainment.due());
        let rate = step.map_or(Rate::ZERO, |step| step.credit);
        Line {
            attainment,
            below_percent: step.map(|step| step.below),
            credit_percent: step.map(|step| step.credit),
            credit: self.monthly_fee.with(rate.of(self.monthly_fee.minor)),
        }
    }
}

impl Entry {
    fn of(judged: &Judged<'_>, at: Timestamp) -> Self {
        let Cycle { ticket, company: _, metric, started, due, excluded, business_seconds, .. } = judged.cycle;
        Self {
            ticket: ticket.clone(),
            metric: *metric,
            started: *started,
            due: *due,
            judged: judged.cycle.deadline(),
            finished: judged.cycle.finished_by(at),
            business_seconds: *business_seconds,
            verdict: judged.verdict,
            excluded: match excluded {
                Excluded::No => None,
                Excluded::Unexplained => Some("no reason given".to_string()),
                Excluded::For(reason) => Some(reason.clone()),
            },
        }
    }
}

impl Statement {
    /// How many cycles asked to be left out for a reason that the contract does not list; they are counted.
    #[must_use]
    pub fn not_granted(&self) -> usize {
        let counted = |entry: &&Entry| match entry.verdict {
            Verdict::Met | Verdict::Missed | Verdict::Overdue | Verdict::Running => entry.excluded.is_some(),
            Verdict::Cancelled | Verdict::Excluded => false,
        };
        self.cycles.iter().filter(counted).count()
    }
}

/// RFC 3339 in UTC: statements are read by people and by other programs.
fn text<T: Display, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(value)
}

fn text_option<T: Display, S: Serializer>(value: &Option<T>, to: S) -> Result<S::Ok, S::Error> {
    value.as_ref().map(ToString::to_string).serialize(to)
}
