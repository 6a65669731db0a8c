//! The open ticket on the floor: when it is read again, and what follows from having read it.

use std::rc::Rc;

use shared::ids::{MessageId, TicketId};
use shared::wire::{DeskTicket, Entry, Row, What};
use widget::http::Failure;

use super::floor::{Floor, Reading, merged};

impl Floor {
    pub(super) fn open(&mut self, id: Option<TicketId>) {
        if id == self.opened() {
            return;
        }
        self.side = false;
        self.sheet = None;
        self.reading = id.map(|id| Reading { id, tries: 0, outdated: false, ticket: None, trouble: None });
    }

    pub(crate) fn opened(&self) -> Option<TicketId> {
        self.reading.as_ref().map(|reading| reading.id)
    }

    /// What the open ticket must be read for: another ticket, a newer line of its log, or another try.
    pub(crate) fn wanted(&self) -> Option<(TicketId, u64, u32)> {
        let reading = self.reading.as_ref()?;
        let listed = self.rows.get(&reading.id).map_or(0, |row| row.seq);
        Some((reading.id, listed, reading.tries))
    }

    /// Whether the open ticket is older than its row, or was never read.
    pub(crate) fn stale(&self) -> bool {
        let listed = |id| self.rows.get(&id).map_or(0, |row: &Rc<Row>| row.seq);
        self.reading.as_ref().is_some_and(|reading| {
            reading.outdated || reading.ticket.as_ref().is_none_or(|t| t.seq < listed(reading.id))
        })
    }

    pub(super) fn read(&mut self, id: TicketId, read: Result<Box<DeskTicket>, Failure>) {
        match read {
            Ok(ticket) => self.show(*ticket),
            Err(trouble) => {
                if let Some(reading) = self.reading.as_mut().filter(|reading| reading.id == id) {
                    reading.trouble = Some(trouble);
                }
            }
        }
    }

    pub(super) fn read_again(&mut self) {
        if let Some(reading) = &mut self.reading {
            reading.tries = reading.tries.wrapping_add(1);
            reading.outdated = true;
        }
    }

    /// A ticket as it tells itself. What stands in it has arrived, whatever became of the answer to the attempt.
    pub(super) fn show(&mut self, ticket: DeskTicket) {
        self.now = ticket.now;
        let id = ticket.row.id;
        for message in ticket.entries.iter().filter_map(message) {
            self.arrived(id, message);
        }
        let known = self.rows.get(&id);
        if known.is_some_and(|known| known.seq <= ticket.row.seq) {
            let merged = merged(known, ticket.row.clone());
            Rc::make_mut(&mut self.rows).insert(id, Rc::new(merged));
        }
        if let Some(reading) = self.reading.as_mut().filter(|reading| reading.id == id) {
            reading.trouble = None;
            reading.outdated = false;
            Rc::make_mut(&mut self.seen).insert(id, ticket.row.changed_at);
            let newer = reading.ticket.as_ref().is_none_or(|shown| shown.seq <= ticket.seq);
            if newer {
                reading.ticket = Some(Rc::new(ticket));
            }
        }
        self.arrange();
    }
}

fn message(entry: &Entry) -> Option<MessageId> {
    match &entry.what {
        What::Said { message, .. } | What::Noted { message, .. } => Some(*message),
        What::Pended { .. }
        | What::Resumed { .. }
        | What::Solved { .. }
        | What::Reopened { .. }
        | What::Warned { .. }
        | What::Breached { .. }
        | What::Antedated { .. }
        | What::Promised { .. }
        | What::Severity { .. }
        | What::Complexity { .. }
        | What::Bound { .. }
        | What::Team { .. }
        | What::MergedInto { .. }
        | What::MergedFrom { .. }
        | What::Discarded { .. }
        | What::Closed {} => None,
    }
}
