//! Every decision of Nightbell, and nothing else: values in, values out. No clock, no network, no `async`; the programs
//! carry bytes and time to it.
//!
//! **The story.** A customer asks: [`ticket::parse`] reads the form, [`routing::plan`] decides who gets it and what is
//! promised, the [`door`] makes sure that it is never lost and never doubled. It becomes a ticket: a log of
//! [`ticket::Event`]s that changes only through [`ticket::Ticket::step`]. Its clocks are an [`sla::Board`] over that
//! log, counted on [`time::Hours`] by the [`contract::Terms`] that stand in the log itself, so that any build judges it
//! alike. What must leave is a [`outbox::Parcel`]; what programs read is in [`wire`].
//!
//! **The words.** *tenant*: a company with a site that uses Nightbell. *company*: the tenant's client. *customer*: a
//! person. *agent*, *team*. *ticket*: every request is one. *message*; *note*: agents only. *tier*, *severity*,
//! *metric*, *target* (how long), *terms* (what binds a ticket). *window*: half-open UTC; *calendar*: civil. *clock*: a
//! running metric; *due*, *promised*, *warning*, *breach*. *promise*, *receipt*, *route*, *roster*, *journal*, *outbox*.
#![no_std]
#![warn(missing_docs)]

extern crate alloc;

pub mod contract;
pub mod door;
pub mod ids;
pub mod language;
pub mod outbox;
pub mod refusal;
pub mod routing;
pub mod sla;
pub mod text;
pub mod ticket;
pub mod time;
#[cfg(feature = "vectors")]
pub mod vectors;
pub mod wire;
