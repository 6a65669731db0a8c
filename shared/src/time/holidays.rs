//! Holidays, country by country, with China's make-up workdays. Each table says its source and its range.
//!
//! A year that a table does not cover is *provisional*: China announces each year's days off in the autumn before
//! it, and until then only the days fixed by law are known. A promise that reaches so far says so.

mod au;
mod br;
mod cn;
mod de;
mod gb;
mod hk;
mod jp;
mod sg;
mod us;

use jiff::Timestamp;

use super::Day;

/// Which tables these are: it stands in every terms that were resolved with them.
pub const HOLIDAYS_VERSION: &str = "2026-11-28";

/// A country (or a part of one) whose holidays are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Country {
    /// Australia, the national holidays.
    Au,
    /// Brazil.
    Br,
    /// China, as the State Council announces each year.
    Cn,
    /// Germany, the holidays of all its states.
    De,
    /// The United Kingdom: England.
    Gb,
    /// Hong Kong.
    Hk,
    /// Japan.
    Jp,
    /// Singapore.
    Sg,
    /// The United States, federal holidays.
    Us,
}

/// Days off in a row, for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaysOff {
    /// Its key in the words, as `cn.national_day`.
    pub name: &'static str,
    /// The first day off.
    pub first: Day,
    /// The last day off, included.
    pub last: Day,
}

impl Country {
    /// All of them, by code.
    pub const ALL: [Self; 9] =
        [Self::Au, Self::Br, Self::Cn, Self::De, Self::Gb, Self::Hk, Self::Jp, Self::Sg, Self::Us];

    /// The code in tenant files: two small letters of ISO 3166.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Au => "au",
            Self::Br => "br",
            Self::Cn => "cn",
            Self::De => "de",
            Self::Gb => "gb",
            Self::Hk => "hk",
            Self::Jp => "jp",
            Self::Sg => "sg",
            Self::Us => "us",
        }
    }

    /// The country with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|country| country.code() == code)
    }

    /// Its days off, in order.
    pub const fn days_off(self) -> &'static [DaysOff] {
        match self {
            Self::Au => au::DAYS,
            Self::Br => br::DAYS,
            Self::Cn => cn::DAYS,
            Self::De => de::DAYS,
            Self::Gb => gb::DAYS,
            Self::Hk => hk::DAYS,
            Self::Jp => jp::DAYS,
            Self::Sg => sg::DAYS,
            Self::Us => us::DAYS,
        }
    }

    /// Days worked in exchange for days off (调休), in order.
    pub const fn make_up_days(self) -> &'static [Day] {
        match self {
            Self::Cn => cn::MAKE_UP,
            Self::Au | Self::Br | Self::De | Self::Gb | Self::Hk | Self::Jp | Self::Sg | Self::Us => &[],
        }
    }

    /// The first day whose holidays are not final: a promise that reaches it is provisional.
    pub const fn provisional_from(self) -> Day {
        match self {
            Self::Cn => cn::PROVISIONAL_FROM,
            Self::Sg => sg::PROVISIONAL_FROM,
            Self::Au | Self::Br | Self::De | Self::Gb | Self::Hk | Self::Jp | Self::Us => {
                Day::constant(2029, 1, 1)
            }
        }
    }

    /// Whether next year's days are still missing on or after 1 December: time to put the new notice in.
    ///
    /// ```
    /// use shared::time::holidays::Country;
    ///
    /// let at = |text: &str| text.parse().unwrap();
    /// assert!(!Country::Cn.next_year_missing(at("2026-11-30T23:59:59Z")));
    /// assert!(Country::Cn.next_year_missing(at("2026-12-01T00:00:00Z")));
    /// ```
    pub fn next_year_missing(self, now: Timestamp) -> bool {
        let today = jiff::tz::Offset::UTC.to_datetime(now).date();
        let provisional = self.provisional_from();
        provisional.date() <= today
            || (today.month() == 12 && provisional.year() <= today.year().saturating_add(1))
    }
}

/// The countries whose next year's days are still missing on or after 1 December.
pub fn missing_next_year(now: Timestamp) -> impl Iterator<Item = Country> {
    Country::ALL.into_iter().filter(move |country| country.next_year_missing(now))
}

const fn on(year: i16, month: i8, day: i8, name: &'static str) -> DaysOff {
    let day = Day::constant(year, month, day);
    DaysOff { name, first: day, last: day }
}

const fn days(year: i16, first: (i8, i8), last: (i8, i8), name: &'static str) -> DaysOff {
    DaysOff { name, first: Day::constant(year, first.0, first.1), last: Day::constant(year, last.0, last.1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_in_order_and_names_its_country() {
        for country in Country::ALL {
            let days = country.days_off();
            assert!(days.iter().all(|off| off.first <= off.last && off.name.starts_with(country.code())));
            assert!(days.windows(2).all(|pair| pair[0].last < pair[1].first), "{}", country.code());
            assert!(days.len() > 30, "{}", country.code());
            assert_eq!(Country::from_code(country.code()), Some(country));
        }
    }

    #[test]
    fn china_takes_the_days_of_the_notices_off_and_works_the_make_up_days() {
        let off_in = |year| {
            let of_year = Country::Cn.days_off().iter().filter(move |off| off.first.year() == year);
            of_year.map(|off| off.last.number() - off.first.number() + 1).sum::<i64>()
        };
        assert_eq!([2024, 2025, 2026].map(off_in), [28, 28, 33]);
        assert_eq!(Country::Cn.make_up_days().len(), 8 + 5 + 6);
        let weekend = |day: &Day| day.weekday().to_monday_one_offset() >= 6;
        assert!(Country::Cn.make_up_days().iter().all(weekend));
    }

    #[test]
    fn without_a_notice_only_the_days_fixed_by_law_are_off_and_nothing_is_made_up() {
        assert_eq!(Country::Cn.provisional_from(), Day::constant(2027, 1, 1));
        let of_2027 = Country::Cn.days_off().iter().filter(|off| off.first.year() == 2027);
        let count: i64 = of_2027.map(|off| off.last.number() - off.first.number() + 1).sum();
        assert_eq!(count, 13);
        assert!(Country::Cn.make_up_days().iter().all(|day| day.year() < 2027));
    }

    #[test]
    fn a_missing_next_year_is_said_from_the_first_of_december_until_it_is_there() {
        let missing = |text: &str| Country::Cn.next_year_missing(text.parse().unwrap());
        assert!(!missing("2026-11-30T12:00:00Z"));
        assert!(missing("2026-12-01T00:00:00Z"));
        assert!(missing("2027-03-01T00:00:00Z"));
        assert!(!missing("2025-12-31T00:00:00Z"));
        assert!(!Country::Us.next_year_missing("2026-12-01T00:00:00Z".parse().unwrap()));
    }

    #[test]
    fn every_country_whose_year_is_missing_is_named() {
        let missing = |text: &str| {
            missing_next_year(text.parse().unwrap()).map(Country::code).collect::<alloc::vec::Vec<_>>()
        };
        assert_eq!(missing("2026-11-30T23:59:59Z"), [""; 0]);
        assert_eq!(missing("2026-12-01T00:00:00Z"), ["cn"]);
        assert_eq!(missing("2027-11-30T23:59:59Z"), ["cn"]);
        assert_eq!(missing("2027-12-01T00:00:00Z"), ["cn", "sg"]);
        assert_eq!(missing("2028-11-30T23:59:59Z"), ["cn", "sg"]);
        assert_eq!(missing("2028-12-01T00:00:00Z").len(), Country::ALL.len());
        assert_eq!(missing("2029-01-01T00:00:00Z").len(), Country::ALL.len());
    }
}
