//! Who gets a request. The promise beside it is a function of terms, severity, channel and the moment, never of load
//! or presence: those only pick the person.

#[cfg(feature = "policy")]
mod of_policy;
mod plan;
mod reasons;
mod staff;

pub use crate::sla::Route;
pub use plan::{Ask, Plan, plan};
pub use staff::{Staff, TeamHours};
