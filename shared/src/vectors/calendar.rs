//! The calendar of a case: one written into it, or a list that is combined by `mode`; each of the list may be a list
//! of versions.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};

use super::{instant_or_null, read};
use crate::time::calendar::{Calendar, Extra, Holiday, Interval, Overnight, Rules, Version, Zones};
use crate::time::{Day, Zone};

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Reads the calendar that a case is about.
pub(super) fn of<'de, Case: Deserializer<'de> + Copy>(case: Case, zones: &Zones) -> Result<Calendar, String> {
    #[derive(Deserialize)]
    struct Listed {
        calendars: Option<Vec<Part>>,
        #[serde(default)]
        mode: Mode,
    }
    let Listed { calendars, mode } = read(case)?;
    let Some(parts) = calendars else {
        return Ok(read::<Civil, _>(case)?.version(zones)?.into());
    };
    let parts = parts.iter().map(|part| part.calendar(zones)).collect::<Result<_, _>>()?;
    Ok(match mode {
        Mode::Union => Calendar::Union(parts),
        Mode::Intersection => Calendar::Intersection(parts),
    })
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mode {
    #[default]
    Union,
    Intersection,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "calendars: neither a calendar nor a list of versions of one")]
pub(super) enum Part {
    Versions(Vec<PartVersion>),
    Calendar(Civil),
}

#[derive(Deserialize)]
pub(super) struct PartVersion {
    #[serde(default, deserialize_with = "instant_or_null")]
    valid_from: Option<Timestamp>,
    calendar: Civil,
}

#[derive(Deserialize)]
pub(super) struct Civil {
    tz: String,
    #[serde(alias = "weekly_intervals")]
    weekly: Week,
    #[serde(default)]
    holidays: Vec<Day>,
    #[serde(default)]
    extra_workdays: BTreeMap<Day, Hours>,
    #[serde(default)]
    part_day_holidays: BTreeMap<Day, Hours>,
    #[serde(default)]
    overnight_rule: OvernightRule,
}

/// Pairs of wall-clock times.
type Hours = Vec<(String, String)>;

/// Hours by weekday; a missing day is closed.
type Week = BTreeMap<String, Hours>;

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum OvernightRule {
    #[default]
    CalendarDay,
    ShiftStart,
}

impl Part {
    pub(super) fn calendar(&self, zones: &Zones) -> Result<Calendar, String> {
        let versions = match self {
            Self::Calendar(calendar) => return Ok(calendar.version(zones)?.into()),
            Self::Versions(versions) => versions,
        };
        let version = |part: &PartVersion| {
            let from = part.valid_from.unwrap_or(Timestamp::MIN);
            Ok::<_, String>(part.calendar.version(zones)?.valid_from(from))
        };
        Ok(Calendar::versions(versions.iter().map(version).collect::<Result<_, _>>()?))
    }
}

impl Civil {
    fn version(&self, zones: &Zones) -> Result<Version, String> {
        if let Some(day) = self.weekly.keys().find(|day| !WEEKDAYS.contains(&day.as_str())) {
            return Err(format!("weekly: expected one of {}, got {day:?}", WEEKDAYS.join(", ")));
        }
        let off = |&day: &Day| Holiday { name: String::new(), first: day, last: day };
        let mut rules = Rules {
            holidays: self.holidays.iter().map(off).collect(),
            overnight: match self.overnight_rule {
                OvernightRule::CalendarDay => Overnight::CalendarDay,
                OvernightRule::ShiftStart => Overnight::ShiftStart,
            },
            ..Rules::default()
        };
        for (hours, name) in rules.week.iter_mut().zip(WEEKDAYS) {
            *hours = self.weekly.get(name).map_or(Ok(Vec::new()), |pairs| intervals(name, pairs))?;
        }
        for (day, pairs) in &self.extra_workdays {
            rules.extras.insert(*day, Extra { hours: intervals(day, pairs)?, make_up: false });
        }
        for (day, pairs) in &self.part_day_holidays {
            rules.parts.insert(*day, intervals(day, pairs)?);
        }
        let zone = Zone::new(self.tz.as_str()).map_err(|error| error.to_string())?;
        Version::new(zones, &zone, rules).map_err(|error| error.to_string())
    }
}

fn intervals(day: impl core::fmt::Display, pairs: &Hours) -> Result<Vec<Interval>, String> {
    let interval = |(from, to): &(String, String)| {
        Interval::parse(from, to).map_err(|error| format!("{day} {from}-{to}: {error}"))
    };
    pairs.iter().map(interval).collect()
}
