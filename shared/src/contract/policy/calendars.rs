//! `[calendars.…]`: weekly patterns with holidays and exceptions, their later versions, calendars made of others.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};

use super::reader::{Key, Node, Table};
use crate::ids::{CalendarId, excerpt};
use crate::time::calendar::{Calendar, Clock, Extra, Holiday, Interval, Overnight, Rules, Version, Zones};
use crate::time::holidays::Country;
use crate::time::{Day, Zone};

/// A calendar of the tenant, its zones resolved.
#[derive(Clone, Debug)]
pub struct NamedCalendar {
    /// Its name in the file.
    pub id: CalendarId,
    /// The zone its days are civil in; of several, the first part's.
    pub zone: Zone,
    /// When it is open.
    pub calendar: Calendar,
}

const DAY_FORM: &str = "must be a date, as 2026-10-01";
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// More calendars than any tenant keeps, and more parts than one is made of: each part of a calendar that is made of
/// others counts, so that a file of a few lines cannot double without end.
const MOST: usize = 100;
/// More versions of one calendar than anybody plans.
const MOST_VERSIONS: usize = 50;
/// More openings than a day has: every half hour.
const MOST_INTERVALS: usize = 24;
/// More days off, and more days with hours of their own, than five years have.
const MOST_DAYS: i64 = 2_000;

/// Reads all calendars; one that is made of others names calendars that stand above it.
pub(super) fn read(calendars: &Table<'_>, zones: &Zones) -> Vec<NamedCalendar> {
    let mut above = Vec::new();
    if calendars.len() > MOST {
        calendars.say(format!("has {} calendars, more than {MOST}", calendars.len()));
        return above;
    }
    for (key, node) in calendars.entries() {
        let (Some(id), Some((zone, calendar))) = (key.parse(), calendar(&node, zones, &above)) else {
            key.broken();
            continue;
        };
        if closed_for_good(&calendar) {
            key.say("this calendar never opens: give at least one weekday its hours");
        }
        above.push(NamedCalendar { id, zone, calendar });
    }
    above
}

fn calendar(node: &Node<'_>, zones: &Zones, above: &[NamedCalendar]) -> Option<(Zone, Calendar)> {
    let mut table = node.table()?;
    let union = table.optional("union");
    let intersection = table.optional("intersection");
    if union.is_some() && intersection.is_some() {
        table.say("a calendar is a union or an intersection, not both");
    }
    if union.is_some() || intersection.is_some() {
        table.finish();
        return match union {
            Some(list) => combined(&list, above, Calendar::Union),
            None => combined(&intersection?, above, Calendar::Intersection),
        };
    }
    let later = table.optional("versions").map_or(Some(Vec::new()), |list| list.list());
    let first = version(&mut table, zones);
    table.finish();
    let later = later?;
    if later.len() > MOST_VERSIONS {
        node.say(format!("has {} versions, more than {MOST_VERSIONS}", later.len()));
        return None;
    }
    let mut versions = Vec::new();
    for node in later {
        let later = later_version(&node, zones);
        let last = versions.last().map(Version::begins);
        if later.as_ref().is_some_and(|later| Some(later.begins()) <= last) {
            node.say("must be valid later than the version above");
        }
        versions.extend(later);
    }
    let (zone, first) = first?;
    Some((zone, Calendar::versions([first].into_iter().chain(versions).collect())))
}

/// A calendar made of calendars that stand above it, so that none can contain itself.
fn combined(
    list: &Node<'_>,
    above: &[NamedCalendar],
    combine: fn(Vec<Calendar>) -> Calendar,
) -> Option<(Zone, Calendar)> {
    let known =
        |item: &Node<'_>| item.one_of("calendar above this one", above, |one| one.id.as_str()).cloned();
    let parts: Vec<Option<NamedCalendar>> = list.list()?.iter().map(known).collect();
    let parts: Vec<NamedCalendar> = parts.into_iter().collect::<Option<_>>()?;
    let Some(zone) = parts.first().map(|part| part.zone.clone()) else {
        list.say("must name at least one calendar");
        return None;
    };
    let parts: Vec<Calendar> = parts.into_iter().map(|part| part.calendar).collect();
    let count: usize = parts.iter().map(parts_of).sum();
    if count > MOST {
        list.say(format!("is made of {count} calendars, more than {MOST}"));
        return None;
    }
    Some((zone, combine(parts)))
}

/// Of how many calendars with rules of their own one is made.
fn parts_of(calendar: &Calendar) -> usize {
    match calendar {
        Calendar::Versions(_) => 1,
        Calendar::Union(parts) | Calendar::Intersection(parts) => parts.iter().map(parts_of).sum(),
    }
}

fn later_version(node: &Node<'_>, zones: &Zones) -> Option<Version> {
    let mut table = node.table()?;
    let from = table.required("valid_from");
    let version = version(&mut table, zones);
    table.finish();
    let from: Timestamp =
        from?.written("must be an instant with its offset, as 2027-01-01T00:00:00+08:00")?;
    Some(version?.1.valid_from(from))
}

fn version(table: &mut Table<'_>, zones: &Zones) -> Option<(Zone, Version)> {
    let zone = table.required("zone");
    let week = table.required("weekly").and_then(|node| week(&node));
    let countries = table.optional("holidays").map_or(Some(Vec::new()), |node| countries(&node));
    let own = table.optional("own_holidays").map_or(Some(Vec::new()), |node| own_holidays(&node));
    let extras = table.optional("extra_days").map_or(Some(BTreeMap::new()), |node| days(&node));
    let parts = table.optional("part_days").map_or(Some(BTreeMap::new()), |node| days(&node));
    let overnight =
        table.optional("overnight_rule").map_or(Some(Overnight::CalendarDay), |node| overnight(&node));
    let zone = zone?;
    let name = zone.text().and_then(|name| Zone::new(name).map_err(|error| zone.wrong(error)).ok())?;
    let extras = extras?.into_iter().map(|(day, hours)| (day, Extra { hours, make_up: false })).collect();
    let rules = Rules { week: week?, extras, holidays: own?, parts: parts?, overnight: overnight? };
    let countries = countries?;
    let rules = countries.iter().fold(rules, |rules, country| rules.observing(*country));
    let Ok(version) = Version::new(zones, &name, rules) else {
        zone.unknown("time zone", name.as_str(), zones.names().iter().map(String::as_str));
        return None;
    };
    let provisional = countries.iter().map(|country| country.provisional_from()).min();
    Some((name, provisional.into_iter().fold(version, Version::provisional_from)))
}

/// `weekly.mon-fri = ["09:00-18:00"]`: keys are weekdays or ranges of them.
fn week(node: &Node<'_>) -> Option<[Vec<Interval>; 7]> {
    let mut week: [Option<Vec<Interval>>; 7] = Default::default();
    let mut complete = true;
    for (key, hours) in node.table()?.entries() {
        let (days, hours) = (weekdays(&key), intervals(&hours));
        let (Some(days), Some(hours)) = (days, hours) else {
            complete = false;
            continue;
        };
        for (name, day) in
            week.iter_mut().zip(WEEKDAYS).skip(days.0).take(days.1).map(|(day, name)| (name, day))
        {
            if day.replace(hours.clone()).is_some() {
                key.say(format!("{name} has its hours already"));
                complete = false;
            }
        }
    }
    complete.then(|| week.map(Option::unwrap_or_default))
}

/// A weekday or a range, as the first one's place in the week and how many follow, itself included.
fn weekdays(key: &Key<'_>) -> Option<(usize, usize)> {
    let (first, last) = key.name.split_once('-').unwrap_or((key.name, key.name));
    let place = |name| WEEKDAYS.iter().position(|weekday| *weekday == name);
    let range = place(first).zip(place(last)).filter(|(first, last)| first <= last);
    if range.is_none() {
        key.say(format!("must be a weekday or a range as mon-fri, found {}", excerpt(key.name)));
    }
    range.map(|(first, last)| (first, last + 1 - first))
}

fn intervals(node: &Node<'_>) -> Option<Vec<Interval>> {
    let nodes = node.list()?;
    if nodes.len() > MOST_INTERVALS {
        node.say(format!("has {} openings, more than {MOST_INTERVALS}", nodes.len()));
        return None;
    }
    nodes.iter().map(interval).collect::<Vec<_>>().into_iter().collect()
}

/// `"09:00-18:00"`. A night is written past 24:00, as `"22:00-30:00"`: an end before the start is far more often a
/// slip than a night, and a slip would keep a promise waiting for hours that nobody works.
fn interval(node: &Node<'_>) -> Option<Interval> {
    let Some((from, to)) = node.text()?.split_once('-') else {
        node.wrong("must be two times, as \"09:00-18:00\"");
        return None;
    };
    let (from, to): (Clock, Clock) = match (from.trim().parse(), to.trim().parse()) {
        (Ok(from), Ok(to)) => (from, to),
        (Err(error), _) | (_, Err(error)) => {
            node.wrong(error);
            return None;
        }
    };
    if to < from {
        let tomorrow = Clock(to.0 + 24 * 60);
        node.say(format!(
            "opening hours end ({to}) before they start ({from}): a night is written {from}-{tomorrow}"
        ));
        return None;
    }
    Interval::new(from, to).map_err(|error| node.wrong(error)).ok()
}

fn countries(node: &Node<'_>) -> Option<Vec<Country>> {
    let known =
        |item: &Node<'_>| item.one_of("country with holidays", &Country::ALL, |one| one.code()).copied();
    node.list()?.iter().map(known).collect()
}

fn own_holidays(node: &Node<'_>) -> Option<Vec<Holiday>> {
    let read: Option<Vec<Holiday>> =
        node.list()?.iter().map(own_holiday).collect::<Vec<_>>().into_iter().collect();
    let days =
        |holiday: &Holiday| holiday.first.date().duration_until(holiday.last.date()).as_hours() / 24 + 1;
    let days: i64 = read.iter().flatten().map(days).sum();
    if days > MOST_DAYS {
        node.say(format!("has {days} days, more than {MOST_DAYS}"));
        return None;
    }
    read
}

/// `{ name = "Founding day", first = 2026-11-11, last = 2026-11-12 }`; without `last` one day.
fn own_holiday(node: &Node<'_>) -> Option<Holiday> {
    let mut table = node.table()?;
    let name = table.required("name").and_then(|node| node.name());
    let first = table.required("first").and_then(|node| node.written::<Day>(DAY_FORM));
    let last = table.optional("last");
    table.finish();
    let first = first?;
    let Some(node) = last else { return Some(Holiday { name: name?, first, last: first }) };
    let last: Day = node.written(DAY_FORM)?;
    if last < first || last.date().year() > first.date().year() + 1 {
        node.say(format!("holiday ends ({last}) before it starts ({first}), or lasts years"));
        return None;
    }
    Some(Holiday { name: name?, first, last })
}

/// `2026-12-24 = ["09:00-13:00"]`: intervals by date.
fn days(node: &Node<'_>) -> Option<BTreeMap<Day, Vec<Interval>>> {
    let day = |(key, hours): (Key<'_>, Node<'_>)| {
        let day = key
            .name
            .parse::<Day>()
            .map_err(|_| key.say(format!("{DAY_FORM}, found {}", excerpt(key.name))))
            .ok();
        day.zip(intervals(&hours))
    };
    let table = node.table()?;
    if table.len() > MOST_DAYS.unsigned_abs().try_into().unwrap_or(usize::MAX) {
        table.say(format!("has {} days, more than {MOST_DAYS}", table.len()));
        return None;
    }
    table.entries().map(day).collect::<Vec<_>>().into_iter().collect()
}

fn overnight(node: &Node<'_>) -> Option<Overnight> {
    let rules = [("calendar_day", Overnight::CalendarDay), ("shift_start", Overnight::ShiftStart)];
    match node.text()? {
        "calendar_day" => Some(Overnight::CalendarDay),
        "shift_start" => Some(Overnight::ShiftStart),
        found => {
            node.unknown("overnight rule", found, rules.iter().map(|rule| rule.0));
            None
        }
    }
}

/// Whether 400 days on end hold no open second, from any version's beginning on (S4).
fn closed_for_good(calendar: &Calendar) -> bool {
    const A_PATTERN_REPEATS: SignedDuration = SignedDuration::from_hours(400 * 24);
    const SOME_DAY: Timestamp = Timestamp::constant(1_767_225_600, 0);
    let meets = |from: Timestamp| {
        let to = from.saturating_add(A_PATTERN_REPEATS).unwrap_or(Timestamp::MAX);
        !calendar.resolve(from, to).is_empty()
    };
    calendar.never_opens() || !meets(SOME_DAY)
}
