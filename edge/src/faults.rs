//! Faults on request (feature `test-faults`; what is deployed has none of this: every function here is then empty).
//!
//! `POST /test/faults` with [`asked::Faults`] as JSON sets them, `{}` clears them. They live in the isolate that the
//! worker and its objects share on one machine, and are gone after a restart, unless the variable `NB_FAULTS` holds them.

#[cfg(feature = "test-faults")]
pub(crate) use asked::*;
#[cfg(not(feature = "test-faults"))]
pub(crate) use none::*;

#[cfg(feature = "test-faults")]
mod asked;

#[cfg(not(feature = "test-faults"))]
mod none {
    use std::fmt::Display;

    use jiff::Timestamp;
    use shared::ticket::{Command, Ticket};

    use crate::error::Fault;

    pub(crate) fn statement() -> Result<(), Fault> {
        Ok(())
    }

    pub(crate) fn reach(_: &impl Display) -> Result<(), Fault> {
        Ok(())
    }

    pub(crate) fn call(_: &str) -> worker::Result<()> {
        Ok(())
    }

    pub(crate) fn journal() -> Result<(), Fault> {
        Ok(())
    }

    pub(crate) fn answer() -> Result<(), Fault> {
        Ok(())
    }

    pub(crate) fn forgets() -> bool {
        false
    }

    pub(crate) fn doubled(_: &Ticket, command: Command) -> Command {
        command
    }

    pub(crate) async fn handler(_: impl Display) {}

    pub(crate) fn known(_: &str, value: Option<String>, _: Timestamp) -> Option<String> {
        value
    }

    pub(crate) fn fresh(_: &str, _: Timestamp) -> bool {
        false
    }

    pub(crate) fn rewritten(_: &str, _: Timestamp) -> Result<(), Fault> {
        Ok(())
    }
}
