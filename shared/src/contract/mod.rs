//! What was agreed: tiers, severities, targets, the terms that bind one ticket, and what a contract gives back when
//! they were missed.

#[cfg(feature = "tz")]
pub mod credit;
mod pause;
#[cfg(feature = "policy")]
pub mod policy;
mod severity;
mod target;
mod terms;

pub use pause::PendReason;
pub use severity::{Complexity, Severity};
pub use target::{Case, Covers, Metric, Target};
pub use terms::{Answers, CalendarTerms, ClockRules, OnChange, OnReopen, Terms};
