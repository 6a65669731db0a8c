//! Performs `shared::door`: the journal and the ticket's object side by side; the first word that is enough is the
//! answer. Both go on after it, and what was journaled is forgotten once the object has it.

use std::time::Duration;

use futures_channel::mpsc::{UnboundedSender, unbounded};
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use shared::door::{Door, Heard, Held, Next, PATIENCE};
use shared::ids::TenantId;
use shared::refusal::Refusal;
use shared::sla::Receipt;
use shared::ticket::Intake;
use worker::{Context, Delay, Env};

use crate::error::Fault;
use crate::journal::Journal;
use crate::perform::{Answer, Opened, ticket};

/// Longer than any request lives, and short enough for a timer.
const NEVER: Duration = Duration::from_secs(24 * 60 * 60);

/// A request that will not be lost.
#[derive(Debug)]
pub(crate) struct Taken {
    /// Who holds it.
    pub(crate) held: Held,
    /// The promise in force; for what the journal holds, the one of this attempt.
    pub(crate) receipt: Receipt,
}

/// Takes a request in. `intake.receipt.asked_at` is the instant of this attempt.
pub(crate) async fn intake(env: &Env, ctx: &Context, tenant: &TenantId, intake: Intake) -> Answer<Taken> {
    let own_receipt = intake.receipt.clone();
    let (tell, mut hear) = unbounded();
    ctx.wait_until(both(env.clone(), tenant.clone(), intake, tell));
    let mut time_up = Delay::from(Duration::try_from(PATIENCE).unwrap_or_default());
    let (mut door, mut object) = (Door::default(), None);
    loop {
        let heard = match select(hear.next(), &mut time_up).await {
            Either::Left((Some(Word::Journal(heard)), _)) => heard,
            Either::Left((Some(Word::Object(heard, said)), _)) => {
                object = said;
                heard
            }
            Either::Left((None, _)) => return Err(Fault::new("door", "both legs ended without a word")),
            Either::Right(((), _)) => {
                time_up = Delay::from(NEVER);
                Heard::TimeUp
            }
        };
        match (door.hear(heard), object.take()) {
            (Next::Wait, said) => object = said,
            (Next::Accept(held), said) => {
                let receipt = said.and_then(Result::ok).map_or(own_receipt, |opened| opened.receipt);
                return Ok(Ok(Taken { held, receipt }));
            }
            (Next::Refuse, Some(Err(refusal))) => return Ok(Err(refusal)),
            (Next::Refuse | Next::Fail, _) => return Err(Fault::new("door", "nobody has the request")),
        }
    }
}

/// What a leg says when it has come to its end.
enum Word {
    Journal(Heard),
    Object(Heard, Option<Result<Opened, Refusal>>),
}

/// Both legs, to their end. The object's begins first: its word is the one that is hoped for.
async fn both(env: Env, tenant: TenantId, intake: Intake, tell: UnboundedSender<Word>) {
    let key = Journal::key(&tenant, &intake);
    let object = async {
        let said = open(&env, &tenant, intake.clone()).await;
        let heard = said.as_ref().map_or(Heard::ObjectFailed, |said| match said {
            Ok(_) => Heard::Taken,
            Err(_) => Heard::Refused,
        });
        let said = said.map_err(|fault| fault.log()).ok();
        let _ = tell.unbounded_send(Word::Object(heard, said));
        heard
    };
    let journal = async {
        let written = async || Journal::of(&env)?.put(&key, &intake).await;
        let heard = written().await.map_err(|fault| fault.log()).map_or(Heard::JournalFailed, |()| Heard::Journaled);
        let _ = tell.unbounded_send(Word::Journal(heard));
        heard
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

async fn open(env: &Env, tenant: &TenantId, intake: Intake) -> Answer<Opened> {
    ticket(env, tenant, intake.request.id)?.open(intake).await
}
