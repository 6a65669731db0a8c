//! One question to the edge, and what its answer means to the session. All of them share one future.

use serde::de::DeserializeOwned;
use shared::ids::{MessageId, TicketId};
use shared::wire::{Accepted, Hello, Reply, Said, Sent, frame};
use widget::http::{self, Failure};

use crate::later;
use crate::link::Link;
use crate::session::Action;

/// A question.
pub(super) struct Call {
    pub(super) path: String,
    pub(super) bearer: Option<String>,
    /// A change has a body.
    pub(super) body: Option<Vec<u8>>,
    pub(super) heard: Heard,
}

/// What the answer is about.
#[derive(Clone, Copy)]
pub(crate) enum Heard {
    Identified,
    Greeted,
    Listed,
    Read(TicketId),
    Opened(MessageId),
    Said(MessageId),
    Nothing,
}

impl Call {
    /// Asks, and tells the session.
    pub(super) async fn run(self, link: Link) {
        let method = if self.body.is_some() { "POST" } else { "GET" };
        let answer = http::exchange(method, &self.path, self.bearer.as_deref(), self.body.as_deref()).await;
        match self.heard {
            Heard::Identified => link.tell(Action::Identified(read(answer))),
            Heard::Greeted => greeted(read(answer), &link),
            Heard::Nothing => {}
            Heard::Listed | Heard::Read(_) | Heard::Opened(_) | Heard::Said(_) => {
                about_a_ticket(self.heard, answer, &link).await;
            }
        }
    }
}

fn greeted(hello: Result<Hello, Failure>, link: &Link) {
    hello.iter().for_each(|hello| link.clock.set(hello.now));
    link.tell(Action::Greeted(hello));
}

/// Only the second file can read what is about a ticket. Without it this is as if no answer had come: what was sent is
/// sent again, under the same id.
async fn about_a_ticket(heard: Heard, answer: Result<Vec<u8>, Failure>, link: &Link) {
    match (later::fetch().await, answer) {
        (Ok(later), answer) => (later.hear)(heard, answer, link),
        (Err(_), Ok(_)) => unheard(heard, Failure::SILENCE, link),
        (Err(_), Err(failure)) => unheard(heard, failure, link),
    }
}

fn unheard(heard: Heard, why: Failure, link: &Link) {
    match heard {
        Heard::Listed => link.tell(Action::Listed(Err(why))),
        Heard::Read(id) => link.tell(Action::Read(id, Err(why))),
        Heard::Opened(id) | Heard::Said(id) => link.tell(Action::Answered(id, reply(Err(why)))),
        Heard::Identified | Heard::Greeted | Heard::Nothing => {}
    }
}

/// What an answer about a ticket means to the session: in the second file.
pub(crate) fn hear(heard: Heard, answer: Result<Vec<u8>, Failure>, link: &Link) {
    link.tell(match heard {
        Heard::Listed => Action::Listed(read(answer)),
        Heard::Read(id) => {
            let ticket = read::<shared::wire::TicketView>(answer);
            ticket.iter().for_each(|ticket| link.clock.set(ticket.now));
            Action::Read(id, ticket)
        }
        Heard::Opened(id) => {
            let accepted = read::<Accepted>(answer).map(|accepted| {
                link.clock.set(accepted.now);
                Sent::Opened(Box::new(accepted))
            });
            Action::Answered(id, reply(accepted))
        }
        Heard::Said(id) => {
            let said = read::<Said>(answer).map(|said| {
                link.clock.set(said.now);
                Sent::Said
            });
            Action::Answered(id, reply(said))
        }
        Heard::Identified | Heard::Greeted | Heard::Nothing => return,
    });
}

fn read<A: DeserializeOwned>(answer: Result<Vec<u8>, Failure>) -> Result<A, Failure> {
    frame::decode(&answer?).map_err(|_| Failure::SILENCE)
}

fn reply(answer: Result<Sent, Failure>) -> Reply {
    match answer {
        Ok(sent) => Reply::Taken(sent),
        Err(Failure::Refused(refusal)) => Reply::Refused(refusal),
        Err(Failure::Lost { wait, .. }) => Reply::Lost(wait),
    }
}
