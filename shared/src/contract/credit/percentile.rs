//! Percentiles by nearest rank: a value that was really measured, never one between two.

use alloc::vec::Vec;

use serde::Serialize;

/// How long the finished cycles of a metric took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Percentiles {
    /// How many were finished.
    pub finished: u64,
    /// Which seconds these are; none when nothing was finished.
    pub seconds: Option<SecondsOf>,
    /// Half took at most so long.
    pub p50: Option<u64>,
    /// Three quarters took at most so long.
    pub p75: Option<u64>,
    /// Nine tenths took at most so long.
    pub p90: Option<u64>,
    /// All but a twentieth took at most so long.
    pub p95: Option<u64>,
}

/// Which clock the seconds were counted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondsOf {
    /// Open, un-paused time: every line says its `business_seconds`.
    Business,
    /// From start to finish: at least one line does not say them, and two measures are never mixed.
    WallClock,
}

impl SecondsOf {
    /// The name in JSON and CSV.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Business => "business",
            Self::WallClock => "wall_clock",
        }
    }
}

impl Percentiles {
    /// Of finished cycles, each with the business seconds that its line says and those on the wall.
    pub(super) fn of(cycles: &[(Option<u64>, u64)]) -> Self {
        let business: Option<Vec<u64>> = cycles.iter().map(|(business, _)| *business).collect();
        let seconds = if business.is_some() { SecondsOf::Business } else { SecondsOf::WallClock };
        let mut sorted = business.unwrap_or_else(|| cycles.iter().map(|(_, wall)| *wall).collect());
        sorted.sort_unstable();
        let rank = |percent: usize| {
            let rank = (sorted.len() * percent).div_ceil(100);
            sorted.get(rank.checked_sub(1)?).copied()
        };
        Self {
            finished: u64::try_from(sorted.len()).unwrap_or(u64::MAX),
            seconds: (!sorted.is_empty()).then_some(seconds),
            p50: rank(50),
            p75: rank(75),
            p90: rank(90),
            p95: rank(95),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn business(values: impl IntoIterator<Item = u64>) -> Percentiles {
        Percentiles::of(&values.into_iter().map(|value| (Some(value), 7)).collect::<Vec<_>>())
    }

    #[test]
    fn the_nearest_rank_is_a_value_that_was_measured() {
        let five = business([50, 15, 40, 20, 35]);
        assert_eq!((five.p50, five.p75, five.p90, five.p95), (Some(35), Some(40), Some(50), Some(50)));
        let hundred = business(1..=100);
        assert_eq!(
            (hundred.p50, hundred.p75, hundred.p90, hundred.p95),
            (Some(50), Some(75), Some(90), Some(95))
        );
        assert_eq!((hundred.finished, hundred.seconds), (100, Some(SecondsOf::Business)));
        let four = business([1, 2, 3, 4]);
        assert_eq!((four.p50, four.p75), (Some(2), Some(3)));
    }

    #[test]
    fn nothing_finished_has_no_percentile() {
        let none = business([]);
        assert_eq!((none.finished, none.seconds, none.p50, none.p95), (0, None, None, None));
    }

    #[test]
    fn one_line_without_business_seconds_and_all_are_counted_on_the_wall() {
        let mixed = Percentiles::of(&[(Some(10), 100), (None, 200), (Some(30), 300)]);
        assert_eq!((mixed.seconds, mixed.p50), (Some(SecondsOf::WallClock), Some(200)));
        assert_eq!(SecondsOf::WallClock.as_str(), "wall_clock");
        assert_eq!(serde_json::to_value(SecondsOf::Business).unwrap(), SecondsOf::Business.as_str());
    }
}
