//! SLA clocks: due instants, warnings and verdicts, all computed from a ticket's log when they are asked for; and
//! receipts, which say what was promised and carry what it was computed from.

mod board;
mod cause;
mod clock;
mod course;
mod cycle;
mod explain;
mod keys;
mod pause;
mod promise;
mod readable;
mod reason;
mod receipt;
mod recompute;
mod route;
mod signed;
#[cfg(feature = "receipts")]
mod signing;

pub use board::{Board, Level, Line, Notice};
pub use cause::{Actor, Cause};
pub use clock::{Clock, ClockState, ClockView, NEAR_LEVEL, WARNING_LEVELS};
pub use course::{Change, Course, Force};
pub use cycle::{Cycle, End, How, Verdict};
pub use explain::{Explanation, PromiseTold, Story, SumLine, Wait};
pub use keys::{PublicKey, PublicKeys, Refuted};
pub use pause::Pause;
pub use promise::{AT_ONCE, Promise, Promised, clocks_at_once, promises_of};
pub use reason::{Reason, TierSource, Trigger};
pub use receipt::{CalendarUsed, Receipt};
pub use recompute::Discrepancy;
pub use route::{Named, Route};
pub use signed::{Flaw, SignedReceipt};
#[cfg(feature = "receipts")]
pub use signing::SigningKey;
