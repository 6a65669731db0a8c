//! The runner of `tests/vectors/clock.json`: business-time cases that were computed twice by independent methods.
//! It reads values that serde has parsed, so that the same cases run natively and as wasm.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer};

use super::calendar::{Calendar, Extra, Holiday, Interval, Overnight, Rules, Version, Zones};
use super::{Day, FOREVER, Hours, Window, Windows, Zone, share};

/// The file: `schema` must be 1.
#[derive(Debug, Deserialize)]
pub struct Vectors {
    /// Version of the schema.
    pub schema: u32,
    /// The cases, in the order of the file.
    pub cases: Vec<Case>,
}

/// One case: a calendar, a question and the answer. Keys that are not named here are ignored.
#[derive(Debug, Deserialize)]
pub struct Case {
    /// What it is called.
    pub name: String,
    #[serde(flatten)]
    question: Question,
    #[serde(default)]
    mode: Mode,
    calendars: Option<Vec<Part>>,
    #[serde(flatten)]
    inline: Option<CivilCalendar>,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Question {
    Due {
        start: Instant,
        business_seconds: i64,
        due: Option<Instant>,
        warn: Option<BTreeMap<String, Instant>>,
    },
    Elapsed {
        start: Instant,
        end: Instant,
        business_seconds: i64,
    },
    Pause {
        start: Instant,
        business_seconds: i64,
        pauses: Vec<Pause>,
        due: Option<Instant>,
    },
    NextOpen {
        start: Instant,
        is_open: bool,
        next_open: Option<Instant>,
    },
    Change {
        start: Instant,
        change_at: Instant,
        new_business_seconds: i64,
        policy: OnChange,
        due: Option<Instant>,
        late_at_change: bool,
    },
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mode {
    #[default]
    Union,
    Intersection,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum OnChange {
    KeepElapsed,
    Restart,
}

#[derive(Debug, Deserialize)]
struct Pause {
    from: Instant,
    to: Option<Instant>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Part {
    Versions(Vec<PartVersion>),
    Calendar(CivilCalendar),
}

#[derive(Debug, Deserialize)]
struct PartVersion {
    valid_from: Option<Instant>,
    calendar: CivilCalendar,
}

#[derive(Debug, Deserialize)]
struct CivilCalendar {
    tz: String,
    #[serde(alias = "weekly_intervals")]
    weekly: BTreeMap<String, Vec<(String, String)>>,
    #[serde(default)]
    holidays: Vec<Day>,
    #[serde(default)]
    extra_workdays: BTreeMap<Day, Vec<(String, String)>>,
    #[serde(default)]
    part_day_holidays: BTreeMap<Day, Vec<(String, String)>>,
    #[serde(default)]
    overnight_rule: OvernightRule,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum OvernightRule {
    #[default]
    CalendarDay,
    ShiftStart,
}

/// An instant written in RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Instant(Timestamp);

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

/// Every case that does not give its answer, as a line for people; empty when all hold.
pub fn failures(vectors: &Vectors) -> Vec<String> {
    let zones = Zones::bundled();
    let wrong = |case: &Case| {
        let checked = case.calendar(&zones).and_then(|calendar| case.question.check(&calendar));
        checked.err().map(|why| format!("{}: {why}", case.name))
    };
    vectors.cases.iter().filter_map(wrong).collect()
}

impl Case {
    fn calendar(&self, zones: &Zones) -> Result<Calendar, String> {
        let Some(parts) = &self.calendars else {
            let inline = self.inline.as_ref().ok_or("no calendar")?;
            return Ok(inline.version(zones)?.into());
        };
        let parts = parts.iter().map(|part| part.calendar(zones)).collect::<Result<_, _>>()?;
        Ok(match self.mode {
            Mode::Union => Calendar::Union(parts),
            Mode::Intersection => Calendar::Intersection(parts),
        })
    }
}

impl Part {
    fn calendar(&self, zones: &Zones) -> Result<Calendar, String> {
        match self {
            Self::Calendar(calendar) => Ok(calendar.version(zones)?.into()),
            Self::Versions(versions) => {
                let version = |part: &PartVersion| {
                    let from = part.valid_from.map_or(Timestamp::MIN, |instant| instant.0);
                    Ok::<_, String>(part.calendar.version(zones)?.valid_from(from))
                };
                Ok(Calendar::versions(versions.iter().map(version).collect::<Result<_, _>>()?))
            }
        }
    }
}

impl CivilCalendar {
    fn version(&self, zones: &Zones) -> Result<Version, String> {
        let mut rules = Rules {
            holidays: self
                .holidays
                .iter()
                .map(|&day| Holiday { name: String::new(), first: day, last: day })
                .collect(),
            overnight: match self.overnight_rule {
                OvernightRule::CalendarDay => Overnight::CalendarDay,
                OvernightRule::ShiftStart => Overnight::ShiftStart,
            },
            ..Rules::default()
        };
        for (hours, name) in rules.week.iter_mut().zip(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]) {
            *hours = self.weekly.get(name).map_or(Ok(Vec::new()), |pairs| intervals(pairs))?;
        }
        for (day, pairs) in &self.extra_workdays {
            rules.extras.insert(*day, Extra { hours: intervals(pairs)?, make_up: false });
        }
        for (day, pairs) in &self.part_day_holidays {
            rules.parts.insert(*day, intervals(pairs)?);
        }
        let zone = Zone::new(self.tz.as_str()).map_err(|error| error.to_string())?;
        Version::new(zones, &zone, rules).map_err(|error| error.to_string())
    }
}

fn intervals(pairs: &[(String, String)]) -> Result<Vec<Interval>, String> {
    let interval =
        |(from, to): &(String, String)| Interval::parse(from, to).map_err(|error| error.to_string());
    pairs.iter().map(interval).collect()
}

impl Question {
    fn check(&self, calendar: &Calendar) -> Result<(), String> {
        match self {
            Self::Due { start, business_seconds, due, warn } => {
                let target = SignedDuration::from_secs(*business_seconds);
                same("due", calendar.after(start.0, target), *due)?;
                warn.iter().flatten().try_for_each(|(percent, at)| {
                    let percent = percent.parse().map_err(|_| "not a percentage")?;
                    same("warning", calendar.after(start.0, share(target, percent)), Some(*at))
                })
            }
            Self::Elapsed { start, end, business_seconds } => {
                let windows = calendar.resolve(start.0, end.0);
                let found = Hours::new(&windows, end.0).within(start.0, end.0).as_secs();
                equal("business seconds", &found, business_seconds)
            }
            Self::Pause { start, business_seconds, pauses, due } => {
                let target = SignedDuration::from_secs(*business_seconds);
                same("due", calendar.after_with(start.0, target, &paused(pauses)), *due)
            }
            Self::NextOpen { start, is_open, next_open } => {
                let opens = calendar.next_open(start.0);
                equal("is open", &(opens == Some(start.0)), is_open)?;
                same("next open", opens, *next_open)
            }
            Self::Change { start, change_at, new_business_seconds, policy, due, late_at_change } => {
                let from = match policy {
                    OnChange::KeepElapsed => start.0,
                    OnChange::Restart => change_at.0,
                };
                let found = calendar.after(from, SignedDuration::from_secs(*new_business_seconds));
                same("due", found, *due)?;
                equal("late at the change", &found.is_some_and(|due| due < change_at.0), late_at_change)
            }
        }
    }
}

fn paused(pauses: &[Pause]) -> Windows {
    let window = |pause: &Pause| Window::new(pause.from.0, pause.to.map_or(FOREVER, |to| to.0)).ok();
    pauses.iter().filter_map(window).collect()
}

fn same(what: &str, found: Option<Timestamp>, expected: Option<Instant>) -> Result<(), String> {
    equal(what, &found, &expected.map(|instant| instant.0))
}

fn equal<T: PartialEq + core::fmt::Debug>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what} is {expected:?}, found {found:?}")) }
}
