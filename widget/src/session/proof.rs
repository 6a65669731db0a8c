//! Whether what a ticket's customer was promised can be checked: what a look at its signed receipts found, and what that
//! says of the promise on the screen.

use shared::ids::TicketId;
use shared::sla::{Receipt, Refuted};
use shared::wire::TicketView;
use widget::http::Failure;

use super::Session;

/// The signed receipts of one ticket, looked at.
#[derive(Debug, PartialEq)]
pub(crate) struct Proof {
    /// Of which ticket.
    pub(crate) ticket: TicketId,
    /// Oldest first: what each says, if it holds.
    pub(crate) receipts: Vec<Result<Receipt, Refuted>>,
}

/// What can be said of a promise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Word<'a> {
    /// It is being looked at.
    Checking,
    /// Its signature fits, and its sum gives what it says.
    Holds,
    /// Something in it does not follow.
    Refuted(&'a Refuted),
    /// What is signed holds, but says something else than the screen.
    Otherwise,
    /// It was made before promises were signed.
    Unsigned,
    /// It could not be looked at.
    Lost,
}

/// A file that she wants to keep: the how-manieth of the ticket's receipts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Saving {
    /// It is on its way.
    Runs(u32),
    /// It did not come.
    Failed(u32),
}

impl Session {
    /// What was found out about a ticket's receipts so far.
    pub(crate) fn proof_of(&self, ticket: TicketId) -> Option<&Proof> {
        self.proof.here.as_deref().filter(|proof| proof.ticket == ticket)
    }

    /// What can be said of the promise that a ticket shows.
    pub(crate) fn word_on(&self, ticket: &TicketView) -> Word<'_> {
        let receipts = self.proof_of(ticket.id).map(|proof| proof.receipts.as_slice());
        if receipts.is_some_and(|receipts| receipts.iter().flatten().any(|held| *held == ticket.receipt)) {
            return Word::Holds;
        }
        if self.proof.asking.is_some() {
            return Word::Checking;
        }
        match receipts.filter(|_| self.proof.failed.is_none()) {
            None => Word::Lost,
            Some([]) => Word::Unsigned,
            Some([.., Err(why)]) => Word::Refuted(why),
            Some([.., Ok(_)]) => Word::Otherwise,
        }
    }

    /// A ticket came: its receipts are looked at once, and again when another one holds.
    pub(super) fn prove(&mut self, ticket: &TicketView) {
        let known = self.ticket.here.as_ref().filter(|known| known.id == ticket.id);
        if known.is_none_or(|known| known.receipt != ticket.receipt) {
            self.saving = None;
            self.proof.ask_anew(self.now);
        }
    }

    /// Looks again, if the last look was in vain.
    pub(super) fn prove_again(&mut self) {
        if self.proof.failed.is_some() {
            self.proof.ask(self.now);
        }
    }

    /// A receipt was handed over to be kept, or did not come.
    pub(super) fn saved(&mut self, place: u32, answer: &Result<(), Failure>) {
        if self.saving == Some(Saving::Runs(place)) {
            self.saving = answer.is_err().then_some(Saving::Failed(place));
        }
    }
}
