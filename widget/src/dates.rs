//! Instants in words, for one reader: her language, her zone, her now. The weekday always stands with the date.

use jiff::civil::Weekday;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use shared::text::{Phrase, date};
use shared::time::{Civil, Day, Local};
use yew::prelude::*;

use crate::node::el;
use crate::words::Words;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Tells instants to one reader.
#[derive(Clone, Copy, Debug)]
pub struct Dates<'a> {
    /// Her language.
    pub words: Words,
    /// Her zone, as the edge resolved it.
    pub local: &'a Local,
    /// Her now: what is today needs no date.
    pub now: Timestamp,
}

impl Dates<'_> {
    /// What her wall clock shows.
    #[must_use]
    pub fn civil(&self, at: Timestamp) -> Civil {
        self.local.civil(at)
    }

    /// Her date today.
    #[must_use]
    pub fn today(&self) -> Day {
        self.civil(self.now).day
    }

    /// `10:00`.
    #[must_use]
    pub fn time(&self, at: Timestamp) -> String {
        wall_clock(self.civil(at))
    }

    /// `Thu 8 Oct`; with its year, if that is not this one.
    #[must_use]
    pub fn day(&self, day: Day) -> String {
        let phrase = if day.year() == self.today().year() { date::DATE } else { date::DATE_YEAR };
        let weekday = self.words.say(weekday(day.weekday()));
        let (month, number) = (self.words.say(month(day.month())), day.day().to_string());
        let year = day.year().to_string();
        let values = [("weekday", weekday), ("day", &*number), ("month", month), ("year", &*year)];
        self.words.fill(phrase, &values)
    }

    /// `8 Oct`: for ranges that name their cause.
    #[must_use]
    pub fn day_plain(&self, day: Day) -> String {
        let number = day.day().to_string();
        self.words.fill(date::DATE_PLAIN, &[("day", &number), ("month", self.words.say(month(day.month())))])
    }

    /// `Thu 8 Oct, 10:00`, or `10:00 today`.
    #[must_use]
    pub fn moment(&self, at: Timestamp) -> String {
        if self.civil(at).day == self.today() {
            return self.words.fill(date::TODAY_TIME, &[("time", &self.time(at))]);
        }
        self.full(at)
    }

    /// `Thu 8 Oct, 10:00`, or `10:00` where only today can be meant.
    #[must_use]
    pub fn brief(&self, at: Timestamp) -> String {
        if self.civil(at).day == self.today() { self.time(at) } else { self.moment(at) }
    }

    /// `Thu 8 Oct, 10:00`, today as well.
    #[must_use]
    pub fn full(&self, at: Timestamp) -> String {
        let civil = self.civil(at);
        let values = [("date", &*self.day(civil.day)), ("time", &*wall_clock(civil))];
        self.words.fill(date::DATE_TIME, &values)
    }

    /// `9:00–18:00`.
    #[must_use]
    pub fn span(&self, from: Timestamp, to: Timestamp) -> String {
        self.words.fill(date::CLOCK_RANGE, &[("from", &self.time(from)), ("to", &self.time(to))])
    }

    /// The moment as an element that also says it to programs.
    pub fn element(&self, at: Timestamp) -> Html {
        self.marked(at, self.moment(at))
    }

    /// The same for [`Dates::brief`].
    pub fn brief_element(&self, at: Timestamp) -> Html {
        self.marked(at, self.brief(at))
    }

    fn marked(&self, at: Timestamp, told: String) -> Html {
        el("time").put("datetime", rfc3339(at)).told(told).html()
    }

    /// How long until `at`, with a minute that has begun counted whole: from 23:10 to 23:40 are 30 minutes.
    #[must_use]
    pub fn left(&self, at: Timestamp) -> String {
        duration(self.words, at.duration_since(self.now).saturating_add(SignedDuration::from_secs(59)))
    }

    /// The name of her zone: `Shanghai time`.
    #[must_use]
    pub fn zone(&self) -> String {
        let name = self.local.zone().as_str();
        let city = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
        self.words.fill(date::ZONE, &[("zone", &city)])
    }
}

/// `6 days 10 h 50 min`, cut to whole minutes.
#[must_use]
pub fn duration(words: Words, duration: SignedDuration) -> String {
    let seconds = duration.as_secs();
    let (days, hours, minutes) = (seconds / DAY, seconds % DAY / HOUR, seconds % HOUR / MINUTE);
    let phrase_of_days = if days == 1 { date::DAY } else { date::DAYS };
    in_units(words, &[(days, phrase_of_days), (hours, date::HOURS), (minutes, date::MINUTES)])
}

/// `24 h`, `1 h 30 min`: open time is never told in days, for a day of service is not one of the calendar.
#[must_use]
pub fn open_time(words: Words, duration: SignedDuration) -> String {
    let minutes = duration.as_mins();
    if minutes == 0 {
        return words.fill(date::MINUTES, &[("n", "0")]);
    }
    in_units(words, &[(minutes / 60, date::HOURS), (minutes % 60, date::MINUTES)])
}

fn in_units(words: Words, units: &[(i64, Phrase)]) -> String {
    let told = units.iter().filter(|(n, _)| *n > 0);
    let told: Vec<String> = told.map(|(n, unit)| words.fill(*unit, &[("n", &n.to_string())])).collect();
    if told.is_empty() { words.say(date::UNDER_A_MINUTE).to_owned() } else { told.join(" ") }
}

/// How far two wall clocks are apart. They show whole minutes, so whole minutes have to add up.
#[must_use]
pub fn between(from: Timestamp, to: Timestamp) -> SignedDuration {
    let minute = |at: Timestamp| at.as_second().div_euclid(MINUTE);
    SignedDuration::from_mins(minute(to) - minute(from))
}

/// `09:05` of a wall clock.
#[must_use]
pub fn wall_clock(civil: Civil) -> String {
    let mut text = String::new();
    two_digits(&mut text, civil.hour.into());
    text.push(':');
    two_digits(&mut text, civil.minute.into());
    text
}

/// RFC 3339 in UTC by hand: jiff's own text costs a browser program 44 KB.
#[must_use]
pub fn rfc3339(at: Timestamp) -> String {
    let shown = Offset::UTC.to_datetime(at);
    let mut text = shown.year().to_string();
    let number = |n: i8| u32::try_from(n).unwrap_or_default();
    let parts = [('-', shown.month()), ('-', shown.day()), ('T', shown.hour()), (':', shown.minute())];
    for (mark, part) in parts.into_iter().chain([(':', shown.second())]) {
        text.push(mark);
        two_digits(&mut text, number(part));
    }
    text.push('Z');
    text
}

fn two_digits(text: &mut String, number: u32) {
    for digit in [number / 10 % 10, number % 10] {
        text.extend(char::from_digit(digit, 10));
    }
}

/// A weekday's name beside a date.
#[must_use]
pub fn weekday(weekday: Weekday) -> Phrase {
    match weekday {
        Weekday::Monday => date::MON,
        Weekday::Tuesday => date::TUE,
        Weekday::Wednesday => date::WED,
        Weekday::Thursday => date::THU,
        Weekday::Friday => date::FRI,
        Weekday::Saturday => date::SAT,
        Weekday::Sunday => date::SUN,
    }
}

/// A weekday's shortest name, under its bar.
#[must_use]
pub fn weekday_short(weekday: Weekday) -> Phrase {
    match weekday {
        Weekday::Monday => date::MON_SHORT,
        Weekday::Tuesday => date::TUE_SHORT,
        Weekday::Wednesday => date::WED_SHORT,
        Weekday::Thursday => date::THU_SHORT,
        Weekday::Friday => date::FRI_SHORT,
        Weekday::Saturday => date::SAT_SHORT,
        Weekday::Sunday => date::SUN_SHORT,
    }
}

const MONTHS: [Phrase; 12] = [
    date::JAN,
    date::FEB,
    date::MAR,
    date::APR,
    date::MAY,
    date::JUN,
    date::JUL,
    date::AUG,
    date::SEP,
    date::OCT,
    date::NOV,
    date::DEC,
];

fn month(number: i8) -> Phrase {
    let index = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
    index.and_then(|index| MONTHS.get(index)).copied().unwrap_or(date::DEC)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::text::Tongue;
    use shared::time::Zone;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn in_shanghai(tag: &str, check: impl Fn(Dates<'_>)) {
        let local = Local::new(Zone::new("Asia/Shanghai").unwrap(), 8 * 3600, vec![]).unwrap();
        let words = Words(Tongue::of(&tag.parse().unwrap()).unwrap());
        check(Dates { words, local: &local, now: at("2026-10-01T15:10:00Z") });
    }

    #[test]
    fn another_day_carries_its_weekday_and_today_needs_none() {
        in_shanghai("en", |dates| {
            assert_eq!(dates.moment(at("2026-10-08T02:00:00Z")), "Thu 8 Oct, 10:00");
            assert_eq!(dates.moment(at("2026-10-01T15:40:00Z")), "23:40 today");
            assert_eq!(dates.brief(at("2026-10-01T15:40:00Z")), "23:40");
        });
        in_shanghai("zh-CN", |dates| {
            assert_eq!(dates.moment(at("2026-10-08T02:00:00Z")), "10月8日 周四 10:00");
            assert_eq!(dates.moment(at("2026-10-01T15:40:00Z")), "今天 23:40");
        });
    }

    #[test]
    fn another_year_is_named() {
        in_shanghai("en", |dates| {
            assert_eq!(dates.moment(at("2027-01-04T01:30:00Z")), "Mon 4 Jan 2027, 09:30");
        });
    }

    #[test]
    fn six_days_and_a_half_are_told_to_the_minute() {
        in_shanghai("en", |dates| {
            assert_eq!(dates.left(at("2026-10-08T02:00:00Z")), "6 days 10 h 50 min");
            assert_eq!(dates.left(at("2026-10-02T15:11:01Z")), "1 day 2 min");
            let short = duration(dates.words, SignedDuration::from_secs(20));
            assert_eq!(short, "less than a minute");
        });
    }

    #[test]
    fn the_length_of_a_stretch_fits_the_clocks_at_its_ends() {
        let between = |from: &str, to: &str| between(at(from), at(to)).as_mins();
        assert_eq!(between("2026-02-13T09:30:06.6Z", "2026-02-13T10:00:00Z"), 30);
        assert_eq!(between("2026-02-14T01:00:00Z", "2026-02-14T01:30:06.6Z"), 30);
    }

    #[test]
    fn programs_read_the_instant_in_utc() {
        assert_eq!(rfc3339(at("2026-10-08T02:05:09.5Z")), "2026-10-08T02:05:09Z");
    }
}
