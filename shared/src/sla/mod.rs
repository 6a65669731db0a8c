//! SLA clocks: due instants, warnings and verdicts, all computed from a ticket's log when they are asked for; and
//! receipts, which say what was promised and carry what it was computed from.

mod board;
mod cause;
mod clock;
mod promise;
mod readable;
mod reason;
mod receipt;
mod recompute;
mod route;
mod signed;
#[cfg(feature = "receipts")]
mod signing;

pub use board::{Board, Course, Level, Notice};
pub use cause::{Actor, Cause};
pub use clock::{Clock, ClockState, ClockView, NEAR_LEVEL, WARNING_LEVELS};
pub use promise::{Promise, Promised, clocks_at_once, promises_of};
pub use reason::{Reason, TierSource};
pub use receipt::{CalendarUsed, Receipt};
pub use recompute::Discrepancy;
pub use route::{Named, Route};
pub use signed::{Flaw, SignedReceipt};
#[cfg(feature = "receipts")]
pub use signing::{PublicKey, PublicKeys, Refuted, SigningKey};
