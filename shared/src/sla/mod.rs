//! SLA clocks: due instants, warnings and verdicts, all computed from a ticket's log when they are asked for.

mod board;
mod cause;
mod clock;
mod course;
mod cycle;
mod pause;
mod promise;

pub use board::{Board, Level, Line, Notice};
pub use cause::{Actor, Cause};
pub use clock::{Clock, ClockState, ClockView, NEAR_LEVEL, WARNING_LEVELS};
pub use course::{Change, Course, Force};
pub use cycle::{Cycle, End, How, Verdict};
pub use pause::Pause;
pub use promise::{Named, Promised, Reason, Receipt, Route, TierSource};
