//! Each minute: nothing is forgotten. What is left in the journal is handed over, tickets that should have woken are
//! woken, each tenant's desk is told how far its index is behind and to ask the tickets that older time data binds, and
//! sockets of sessions that have ended are closed. All of it may be done twice.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use shared::door;
use shared::ids::{TenantId, TicketId};
use shared::ticket::Command;
use worker::Env;

use crate::clock;
use crate::error::Fault;
use crate::journal::Journal;
use crate::kv::Kv;
use crate::names::{IntakeKey, POLICY};
use crate::perform::{Asker, access, desk, ticket};

/// As many attempts as one run hands over; the rest has to wait a minute.
const HANDED_OVER: usize = 500;

/// As many calls as are made side by side.
const AT_ONCE: usize = 10;

/// A ticket that is this late has lost its alarm.
const OVERDUE: SignedDuration = SignedDuration::from_secs(60);

/// Of each tenant, the oldest request that is accepted and not handed over.
type Behind = BTreeMap<TenantId, Timestamp>;

/// One run. What breaks is logged and tried again by the next one.
pub(crate) async fn sweep(env: &Env) {
    let now = clock::now(env);
    match hand_over(env, now).await {
        Ok(behind) => report(tend(env, &behind, now).await),
        Err(fault) => report(Err(fault)),
    }
}

fn report(done: Result<(), Fault>) {
    if let Err(fault) = done {
        fault.log();
    }
}

/// Hands over what is left in the journal, and says what could not be.
async fn hand_over(env: &Env, now: Timestamp) -> Result<Behind, Fault> {
    let journal = Journal::of(env)?;
    let (mut behind, mut budget, mut cursor) = (Behind::new(), HANDED_OVER, None);
    loop {
        let page = journal.left(cursor).await?;
        let ripe: Vec<IntakeKey> =
            page.keys.into_iter().filter(|key| door::sweeps(key.asked_at, now)).collect();
        let (now_or_never, later) = ripe.split_at(budget.min(ripe.len()));
        budget -= now_or_never.len();
        let tickets: Vec<&[IntakeKey]> = now_or_never.chunk_by(|a, b| a.ticket == b.ticket).collect();
        for some in tickets.chunks(AT_ONCE) {
            let left = join_all(some.iter().map(|attempts| hand_over_one(env, &journal, attempts))).await;
            left.into_iter().flatten().for_each(|key| remember(&mut behind, key));
        }
        later.iter().for_each(|key| remember(&mut behind, key));
        cursor = page.cursor;
        if cursor.is_none() {
            return Ok(behind);
        }
    }
}

fn remember(behind: &mut Behind, key: &IntakeKey) {
    let oldest = behind.entry(key.tenant.clone()).or_insert(key.asked_at);
    *oldest = key.asked_at.min(*oldest);
}

/// Hands over the attempts of one ticket, the earliest first, and says which of them had to stay.
async fn hand_over_one<'k>(env: &Env, journal: &Journal, attempts: &'k [IntakeKey]) -> Vec<&'k IntakeKey> {
    let mut left = Vec::new();
    for key in attempts {
        if let Err(fault) = hand_over_attempt(env, journal, key).await {
            fault.log();
            left.push(key);
        }
    }
    left
}

/// A refusal ends an attempt, too: the id belongs to somebody else.
async fn hand_over_attempt(env: &Env, journal: &Journal, key: &IntakeKey) -> Result<(), Fault> {
    // A listed key without a value is on its way in or out: KV may be a minute behind itself. It is left alone.
    let Some(attempt) = journal.get(key).await? else { return Ok(()) };
    let _ = ticket(env, &key.tenant, key.ticket)?.open(attempt).await?;
    journal.forget(key).await
}

/// Tells each desk how far it is behind, and wakes its tickets that overslept.
async fn tend(env: &Env, behind: &Behind, now: Timestamp) -> Result<(), Fault> {
    for tenant in tenants(env).await? {
        report(tend_one(env, &tenant, behind.get(&tenant).copied(), now).await);
    }
    Ok(())
}

async fn tend_one(
    env: &Env,
    tenant: &TenantId,
    since: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), Fault> {
    let desk = desk(env, tenant)?;
    let _ = desk.behind(since).await?;
    let _ = desk.renew().await?;
    for session in access(env, tenant)?.sweep(now).await?.unwrap_or_default() {
        let _ = desk.close_session(&session).await?;
    }
    let before = now.saturating_sub(OVERDUE).unwrap_or(now);
    let Ok(late) = desk.overdue(before).await? else { return Ok(()) };
    for some in late.chunks(AT_ONCE) {
        join_all(some.iter().map(|id| async { report(wake(env, tenant, *id).await) })).await;
    }
    Ok(())
}

async fn wake(env: &Env, tenant: &TenantId, id: TicketId) -> Result<(), Fault> {
    // A ticket does not refuse that time passes.
    let _ = ticket(env, tenant, id)?.command(Asker::Edge {}, Command::Tick {}).await?;
    Ok(())
}

/// Every tenant that has published a policy.
async fn tenants(env: &Env) -> Result<Vec<TenantId>, Fault> {
    let (kv, mut tenants, mut cursor) = (Kv::of(env)?, Vec::new(), None);
    loop {
        let page = kv.list(POLICY, cursor).await?;
        let pointer = |name: &String| name.strip_prefix(POLICY).and_then(|tenant| tenant.parse().ok());
        tenants.extend(page.names.iter().filter_map(pointer));
        cursor = page.cursor;
        if cursor.is_none() {
            return Ok(tenants);
        }
    }
}
