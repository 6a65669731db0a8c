//! A window: one stretch of open time in UTC, half-open.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use thiserror::Error;

use super::instant::Instant;

/// The end of a window that never ends (24×7, an open-ended pause): the last second that can be read back from its
/// milliseconds.
pub const FOREVER: Timestamp = Timestamp::constant(253_402_207_200, 0);

/// The instants from `from` (included) to `to` (excluded), in UTC; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    from: Timestamp,
    to: Timestamp,
}

/// Why two instants are not a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WindowError {
    /// It ends before it starts, or when it starts (both in ms since 1970, UTC).
    #[error("window from {from} ms ends at {to} ms, which is not after its start")]
    Inverted {
        /// Start, in ms since 1970.
        from: i64,
        /// End, in ms since 1970.
        to: i64,
    },
}

impl Window {
    /// All of time: 24×7.
    pub const ALWAYS: Self = Self { from: Timestamp::UNIX_EPOCH, to: FOREVER };

    /// The window `[from, to)`; an end at or beyond [`FOREVER`] is no end. Refuses an inverted or empty one.
    pub fn new(from: Timestamp, to: Timestamp) -> Result<Self, WindowError> {
        let to = to.min(FOREVER);
        if to <= from {
            return Err(WindowError::Inverted { from: from.as_millisecond(), to: to.as_millisecond() });
        }
        Ok(Self { from, to })
    }

    /// The window that opens at `from` and never ends; none at or beyond [`FOREVER`].
    pub fn without_end(from: Timestamp) -> Option<Self> {
        Self::new(from, FOREVER).ok()
    }

    /// The first instant that is inside.
    pub const fn from(self) -> Timestamp {
        self.from
    }

    /// The first instant that is no longer inside; [`FOREVER`] when there is none.
    pub const fn to(self) -> Timestamp {
        self.to
    }

    /// Whether this window has no end.
    pub fn never_ends(self) -> bool {
        self.to == FOREVER
    }

    /// Whether `now` is inside: at `from` it is, at `to` it is not (S1).
    pub fn contains(self, now: Timestamp) -> bool {
        self.from <= now && now < self.to
    }

    /// How long it lasts on the clock of UTC.
    pub fn length(self) -> SignedDuration {
        self.to.duration_since(self.from)
    }

    /// What both windows share, if anything.
    pub fn overlap(self, other: Self) -> Option<Self> {
        Self::new(self.from.max(other.from), self.to.min(other.to)).ok()
    }
}

/// As a pair of `i64` milliseconds, so that a window without end is an ordinary number too.
impl Serialize for Window {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (Instant(self.from), Instant(self.to)).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Window {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (from, to) = <(i64, i64)>::deserialize(deserializer)?;
        Self::from_millis(from, to).map_err(D::Error::custom)
    }
}

impl Window {
    /// The window between two numbers of milliseconds; instants outside of jiff's range are clamped to it.
    pub(super) fn from_millis(from: i64, to: i64) -> Result<Self, WindowError> {
        let instant = |ms: i64| {
            let end = if ms < 0 { Timestamp::MIN } else { Timestamp::MAX };
            Timestamp::from_millisecond(ms).unwrap_or(end)
        };
        Self::new(instant(from), instant(to)).map_err(|_| WindowError::Inverted { from, to })
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_window_holds_its_start_and_not_its_end() {
        let window = Window::new(at(10), at(20)).unwrap();
        assert!(window.contains(at(10)));
        assert!(!window.contains(at(20)));
    }

    #[test]
    fn an_inverted_or_empty_window_is_refused_and_says_what_was_found() {
        let error = Window::new(at(20), at(10)).unwrap_err();
        assert_eq!(error.to_string(), "window from 20000 ms ends at 10000 ms, which is not after its start");
        assert!(Window::new(at(10), at(10)).is_err());
    }

    #[test]
    fn a_window_up_to_the_end_of_time_never_ends() {
        let window = Window::new(at(0), Timestamp::MAX).unwrap();
        assert!(window.never_ends());
        assert_eq!(window, Window::ALWAYS);
        let bytes = postcard::to_allocvec(&window).unwrap();
        assert_eq!(postcard::from_bytes::<Window>(&bytes).unwrap(), window);
    }

    #[test]
    fn an_inverted_window_does_not_come_out_of_a_frame() {
        assert!(serde_json::from_str::<Window>("[10,20]").is_ok());
        assert!(serde_json::from_str::<Window>("[20,10]").is_err());
    }
}
