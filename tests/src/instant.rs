//! Instants as a test writes them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZoneDatabase;

/// Reads `2026-10-01 23:10 Asia/Shanghai`, or `2026-10-08T02:00Z`; seconds and their fractions may follow the minutes.
#[track_caller]
pub fn instant(text: &str) -> Timestamp {
    let mut parts = text.split(' ');
    let (Some(date), Some(time), Some(zone)) = (parts.next(), parts.next(), parts.next()) else {
        return text.parse().unwrap_or_else(|error| panic!("{text:?} is no instant: {error}"));
    };
    let civil: DateTime =
        format!("{date}T{time}").parse().unwrap_or_else(|error| panic!("{text:?} is no instant: {error}"));
    let zone = TimeZoneDatabase::bundled().get(zone).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    zone.to_ambiguous_timestamp(civil).unambiguous().unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

/// Writes an instant as `2026-10-08T02:00Z`, with what follows the minute only where it is not zero.
pub fn utc(at: Timestamp) -> String {
    let text = at.strftime("%Y-%m-%dT%H:%M:%S%.f").to_string();
    let short = text.strip_suffix(":00").unwrap_or(&text);
    format!("{short}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_read_in_a_zone_or_in_utc() {
        assert_eq!(instant("2026-10-08 10:00 Asia/Shanghai"), instant("2026-10-08T02:00Z"));
        assert_eq!(utc(instant("2026-10-08 10:00 Asia/Shanghai")), "2026-10-08T02:00Z");
        assert_eq!(utc(instant("2026-10-08T02:00:00.001Z")), "2026-10-08T02:00:00.001Z");
    }
}
