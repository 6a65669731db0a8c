//! One object per tenant, `t/{tenant}/a`: who may come in.
//!
//! **Holds** the roll (agents, key ids and names of secrets of the newest tenant file), sign-in links and sessions by
//! the digests of their tokens, and secrets, sealed: the tables of `store/access.rs`. Nothing in memory.
//!
//! **Called by** the routes, by the sweeper and, for signatures, by tickets' outboxes (`perform::access`). Keys are used here and never
//! leave. Every question about who somebody is touches storage, so that an object that runs on a stale instance cannot
//! answer it.
//!
//! **Atomic** because each call is one transaction. A link works once: the statement that finds it removes it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use shared::ids::{AgentId, TenantId};
use shared::refusal::{Proof, Refusal};
use worker::{DurableObject, Env, Request, Response, State, durable_object, wasm_bindgen};

use crate::error::Fault;
use crate::identity::{Key, KnownKey, digest, keys, session, vault, verify_jwt, webhook};
use crate::names::Place;
use crate::perform::{self, AccessCall, Enrolled, Entered, Invitation, Roll, Signed};
use crate::store::{Sql, Wake, access as rows, transact};
use crate::{random, socket};

/// The object.
#[durable_object]
pub struct AccessObject {
    state: State,
    env: Env,
}

impl DurableObject for AccessObject {
    fn new(state: State, env: Env) -> Self {
        Self { state, env }
    }

    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        perform::answer(self.answer(&mut request).await)
    }

    /// It keeps no timers: what has ended opens nothing, and the sweeper has it swept out.
    async fn alarm(&self) -> worker::Result<Response> {
        Response::empty()
    }

    socket::has_no_sockets!();
}

impl AccessObject {
    async fn answer(&self, request: &mut Request) -> Result<Response, Fault> {
        let call: AccessCall = perform::read(request).await?;
        let tenant = self.tenant()?;
        let vault = keys(&self.env).map_err(Fault::at("access.keys"))?.of("vault", &tenant);
        let door = Door { tenant, vault };
        let told = transact(&self.state, &self.env, move |sql| {
            sql.prepare(rows::TABLES)?;
            Ok((door.receive(sql, call)?, Wake::Unchanged))
        });
        Ok(Response::ok(told.await?)?)
    }

    /// The tenant in this object's own name: nothing that is asked can be about another one.
    fn tenant(&self) -> Result<TenantId, Fault> {
        let name =
            self.state.id().name().ok_or_else(|| Fault::new("access.name", "the object has no name"))?;
        let Place::Access { tenant } = name.parse()? else {
            return Err(Fault::new("access.name", format!("{name} is no access object")));
        };
        Ok(tenant)
    }
}

/// Whose door it is, and the key to its secrets.
struct Door {
    tenant: TenantId,
    vault: Key,
}

/// An answer as JSON of `Result<T, Refusal>`.
fn told<T: Serialize>(answer: &Result<T, Refusal>) -> Result<String, Fault> {
    Ok(serde_json::to_string(answer)?)
}

fn unproven<T>(why: Proof) -> Result<T, Refusal> {
    Err(Refusal::Unauthorized { why })
}

impl Door {
    fn receive(&self, sql: &Sql, call: AccessCall) -> Result<String, Fault> {
        match call {
            AccessCall::Publish { roll, secrets, now } => {
                self.keep_secrets(sql, secrets, now)?;
                told(&Ok(enrol(sql, &roll)?))
            }
            AccessCall::Invite { agent, now } => told(&invite(sql, &agent, now)?),
            AccessCall::Enter { token, now } => told(&enter(sql, &token, now)?),
            AccessCall::Check { token, now } => told(&check(sql, &token, now)?),
            AccessCall::Leave { token } => {
                let session = digest(&token);
                rows::end(sql, &session)?;
                told(&Ok(session))
            }
            AccessCall::Revoke { agent } => told(&Ok(rows::revoke(sql, &agent)?)),
            AccessCall::Sweep { now } => told(&Ok(rows::sweep(sql, now)?)),
            AccessCall::Verify { token, now } => {
                let claims = verify_jwt(&token, &self.host_keys(sql)?, &self.tenant, now);
                told(&claims.map_err(|why| Refusal::Unauthorized { why }))
            }
            AccessCall::SignWebhook { id, sent_at, body } => {
                let keys = self.webhook_keys(sql, sent_at)?;
                let signatures: Vec<String> =
                    keys.iter().map(|key| webhook::signature(key, &id, sent_at, &body)).collect();
                told(&Ok(Some(signatures.join(" ")).filter(|header| !header.is_empty())))
            }
        }
    }

    fn open(&self, name: &str, sealed: &str) -> Option<String> {
        vault::open(&self.vault, name, sealed)
    }

    /// Keeps what is new: the same secret again replaces nothing.
    fn keep_secrets(
        &self,
        sql: &Sql,
        secrets: BTreeMap<String, Option<String>>,
        now: Timestamp,
    ) -> Result<(), Fault> {
        for (name, secret) in secrets {
            let Some(secret) = secret else {
                rows::forget_secret(sql, &name)?;
                continue;
            };
            let kept = rows::secret(sql, &name)?.and_then(|kept| self.open(&name, &kept.sealed));
            if kept.as_ref() != Some(&secret) {
                let sealed = vault::seal(&self.vault, &name, &secret);
                let sealed = sealed.ok_or_else(|| Fault::new("access.seal", "a secret cannot be sealed"))?;
                rows::keep_secret(sql, &name, &sealed, now)?;
            }
        }
        Ok(())
    }

    fn host_keys(&self, sql: &Sql) -> Result<Vec<KnownKey>, Fault> {
        let mut known = Vec::new();
        for (kid, name) in rows::roll(sql)?.keys {
            let secret = rows::secret(sql, &name)?.and_then(|kept| self.open(&name, &kept.sealed));
            known.extend(secret.map(|secret| KnownKey { kid, secret: secret.into_bytes() }));
        }
        Ok(known)
    }

    /// The webhook's key, and the one before it for as long as receivers may still know only that.
    fn webhook_keys(&self, sql: &Sql, sent_at: i64) -> Result<Vec<Vec<u8>>, Fault> {
        let Some(name) = rows::roll(sql)?.webhook else { return Ok(Vec::new()) };
        let Some(kept) = rows::secret(sql, &name)? else { return Ok(Vec::new()) };
        let former = kept.former(Timestamp::from_second(sent_at).map_err(Fault::at("access.sent_at"))?);
        let key = |sealed: &String| webhook::key(&self.open(&name, sealed)?);
        Ok(core::iter::once(&kept.sealed).chain(former).filter_map(key).collect())
    }
}

/// Keeps the roll. Who is not on it any more is out at once.
fn enrol(sql: &Sql, roll: &Roll) -> Result<Enrolled, Fault> {
    let gone: Vec<_> =
        rows::signed_in(sql)?.into_iter().filter(|agent| !roll.agents.contains(agent)).collect();
    gone.iter().try_for_each(|agent| rows::revoke(sql, agent))?;
    rows::keep_roll(sql, roll)?;
    let mut missing = Vec::new();
    for name in roll.keys.iter().map(|(_, name)| name).chain(&roll.webhook) {
        if rows::secret(sql, name)?.is_none() {
            missing.push(name.clone());
        }
    }
    Ok(Enrolled { gone, missing })
}

fn invite(sql: &Sql, agent: &AgentId, now: Timestamp) -> Result<Result<Invitation, Refusal>, Fault> {
    if !rows::roll(sql)?.agents.contains(agent) {
        return Ok(Err(Refusal::Unknown {}));
    }
    let (token, expires) = (random::hex::<32>(), session::link_ends(now));
    rows::keep_link(sql, &digest(&token), agent, expires)?;
    Ok(Ok(Invitation { token, expires }))
}

fn enter(sql: &Sql, token: &str, now: Timestamp) -> Result<Result<Entered, Refusal>, Fault> {
    let Some(agent) = rows::use_link(sql, &digest(token), now)? else { return Ok(unproven(Proof::Link)) };
    let token = random::hex::<32>();
    rows::begin(sql, &digest(&token), &agent, now)?;
    Ok(Ok(Entered { token, agent, expires: session::ends(now) }))
}

fn check(sql: &Sql, token: &str, now: Timestamp) -> Result<Result<Signed, Refusal>, Fault> {
    let session = digest(token);
    let Some(found) = rows::session(sql, &session)?.filter(|found| found.lives(now)) else {
        return Ok(unproven(Proof::Session));
    };
    if found.is_worth_noting(now) {
        rows::seen(sql, &session, now)?;
    }
    Ok(Ok(Signed { agent: found.agent, session }))
}
