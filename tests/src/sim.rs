//! The customer's client against the edge over a network that loses, doubles, delays and reorders, while pages are
//! reloaded and objects come and go; one seed, one run. What she wrote must stand once, in her order, and whatever
//! was acknowledged must be there from that moment on.
//!
//! [`Plant`] puts a known fault into the run: a checker that does not find it is worth nothing.

mod network;
mod plant;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use shared::contract::Severity;
use shared::ids::{MessageId, TicketId};
use shared::ticket::{Author, Command};
use shared::wire::{Client, Outgoing, Parcel, Reply, Sent};

use crate::chance::Chance;
use crate::tenant::Tenant;
use crate::world::{Customer, Turned, World};
use network::Network;
pub use plant::Plant;

/// What a run did, to show that it did something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub written: usize,
    pub attempts: usize,
    pub lost: usize,
    pub doubled: usize,
    pub reloads: usize,
    pub outages: usize,
}

/// One run.
///
/// # Errors
/// What was lost, doubled or out of order.
pub fn run(tenant: &Tenant, seed: u64, plant: Option<Plant>) -> Result<Tally, String> {
    let mut sim = Sim::new(tenant, seed, plant);
    for _ in 0..STEPS {
        sim.misfortune();
        sim.write();
        sim.step()?;
    }
    sim.heal();
    for _ in 0..STEPS {
        if sim.client.kept().next().is_none() {
            break;
        }
        sim.step()?;
    }
    sim.sweepers_minute();
    sim.check()?;
    Ok(Tally { lost: sim.network.lost, doubled: sim.network.doubled, ..sim.tally })
}

const START: &str = "2026-11-20T09:00Z";
/// Steps of a second each.
const STEPS: u32 = 240;
/// What a customer writes at most in one run.
const WORDS: usize = 10;
/// A program gives up waiting for an answer.
const PATIENCE: SignedDuration = SignedDuration::from_secs(8);

/// Something on its way.
#[derive(Clone, Debug)]
enum Packet {
    Request(Box<Parcel>),
    /// An answer reaches only the page that asked.
    Answer {
        id: MessageId,
        reply: Reply,
        page: usize,
    },
}

struct Sim {
    world: World,
    mei: Customer,
    client: Client,
    store: Vec<Parcel>,
    waits: BTreeMap<MessageId, Timestamp>,
    network: Network<Packet>,
    written: Vec<(TicketId, String)>,
    chance: Chance,
    plant: Option<Plant>,
    tally: Tally,
}

impl Sim {
    fn new(tenant: &Tenant, seed: u64, plant: Option<Plant>) -> Self {
        let mut world = World::of(tenant.clone(), START);
        let mei = world.customer("standard");
        Self {
            world,
            mei,
            client: Client::default(),
            store: Vec::new(),
            waits: BTreeMap::new(),
            network: Network::new(seed),
            written: Vec::new(),
            chance: Chance::new(seed),
            plant,
            tally: Tally::default(),
        }
    }

    fn planted(&self, plant: Plant) -> bool {
        self.plant == Some(plant)
    }

    /// The page is loaded again; the objects go away, or come back.
    fn misfortune(&mut self) {
        if self.chance.percent(3) {
            self.tally.reloads += 1;
            self.waits.clear();
            self.client = Client::resume(core::mem::take(&mut self.store));
            self.keep();
        }
        let down = self.world.faults.objects_down;
        let turn = self.chance.percent(if down { 10 } else { 2 });
        self.world.faults.objects_down = down != turn;
        self.tally.outages += usize::from(turn && !down);
    }

    fn heal(&mut self) {
        self.network.heal();
        self.world.faults.objects_down = false;
    }

    /// What only the journal has is handed over within a minute.
    fn sweepers_minute(&mut self) {
        let then = self.world.now() + SignedDuration::from_secs(75);
        self.world.until(&then.to_string());
    }

    /// She asks, or adds something to what she asked.
    fn write(&mut self) {
        if self.tally.written >= WORDS || !self.chance.percent(15) {
            return;
        }
        self.tally.written += 1;
        let now = self.world.now();
        let text = format!("第 {} 句", self.tally.written);
        let known = self.written.get(self.chance.below(8) as usize).map(|(ticket, _)| *ticket);
        let ticket = if let Some(ticket) = known {
            let id = self.world.message();
            self.client.send(id, Outgoing::Say { ticket, text: text.clone(), reopen: false }, now);
            ticket
        } else {
            let mut form = self.world.form(&self.mei, Severity::General);
            form.text.clone_from(&text);
            let ticket: TicketId = form.id.parse().expect("an id");
            self.client.send(ticket.into(), Outgoing::Open { form }, now);
            ticket
        };
        self.written.push((ticket, text));
        self.keep();
    }

    /// What outlives the page: everything that the client still has to send.
    fn keep(&mut self) {
        let unsent = |parcel: &&Parcel| {
            let sent = self.planted(Plant::ForgetsWhenSent) && self.waits.contains_key(&parcel.id);
            !sent && !self.planted(Plant::ForgetsOnReload)
        };
        self.store = self.client.kept().filter(unsent).cloned().collect();
    }

    /// A second passes.
    fn step(&mut self) -> Result<(), String> {
        let now = self.world.now() + SignedDuration::from_secs(1);
        self.world.until(&now.to_string());
        self.give_up(now);
        self.send(now);
        for packet in self.network.arrivals(now) {
            match packet {
                Packet::Request(parcel) => self.arrive(*parcel, now),
                Packet::Answer { id, reply, page } if page == self.tally.reloads => {
                    self.hear(id, reply, now)?
                }
                Packet::Answer { .. } => {}
            }
        }
        self.keep();
        Ok(())
    }

    fn give_up(&mut self, now: Timestamp) {
        let over: Vec<MessageId> = self
            .waits
            .iter()
            .filter(|(_, since)| now.duration_since(**since) > PATIENCE)
            .map(|w| *w.0)
            .collect();
        for id in over {
            self.waits.remove(&id);
            self.client.answered(id, Reply::Lost(None), now);
        }
    }

    fn send(&mut self, now: Timestamp) {
        let mut leaving: Vec<Parcel> = self.client.poll(now).into_iter().collect();
        if self.planted(Plant::ManyInFlight) {
            let idle = |parcel: &&Parcel| !self.waits.contains_key(&parcel.id);
            leaving = self.client.kept().filter(idle).cloned().collect();
        }
        for mut parcel in leaving {
            self.waits.insert(parcel.id, now);
            if self.planted(Plant::FreshIdOnRetry) && matches!(parcel.outgoing, Outgoing::Say { .. }) {
                parcel.id = self.world.message();
            }
            self.tally.attempts += 1;
            self.network.carry(Packet::Request(Box::new(parcel)), now);
        }
    }

    /// The edge hears an attempt, and answers.
    fn arrive(&mut self, mut parcel: Parcel, now: Timestamp) {
        let id = parcel.id;
        if self.planted(Plant::DoublesOnRetry) && matches!(parcel.outgoing, Outgoing::Say { .. }) {
            parcel.id = self.world.message();
        }
        let forgets = self.planted(Plant::ForgetsAfterAck) && self.chance.percent(5);
        let taken = match parcel.outgoing {
            Outgoing::Say { .. } if forgets => Ok(Sent::Said),
            Outgoing::Say { ticket, text, .. } => {
                let command = Command::Say { message: parcel.id, author: Author::Customer {}, text };
                self.world.drive(ticket, command).map(|()| Sent::Said)
            }
            Outgoing::Open { form } => {
                self.world.sends(&self.mei, &form).map(|accepted| Sent::Opened(Box::new(accepted)))
            }
        };
        let reply = match taken {
            Ok(sent) => Reply::Taken(sent),
            Err(Turned::Away(refusal)) => Reply::Refused(refusal),
            Err(Turned::Back) => Reply::Lost(None),
        };
        self.network.carry(Packet::Answer { id, reply, page: self.tally.reloads }, now);
    }

    fn hear(&mut self, id: MessageId, reply: Reply, now: Timestamp) -> Result<(), String> {
        let oldest = self.client.kept().next().map(|parcel| parcel.id);
        let id = if self.planted(Plant::TakesAnyAnswer) { oldest.unwrap_or(id) } else { id };
        if let (Reply::Taken(Sent::Said), Some(text)) = (&reply, self.text_of(id)) {
            let stands =
                self.written.iter().any(|(ticket, words)| *words == text && self.holds(*ticket, &text));
            if !stands {
                return Err(format!("{text} was acknowledged, and is not there"));
            }
        }
        self.waits.remove(&id);
        self.client.answered(id, reply, now);
        Ok(())
    }

    fn text_of(&self, id: MessageId) -> Option<String> {
        self.client.kept().find(|parcel| parcel.id == id).and_then(|parcel| match &parcel.outgoing {
            Outgoing::Say { text, .. } => Some(text.clone()),
            Outgoing::Open { .. } => None,
        })
    }

    fn holds(&self, ticket: TicketId, text: &str) -> bool {
        self.stored(ticket).iter().any(|words| words == text)
    }

    /// A ticket's words, as they stand.
    fn stored(&self, ticket: TicketId) -> Vec<String> {
        let lines = self.world.customer_reads(ticket);
        lines.into_iter().filter_map(|line| line.strip_prefix("customer: ").map(String::from)).collect()
    }

    /// At the end, every ticket reads as she wrote it, and there is nothing else.
    fn check(&self) -> Result<(), String> {
        let mut written: BTreeMap<TicketId, Vec<String>> = BTreeMap::new();
        for (ticket, text) in &self.written {
            written.entry(*ticket).or_default().push(text.clone());
        }
        for (ticket, words) in &written {
            let stored = self.stored(*ticket);
            if stored != *words {
                return Err(format!("wrote {words:?}, found {stored:?}"));
            }
        }
        let (tickets, unsent) = (self.world.tickets(), self.client.kept().count());
        if tickets != written.len() || unsent > 0 {
            return Err(format!("{tickets} tickets of {}, {unsent} parcels unsent", written.len()));
        }
        Ok(())
    }
}
