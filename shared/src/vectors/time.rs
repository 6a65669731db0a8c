//! The kinds of business time: due, elapsed, pause, next opening, change.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer};

use super::{Instant, calendar, instant_or_null, read, same};
use crate::time::calendar::Zones;
use crate::time::{FOREVER, Hours, Window, Windows, share};

/// S4 and S8: when is the target used up, and the shares of it?
pub(super) fn due<'de, Case: Deserializer<'de> + Copy>(case: Case, zones: &Zones) -> Result<(), String> {
    #[derive(Deserialize)]
    struct Due {
        start: Instant,
        business_seconds: i64,
        #[serde(deserialize_with = "instant_or_null")]
        due: Option<Timestamp>,
        warn: Option<BTreeMap<String, Instant>>,
    }
    let Due { start, business_seconds, due, warn } = read(case)?;
    let calendar = calendar::of(case, zones)?;
    let target = SignedDuration::from_secs(business_seconds);
    same("due", &calendar.after(start.0, target), &due)?;
    warn.iter().flatten().try_for_each(|(level, at)| {
        let percent = level.parse().map_err(|_| format!("warn: not a percentage: {level:?}"))?;
        let found = calendar.after(start.0, share(target, percent));
        same(&format!("warn {level}"), &found, &Some(at.0))
    })
}

/// S3: how much is open between two instants?
pub(super) fn elapsed<'de, Case: Deserializer<'de> + Copy>(case: Case, zones: &Zones) -> Result<(), String> {
    #[derive(Deserialize)]
    struct Elapsed {
        start: Instant,
        end: Instant,
        business_seconds: i64,
    }
    let Elapsed { start, end, business_seconds } = read(case)?;
    let windows = calendar::of(case, zones)?.resolve(start.0, end.0);
    let found = Hours::new(&windows, end.0).within(start.0, end.0).as_secs();
    same("business_seconds", &found, &business_seconds)
}

/// S4 with pauses: paused time uses nothing up.
pub(super) fn pause<'de, Case: Deserializer<'de> + Copy>(case: Case, zones: &Zones) -> Result<(), String> {
    #[derive(Deserialize)]
    struct Paused {
        start: Instant,
        business_seconds: i64,
        pauses: Vec<Pause>,
        #[serde(deserialize_with = "instant_or_null")]
        due: Option<Timestamp>,
    }
    #[derive(Deserialize)]
    struct Pause {
        from: Instant,
        to: Option<Instant>,
    }
    let Paused { start, business_seconds, pauses, due } = read(case)?;
    let window = |pause: &Pause| {
        let to = pause.to.map_or(FOREVER, |to| to.0);
        if to < pause.from.0 {
            return Err(format!("pauses: ends at {to}, before it starts at {}", pause.from.0));
        }
        Ok(Window::new(pause.from.0, to).ok())
    };
    let pauses: Vec<Option<Window>> = pauses.iter().map(window).collect::<Result<_, _>>()?;
    let pauses: Windows = pauses.into_iter().flatten().collect();
    let target = SignedDuration::from_secs(business_seconds);
    same("due", &calendar::of(case, zones)?.after_with(start.0, target, &pauses), &due)
}

/// S1: is it open, and if not, when does it open?
pub(super) fn next_open<'de, Case: Deserializer<'de> + Copy>(
    case: Case,
    zones: &Zones,
) -> Result<(), String> {
    #[derive(Deserialize)]
    struct NextOpen {
        start: Instant,
        is_open: bool,
        #[serde(deserialize_with = "instant_or_null")]
        next_open: Option<Timestamp>,
    }
    let NextOpen { start, is_open, next_open } = read(case)?;
    let opens = calendar::of(case, zones)?.next_open(start.0);
    same("is_open", &(opens == Some(start.0)), &is_open)?;
    same("next_open", &opens, &next_open)
}

/// S7: a change of target at an instant; of a tier's calendar as well, by versions (S6).
pub(super) fn change<'de, Case: Deserializer<'de> + Copy>(case: Case, zones: &Zones) -> Result<(), String> {
    #[derive(Deserialize)]
    struct Change {
        start: Instant,
        change_at: Instant,
        new_business_seconds: i64,
        policy: Policy,
        #[serde(deserialize_with = "instant_or_null")]
        due: Option<Timestamp>,
        late_at_change: bool,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Policy {
        KeepElapsed,
        Restart,
    }
    let Change { start, change_at, new_business_seconds, policy, due, late_at_change } = read(case)?;
    let from = match policy {
        Policy::KeepElapsed => start.0,
        Policy::Restart => change_at.0,
    };
    let found = calendar::of(case, zones)?.after(from, SignedDuration::from_secs(new_business_seconds));
    same("due", &found, &due)?;
    same("late_at_change", &found.is_some_and(|due| due < change_at.0), &late_at_change)
}
