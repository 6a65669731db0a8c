//! Where a ticket's parcels arrive: the tenant's index, the customers' lists, the webhook's receiver; and the journal
//! of the intake door.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use shared::ids::{CustomerId, TicketId};
use shared::ticket::Intake;
use shared::ticket::Ring;
use shared::wire::{Card, Row};

/// The places around the tickets' objects.
#[derive(Clone, Debug, Default)]
pub struct Places {
    index: BTreeMap<TicketId, Row>,
    lists: BTreeMap<CustomerId, BTreeMap<TicketId, Card>>,
    rung: BTreeSet<(TicketId, u64)>,
    journal: BTreeMap<(TicketId, Timestamp), String>,
}

impl Places {
    pub fn index(&mut self, row: Row) {
        let known = self.index.remove(&row.id);
        let row = known.map_or_else(|| row.clone(), |known| known.merged(row.clone()));
        self.index.insert(row.id, row);
    }

    /// The tenant's index as the desk lists it: the next deadline first.
    pub fn rows(&self) -> Vec<&Row> {
        let mut rows: Vec<&Row> = self.index.values().collect();
        rows.sort_by_key(|row| (row.deadline().is_none(), row.deadline(), row.asked_at));
        rows
    }

    pub fn row(&self, ticket: TicketId) -> Option<&Row> {
        self.index.get(&ticket)
    }

    /// What the sweeper looks for: tickets that should have woken before `limit`.
    pub fn overdue(&self, limit: Timestamp) -> Vec<TicketId> {
        self.index.values().filter(|row| row.wake_at.is_some_and(|at| at < limit)).map(|row| row.id).collect()
    }

    pub fn list(&mut self, card: Card) {
        let list = self.lists.entry(card.customer.clone()).or_default();
        let known = list.remove(&card.id);
        let card = known.map_or_else(|| card.clone(), |known| known.merged(card.clone()));
        list.insert(card.id, card);
    }

    pub fn cards(&self, customer: &CustomerId) -> Vec<&Card> {
        self.lists.get(customer).map(|list| list.values().collect()).unwrap_or_default()
    }

    /// Whether the receiver hears of this for the first time: the same id again is the same ring.
    pub fn ring(&mut self, ring: &Ring, id: u64) -> bool {
        self.rung.insert((ring.ticket, id))
    }

    pub fn journal(&mut self, intake: &Intake) {
        let key = (intake.request.id, intake.receipt.asked_at);
        self.journal.insert(key, serde_json::to_string(intake).unwrap());
    }

    pub fn forget(&mut self, key: (TicketId, Timestamp)) {
        self.journal.remove(&key);
    }

    pub fn journal_is_empty(&self) -> bool {
        self.journal.is_empty()
    }

    pub fn journaled(&self) -> Vec<((TicketId, Timestamp), Intake)> {
        self.journal.iter().map(|(key, text)| (*key, serde_json::from_str(text).unwrap())).collect()
    }
}
