//! SLA clocks: due instants, warnings and verdicts, all computed from a ticket's log when they are asked for.

mod board;
mod clock;
mod promise;

pub use board::{Board, Course, Level, Notice};
pub use clock::{Clock, ClockState, ClockView, NEAR_LEVEL, WARNING_LEVELS};
pub use promise::{Named, Promised, Reason, Receipt, Route, TierSource};
