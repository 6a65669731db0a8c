//! The step table of a contract: how much of the monthly fee comes back below which service level.

use alloc::vec::Vec;

use thiserror::Error;

use super::Rate;
use crate::contract::Metric;

/// One row: when fewer than `below` of the cycles were met, `credit` of the monthly fee comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Whose attainment decides.
    pub metric: Metric,
    /// The service level; at it nothing is owed.
    pub below: Rate,
    /// The part of the monthly fee.
    pub credit: Rate,
}

/// A contract's rows. Of one metric each next row stands for a lower service level and a higher credit, so that a
/// worse month never gives less.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps(Vec<Step>);

/// Why a row cannot stand behind the rows above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StepError {
    /// The metric has a row for this service level.
    #[error("the step below {0} % stands above already")]
    Twice(Rate),
    /// The service level is higher than the one above.
    #[error("steps go down: below {found} % stands after below {above} %")]
    Rising {
        /// The row above.
        above: Rate,
        /// This row.
        found: Rate,
    },
    /// A worse month would give no more.
    #[error("a lower step gives more: credit {found} % stands after credit {above} %")]
    NoMore {
        /// The row above.
        above: Rate,
        /// This row.
        found: Rate,
    },
    /// Nothing is below nothing, and no credit is no row.
    #[error("a step is below more than 0 % and gives more than 0 %")]
    Nothing,
}

impl Steps {
    /// Adds a row below the others.
    ///
    /// # Errors
    /// A row that stands there already, out of order, or for nothing; the table stays as it was.
    pub fn push(&mut self, step: Step) -> Result<(), StepError> {
        if step.below == Rate::ZERO || step.credit == Rate::ZERO {
            return Err(StepError::Nothing);
        }
        if self.of(step.metric).any(|other| other.below == step.below) {
            return Err(StepError::Twice(step.below));
        }
        if let Some(last) = self.of(step.metric).last() {
            if last.below < step.below {
                return Err(StepError::Rising { above: last.below, found: step.below });
            }
            if last.credit >= step.credit {
                return Err(StepError::NoMore { above: last.credit, found: step.credit });
            }
        }
        self.0.push(step);
        Ok(())
    }

    /// The rows of one metric, the highest service level first.
    pub fn of(&self, metric: Metric) -> impl Iterator<Item = &Step> {
        self.0.iter().filter(move |step| step.metric == metric)
    }

    /// The lowest row that `met` of `due` cycles fall below; none when nothing was due: no data is no breach.
    #[must_use]
    pub fn reached(&self, metric: Metric, met: u64, due: u64) -> Option<&Step> {
        self.of(metric).filter(|step| step.below.is_above(met, due)).last()
    }

    /// All rows, in the order of the contract.
    pub fn iter(&self) -> impl Iterator<Item = &Step> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(metric: Metric, below: &str, credit: &str) -> Step {
        Step { metric, below: below.parse().unwrap(), credit: credit.parse().unwrap() }
    }

    fn first(below: &str, credit: &str) -> Step {
        step(Metric::FirstResponse, below, credit)
    }

    fn table() -> Steps {
        let mut steps = Steps::default();
        steps.push(first("99 %", "5 %")).unwrap();
        steps.push(step(Metric::Resolution, "95 %", "5 %")).unwrap();
        steps.push(first("95 %", "10 %")).unwrap();
        steps
    }

    #[test]
    fn the_lowest_step_that_attainment_falls_below_is_reached() {
        let steps = table();
        let reached =
            |met, due| steps.reached(Metric::FirstResponse, met, due).map(|step| step.credit.to_string());
        assert_eq!(reached(99, 100), None);
        assert_eq!(reached(98, 100).as_deref(), Some("5"));
        assert_eq!(reached(95, 100).as_deref(), Some("5"));
        assert_eq!(reached(94, 100).as_deref(), Some("10"));
        assert_eq!(reached(0, 1).as_deref(), Some("10"));
        assert_eq!(reached(0, 0), None, "no data is no breach");
        assert_eq!(steps.iter().count(), 3);
    }

    #[test]
    fn a_row_out_of_order_or_for_nothing_does_not_stand() {
        let refused = |step| {
            let mut steps = table();
            let error = steps.push(step).unwrap_err();
            assert_eq!(steps, table());
            error
        };
        let rate = |text: &str| text.parse::<Rate>().unwrap();
        assert_eq!(refused(first("99 %", "20 %")), StepError::Twice(rate("99 %")));
        assert_eq!(refused(first("95 %", "20 %")), StepError::Twice(rate("95 %")));
        assert_eq!(
            refused(first("97 %", "20 %")),
            StepError::Rising { above: rate("95 %"), found: rate("97 %") }
        );
        assert_eq!(
            refused(first("90 %", "10 %")),
            StepError::NoMore { above: rate("10 %"), found: rate("10 %") }
        );
        assert_eq!(refused(first("90 %", "0 %")), StepError::Nothing);
        assert_eq!(refused(first("0 %", "20 %")), StepError::Nothing);
    }

    use alloc::string::ToString;
}
