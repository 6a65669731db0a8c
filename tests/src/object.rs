//! A ticket's object as the edge has it, in memory: one row per line of the log, words beside it, an outbox and one
//! alarm. It changes only through [`Object::drive`]: load, step, save and arm; performing comes after.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::contract::Terms;
use shared::ids::{MessageId, TicketId};
use shared::outbox::{Parcel, next_attempt};
use shared::refusal::Refusal;
use shared::ticket::{Command, Ctx, Effect, Logged, Request, Ticket};

/// One ticket's object.
#[derive(Clone, Debug)]
pub struct Object {
    log: Vec<String>,
    /// The fold of the log's rows as they were stored.
    ticket: Ticket,
    words: BTreeMap<MessageId, String>,
    request: Option<String>,
    outbox: Vec<Row>,
    sent: u64,
    alarm: Option<Timestamp>,
}

/// A row of the outbox: saved with the events that caused it, sent until it arrives.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: u64,
    pub failed: u32,
    pub at: Timestamp,
    parcel: String,
}

impl Row {
    pub fn parcel(&self) -> Parcel {
        read(&self.parcel)
    }
}

impl Object {
    pub fn blank(id: TicketId) -> Self {
        let (log, words, outbox) = (Vec::new(), BTreeMap::new(), Vec::new());
        Self { log, ticket: Ticket::blank(id), words, request: None, outbox, sent: 0, alarm: None }
    }

    /// Load, step, save and arm. A refusal changes nothing.
    pub fn drive(&mut self, now: Timestamp, command: Command) -> Result<Vec<Logged>, Refusal> {
        let step = self.ticket.step(Ctx { now }, command)?;
        for line in &step.events {
            let row = write(line);
            self.ticket.apply(&read(&row));
            self.log.push(row);
        }
        for effect in step.effects {
            self.save(effect, now);
        }
        self.arm();
        Ok(step.events)
    }

    pub fn ticket(&self) -> &Ticket {
        &self.ticket
    }

    /// What binds it.
    #[track_caller]
    pub fn terms(&self) -> &Terms {
        &self.ticket.open().expect("somebody asked").terms
    }

    pub fn log(&self) -> Vec<Logged> {
        self.log.iter().map(|line| read(line)).collect()
    }

    pub fn words(&self, message: MessageId) -> String {
        self.words.get(&message).cloned().unwrap_or_default()
    }

    pub fn request(&self) -> Option<Request> {
        self.request.as_deref().map(read)
    }

    pub fn alarm(&self) -> Option<Timestamp> {
        self.alarm
    }

    /// The oldest row that is to be sent by now.
    pub fn sendable(&self, now: Timestamp) -> Option<Row> {
        self.outbox.iter().find(|row| row.at <= now).cloned()
    }

    pub fn outbox_is_empty(&self) -> bool {
        self.outbox.is_empty()
    }

    /// Takes in what came of sending a row; what failed is tried again, until it is given up.
    pub fn sent(&mut self, id: u64, arrived: bool, now: Timestamp) {
        let Some(place) = self.outbox.iter().position(|row| row.id == id) else { return };
        let row = &mut self.outbox[place];
        row.failed += 1;
        let again = if arrived { None } else { next_attempt(&row.parcel(), row.failed, now) };
        match again {
            Some(at) => row.at = at,
            None => drop(self.outbox.remove(place)),
        }
        self.arm();
    }

    fn save(&mut self, effect: Effect, now: Timestamp) {
        let parcel = match effect {
            Effect::KeepWords { message, text } => {
                self.words.insert(message, text);
                return;
            }
            Effect::KeepRequest { request } => {
                self.request = Some(write(&request));
                return;
            }
            Effect::Tell {} => return,
            Effect::Index { row } => Parcel::Index { row: *row },
            Effect::List { card } => Parcel::List { card: *card },
            Effect::Ring { ring } => Parcel::Ring { ring: *ring },
            Effect::AskTerms {} => {
                let asked = |row: &Row| matches!(row.parcel(), Parcel::Terms { .. });
                let Some(tier) = self.ticket.open().map(|open| open.terms.tier.clone()) else { return };
                if self.outbox.iter().any(asked) {
                    return;
                }
                Parcel::Terms { tier }
            }
        };
        self.sent += 1;
        self.outbox.push(Row { id: self.sent, failed: 0, at: now, parcel: write(&parcel) });
    }

    /// The alarm stands at the ticket's next timer or the outbox's next attempt, whichever comes first.
    fn arm(&mut self) {
        let wake = self.ticket.wake_at();
        let send = self.outbox.iter().map(|row| row.at).min();
        self.alarm = wake.into_iter().chain(send).min();
    }
}

fn write<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text)
        .unwrap_or_else(|error| panic!("what was stored cannot be read: {error}\n{text}"))
}
