//! A moment on a wall clock, as a roster is written: a date, or a date and a time, without an offset.

use core::str::FromStr;

use jiff::civil::DateTime;

/// A date, or a date and a time, on the wall clock of the roster's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wall(pub(super) DateTime);

pub(super) const FORM: &str =
    "must be a date or a wall clock's time without an offset, as 2026-09-28T09:00:00";

/// A text that is no wall clock's time.
pub(super) struct WallError;

impl FromStr for Wall {
    type Err = WallError;

    /// An offset would be dropped in silence: so what has one is refused.
    fn from_str(text: &str) -> Result<Self, WallError> {
        let written = |b: u8| b.is_ascii_digit() || matches!(b, b'-' | b':' | b'T' | b' ');
        if text.len() > "2026-09-28T09:00:00".len() || !text.bytes().all(written) {
            return Err(WallError);
        }
        text.parse().map(Self).map_err(|_| WallError)
    }
}
