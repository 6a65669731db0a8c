//! What is typed on the floor, and what is done: each deed once, in order, and each failure with its way out.

use std::rc::Rc;

use shared::ids::{MessageId, TicketId};
use shared::wire::{DeskCommand, DeskTicket};
use widget::http::Failure;

use super::draft::{Draft, Mode};
use super::floor::{Deed, Failed, Floor};

impl Floor {
    /// What is typed for the open ticket.
    pub(crate) fn draft(&self) -> Option<&Draft> {
        self.drafts.get(&self.opened()?)
    }

    /// Whether words typed for a ticket have not left yet.
    pub(crate) fn holds_unsent(&self, ticket: TicketId) -> bool {
        self.drafts.get(&ticket).is_some_and(|draft| !draft.is_blank())
    }

    fn draft_mut(&mut self) -> Option<&mut Draft> {
        let id = self.opened()?;
        Some(Rc::make_mut(&mut self.drafts).entry(id).or_default())
    }

    pub(super) fn write(&mut self, mode: Mode) {
        if let Some(draft) = self.draft_mut() {
            draft.mode = mode;
            self.summons = self.summons.wrapping_add(1);
            self.side = false;
        }
    }

    pub(super) fn typed(&mut self, text: String) {
        if let Some(draft) = self.draft_mut() {
            let mode = draft.mode;
            draft.unsent_mut(mode).text = text;
        }
    }

    pub(super) fn send(&mut self, fresh: MessageId) {
        if self.busy().is_some() {
            return;
        }
        let Some(draft) = self.draft_mut() else { return };
        let mode = draft.mode;
        let Some(attempt) = draft.unsent_mut(mode).send(fresh) else { return };
        let (id, text) = (attempt.id.to_string(), attempt.text);
        self.do_to_open(match mode {
            Mode::Reply => DeskCommand::Reply { id, text },
            Mode::Note => DeskCommand::Note { id, text },
        });
    }

    /// A message stands in its ticket: its box is free, and what was taken for a failure was none.
    pub(super) fn arrived(&mut self, ticket: TicketId, message: MessageId) {
        let told = |draft: &Draft| draft.awaits(message);
        if self.drafts.get(&ticket).is_some_and(told)
            && let Some(draft) = Rc::make_mut(&mut self.drafts).get_mut(&ticket)
        {
            draft.arrived(message);
        }
        if self.failures.get(&ticket).is_some_and(|failed| failed.deed.says() == Some(message)) {
            self.failures.remove(&ticket);
        }
    }

    pub(super) fn do_to_open(&mut self, command: DeskCommand) {
        let Some(ticket) = self.opened().filter(|_| self.busy().is_none()) else { return };
        self.failures.remove(&ticket);
        self.serials = self.serials.wrapping_add(1);
        self.deeds.push_back(Deed { serial: self.serials, ticket, command });
    }

    /// What is on its way for the open ticket.
    pub(crate) fn busy(&self) -> Option<&Deed> {
        let open = self.opened()?;
        self.deeds.iter().find(|deed| deed.ticket == open)
    }

    /// What failed on the open ticket.
    pub(crate) fn failure(&self) -> Option<&Failed> {
        self.failures.get(&self.opened()?)
    }

    pub(super) fn again(&mut self) {
        let failed = self.opened().and_then(|open| self.failures.remove(&open));
        if let Some(failure) = failed {
            self.do_to_open(failure.deed.command);
        }
    }

    pub(super) fn dismiss(&mut self) {
        if let Some(open) = self.opened() {
            self.failures.remove(&open);
        }
    }

    pub(super) fn done(&mut self, serial: u32, outcome: Result<Box<DeskTicket>, Failure>) {
        let Some(at) = self.deeds.iter().position(|deed| deed.serial == serial) else { return };
        let Some(deed) = self.deeds.remove(at) else { return };
        match outcome {
            Ok(ticket) => self.show(*ticket),
            Err(trouble) => {
                // The answer may have been lost after the deed was done: look before anything is said twice.
                if deed.ticket == self.opened().unwrap_or(deed.ticket) {
                    self.read_again();
                }
                self.failures.insert(deed.ticket, Failed { deed, trouble });
            }
        }
    }
}
