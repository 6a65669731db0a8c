//! The civil rules of one calendar in one zone, and what they leave in force on each date (S2).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use super::interval::Interval;
use crate::time::Day;
use crate::time::holidays::{Country, DaysOff};

/// Opening hours as people agree on them: a weekly pattern and its exceptions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// The weekly pattern, Monday first; an empty day is closed.
    pub week: [Vec<Interval>; 7],
    /// Hours of single dates: they replace the weekly pattern and beat a holiday.
    pub extras: BTreeMap<Day, Extra>,
    /// Days off.
    pub holidays: Vec<Holiday>,
    /// What is cut out of single dates.
    pub parts: BTreeMap<Day, Vec<Interval>>,
    /// To which date the part of a night after midnight belongs.
    pub overnight: Overnight,
}

/// The hours of one date, and why it has its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra {
    /// When it is open on that date.
    pub hours: Vec<Interval>,
    /// Whether it makes up for a holiday (调休).
    pub make_up: bool,
}

/// Days off in a row, for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// Its key in the words, as `cn.national_day`; or the name that the tenant gave it.
    pub name: String,
    /// The first day off.
    pub first: Day,
    /// The last day off, included.
    pub last: Day,
}

/// What a holiday closes of a shift that runs over midnight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overnight {
    /// Every piece on the holiday's own date: also the morning of the shift that began the evening before.
    #[default]
    CalendarDay,
    /// The shifts that begin on the holiday, to their end on the next date.
    ShiftStart,
}

/// Rules worked out: the pieces of each weekday, and of each date that differs from its weekday.
#[derive(Clone, Debug)]
pub(super) struct InForce {
    week: [Vec<Interval>; 7],
    dates: BTreeMap<i64, Vec<Interval>>,
}

impl Rules {
    /// Adds a country's holidays, and its make-up workdays with the hours of the first weekday from Monday on
    /// that is open. A date that has hours of its own keeps them.
    #[must_use]
    pub fn observing(mut self, country: Country) -> Self {
        let off = |off: &DaysOff| Holiday { name: off.name.into(), first: off.first, last: off.last };
        self.holidays.extend(country.days_off().iter().map(off));
        let hours = self.week.iter().find(|hours| !hours.is_empty()).cloned().unwrap_or_default();
        for &day in country.make_up_days() {
            self.extras.entry(day).or_insert_with(|| Extra { hours: hours.clone(), make_up: true });
        }
        self
    }

    /// The days off one by one, as day numbers.
    fn days_off(&self) -> BTreeSet<i64> {
        self.holidays.iter().flat_map(|holiday| holiday.first.number()..=holiday.last.number()).collect()
    }

    pub(super) fn in_force(&self) -> InForce {
        let off = self.days_off();
        let extras = self.extras.keys().map(|day| day.number());
        let special = extras.flat_map(|day| [day, day.saturating_add(1)]);
        let parts = self.parts.keys().flat_map(|day| [day.number(), day.number().saturating_add(1)]);
        let special: BTreeSet<i64> = special.chain(parts).chain(off.iter().copied()).collect();
        InForce {
            week: core::array::from_fn(|weekday| self.weekday(weekday)),
            dates: special.into_iter().map(|day| (day, self.date(day, &off))).collect(),
        }
    }

    /// The pieces of an ordinary weekday.
    fn weekday(&self, weekday: usize) -> Vec<Interval> {
        let today = self.week.get(weekday).map_or(&[][..], Vec::as_slice);
        let yesterday = self.week.get((weekday + 6) % 7).map_or(&[][..], Vec::as_slice);
        self.pieces(today, yesterday)
    }

    /// The pieces of one date (S2): its own hours, else nothing on a holiday, else the pattern without what is
    /// cut out.
    fn date(&self, day: i64, off: &BTreeSet<i64>) -> Vec<Interval> {
        let pieces = self.pieces(self.begun_on(day), self.begun_on(day.saturating_sub(1)));
        if self.extras.contains_key(&Day::from_number(day)) {
            return pieces;
        }
        if off.contains(&day) {
            return Vec::new();
        }
        let cuts = self.pieces(self.cut_from(day), self.cut_from(day.saturating_sub(1)));
        cuts.iter()
            .fold(pieces, |pieces, cut| pieces.into_iter().flat_map(|piece| piece.without(*cut)).collect())
    }

    /// What is cut out from a date on; a cut runs over midnight as a shift does.
    fn cut_from(&self, day: i64) -> &[Interval] {
        self.parts.get(&Day::from_number(day)).map_or(&[], Vec::as_slice)
    }

    /// The shifts that begin on a date, holidays left aside.
    fn begun_on(&self, day: i64) -> &[Interval] {
        match self.extras.get(&Day::from_number(day)) {
            Some(extra) => &extra.hours,
            None => self.week.get(weekday(day)).map_or(&[], Vec::as_slice),
        }
    }

    /// The pieces that belong to a date, of the shifts begun on it and on the date before.
    fn pieces(&self, today: &[Interval], yesterday: &[Interval]) -> Vec<Interval> {
        match self.overnight {
            Overnight::ShiftStart => today.to_vec(),
            Overnight::CalendarDay => {
                let spilled = yesterday.iter().filter_map(|shift| shift.spill());
                today.iter().filter_map(|shift| shift.own()).chain(spilled).collect()
            }
        }
    }
}

impl InForce {
    /// The intervals in force on the date with this number.
    pub(super) fn on(&self, day: i64) -> &[Interval] {
        match self.dates.get(&day) {
            Some(pieces) => pieces,
            None => self.week.get(weekday(day)).map_or(&[], Vec::as_slice),
        }
    }

    /// Whether every minute of every date is in force: 24×7.
    pub(super) fn always(&self) -> bool {
        self.week.iter().chain(self.dates.values()).all(|pieces| covers_the_day(pieces))
    }

    /// Whether no minute of any date ever is.
    pub(super) fn never(&self) -> bool {
        self.week.iter().chain(self.dates.values()).all(Vec::is_empty)
    }
}

fn covers_the_day(pieces: &[Interval]) -> bool {
    let mut sorted: Vec<(i64, i64)> = pieces.iter().map(|piece| piece.seconds()).collect();
    sorted.sort_unstable();
    let covered = sorted
        .into_iter()
        .fold(0, |covered, (from, to)| if from <= covered { covered.max(to) } else { covered });
    covered >= 86_400
}

/// Monday is 0; the first of January 1970 was a Thursday.
fn weekday(day: i64) -> usize {
    usize::try_from((day + 3).rem_euclid(7)).unwrap_or_default()
}
