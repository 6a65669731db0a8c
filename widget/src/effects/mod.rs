//! What the program does: each effect reads a wish off the session, and tells the session what came of it. An effect's
//! guard is dropped with the component, and its work stops.

mod browser;
mod courier;
mod host;
mod kept;
mod page;
mod questions;
mod ticket;

pub(crate) use browser::use_browser;
pub(crate) use courier::use_courier;
pub(crate) use host::{tell as tell_host, use_host};
pub(crate) use kept::{Kept, use_kept, use_store};
pub(crate) use page::use_page;
pub(crate) use questions::use_questions;
pub(crate) use ticket::use_ticket;

use crate::start::Setup;

/// A path of the tenant's API.
fn path(setup: &Setup, rest: &str) -> String {
    ["/v1/", &setup.tenant, "/", rest].concat()
}
