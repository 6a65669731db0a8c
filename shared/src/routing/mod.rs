//! Who gets a request. The promise beside it is a function of terms, severity, channel and the moment, never of load
//! or presence: those only pick the person.

mod ask;
mod by_hour;
mod choose;
mod coverage;
#[cfg(feature = "policy")]
mod explain;
mod grade;
mod load;
#[cfg(feature = "policy")]
mod of_policy;
mod plan;
#[cfg(feature = "policy")]
mod planner;
mod reasons;
mod responsible;
#[cfg(feature = "policy")]
mod rules;
mod staff;
mod steps;

pub use crate::sla::Route;
pub use ask::Ask;
pub use by_hour::{CoverDay, CoverHour, Fare};
pub use coverage::{Cover, Covered, Watch};
pub use grade::{Grade, Raised};
pub use load::{Load, Presence};
pub use plan::{Plan, plan};
#[cfg(feature = "policy")]
pub use planner::{Query, Unknown};
pub use responsible::{Responsible, responsible};
pub use staff::{Member, OnCall, SelfService, Staff, TeamHours};
pub use steps::{Commitment, Planned, Step, Why};
