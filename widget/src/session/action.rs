//! What can happen to the program.

use jiff::Timestamp;
use shared::contract::Severity;
use shared::ids::{MessageId, TicketId};
use shared::wire::{Card, Credential, Hello, Parcel, Reply, TicketView};
use widget::http::Failure;

use super::{Blank, Draft, Proof, View};
use crate::later::Later;

/// Something that happened, and when by the edge's clock: one `now` per event.
#[derive(Debug)]
pub(crate) struct Event {
    /// When.
    pub(crate) now: Timestamp,
    /// What.
    pub(crate) action: Action,
}

/// What a look at the browser's store says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing is kept.
    Nothing,
    /// Something is: the later part reads it.
    Something,
    /// The browser keeps nothing for us.
    Refused,
}

/// What this browser kept from another time.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Kept {
    /// Who she was.
    pub(crate) who: Option<Credential>,
    /// What she had typed.
    pub(crate) draft: Option<Draft>,
    /// What was not acknowledged, oldest first.
    pub(crate) parcels: Vec<Parcel>,
}

/// What can happen.
#[derive(Debug, PartialEq)]
pub(crate) enum Action {
    /// The browser's store was looked at.
    Woke(Found),
    /// What was in it, read; `None`: it could not be.
    Recalled(Option<Kept>),
    /// The later part of the program came, or did not.
    Loaded(Result<Later, Failure>),
    /// The edge says who she is.
    Identified(Result<Credential, Failure>),
    /// The edge says what is open.
    Greeted(Result<Hello, Failure>),
    /// Her tickets came.
    Listed(Result<Vec<Card>, Failure>),
    /// The ticket that she reads came.
    Read(TicketId, Box<Result<TicketView, Failure>>),
    /// Something of her ticket changed, as its socket tells.
    Stirred(TicketId),
    /// The receipts of the ticket that she reads were looked at.
    Proved(Box<Result<Proof, Failure>>),
    /// A receipt was handed over to be kept.
    Saved(u32, Result<(), Failure>),
    /// What was sent has an answer.
    Answered(MessageId, Reply),
    /// Time has passed.
    Tick,
    /// The panel was opened or closed, or its page came into sight or left it.
    Shown(bool),
    /// The browser found or lost its network.
    Online(bool),
    /// The host's server says something new of her.
    Token(Option<String>),
    /// She pressed something.
    Pressed(Press),
    /// She types.
    Typed(Blank, String),
    /// She sends the form, under this id.
    Submitted(TicketId),
    /// She writes for a ticket.
    Wrote(TicketId, String),
    /// She sends what she wrote for it, under this id.
    Said(TicketId, MessageId),
    /// The program looks again at everything, at once.
    Hurry,
}

/// What one press can mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Press {
    /// She goes somewhere.
    Go(View),
    /// She says how bad it is.
    Choose(Severity),
    /// She asks for another try of everything.
    Hurry,
    /// She asks for another try of what was refused.
    Retry(MessageId),
    /// She takes back what was refused, to mend it.
    TakeBack(MessageId),
    /// She asks for another look at what is promised.
    Prove,
    /// She keeps one of the receipts.
    Save(u32),
    /// She takes back what was refused, for good.
    Discard(MessageId),
}
