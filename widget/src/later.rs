//! What the first view does not need: it travels in a second file, which is fetched when it is first wanted, or as soon
//! as it is likely to be.
//!
//! **To put something into the second file**, give [`Later`] a function for it, call it through there, and name it
//! nowhere else in the program: whatever only [`table`] can reach is moved, data and all, by `xtask/src/build/split.rs`.
//! What is wanted in the second file and in the first one stays in the first.

use std::cell::Cell;

use shared::ids::TicketId;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use widget::http::Failure;
use widget::node::Node;

use crate::effects::{Heard, later as effects};
use crate::link::Link;
use crate::session::Session;
use crate::views::later as views;

/// A view of one ticket.
type View = fn(&Session, &Link, TicketId) -> [Node; 2];

/// What is in the second file.
#[derive(Clone, Copy)]
pub(crate) struct Later {
    /// What was promised to a request.
    pub(crate) receipt: View,
    /// Her tickets.
    pub(crate) tickets: fn(&Session, &Link) -> [Node; 2],
    /// One of them.
    pub(crate) ticket: View,
    /// Where its promise stands, above it.
    pub(crate) under_bar: fn(&Session, TicketId) -> Option<Node>,
    /// What an answer about a ticket means to the session.
    pub(crate) hear: fn(Heard, Result<Vec<u8>, Failure>, &Link),
    /// Whether a frame of a ticket's socket tells something new.
    pub(crate) stirs: fn(&[u8]) -> bool,
}

thread_local! {
    static HERE: Cell<Option<Later>> = const { Cell::new(None) };
}

/// The second file, if it is here.
pub(crate) fn here() -> Option<Later> {
    HERE.get()
}

/// Fetches the second file, unless it is here. A failed try is not remembered: the next one starts anew.
///
/// # Errors
/// It did not come.
pub(crate) async fn fetch() -> Result<Later, Failure> {
    let later = table().await.map_err(|_| Failure::SILENCE)?;
    HERE.set(Some(later));
    Ok(later)
}

#[wasm_split(later, fallible)]
fn table() -> Result<Later, SplitLoaderError> {
    Ok(Later {
        receipt: views::receipt,
        tickets: views::tickets,
        ticket: views::ticket,
        under_bar: views::under_bar,
        hear: effects::hear,
        stirs: effects::stirs,
    })
}
