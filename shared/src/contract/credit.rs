//! Contract and credits (R8): how many of a company's cycles were in time in a contract month, and what its contract
//! gives back for it.
//!
//! **From lines to money.** A [`Ledger`] is read from lines, one [`Cycle`] each ([`Fields`] says what a line may hold).
//! [`Contract::statement`] picks the company's cycles whose *judged* instant lies in the civil month in the contract's
//! zone, says of each where it stands ([`Verdict`]), counts the attainment of each metric, finds the lowest step of the
//! [`Steps`] that it falls below, adds up the service credits and cuts them at the monthly ceiling. The [`Statement`]
//! holds every line that led to it.
//!
//! **Attainment** is met / (met + missed) over cycles due in the month. Running and overdue is missed; running and not
//! due, cancelled and excluded is left out; nothing due is *no data*, neither 100 % nor a breach. An exclusion counts
//! only for a reason that the contract lists; a bare `true` is taken as granted by whoever wrote the ledger.
//!
//! **Exactly.** Money is whole minor units, rates are whole millionths, attainment is compared as a fraction; each
//! metric's credit is rounded once, half to even, so that the lines add up to the sum. Nothing of it depends on the
//! order of the lines, and once the month is over nothing depends on now: recomputing gives the same bytes.

mod attainment;
mod csv;
mod cycle;
mod ledger;
mod line;
mod money;
mod month;
mod percentile;
mod rate;
mod statement;
mod steps;
#[cfg(test)]
#[cfg(all(feature = "policy", feature = "vectors"))]
mod tests;
#[cfg(feature = "vectors")]
pub mod vectors;

use alloc::string::String;
use alloc::vec::Vec;

use jiff::SignedDuration;

use super::Metric;
use crate::time::Zone;

pub use attainment::{Attainment, Judged, Verdict};
pub use cycle::{Cancelled, Cycle, Excluded, State};
pub use ledger::Ledger;
pub use line::{Fields, KEYS, LineError};
pub use money::{Amount, Currency, MoneyError};
pub use month::{Month, MonthError};
pub use percentile::{Percentiles, SecondsOf};
pub use rate::{Rate, RateError};
pub use statement::{Asked, Refused, Statement};
pub use steps::{Step, StepError, Steps};

/// What a company's contract says about money and how it is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// In whose civil months it is measured.
    pub zone: Zone,
    /// What a month costs; above zero.
    pub monthly_fee: Amount,
    /// The first month that it holds for.
    pub from: Month,
    /// The part of the monthly fee that all credits of a month together never exceed.
    pub ceiling: Rate,
    /// The step table.
    pub credits: Steps,
    /// For which reasons a cycle is left out.
    pub exclusions: Vec<String>,
    /// The longest targets that the contract allows, by metric: response cap, resolution limit.
    pub caps: Vec<(Metric, SignedDuration)>,
}

/// The quotient of two whole numbers, rounded half to even.
fn rounded(dividend: u128, divisor: u128) -> u128 {
    let (quotient, rest) = (dividend / divisor, dividend % divisor);
    match (rest * 2).cmp(&divisor) {
        core::cmp::Ordering::Less => quotient,
        core::cmp::Ordering::Equal => quotient + quotient % 2,
        core::cmp::Ordering::Greater => quotient + 1,
    }
}
