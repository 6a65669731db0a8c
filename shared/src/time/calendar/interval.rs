//! An interval of one day's wall clock, as people write it: `09:00` to `18:00`, `22:00` to `06:00` or to `30:00`.

use core::{fmt, str::FromStr};

use thiserror::Error;

pub(super) const DAY: u16 = 24 * 60;

/// Half-open wall-clock time in minutes after a date's midnight; beyond 24:00 it lies on the next date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    from: u16,
    to: u16,
}

/// Why two times are not an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum IntervalError {
    /// The text is not a time.
    #[error("not a time: write hours and minutes, for example 09:00 or 24:00")]
    Time,
    /// It starts at or after 24:00: it would belong to the next date.
    #[error("starts at {0}, which is on the next day")]
    StartsTomorrow(Clock),
    /// It ends after 48:00.
    #[error("ends at {0}, more than a day later")]
    TooLong(Clock),
    /// It ends when it starts: nothing, or a whole day? (S2: refused)
    #[error("starts and ends at {0}: write 00:00 and 24:00 for a whole day")]
    Empty(Clock),
}

/// Minutes after midnight, shown as HH:MM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock(pub u16);

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// `HH:MM`, two digits each.
impl FromStr for Clock {
    type Err = IntervalError;

    fn from_str(text: &str) -> Result<Self, IntervalError> {
        let number = |part: &str| match part.as_bytes() {
            [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
                Some(u16::from(tens - b'0') * 10 + u16::from(ones - b'0'))
            }
            _ => None,
        };
        let (hours, minutes) = text.split_once(':').ok_or(IntervalError::Time)?;
        let minutes = number(minutes).filter(|minutes| *minutes < 60);
        number(hours)
            .zip(minutes)
            .map(|(hours, minutes)| Self(hours * 60 + minutes))
            .ok_or(IntervalError::Time)
    }
}

impl Interval {
    /// From 00:00 to 24:00.
    pub const WHOLE_DAY: Self = Self { from: 0, to: DAY };

    /// The interval between two times as people write them, `HH:MM`.
    pub fn parse(from: &str, to: &str) -> Result<Self, IntervalError> {
        Self::new(from.parse()?, to.parse()?)
    }

    /// The interval between two times. An end before the start, or after 24:00, lies on the next date (S2); an
    /// end at the start is refused.
    pub fn new(Clock(from): Clock, Clock(to): Clock) -> Result<Self, IntervalError> {
        if from >= DAY {
            return Err(IntervalError::StartsTomorrow(Clock(from)));
        }
        if to > 2 * DAY {
            return Err(IntervalError::TooLong(Clock(to)));
        }
        if to == from {
            return Err(IntervalError::Empty(Clock(from)));
        }
        Ok(Self { from, to: if to < from { to.saturating_add(DAY) } else { to } })
    }

    /// The part before midnight.
    pub(super) fn own(self) -> Option<Self> {
        self.overlap(Self::WHOLE_DAY)
    }

    /// The part after midnight, as the next date's own.
    pub(super) fn spill(self) -> Option<Self> {
        let to = self.to.checked_sub(DAY).filter(|to| *to > 0)?;
        Some(Self { from: self.from.saturating_sub(DAY), to })
    }

    /// Seconds after midnight at which it starts and ends.
    pub(super) fn seconds(self) -> (i64, i64) {
        (i64::from(self.from) * 60, i64::from(self.to) * 60)
    }

    /// What is left of it when `cut` is closed: nothing, one piece or two.
    pub(super) fn without(self, cut: Self) -> impl Iterator<Item = Self> {
        let before = Self { from: self.from, to: self.to.min(cut.from) };
        let after = Self { from: self.from.max(cut.to), to: self.to };
        [before, after].into_iter().filter(|piece| piece.from < piece.to)
    }

    fn overlap(self, other: Self) -> Option<Self> {
        let both = Self { from: self.from.max(other.from), to: self.to.min(other.to) };
        (both.from < both.to).then_some(both)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_may_be_written_past_midnight_or_past_24_00() {
        assert_eq!(Interval::parse("22:00", "06:00"), Interval::parse("22:00", "30:00"));
        let night = Interval::parse("22:00", "06:00").unwrap();
        assert_eq!(night.own(), Some(Interval { from: 1320, to: 1440 }));
        assert_eq!(night.spill(), Some(Interval { from: 0, to: 360 }));
        assert_eq!(Interval::WHOLE_DAY.spill(), None);
    }

    #[test]
    fn what_is_no_interval_is_refused() {
        assert_eq!(Interval::parse("09:00", "09:00"), Err(IntervalError::Empty(Clock(540))));
        assert_eq!(Interval::parse("24:00", "26:00"), Err(IntervalError::StartsTomorrow(Clock(1440))));
        assert_eq!(Interval::parse("09:00", "48:01"), Err(IntervalError::TooLong(Clock(2881))));
        for wrong in ["9:00", "09:60", "0900", "09:00:00", "", "aa:bb", "+9:00"] {
            assert_eq!(Interval::parse(wrong, "18:00"), Err(IntervalError::Time), "{wrong}");
        }
    }

    #[test]
    fn what_is_cut_out_leaves_up_to_two_pieces() {
        let day = Interval::parse("09:00", "18:00").unwrap();
        let left = |from, to| day.without(Interval::parse(from, to).unwrap()).count();
        assert_eq!((left("12:00", "13:00"), left("13:00", "24:00"), left("00:00", "24:00")), (2, 1, 0));
    }
}
