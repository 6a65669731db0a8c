//! Sentinels: three instants that an outdated time zone database gets wrong. Every program that resolves zones
//! asks them when it starts, because a wrong database otherwise shows only as a promise an hour off.

use alloc::vec::Vec;

use jiff::{Timestamp, civil::DateTime};

use super::Zones;
use crate::time::Zone;

/// One question to the time zone database, what it must answer, and what it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentinel {
    /// The zone that changed its rules lately.
    pub zone: &'static str,
    /// The wall clock that was asked for.
    pub local: DateTime,
    /// The instant that it is.
    pub expected: Timestamp,
    /// The instant that the database says; none if it does not know the zone.
    pub found: Option<Timestamp>,
}

impl Sentinel {
    /// Whether the database is right.
    pub fn holds(&self) -> bool {
        self.found == Some(self.expected)
    }
}

/// Asks all three: Casablanca is on UTC again, Vancouver stays on summer time, Havana does not.
pub fn sentinels() -> Vec<Sentinel> {
    let zones = Zones::bundled();
    let ask = |(zone, local, expected): (&'static str, DateTime, Timestamp)| {
        let named = Zone::new(zone).ok().and_then(|name| zones.find(&name).ok());
        let found = named.and_then(|zone| zone.to_ambiguous_timestamp(local).compatible().ok());
        Sentinel { zone, local, expected, found }
    };
    QUESTIONS.into_iter().map(ask).collect()
}

const fn nine_o_clock(month: i8, day: i8) -> DateTime {
    DateTime::constant(2026, month, day, 9, 0, 0, 0)
}

/// 2026-09-21T09:00Z, 2026-11-02T16:00Z, 2026-11-15T14:00Z.
const QUESTIONS: [(&str, DateTime, Timestamp); 3] = [
    ("Africa/Casablanca", nine_o_clock(9, 21), Timestamp::constant(1_789_981_200, 0)),
    ("America/Vancouver", nine_o_clock(11, 2), Timestamp::constant(1_793_635_200, 0)),
    ("America/Havana", nine_o_clock(11, 15), Timestamp::constant(1_794_751_200, 0)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_zone_database_in_the_program_knows_the_rules_of_2026() {
        for sentinel in sentinels() {
            assert!(sentinel.holds(), "{sentinel:?}");
        }
        assert!(Zones::version() >= "2026c", "{}", Zones::version());
    }
}
