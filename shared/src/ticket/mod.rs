//! The life of a ticket: what happened (`event`), what that makes of it (`state`), what may happen next (`step`).

mod command;
mod decide;
mod event;
mod in_zone;
mod intake;
mod listing;
#[cfg(feature = "policy")]
mod of_policy;
mod ring;
mod state;
mod step;
mod summary;

pub use crate::contract::PendReason;
pub use crate::sla::Actor;
pub use command::{Command, Effect, Intake, Step, Timer};
pub use decide::Asker;
pub use event::{Author, Event, Logged, Opening};
pub use in_zone::parse_in_zone;
pub use intake::{
    Contact, Field, FieldError, IntakeRules, Problem, RawRequest, Request, parse, unknown_zone, words,
};
pub use listing::{Card, Row};
pub use ring::{Occasion, Ring};
pub use state::{Open, Stage, Ticket};
pub use step::Ctx;
