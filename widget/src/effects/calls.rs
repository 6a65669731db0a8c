//! One question to the edge, and what its answer means to the session. All of them share one future, in the
//! later part of the program.

use serde::de::DeserializeOwned;
use shared::ids::{MessageId, TicketId};
use shared::wire::{Accepted, Reply, Said, Sent, frame};
use widget::http::{self, Failure};

use crate::link::Link;
use crate::session::Action;

/// A question.
pub(super) struct Call {
    pub(super) path: String,
    pub(super) bearer: Option<String>,
    /// A change has a body.
    pub(super) body: Option<Vec<u8>>,
    pub(super) answer: Answer,
}

/// What the answer is about.
#[derive(Clone, Copy)]
pub(super) enum Answer {
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
        hear(self.answer, answer, &link);
    }
}

fn hear(about: Answer, answer: Result<Vec<u8>, Failure>, link: &Link) {
    link.tell(match about {
        Answer::Identified => Action::Identified(read(answer)),
        Answer::Greeted => {
            let hello = read::<shared::wire::Hello>(answer);
            hello.iter().for_each(|hello| link.clock.set(hello.now));
            Action::Greeted(hello)
        }
        Answer::Listed => Action::Listed(read(answer)),
        Answer::Read(id) => {
            let ticket = read::<shared::wire::TicketView>(answer);
            ticket.iter().for_each(|ticket| link.clock.set(ticket.now));
            Action::Read(id, Box::new(ticket))
        }
        Answer::Opened(id) => {
            let accepted = read::<Accepted>(answer).map(|accepted| {
                link.clock.set(accepted.now);
                Sent::Opened(Box::new(accepted))
            });
            Action::Answered(id, reply(accepted))
        }
        Answer::Said(id) => {
            let said = read::<Said>(answer).map(|said| {
                link.clock.set(said.now);
                Sent::Said
            });
            Action::Answered(id, reply(said))
        }
        Answer::Nothing => return,
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
