//! `/desk/{tenant}/tickets/{id}/commands` and `…/what-if`: what an agent does to a ticket, and what it would do.

use shared::ids::{AgentId, MessageId, TicketId};
use shared::refusal::{Refusal, Unfit};
use shared::ticket::{Actor, Author, Command, WhatIf, named};
use shared::wire::{Because, DeskCommand, Wondered};
use worker::Response;

use super::call::{Call, ticket_id};
use super::desk::{enter, read};
use super::messages::message;
use crate::error::Failure;
use crate::perform::{self, Asker};
use crate::tenants::Tenant;

/// What an agent asks for, parsed.
enum Deed {
    /// It is done in this ticket: all of it or nothing.
    Here(Vec<Command>),
    /// Two tickets take part in it.
    Merge { into: String, confirmed: bool },
}

/// `POST tickets/{id}/commands`: what the agent does; the answer is the ticket.
pub(crate) async fn command(call: &mut Call, tenant: &str, id: &str) -> Result<Response, Failure> {
    let (tenant, signed, now) = enter(call, tenant).await?;
    let ticket = ticket_id(id)?;
    let asked: DeskCommand = call.read(&tenant).await?;
    let stub = perform::ticket(&call.env, &tenant.id, ticket)?;
    match parse(asked, &signed.agent, &tenant)? {
        Deed::Here(commands) => {
            stub.commands(Asker::Agent { id: signed.agent }, commands).await??;
        }
        Deed::Merge { into, confirmed } => {
            merge(call, (&tenant, signed.agent), ticket, (&into, confirmed)).await?;
        }
    }
    call.answer(&read(&tenant, &stub, now).await?)
}

/// `POST tickets/{id}/what-if`: the clocks as they stand and as they would; nothing is written.
pub(crate) async fn what_if(call: &mut Call, tenant: &str, id: &str) -> Result<Response, Failure> {
    let (tenant, _, now) = enter(call, tenant).await?;
    let ticket = ticket_id(id)?;
    let change = match call.read(&tenant).await? {
        Wondered::Pend { reason } => WhatIf::Pend { reason },
        Wondered::Resume {} => WhatIf::Resume {},
        Wondered::Severity { to } => WhatIf::Severity { to },
        Wondered::Complexity { to } => WhatIf::Complexity { to },
        Wondered::Tier { to } => {
            let terms = tenant.policy.terms(tenant.number, &to, now);
            let found = || Refusal::Unfit { why: Unfit::Tier { found: to.to_string() } };
            WhatIf::Tier { terms: terms.ok_or_else(found)? }
        }
    };
    call.answer(&perform::ticket(&call.env, &tenant.id, ticket)?.would(change).await??)
}

/// Both sides of a merge. The surviving ticket takes the other one in first: should anything break between both, the
/// other one is still there, and the same merge again goes on where it stopped.
async fn merge(
    call: &Call,
    (tenant, agent): (&Tenant, AgentId),
    ticket: TicketId,
    (into, confirmed): (&str, bool),
) -> Result<(), Failure> {
    let rows = perform::desk(&call.env, &tenant.id)?.index().await??.rows;
    let survivor = named(&rows, into)?;
    let stub = |ticket| perform::ticket(&call.env, &tenant.id, ticket);
    let (ours, theirs) = (stub(ticket)?.party().await??, stub(survivor)?.party().await??);
    ours.merges(&theirs, confirmed)?;
    let asker = || Asker::Agent { id: agent.clone() };
    let (asked_at, terms) = (ours.began, ours.terms);
    let absorb = Command::Absorb { by: agent.clone(), ticket, asked_at, terms };
    stub(survivor)?.commands(asker(), vec![absorb]).await??;
    let live_on = Command::MergeInto { by: agent.clone(), ticket: survivor };
    stub(ticket)?.commands(asker(), vec![live_on]).await??;
    Ok(())
}

fn parse(asked: DeskCommand, agent: &AgentId, tenant: &Tenant) -> Result<Deed, Refusal> {
    let (by, chars) = (agent.clone(), tenant.policy.limits.text_chars);
    let actor = || Actor::Agent { id: agent.clone() };
    let one = |command| Ok(Deed::Here(vec![command]));
    match asked {
        DeskCommand::Reply { id, text } => {
            let (message, text) = message(&id, &text, chars)?;
            one(Command::Say { message, author: Author::Agent { id: by }, text })
        }
        DeskCommand::Note { id, text } => {
            let (message, text) = message(&id, &text, chars)?;
            one(Command::Note { message, by, text })
        }
        DeskCommand::Pend { reason, evidence } => one(Command::Pend { by, reason, evidence }),
        DeskCommand::Resume {} => one(Command::Resume { by }),
        DeskCommand::Solve {} => one(Command::Solve { by }),
        DeskCommand::Reopen {} => one(Command::Reopen { by: actor() }),
        DeskCommand::Severity { to, note } => {
            because(note, by, chars, |why| Command::SetSeverity { by: actor(), to, why })
        }
        DeskCommand::Complexity { to, note } => {
            because(note, by, chars, |why| Command::SetComplexity { by: actor(), to, why })
        }
        DeskCommand::Team { to } if tenant.policy.teams.iter().all(|team| team.id != to) => {
            Err(Refusal::Unfit { why: Unfit::Team { found: to.to_string() } })
        }
        DeskCommand::Team { to } => one(Command::SetTeam { by: actor(), team: to }),
        DeskCommand::Discard { why } => one(Command::Discard { by: actor(), why }),
        DeskCommand::Merge { into, confirmed } => Ok(Deed::Merge { into, confirmed }),
    }
}

/// A change, after the note that says why.
fn because(
    note: Option<Because>,
    by: AgentId,
    chars: u32,
    change: impl FnOnce(Option<MessageId>) -> Command,
) -> Result<Deed, Refusal> {
    let Some(Because { id, text }) = note else { return Ok(Deed::Here(vec![change(None)])) };
    let (message, text) = message(&id, &text, chars)?;
    Ok(Deed::Here(vec![Command::Note { message, by, text }, change(Some(message))]))
}
