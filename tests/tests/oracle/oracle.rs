//! The oracle: S1 to S5 by looking at the wall clock of every minute. It shares nothing with the engine but the zones.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::tz::TimeZoneDatabase;

const DAY: i64 = 86_400;

/// Hours as (from, to) in minutes after midnight; `to` may lie on the next date.
pub(crate) type Hours = Vec<(i64, i64)>;

/// A calendar as the oracle knows it. Dates are numbers of days since 1970.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    pub(crate) week: [Hours; 7],
    pub(crate) extras: BTreeMap<i64, Hours>,
    pub(crate) cuts: BTreeMap<i64, Hours>,
    pub(crate) holidays: BTreeSet<i64>,
    pub(crate) by_shift: bool,
}

/// The steps of a stretch of time in one zone, and what the wall clock shows at each, in seconds since 1970.
pub(crate) struct Clock {
    pub(crate) zone: &'static str,
    pub(crate) base: i64,
    pub(crate) step: i64,
    wall: Vec<i64>,
}

impl Clock {
    /// A minute a step; a second where offsets are no whole minutes.
    pub(crate) fn of(zone: &'static str, from: &str, days: i64, step: i64) -> Self {
        let base = from.parse::<Timestamp>().unwrap().as_second();
        let place = TimeZoneDatabase::bundled().get(zone).unwrap();
        let shown = |at: i64| at + i64::from(place.to_offset(Timestamp::from_second(at).unwrap()).seconds());
        let wall = (0..days * DAY / step).map(|n| shown(base + n * step)).collect();
        Self { zone, base, step, wall }
    }

    pub(crate) fn end(&self) -> i64 {
        self.base + i64::try_from(self.wall.len()).unwrap() * self.step
    }

    /// Which dates the wall clock shows.
    pub(crate) fn dates(&self) -> (i64, i64) {
        (self.wall[0].div_euclid(DAY), self.wall[self.wall.len() - 1].div_euclid(DAY))
    }
}

fn cover(hours: Option<&Hours>, minute: i64) -> bool {
    hours.is_some_and(|hours| hours.iter().any(|(from, to)| *from <= minute && minute < *to))
}

impl Plan {
    /// Whether the wall clock is in hours that are in force (S1, S2).
    fn open(&self, wall: i64) -> bool {
        let (date, minute) = (wall.div_euclid(DAY), wall.rem_euclid(DAY) / 60);
        if self.by_shift {
            return self.in_shift(date, minute) || self.in_shift(date - 1, minute + 1440);
        }
        let open = cover(self.begun(date), minute) || cover(self.begun(date - 1), minute + 1440);
        if self.extras.contains_key(&date) {
            return open;
        }
        let cut = cover(self.cuts.get(&date), minute) || cover(self.cuts.get(&(date - 1)), minute + 1440);
        open && !cut && !self.holidays.contains(&date)
    }

    /// Whether a shift that began on a date is on, so many minutes after its midnight.
    fn in_shift(&self, date: i64, minute: i64) -> bool {
        let off = self.holidays.contains(&date) || cover(self.cuts.get(&date), minute);
        cover(self.begun(date), minute) && (self.extras.contains_key(&date) || !off)
    }

    fn begun(&self, date: i64) -> Option<&Hours> {
        let weekday = usize::try_from((date + 3).rem_euclid(7)).unwrap();
        self.extras.get(&date).or(Some(&self.week[weekday]))
    }
}

/// Open or not, step by step.
#[derive(Clone)]
pub(crate) struct Steps {
    base: i64,
    step: i64,
    open: Vec<bool>,
}

impl Steps {
    pub(crate) fn of(plan: &Plan, clock: &Clock) -> Self {
        let open = clock.wall.iter().map(|wall| plan.open(*wall)).collect();
        Self { base: clock.base, step: clock.step, open }
    }

    /// Both calendars, step by step.
    pub(crate) fn with(mut self, other: &Self, join: fn(bool, bool) -> bool) -> Self {
        self.open.iter_mut().zip(&other.open).for_each(|(open, other)| *open = join(*open, *other));
        self
    }

    /// This calendar before an instant, the other one from it on (S6).
    pub(crate) fn until(mut self, instant: i64, other: &Self) -> Self {
        let from = self.index(instant);
        self.open[from..].copy_from_slice(&other.open[from..]);
        self
    }

    fn index(&self, instant: i64) -> usize {
        usize::try_from((instant - self.base) / self.step).unwrap()
    }

    /// The steps from an instant on: where each begins and ends, and whether it is open.
    fn from(&self, instant: i64) -> impl Iterator<Item = (i64, i64, bool)> {
        let first = self.index(instant);
        let begins = self.base + i64::try_from(first).unwrap() * self.step;
        self.open[first..].iter().zip(0..).map(move |(open, n)| {
            let begins = begins + n * self.step;
            (begins.max(instant), begins + self.step, *open)
        })
    }

    /// S4, none if the steps end before; pauses begin and end with a step.
    pub(crate) fn due(&self, start: i64, target: i64, pauses: &[(i64, i64)]) -> Option<i64> {
        if target == 0 {
            return Some(start);
        }
        let mut left = target;
        for (begins, ends, open) in self.from(start) {
            if !open || pauses.iter().any(|(from, to)| *from <= begins && begins < *to) {
                continue;
            }
            if left <= ends - begins {
                return Some(begins + left);
            }
            left -= ends - begins;
        }
        None
    }

    /// S3.
    pub(crate) fn elapsed(&self, a: i64, b: i64) -> i64 {
        let steps = self.from(a).take_while(|(begins, _, _)| *begins < b);
        steps.filter(|(_, _, open)| *open).map(|(begins, ends, _)| ends.min(b) - begins).sum()
    }

    pub(crate) fn next_open(&self, start: i64) -> Option<i64> {
        self.from(start).find(|(_, _, open)| *open).map(|(begins, _, _)| begins)
    }
}
