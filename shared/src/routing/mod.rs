//! Who gets a request. The promise beside it is a function of terms, severity, channel and the moment, never of load
//! or presence: those only pick the person.

mod ask;
mod choose;
mod load;
#[cfg(feature = "policy")]
mod of_policy;
mod plan;
mod reasons;
mod staff;

pub use crate::sla::Route;
pub use ask::{Ask, Grade, Raised};
pub use load::{Load, Presence};
pub use plan::{Plan, plan};
pub use staff::{Member, OnCall, SelfService, Staff, TeamHours};
