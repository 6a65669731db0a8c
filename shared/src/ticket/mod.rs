//! The life of a ticket: what happened (`event`), what that makes of it (`state`), what may happen next (`step`).

#[cfg(feature = "policy")]
mod anew;
mod bound;
mod change;
mod command;
mod decide;
mod draft;
mod event;
mod explain;
mod fold;
mod in_zone;
mod intake;
#[cfg(feature = "tz")]
mod ledger;
mod listing;
mod merging;
#[cfg(feature = "policy")]
mod of_policy;
mod order;
mod ring;
mod ruled;
mod stage;
mod state;
mod step;
mod summary;
mod what_if;

pub use crate::contract::PendReason;
pub use crate::sla::Actor;
#[cfg(feature = "policy")]
pub use anew::Newest;
pub use bound::Bound;
pub use command::{Command, Effect, Intake, Step, Timer};
pub use decide::Asker;
pub use event::{Author, Discard, Event, Logged, Opening, TermsCause};
pub use in_zone::parse_in_zone;
pub use intake::{
    Contact, Field, FieldError, IntakeRules, Problem, RawRequest, Request, parse, unknown_zone, words,
};
pub use listing::{Card, Row};
pub use merging::{Party, named};
pub use order::Rank;
pub use ring::{Occasion, Ring};
pub use ruled::Ruled;
pub use stage::Stage;
pub use state::{Open, Ticket};
pub use step::Ctx;
pub use what_if::{CycleLine, WhatIf};
