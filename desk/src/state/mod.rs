//! What the desk knows, and everything that may change it: one pure reducer. Storage, the socket, the clock and focus
//! live in effects (`live/`), which tell the reducer what came of them.

mod deeds;
pub(crate) mod draft;
pub(crate) mod floor;
pub(crate) mod inbox;
mod listing;
pub(crate) mod planner;
mod reading;
pub(crate) mod sheet;
#[cfg(test)]
pub(crate) mod tests;

use std::rc::Rc;

use jiff::Timestamp;
use shared::ids::{MessageId, TicketId};
use shared::wire::{DeskCommand, DeskTicket, Foresight, Index, ToDesk};
use widget::http::Failure;
use widget::words::Words;
use yew::prelude::*;

pub(crate) use draft::Mode;
pub(crate) use floor::{Entrance, Floor, Line};
pub(crate) use inbox::Filter;
pub(crate) use planner::{Act, Planner};
pub(crate) use sheet::Sheet;

/// The desk, as components get it.
pub(crate) type Session = UseReducerHandle<Desk>;

/// The whole program's state.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Desk {
    /// What the agent reads.
    pub(crate) words: Words,
    pub(crate) place: Place,
}

/// Where the agent stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Place {
    /// On the way in, with the token of a sign-in link if there was one.
    Entering { token: Option<AttrValue>, tries: u32 },
    /// Outside, and told why.
    Outside(Outside),
    /// Inside.
    Inside(Box<Floor>),
}

/// Why the agent is not inside, which decides what there is to do.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outside {
    /// No sign-in yet.
    NoLink,
    /// The link was used, has ended, or never was one.
    LinkUsed,
    /// The session ended or was withdrawn.
    Ended,
    /// The agent left.
    Left,
    /// The edge did not answer, or not well; the token is kept for another try.
    Unreached { token: Option<AttrValue>, tries: u32, trouble: Failure },
}

/// What can happen.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// The agent reads another language.
    Speak(Words),
    /// The edge let the agent in.
    Entered(Box<Entrance>),
    /// The edge did not.
    Kept(Outside),
    /// Another try to get in.
    Knock,
    /// Time passed.
    Ticked(Timestamp),
    /// The index was asked for.
    Listed(Result<Index, Failure>),
    /// The socket said something.
    Told(ToDesk),
    /// The socket opened or closed.
    Line(Line),
    /// The list may be out of date: the page was hidden, or the line was lost.
    Resync,
    /// Somebody's pointer came to the list, or left it.
    Pointed(bool),
    /// Another filter.
    Filtered(Filter),
    /// Words in the find box.
    Sought(String),
    /// The address names a ticket, or none.
    Opened(Option<TicketId>),
    /// The ticket was asked for.
    Read(TicketId, Result<Box<DeskTicket>, Failure>),
    /// Another try to read the open ticket.
    ReadAgain,
    /// The composer is wanted in this mode, with the focus in it.
    Write(Mode),
    /// The composer's words.
    Typed(String),
    /// The composer's words leave; the id is for a message that has none yet.
    Send(MessageId),
    /// The open ticket is changed as the sheet says.
    Change(DeskCommand),
    /// What failed for want of a word is done all the same.
    Confirm,
    /// The edge was asked what a change would do.
    Foreseen(sheet::Wonder, Result<Box<Foresight>, Failure>),
    /// The clock of the open ticket goes on.
    Resume,
    /// The open ticket is dealt with.
    Solve,
    /// The open ticket is not.
    Reopen,
    /// What failed on the open ticket is tried again.
    Again,
    /// What failed on the open ticket is let go.
    Dismiss,
    /// A deed was tried.
    Done(u32, Result<Box<DeskTicket>, Failure>),
    /// The agent signs out.
    Leave,
    /// Signing out failed.
    Stayed(Failure),
    /// A sheet over the page, or none.
    Sheet(Option<Sheet>),
    /// The customer and the clocks, where they do not fit beside.
    Side(bool),
    /// Something at the planner.
    Planner(planner::Act),
}

impl Desk {
    pub(crate) fn at_the_door(words: Words, token: Option<AttrValue>) -> Self {
        Self { words, place: Place::Entering { token, tries: 0 } }
    }

    /// The floor, once inside.
    pub(crate) fn floor(&self) -> Option<&Floor> {
        match &self.place {
            Place::Inside(floor) => Some(floor),
            Place::Entering { .. } | Place::Outside(_) => None,
        }
    }
}

impl Reducible for Desk {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let desk = Rc::unwrap_or_clone(self);
        let place = match (desk.place, action) {
            (place, Action::Speak(words)) => return Rc::new(Self { words, place }),
            (_, Action::Kept(outside)) => Place::Outside(outside),
            (_, Action::Entered(entrance)) => Place::Inside(Box::new(Floor::enter(*entrance))),
            (Place::Outside(Outside::Unreached { token, tries, .. }), Action::Knock) => {
                Place::Entering { token, tries: tries.saturating_add(1) }
            }
            (Place::Inside(floor), action) => floor.after(action),
            (place @ (Place::Entering { .. } | Place::Outside(_)), _) => place,
        };
        Rc::new(Self { words: desk.words, place })
    }
}
