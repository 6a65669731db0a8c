//! Civil time as values: a date, a wall clock, the name of a zone. Nothing here resolves a zone.

use alloc::string::String;
use core::{fmt, str::FromStr};

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use thiserror::Error;

#[cfg(feature = "tz")]
const EPOCH: Date = Date::constant(1970, 1, 1);
#[cfg(feature = "tz")]
const DAY_SECONDS: i64 = 86_400;

/// A date on the wall calendar of some zone, from the year 1 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// Why three numbers, or a text, are not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a date: write year-month-day, for example 2026-10-01")]
pub struct DayError;

impl Day {
    /// The date, if there is one: the 31 February is refused.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, DayError> {
        if !(1..=9999).contains(&year) {
            return Err(DayError);
        }
        Date::new(year, month, day).map(Self).map_err(|_| DayError)
    }

    /// A date that is known when the program is built.
    pub const fn constant(year: i16, month: i8, day: i8) -> Self {
        Self(Date::constant(year, month, day))
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// The day after; the last day of 9999 is its own.
    pub fn tomorrow(self) -> Self {
        self.0.tomorrow().map_or(self, Self)
    }

    /// The day before; the first day of the year 1 is its own.
    pub fn yesterday(self) -> Self {
        self.0.yesterday().ok().filter(|date| date.year() >= 1).map_or(self, Self)
    }

    /// The same date as jiff has it.
    pub const fn date(self) -> Date {
        self.0
    }
}

/// Days in whole numbers, for calendars: only what resolves zones counts them.
#[cfg(feature = "tz")]
impl Day {
    /// Days since 1 January 1970, so that calendars count in whole numbers.
    pub(super) fn number(self) -> i64 {
        self.0.duration_since(EPOCH).as_secs() / DAY_SECONDS
    }

    /// The date so many days after 1 January 1970; dates out of range are clamped.
    pub(super) fn from_number(number: i64) -> Self {
        let seconds = jiff::SignedDuration::from_secs(number.saturating_mul(DAY_SECONDS));
        EPOCH.saturating_add(seconds).into()
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(date.max(Date::constant(1, 1, 1)))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let mut parts = text.split('-');
        let (Some(year), Some(month), Some(day), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(DayError);
        };
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if (year.len(), month.len(), day.len()) != (4, 2, 2) || ![year, month, day].into_iter().all(digits) {
            return Err(DayError);
        }
        let number = |_| DayError;
        Self::new(year.parse().map_err(number)?, month.parse().map_err(number)?, day.parse().map_err(number)?)
    }
}

/// `"2026-10-01"` in JSON, year, month and day as numbers in a binary frame.
impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_str(self);
        }
        (self.year(), self.month(), self.day()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return String::deserialize(deserializer)?.parse().map_err(D::Error::custom);
        }
        let (year, month, day) = <(i16, i8, i8)>::deserialize(deserializer)?;
        Self::new(year, month, day).map_err(D::Error::custom)
    }
}

/// What a wall clock and the calendar beside it show: for telling people an instant in their zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Civil {
    /// The local date.
    pub day: Day,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
}

impl Civil {
    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        self.day.weekday()
    }
}

/// The name of a time zone as the tz database writes it (`Asia/Shanghai`): a name, not yet a zone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Zone(String);

/// Why a text cannot be the name of a zone.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("not the name of a time zone: write it like Asia/Shanghai, at most {} letters", Zone::LONGEST)]
pub struct ZoneError;

impl Zone {
    /// The longest name accepted, in bytes; the tz database's own longest has 32.
    pub const LONGEST: usize = 64;

    /// A name of letters, digits and `_ + - /`; whether such a zone exists is asked at the edge.
    pub fn new(name: impl Into<String>) -> Result<Self, ZoneError> {
        let name = name.into();
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+' | b'-' | b'/');
        let named = name.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
        if named && name.len() <= Self::LONGEST && name.bytes().all(allowed) {
            Ok(Self(name))
        } else {
            Err(ZoneError)
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn a_date_that_does_not_exist_is_refused() {
        assert!(Day::new(2026, 2, 28).is_ok());
        assert!(Day::new(2026, 2, 29).is_err());
        assert!("2026-10-01".parse::<Day>().is_ok());
        for wrong in ["2026-2-1", "2026-02-30", "02-01-2026", "2026-02-01-", "+026-02-01", ""] {
            assert!(wrong.parse::<Day>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_date_is_text_in_json_and_four_bytes_in_a_frame() {
        let day = Day::constant(2026, 10, 1);
        assert_eq!(serde_json::to_string(&day).unwrap(), r#""2026-10-01""#);
        assert_eq!(serde_json::from_str::<Day>(r#""2026-10-01""#).unwrap(), day);
        let bytes = postcard::to_allocvec(&day).unwrap();
        assert_eq!(bytes.len(), 4);
        assert_eq!(postcard::from_bytes::<Day>(&bytes).unwrap(), day);
        assert_eq!(day.weekday(), Weekday::Thursday);
    }

    #[test]
    fn the_name_of_a_zone_is_bounded() {
        assert!(Zone::new("America/Argentina/ComodRivadavia").is_ok());
        for wrong in ["", "../etc/passwd", "/etc/localtime", "Asia/上海", "+08:00", &"A".repeat(65)] {
            assert!(Zone::new(wrong).is_err(), "{wrong}");
        }
        assert!(ZoneError.to_string().ends_with("at most 64 letters"));
    }
}
