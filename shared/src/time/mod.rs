//! Time as a promise sees it: instants, windows of open time, and the hours made of them.
//!
//! Everything here is UTC and half-open. A *calendar* is civil (wall clocks, weekdays, holidays) and is
//! resolved into *windows* at the edge, where the zone data is (feature `tz`); programs in a browser
//! only ever see windows, and compute with [`Hours`].
//!
//! The rules S1–S10 that the comments name are written down in `shared/TIME.md`.

#[cfg(feature = "tz")]
pub mod calendar;
mod civil;
#[cfg(feature = "tz")]
pub mod holidays;
mod hours;
pub mod instant;
mod local;
mod mark;
mod window;
mod windows;

pub use civil::{Civil, Day, DayError, Zone, ZoneError};
pub use hours::{Hours, share};
pub use local::{Local, LocalError};
pub use mark::{Mark, MarkKind};
pub use window::{FOREVER, Window, WindowError};
pub use windows::Windows;
