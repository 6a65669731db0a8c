//! What was agreed: tiers, severities, targets, and the terms that bind one ticket.

#[cfg(feature = "policy")]
pub mod policy;
mod severity;
mod target;
mod terms;

pub use severity::Severity;
pub use target::{Metric, Target};
pub use terms::{CalendarTerms, Terms};
