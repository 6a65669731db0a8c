//! The wall clock of one zone over a stretch of time, made at the edge and carried to a browser, so that
//! programs there tell people their local time without any zone data.

use alloc::vec::Vec;

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp, tz::Offset};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use thiserror::Error;

use super::{Civil, Zone};

/// A zone's offsets from UTC, in order: each holds from an instant until the next one's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Local {
    zone: Zone,
    first: i32,
    changes: Vec<(i64, i32)>,
}

/// Why offsets are no local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LocalError {
    /// An offset is not within ±25:59:59.
    #[error("offset of {seconds} s from UTC is too large")]
    Offset {
        /// What was found, in seconds east of UTC.
        seconds: i32,
    },
    /// The changes are not sorted by their instant.
    #[error("clock changes are out of order at {ms} ms")]
    Order {
        /// The instant of the later change, in ms since 1970.
        ms: i64,
    },
}

impl Local {
    /// The local time of `zone`: `first` seconds east of UTC, then from each instant (ms) another offset.
    pub fn new(zone: Zone, first: i32, changes: Vec<(i64, i32)>) -> Result<Self, LocalError> {
        let wrong = |seconds: &i32| Offset::from_seconds(*seconds).is_err();
        let offsets = || core::iter::once(first).chain(changes.iter().map(|change| change.1));
        if let Some(seconds) = offsets().find(wrong) {
            return Err(LocalError::Offset { seconds });
        }
        let unordered = changes.windows(2).find_map(|pair| match pair {
            [a, b] if a.0 >= b.0 => Some(b.0),
            _ => None,
        });
        match unordered {
            Some(ms) => Err(LocalError::Order { ms }),
            None => Ok(Self { zone, first, changes }),
        }
    }

    /// Whose local time this is.
    pub const fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Seconds east of UTC at `instant`; outside of the stretch it was made for, the nearest known ones.
    pub fn offset(&self, instant: Timestamp) -> i32 {
        let ms = instant.as_millisecond();
        let passed = self.changes.partition_point(|change| change.0 <= ms);
        let last = passed.checked_sub(1).and_then(|index| self.changes.get(index));
        last.map_or(self.first, |change| change.1)
    }

    /// When the wall clock shows this. What it shows twice is its first time; what it skips is as long after the jump
    /// as it would have been after the last minute shown.
    pub fn instant(&self, shown: DateTime) -> Timestamp {
        let utc = Offset::UTC.to_timestamp(shown).unwrap_or(Timestamp::MAX);
        let near = |hours| utc.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(utc);
        let at = |offset: i32| utc.saturating_sub(SignedDuration::from_secs(offset.into())).unwrap_or(utc);
        let (before, after) = (self.offset(near(-24)), self.offset(near(24)));
        at([before, after].into_iter().find(|offset| self.offset(at(*offset)) == *offset).unwrap_or(before))
    }

    /// What the wall clock shows at `instant`.
    pub fn civil(&self, instant: Timestamp) -> Civil {
        let offset = Offset::from_seconds(self.offset(instant)).unwrap_or(Offset::UTC);
        let shown = offset.to_datetime(instant);
        Civil {
            day: shown.date().into(),
            hour: u8::try_from(shown.hour()).unwrap_or_default(),
            minute: u8::try_from(shown.minute()).unwrap_or_default(),
        }
    }
}

impl<'de> Deserialize<'de> for Local {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename = "Local", deny_unknown_fields)]
        struct Raw {
            zone: Zone,
            first: i32,
            changes: Vec<(i64, i32)>,
        }
        let Raw { zone, first, changes } = Raw::deserialize(deserializer)?;
        Self::new(zone, first, changes).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::time::Day;

    /// New York around 8 March 2026, when 02:00 EST became 03:00 EDT at 07:00Z.
    fn new_york() -> Local {
        Local::new(Zone::new("America/New_York").unwrap(), -18_000, vec![(1_772_953_200_000, -14_400)])
            .unwrap()
    }

    #[test]
    fn the_wall_clock_jumps_where_the_zone_does() {
        let before = new_york().civil(Timestamp::from_second(1_772_953_199).unwrap());
        assert_eq!(before, Civil { day: Day::constant(2026, 3, 8), hour: 1, minute: 59 });
        let after = new_york().civil(Timestamp::from_second(1_772_953_200).unwrap());
        assert_eq!(after, Civil { day: Day::constant(2026, 3, 8), hour: 3, minute: 0 });
    }

    #[test]
    fn what_a_wall_clock_shows_is_found_again_and_a_skipped_hour_is_as_late_as_it_would_have_been() {
        let shown = |hour| jiff::civil::date(2026, 3, 8).at(hour, 30, 0, 0);
        let second = |hour| new_york().instant(shown(hour)).as_second();
        assert_eq!(second(1), 1_772_953_200 - 1_800);
        assert_eq!(second(3), 1_772_953_200 + 1_800);
        assert_eq!(second(2), second(3));
        let autumn =
            Local::new(Zone::new("America/New_York").unwrap(), -14_400, vec![(1_793_512_800_000, -18_000)]);
        let twice = jiff::civil::date(2026, 11, 1).at(1, 30, 0, 0);
        assert_eq!(autumn.unwrap().instant(twice).as_second(), 1_793_512_800 - 1_800);
    }

    #[test]
    fn local_time_survives_a_frame_and_hostile_offsets_do_not() {
        let bytes = postcard::to_allocvec(&new_york()).unwrap();
        assert_eq!(postcard::from_bytes::<Local>(&bytes).unwrap(), new_york());
        let zone = || Zone::new("Etc/UTC").unwrap();
        assert_eq!(Local::new(zone(), 99_999_999, vec![]), Err(LocalError::Offset { seconds: 99_999_999 }));
        assert_eq!(Local::new(zone(), 0, vec![(5, 0), (5, 1)]), Err(LocalError::Order { ms: 5 }));
    }
}
