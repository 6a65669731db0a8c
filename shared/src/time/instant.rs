//! How instants and durations travel: as whole milliseconds in an `i64`, in every frame and every row.
//!
//! jiff's own serde is text, which costs a browser program 44.7 KB; people read RFC 3339 elsewhere: a serializer for
//! people knows an instant by the name [`INSTANT`], and a duration by [`DURATION`], which no other one looks at.

/// The name under which an instant's milliseconds are handed to a serializer.
pub const INSTANT: &str = "instant";

/// The name under which a duration's milliseconds are handed to a serializer.
pub const DURATION: &str = "duration";

/// The instant so much later, or earlier if `by` is negative; the first or the last one that there is, if it lies
/// beyond. jiff's own sum knows many kinds of spans, and brings 2 KB of them into a browser.
///
/// ```
/// use jiff::{SignedDuration, Timestamp};
/// use shared::time::instant::plus;
/// let begun = Timestamp::UNIX_EPOCH;
/// assert_eq!(plus(begun, SignedDuration::from_millis(-1_500)).as_millisecond(), -1_500);
/// assert_eq!(plus(begun, SignedDuration::MAX), Timestamp::MAX);
/// ```
#[must_use]
pub fn plus(at: jiff::Timestamp, by: jiff::SignedDuration) -> jiff::Timestamp {
    const SECOND: i32 = 1_000_000_000;
    let part = at.subsec_nanosecond() + by.subsec_nanos();
    let whole = at.as_second().saturating_add(by.as_secs()).saturating_add((part / SECOND).into());
    let beyond = if by.is_negative() { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
    jiff::Timestamp::new(whole, part % SECOND).unwrap_or(beyond)
}

/// An instant that is written where no field says how.
#[derive(Clone, Copy)]
pub(crate) struct Instant(pub(crate) jiff::Timestamp);

impl serde::Serialize for Instant {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        millis::serialize(&self.0, serializer)
    }
}

/// `#[serde(with = "instant::millis")]` on a `Timestamp`: milliseconds since 1970 in UTC.
pub mod millis {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes the instant, rounded down to its millisecond.
    pub fn serialize<S: Serializer>(instant: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(super::INSTANT, &instant.as_millisecond())
    }

    /// Reads an instant; refuses one outside of the years −9999 to 9999.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let ms = i64::deserialize(deserializer)?;
        Timestamp::from_millisecond(ms)
            .map_err(|_| D::Error::custom("instant is outside of the years -9999 to 9999"))
    }
}

/// `#[serde(with = "instant::millis_option")]` on an `Option<Timestamp>`.
pub mod millis_option {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::time::instant::Instant;

    /// Writes the instant, if there is one, rounded down to its millisecond.
    pub fn serialize<S: Serializer>(instant: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
        match instant {
            Some(instant) => serializer.serialize_some(&Instant(*instant)),
            None => serializer.serialize_none(),
        }
    }

    /// Reads an instant or none; refuses one outside of the years −9999 to 9999.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
        let ms = Option::<i64>::deserialize(deserializer)?;
        ms.map(Timestamp::from_millisecond)
            .transpose()
            .map_err(|_| D::Error::custom("instant is outside of the years -9999 to 9999"))
    }
}

/// `#[serde(with = "instant::duration_millis")]` on a `SignedDuration`: whole milliseconds.
pub mod duration_millis {
    use jiff::SignedDuration;
    use serde::{Deserialize, Deserializer, Serializer, ser::Error};

    /// Writes the duration, cut to milliseconds; fails above 292 million years.
    pub fn serialize<S: Serializer>(duration: &SignedDuration, serializer: S) -> Result<S::Ok, S::Error> {
        let ms = i64::try_from(duration.as_millis()).map_err(|_| S::Error::custom("duration is too long"))?;
        serializer.serialize_newtype_struct(super::DURATION, &ms)
    }

    /// Reads a duration; negative ones are allowed (a target met early, by how much).
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SignedDuration, D::Error> {
        i64::deserialize(deserializer).map(SignedDuration::from_millis)
    }
}

/// `#[serde(with = "instant::duration_millis_option")]` on an `Option<SignedDuration>`.
pub mod duration_millis_option {
    use jiff::SignedDuration;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes the duration, if there is one, cut to milliseconds.
    pub fn serialize<S: Serializer>(
        duration: &Option<SignedDuration>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        duration.map(|duration| i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)).serialize(serializer)
    }

    /// Reads a duration or none.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<SignedDuration>, D::Error> {
        Ok(Option::<i64>::deserialize(deserializer)?.map(SignedDuration::from_millis))
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use jiff::{SignedDuration, Timestamp};
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Row {
        #[serde(with = "super::millis")]
        due: Timestamp,
        #[serde(with = "super::millis_option")]
        met: Option<Timestamp>,
        #[serde(with = "super::duration_millis")]
        target: SignedDuration,
    }

    fn row() -> Row {
        let due = Timestamp::from_millisecond(1_791_424_800_123).unwrap();
        Row { due, met: None, target: SignedDuration::from_mins(30) }
    }

    #[test]
    fn an_instant_is_a_number_of_milliseconds_in_json() {
        let json = serde_json::to_string(&row()).unwrap();
        assert_eq!(json, r#"{"due":1791424800123,"met":null,"target":1800000}"#);
        assert_eq!(serde_json::from_str::<Row>(&json).unwrap(), row());
    }

    #[test]
    fn an_instant_survives_a_binary_frame() {
        let met = Row { met: Some(Timestamp::UNIX_EPOCH), ..row() };
        let bytes = postcard::to_allocvec(&met).unwrap();
        assert_eq!(postcard::from_bytes::<Row>(&bytes).unwrap(), met);
    }

    #[test]
    fn the_end_of_all_time_can_be_read_back() {
        let row = Row { due: crate::time::FOREVER, ..row() };
        let json = serde_json::to_string(&row).unwrap();
        assert_eq!(serde_json::from_str::<Row>(&json).unwrap(), row);
    }

    #[test]
    fn an_instant_beyond_the_year_9999_is_refused() {
        let json = r#"{"due":9223372036854775807,"met":null,"target":0}"#;
        let error = serde_json::from_str::<Row>(json).unwrap_err();
        assert!(error.to_string().starts_with("instant is outside of the years -9999 to 9999"));
    }
}
