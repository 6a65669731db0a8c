//! Effects: what the desk does outside of itself. Each is a hook whose guard is dropped with the page, and tells the
//! reducer what came of it. None of them decides anything.

pub(crate) mod address;
mod asking;
pub(crate) mod edge;
mod entering;
mod ids;
mod kept;
mod keys;
mod line;
mod page;

pub(crate) use edge::Edge;
pub(crate) use ids::fresh;
pub(crate) use kept::words as kept_words;

use yew::prelude::*;

use crate::state::Session;

/// Everything that the program does besides drawing.
#[hook]
pub(crate) fn use_live(session: &Session, edge: &Edge) {
    entering::use_entering(session, edge);
    asking::use_ticking(session, edge);
    asking::use_listing(session, edge);
    asking::use_reading(session, edge);
    asking::use_deeds(session, edge);
    asking::use_wondering(session, edge);
    asking::use_planning(session, edge);
    asking::use_leaving(session, edge);
    line::use_line(session, edge);
    kept::use_kept(session);
    address::use_address(session);
    keys::use_keys(session);
    page::use_page(session);
}
