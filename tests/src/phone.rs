//! A customer's program on a phone: the sans-I/O client, and the store that survives a reload.

use jiff::SignedDuration;
use shared::contract::Severity;
use shared::ids::{MessageId, TicketId};
use shared::ticket::RawRequest;
use shared::wire::{Client, Outgoing, Parcel, Reply, Sent};

use crate::world::{Customer, Turned, World};

/// What the network does with one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    Works,
    /// The request never leaves.
    LosesTheRequest,
    /// The edge takes it, and the customer never hears of it.
    LosesTheAnswer,
}

/// One customer's program.
#[derive(Debug)]
pub struct Phone {
    customer: Customer,
    client: Client,
    store: String,
}

impl Phone {
    pub fn of(customer: &Customer) -> Self {
        Self { customer: customer.clone(), client: Client::default(), store: "[]".into() }
    }

    /// She fills in the form and sends it: it is kept before it leaves.
    pub fn asks(&mut self, world: &mut World, severity: Severity) -> TicketId {
        let form = world.form(&self.customer, severity);
        let ticket: TicketId = form.id.parse().unwrap();
        self.client.send(ticket.into(), Outgoing::Open { form }, world.now());
        self.keep();
        ticket
    }

    /// She adds something to what she asked.
    pub fn says(&mut self, world: &mut World, ticket: TicketId, text: &str) {
        let (message, text) = (world.message(), text.to_owned());
        self.client.send(message, Outgoing::Say { ticket, text, reopen: false }, world.now());
        self.keep();
    }

    /// The page is loaded again: what was kept is all that is left.
    pub fn reloads(&mut self) {
        let kept: Vec<Parcel> = serde_json::from_str(&self.store).unwrap();
        self.client = Client::resume(kept);
    }

    /// One attempt, if there is anything to try.
    pub fn tries(&mut self, world: &mut World, network: Network) {
        let Some(parcel) = self.client.poll(world.now()) else { return };
        let reply = match network {
            Network::LosesTheRequest => Reply::Lost(None),
            Network::LosesTheAnswer => {
                let _ = self.attempt(world, &parcel);
                Reply::Lost(None)
            }
            Network::Works => self.attempt(world, &parcel),
        };
        self.client.answered(parcel.id, reply, world.now());
        self.keep();
    }

    fn attempt(&self, world: &mut World, parcel: &Parcel) -> Reply {
        let sent = match &parcel.outgoing {
            Outgoing::Open { form } => self.open(world, form),
            Outgoing::Say { ticket, text, .. } => say(world, *ticket, parcel.id, text),
        };
        match sent {
            Ok(sent) => Reply::Taken(sent),
            Err(Turned::Away(refusal)) => Reply::Refused(refusal),
            Err(Turned::Back) => Reply::Lost(Some(SignedDuration::from_secs(1))),
        }
    }

    fn open(&self, world: &mut World, form: &RawRequest) -> Result<Sent, Turned> {
        world.sends(&self.customer, form).map(|accepted| Sent::Opened(Box::new(accepted)))
    }

    /// Whether something is still marked *sending*.
    pub fn is_sending(&self) -> bool {
        self.client.unsent()
    }

    fn keep(&mut self) {
        let kept: Vec<&Parcel> = self.client.kept().collect();
        self.store = serde_json::to_string(&kept).unwrap();
    }
}

fn say(world: &mut World, ticket: TicketId, message: MessageId, text: &str) -> Result<Sent, Turned> {
    let author = shared::ticket::Author::Customer {};
    let command = shared::ticket::Command::Say { message, author, text: text.into() };
    world.drive(ticket, command).map(|()| Sent::Said)
}
