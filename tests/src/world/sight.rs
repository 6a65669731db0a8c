//! What people see.

use shared::contract::Metric;
use shared::ids::TicketId;
use shared::sla::Receipt;
use shared::ticket::{Logged, Ticket};
use shared::time::Zone;
use shared::wire::{Accepted, Card, Entry, Row};

use super::{Customer, World};
use crate::instant::utc;
use crate::object::Object;
use crate::tell;

impl World {
    /// Everything that happened and that somebody was rung for since it was last asked: the answer and the silence.
    pub fn news(&mut self) -> Vec<String> {
        core::mem::take(&mut self.news)
    }

    pub fn object(&self, ticket: TicketId) -> &Object {
        &self.objects[&ticket]
    }

    pub fn ticket(&self, ticket: TicketId) -> &Ticket {
        self.object(ticket).ticket()
    }

    /// How many tickets there are.
    pub fn tickets(&self) -> usize {
        self.objects.values().filter(|object| object.ticket().open().is_some()).count()
    }

    /// What the customer was answered when she sent it.
    pub fn accepted(&self, ticket: TicketId) -> &Accepted {
        &self.receipts[&ticket]
    }

    /// The receipt in force.
    pub fn receipt(&self, ticket: TicketId) -> Receipt {
        self.ticket(ticket).open().expect("a ticket").receipt.clone()
    }

    /// By when a person answers first, as the customer was told, and the same on her own wall clock.
    pub fn promised(&self, ticket: TicketId) -> (String, String) {
        let promised = self.accepted(ticket).receipt.first_response().expect("a promise");
        (utc(promised.at), tell::wall(promised.civil))
    }

    /// A ticket's next deadline at the desk, on the wall clock of an agent somewhere else.
    pub fn deadline_in(&self, ticket: TicketId, zone: &str) -> String {
        let local = self.tenant.local(&Zone::new(zone).expect("a zone"), self.now).expect("a zone");
        tell::wall(local.civil(self.row(ticket).deadline().expect("a deadline")))
    }

    /// The steps to the promise, as the customer was told them.
    pub fn reasons(&self, ticket: TicketId) -> Vec<String> {
        self.accepted(ticket).receipt.reasons.iter().map(tell::reason).collect()
    }

    /// A ticket's line at the desk.
    #[track_caller]
    pub fn row(&self, ticket: TicketId) -> &Row {
        self.places.row(ticket).expect("the desk does not list it")
    }

    pub fn rows(&self) -> Vec<&Row> {
        self.places.rows()
    }

    /// A clock as the desk shows it now.
    pub fn clock(&self, ticket: TicketId, metric: Metric) -> String {
        let ticket = self.ticket(ticket);
        let view = ticket.open().expect("a ticket").board().view(self.now);
        tell::clock_of(&view, metric)
    }

    /// Open time that the first response has used up.
    pub fn spent(&self, ticket: TicketId) -> String {
        let clocks = self.ticket(ticket).open().expect("a ticket").board().view(self.now);
        let first = clocks.iter().find(|clock| clock.metric == Metric::FirstResponse);
        first.map_or_else(String::new, |clock| format!("{:#}", clock.spent))
    }

    pub fn first_response(&self, ticket: TicketId) -> String {
        self.clock(ticket, Metric::FirstResponse)
    }

    pub fn resolution(&self, ticket: TicketId) -> String {
        self.clock(ticket, Metric::Resolution)
    }

    /// A customer's list.
    pub fn cards(&self, customer: &Customer) -> Vec<&Card> {
        self.places.cards(&customer.id)
    }

    /// A ticket's lines as its customer reads them.
    pub fn customer_reads(&self, ticket: TicketId) -> Vec<String> {
        let Some(object) = self.objects.get(&ticket) else { return Vec::new() };
        let entry = |line: &Logged| Entry::for_customer(line, |message| object.words(message));
        object.log().iter().filter_map(entry).map(|entry| tell::entry(&entry)).collect()
    }

    /// A ticket's lines as agents read them.
    pub fn agents_read(&self, ticket: TicketId) -> Vec<String> {
        let object = self.object(ticket);
        let entry = |line: &Logged| Entry::for_agents(line, |message| object.words(message));
        object.log().iter().filter_map(entry).map(|entry| tell::entry(&entry)).collect()
    }
}
