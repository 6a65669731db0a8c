//! A contract month: the measurement period.

use core::fmt;
use core::str::FromStr;

use serde::{Serialize, Serializer};
use thiserror::Error;

use crate::time::Day;

/// A civil month; which instants it holds is the zone's to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(Day);

/// Why a text is not a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("must be a month from 0001-01 to 9998-12, as 2026-10")]
pub struct MonthError;

impl Month {
    /// Its first day.
    #[must_use]
    pub fn first(self) -> Day {
        self.0
    }

    /// The first day of the month after.
    #[must_use]
    pub fn end(self) -> Day {
        let (year, month) = match self.0.month() {
            12 => (self.0.year() + 1, 1),
            month => (self.0.year(), month + 1),
        };
        Day::new(year, month, 1).unwrap_or(self.0)
    }

    /// The month that begins with this day.
    #[must_use]
    pub fn beginning(day: Day) -> Option<Self> {
        (day.day() == 1 && day.year() <= 9998).then_some(Self(day))
    }
}

impl FromStr for Month {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Self, MonthError> {
        let first = alloc::format!("{text}-01").parse().map_err(|_| MonthError)?;
        Self::beginning(first).ok_or(MonthError)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn a_month_is_a_year_and_two_digits() {
        let month: Month = "2026-10".parse().unwrap();
        assert_eq!(month.to_string(), "2026-10");
        assert_eq!((month.first(), month.end()), (Day::constant(2026, 10, 1), Day::constant(2026, 11, 1)));
        assert_eq!("2026-12".parse::<Month>().unwrap().end(), Day::constant(2027, 1, 1));
        assert!("2026-09".parse::<Month>().unwrap() < month);
        for text in
            ["2026-13", "2026-00", "2026-1", "2026", "10-2026", "2026-10-01", "9999-12", "0000-01", ""]
        {
            assert_eq!(text.parse::<Month>(), Err(MonthError), "{text}");
        }
        assert_eq!(Month::beginning(Day::constant(2026, 10, 2)), None);
        assert!("9998-12".parse::<Month>().is_ok());
    }
}
