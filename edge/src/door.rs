//! Performs `shared::door`: the journal and the ticket's object side by side; the first word that is enough is the
//! answer. Both go on after it, and what was journaled is forgotten once the object has it.

use std::time::Duration;

use futures_channel::mpsc::{UnboundedSender, unbounded};
use futures_util::future::{Either, select};
use futures_util::{FutureExt, StreamExt};
use shared::door::{Door, Heard, Held, Next, PATIENCE};
use shared::ids::TenantId;
use shared::refusal::Refusal;
use shared::sla::{Receipt, SignedReceipt};
use worker::{Context, Delay, Env};

use crate::error::Fault;
use crate::journal::Journal;
use crate::perform::{Answer, Attempt, Opened, ticket};

/// A request that will not be lost.
#[derive(Debug)]
pub(crate) struct Taken {
    /// Who holds it.
    pub(crate) held: Held,
    /// The promise in force; for what the journal holds, the one of this attempt.
    pub(crate) receipt: Receipt,
    /// The same, signed.
    pub(crate) signed: SignedReceipt,
}

/// Takes a request in. `attempt.intake.receipt.asked_at` is the instant of this attempt.
pub(crate) async fn intake(env: &Env, ctx: &Context, tenant: &TenantId, attempt: Attempt) -> Answer<Taken> {
    let (receipt, signed) = (attempt.intake.receipt.clone(), attempt.signed.clone());
    let (tell, mut words) = unbounded();
    ctx.wait_until(both(env.clone(), tenant.clone(), attempt, tell));
    let mut time_up = Delay::from(Duration::try_from(PATIENCE).unwrap_or_default()).fuse();
    let mut door = Door::default();
    loop {
        let word = match select(words.next(), &mut time_up).await {
            Either::Left((Some(word), _)) => word,
            Either::Left((None, _)) => return Err(Fault::new("door", "both legs ended without a word")),
            Either::Right(((), _)) => Word::TimeUp,
        };
        match (door.hear(word.heard()), word) {
            (Next::Wait, _) => {}
            (Next::Accept(held), Word::Taken(opened)) => {
                let signed = opened.signed.unwrap_or(signed);
                return Ok(Ok(Taken { held, receipt: opened.receipt, signed }));
            }
            (Next::Accept(held), _) => return Ok(Ok(Taken { held, receipt, signed })),
            (Next::Refuse, Word::Refused(refusal)) => return Ok(Err(refusal)),
            (Next::Refuse | Next::Fail, _) => {
                return Err(Fault::new("door", "neither the object nor the journal has the request"));
            }
        }
    }
}

/// What a leg says when it has come to its end.
enum Word {
    Taken(Box<Opened>),
    Refused(Refusal),
    ObjectFailed,
    Journaled,
    JournalFailed,
    TimeUp,
}

impl Word {
    fn heard(&self) -> Heard {
        match self {
            Self::Taken(_) => Heard::Taken,
            Self::Refused(_) => Heard::Refused,
            Self::ObjectFailed => Heard::ObjectFailed,
            Self::Journaled => Heard::Journaled,
            Self::JournalFailed => Heard::JournalFailed,
            Self::TimeUp => Heard::TimeUp,
        }
    }
}

/// Both legs, to their end. The object's begins first: its word is the one that is hoped for.
async fn both(env: Env, tenant: TenantId, attempt: Attempt, tell: UnboundedSender<Word>) {
    let key = Journal::key(&tenant, &attempt.intake);
    let say = |word: Word| {
        let heard = word.heard();
        // Once the customer has her answer, nobody listens any more.
        let _ = tell.unbounded_send(word);
        heard
    };
    let object = async {
        say(match open(&env, &tenant, attempt.clone()).await {
            Ok(Ok(opened)) => Word::Taken(Box::new(opened)),
            Ok(Err(refusal)) => Word::Refused(refusal),
            Err(fault) => {
                fault.log();
                Word::ObjectFailed
            }
        })
    };
    let journal = async {
        let written = async || Journal::of(&env)?.put(&key, &attempt).await;
        say(match written().await {
            Ok(()) => Word::Journaled,
            Err(fault) => {
                fault.log();
                Word::JournalFailed
            }
        })
    };
    let (object, journaled) = futures_util::join!(object, journal);
    let mut door = Door::default();
    door.hear(journaled);
    door.hear(object);
    if door.journal_is_spent() {
        let forgotten = async || Journal::of(&env)?.forget(&key).await;
        // If it cannot be forgotten now, the sweeper hands it over, and the object ignores it.
        let _ = forgotten().await.map_err(|fault| fault.log());
    }
}

async fn open(env: &Env, tenant: &TenantId, attempt: Attempt) -> Answer<Opened> {
    ticket(env, tenant, attempt.intake.request.id)?.open(attempt).await
}
