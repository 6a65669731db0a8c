//! Everything that the program knows, and the one place where that changes: values in, values out. What must be asked,
//! kept or sent is read off the session by the effects.

mod action;
mod draft;
mod identity;
mod outlook;
mod proof;
mod reduce;
mod strip;
mod taken;
mod thread;
mod token;
mod wanted;

use std::rc::Rc;

use jiff::Timestamp;
use shared::ids::{MessageId, TicketId};
use shared::language::Language;
use shared::ticket::{FieldError, RawRequest, Stage};
use shared::wire::{Accepted, Card, Client, Credential, Hello, Outgoing, Parcel, TicketView};
use widget::dates::Dates;
use widget::http::Failure;
use widget::words::Words;

use crate::later::Later;

pub(crate) use action::{Action, Event, Found, Kept, Press};
pub(crate) use draft::{Blank, Draft};
pub(crate) use outlook::{Opening, Outlook};
pub(crate) use proof::{Proof, Saving, Word};
pub(crate) use strip::{DayBar, Span, SpanKind, bars, per_cent, spans};
pub(crate) use thread::{Line, Saying, Sent, Voice, thread};
pub(crate) use wanted::Wanted;

/// The program's state.
#[derive(Debug, PartialEq)]
pub(crate) struct Session {
    /// The language that she is told in.
    pub(crate) words: Words,
    /// The languages asked for, the wanted one first.
    pub(crate) tags: Vec<Language>,
    /// Her zone's name.
    pub(crate) zone: String,
    /// The edge's clock when anything last happened.
    pub(crate) now: Timestamp,
    /// Whether she can see the panel.
    pub(crate) shown: bool,
    /// Where she is.
    pub(crate) view: View,
    /// What a first look at the browser's store found.
    pub(crate) found: Option<Found>,
    /// Whether this browser keeps anything for us.
    pub(crate) keeping: Keeping,
    /// Who she is.
    pub(crate) who: Who,
    /// What the host's server says of her, until the edge has judged it.
    pub(crate) token: Option<String>,
    /// The edge did not take the host's word.
    pub(crate) token_refused: bool,
    /// The answer to *who am I?*
    pub(crate) credential: Wanted<Credential>,
    /// What she does not need at first.
    pub(crate) later: Wanted<Later>,
    /// What happened before that was here.
    pub(crate) put_off: Vec<Action>,
    /// What is open, and what is promised.
    pub(crate) hello: Wanted<Hello>,
    /// Her tickets.
    pub(crate) cards: Wanted<Vec<Card>>,
    /// The ticket that she reads.
    pub(crate) ticket: Wanted<TicketView>,
    /// Its signed receipts, looked at.
    pub(crate) proof: Wanted<Proof>,
    /// The one that she wants to keep.
    pub(crate) saving: Option<Saving>,
    /// What waits to leave.
    pub(crate) client: Rc<Client>,
    /// What leaves just now.
    pub(crate) sending: Option<Rc<Parcel>>,
    /// What was accepted since the program began.
    pub(crate) receipts: Vec<Rc<Accepted>>,
    /// Messages that the edge has, while the ticket on the screen is older.
    pub(crate) said: Vec<Echo>,
    /// What she has not sent.
    pub(crate) draft: Draft,
    /// It was kept from another time.
    pub(crate) draft_restored: bool,
    /// What is kept of a customer whom the page does not name: hers again as soon as it does.
    pub(crate) left: Option<Rc<Kept>>,
    /// When she wrote what reached the edge late.
    pub(crate) written: Vec<(TicketId, Timestamp)>,
    /// What is wrong with the form.
    pub(crate) errors: Vec<FieldError>,
    /// How often she tried to send the form as it is: each try moves the focus to the first error.
    pub(crate) tries: u32,
    /// The browser has a network, as far as it knows.
    pub(crate) online: bool,
    /// The edge did not answer last time.
    pub(crate) unreached: bool,
    /// When it last did.
    pub(crate) reached_at: Option<Timestamp>,
}

/// A place of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    /// What is open now, and by when somebody answers.
    Home,
    /// The form.
    Form,
    /// What was promised to a request.
    Receipt(TicketId),
    /// Her tickets.
    Tickets,
    /// One of them.
    Ticket(TicketId),
}

/// Whether this browser keeps anything for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// Not asked yet.
    Unknown,
    /// It does.
    Kept,
    /// It does not: what is not sent is lost with the page.
    Refused,
}

/// Who she is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Who {
    /// What is kept was not read yet.
    Unknown,
    /// Nobody asked: a visitor without a request needs no name.
    Nobody,
    /// The edge knows her.
    Known(Rc<Credential>),
}

/// A message that the edge has taken.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Echo {
    /// Where.
    pub(crate) ticket: TicketId,
    /// Which.
    pub(crate) message: MessageId,
    /// When.
    pub(crate) at: Timestamp,
    /// The words.
    pub(crate) text: String,
}

impl Session {
    /// A session of which nothing is known but what the page says.
    pub(crate) fn new(words: Words, tags: Vec<Language>, zone: String, token: Option<String>) -> Self {
        Self {
            words,
            tags,
            zone,
            now: Timestamp::UNIX_EPOCH,
            shown: false,
            view: View::Home,
            found: None,
            keeping: Keeping::Unknown,
            who: Who::Unknown,
            token,
            token_refused: false,
            credential: Wanted::default(),
            later: Wanted::default(),
            put_off: Vec::new(),
            hello: Wanted::default(),
            cards: Wanted::default(),
            ticket: Wanted::default(),
            proof: Wanted::default(),
            saving: None,
            client: Rc::default(),
            sending: None,
            receipts: Vec::new(),
            said: Vec::new(),
            draft: Draft::default(),
            draft_restored: false,
            left: None,
            written: Vec::new(),
            errors: Vec::new(),
            tries: 0,
            online: true,
            unreached: false,
            reached_at: None,
        }
    }

    /// The same in a panel that is open, or not yet.
    pub(crate) fn shown(self, shown: bool) -> Self {
        Self { shown, ..self }
    }

    /// The language that she wants, whether we have words for it or not.
    pub(crate) fn language(&self) -> &str {
        self.tags.first().map_or(self.words.tag(), Language::as_str)
    }

    /// The bearer, once the edge knows her.
    pub(crate) fn bearer(&self) -> Option<&str> {
        match &self.who {
            Who::Known(credential) => Some(&credential.bearer),
            Who::Unknown | Who::Nobody => None,
        }
    }

    /// Why nothing can be told yet: the edge said neither who she is nor what is open, or what reads her store is not here.
    pub(crate) fn trouble(&self) -> Option<&Failure> {
        let unread = self.later.failed.as_ref().filter(|_| self.who == Who::Unknown);
        self.hello.failed.as_ref().or(self.credential.failed.as_ref()).or(unread)
    }

    /// How instants are told to her; nothing can be, before the edge resolved her zone.
    pub(crate) fn dates(&self) -> Option<Dates<'_>> {
        let hello = self.hello.here.as_deref()?;
        Some(Dates { words: self.words, local: &hello.local, now: self.now })
    }

    /// The answers that follow from what the edge said.
    pub(crate) fn outlook(&self) -> Option<Outlook<'_>> {
        Some(Outlook { hello: self.hello.here.as_deref()?, now: self.now })
    }

    /// The receipt of a request that was accepted since the program began.
    pub(crate) fn receipt(&self, id: TicketId) -> Option<&Accepted> {
        self.receipts.iter().find(|accepted| accepted.id == id).map(Rc::as_ref)
    }

    /// What waits to leave, or was refused, for one ticket.
    pub(crate) fn waiting_for(&self, id: TicketId) -> impl Iterator<Item = &Parcel> {
        self.client.kept().filter(move |parcel| parcel.ticket() == Some(id))
    }

    /// The request itself, while it waits to leave.
    pub(crate) fn unsent_request(&self, id: TicketId) -> Option<(&Parcel, &RawRequest)> {
        self.waiting_for(id).find_map(|parcel| match &parcel.outgoing {
            Outgoing::Open { form } => Some((parcel, form)),
            Outgoing::Say { .. } => None,
        })
    }

    /// Answers that she has not read.
    pub(crate) fn unread(&self) -> u32 {
        self.cards.here.iter().flat_map(|cards| cards.iter()).map(|card| card.unread).sum()
    }

    /// Whether this browser has to look again by itself: something is unsent, or a ticket is open. `None`: not known yet.
    pub(crate) fn busy(&self) -> Option<bool> {
        let open = |card: &Card| card.unread > 0 || !matches!(card.stage, Stage::Solved { .. });
        if self.client.unsent() || !self.receipts.is_empty() {
            return Some(true);
        }
        match (&self.who, self.cards.here.as_deref()) {
            (Who::Nobody, _) if self.left.is_some() => None,
            (Who::Nobody, _) => Some(false),
            (Who::Known(_), Some(cards)) => Some(cards.iter().any(open)),
            (Who::Known(_), None) | (Who::Unknown, _) => None,
        }
    }
}

#[cfg(test)]
mod tests;
