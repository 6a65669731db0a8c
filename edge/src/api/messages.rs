//! `/v1/{tenant}/tickets/{id}/messages` and `…/seen`: what a customer says in a ticket, and what she has read.

use shared::ids::MessageId;
use shared::refusal::Refusal;
use shared::ticket::{Actor, Author, Command, Field, FieldError, Problem, words};
use shared::wire::{RawMessage, Said, Seen};
use worker::Response;

use super::call::{Call, ticket_id};
use crate::error::Failure;
use crate::http;
use crate::perform::{self, Asker};

/// Her words. The same id again is acknowledged again and changes nothing.
pub(crate) async fn create(call: &mut Call, tenant: &str, id: &str) -> Result<Response, Failure> {
    let tenant = call.tenant(tenant).await?;
    let arrived = call.now();
    let bearer = call.customer(&tenant, arrived)?;
    call.count(&tenant, Some(&bearer.customer), arrived)?;
    let ticket = ticket_id(id)?;
    let raw: RawMessage = call.read(&tenant).await?;
    let (message, text) = message(&raw.id, &raw.text, tenant.policy.limits.text_chars)?;
    let policy = &tenant.policy;
    let tier = policy.tier_of(tenant.known(bearer.company.as_ref()), arrived).unwrap_or(&policy.default_tier);
    let reopening = raw.reopen.then_some(Command::Reopen { by: Actor::Customer {} });
    let raising = Command::raising(policy, tier, message, &text);
    let said = Command::Say { message, author: Author::Customer {}, text };
    let commands = reopening.into_iter().chain(raising).chain([said]).collect();
    let asker = Asker::Customer { id: bearer.customer };
    let outcome = perform::ticket(&call.env, &tenant.id, ticket)?.commands(asker, commands).await??;
    call.answer(&Said { id: message, seq: outcome.seq, now: call.now() })
}

/// She has read up to a line.
pub(crate) async fn seen(call: &mut Call, tenant: &str, id: &str) -> Result<Response, Failure> {
    let tenant = call.tenant(tenant).await?;
    let arrived = call.now();
    let bearer = call.customer(&tenant, arrived)?;
    call.count(&tenant, Some(&bearer.customer), arrived)?;
    let ticket = ticket_id(id)?;
    let Seen { upto } = call.read(&tenant).await?;
    let asker = Asker::Customer { id: bearer.customer };
    perform::ticket(&call.env, &tenant.id, ticket)?.command(asker, Command::See { upto }).await??;
    http::done()
}

/// Reads a message's id and words, or says every mistake at once.
pub(crate) fn message(id: &str, text: &str, text_chars: u32) -> Result<(MessageId, String), Refusal> {
    let unknown = |_| {
        let takes = "a UUID of version 7".to_owned();
        FieldError { field: Field::Id, problem: Problem::Unknown { takes, found: shared::ids::excerpt(id) } }
    };
    let id = id.parse().map_err(unknown);
    let text = words(text, text_chars).map_err(|problem| FieldError { field: Field::Text, problem });
    match (id, text) {
        (Ok(id), Ok(text)) => Ok((id, text)),
        (id, text) => Err(Refusal::Form { errors: id.err().into_iter().chain(text.err()).collect() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_every_mistake_at_once() {
        let id = "01926b4c-7a00-7000-8000-000000000000";
        assert!(message(id, " hello ", 5).is_ok_and(|(_, text)| text == "hello"));
        let Err(Refusal::Form { errors }) = message("12abc", "", 5) else { panic!("it was taken") };
        assert_eq!(errors.iter().map(|error| error.field).collect::<Vec<_>>(), [Field::Id, Field::Text]);
        assert!(message(id, "hello!", 5).is_err());
    }
}
