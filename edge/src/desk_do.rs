//! One object per tenant and shard, `t/{tenant}/d/{shard}`.
//!
//! **Holds** the index of the tenant's tickets, what binds each of them, its published policies and their numbers (the
//! authority), and how far the index is behind: the tables of `store/index.rs`, `store/bound.rs` and
//! `store/policies.rs`. In memory only lines that wait for their commit (`desk_do/hold.rs`): they were not
//! acknowledged, so whoever sent them keeps them.
//!
//! **Called by** tickets' outboxes (`upsert`, `extend`, `webhook`), the routes, the sweeper, agents' sockets, which only
//! listen, and its alarm: after a publish it goes round the tickets that are touched (`desk_do/poking.rs`).
//!
//! **Atomic** because each change is one transaction; lines that arrive within 20 ms share one, and none of them is
//! acknowledged before it. A line that comes twice, or late, changes nothing: a row goes by its ticket's line.

mod hold;
mod poking;

use std::rc::Rc;

use jiff::Timestamp;
use shared::contract::Terms;
use shared::contract::policy::Policy;
use shared::ids::{AgentId, CompanyId, TicketId};
use shared::refusal::Refusal;
use shared::wire::{Index, Row, ToDesk};
use worker::{DurableObject, Env, Request, Response, State, durable_object, wasm_bindgen};

use self::hold::Line;
use crate::error::{Fault, close};
use crate::perform::{self, Answer, Binding, DeskCall, Extended, OfCompany, Published};
use crate::store::{Sql, Wake, bound, index, name, policies, transact};
use crate::{clock, faults, hosts, socket};

/// The object: its doors.
#[durable_object]
pub struct DeskObject {
    board: Rc<Board>,
}

// What its cells hold was not acknowledged; after a panic it is sent again.
impl std::panic::RefUnwindSafe for DeskObject {}

impl DurableObject for DeskObject {
    fn new(state: State, env: Env) -> Self {
        Self { board: Rc::new(Board { state, env, held: hold::Hold::default() }) }
    }

    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        perform::answer(self.answer(&mut request).await)
    }

    /// Never an error: the platform would try six times and then forget.
    async fn alarm(&self) -> worker::Result<Response> {
        if let Err(fault) = self.board.poke().await {
            fault.log();
            self.board.try_again().await;
        }
        Response::empty()
    }

    socket::only_tells!();
}

impl DeskObject {
    async fn answer(&self, request: &mut Request) -> Result<Response, Fault> {
        let board = &self.board;
        let call = perform::read(request).await?;
        faults::handler("desk").await;
        match call {
            DeskCall::Index {} => perform::json(&board.index()?),
            DeskCall::Upsert { rows, binding } => perform::json(&board.upsert(rows, binding).await?),
            DeskCall::Behind { since } => perform::json(&board.behind(since).await?),
            DeskCall::Overdue { before } => perform::json(&board.overdue(before)?),
            DeskCall::Publish { toml } => perform::json(&board.publish(toml).await?),
            DeskCall::Policy { number } => perform::json(&board.policy(number)?),
            DeskCall::Extend { terms } => perform::json(&board.extend(&terms)?),
            DeskCall::Renew {} => perform::json(&board.renew().await?),
            DeskCall::OfCompany { company, before, after } => {
                perform::json(&board.of_company(&company, before, after)?)
            }
            DeskCall::Webhook {} => perform::json(&board.webhook()?),
            DeskCall::Listen { agent, session } => board.listen(request, &agent, &session),
            DeskCall::CloseAgent { agent } => perform::json(&board.close(&agent_tag(&agent))),
            DeskCall::CloseSession { session } => perform::json(&board.close(&session_tag(&session))),
        }
    }
}

/// Keeps a tenant's index.
struct Board {
    state: State,
    env: Env,
    held: hold::Hold,
}

impl Board {
    fn index(&self) -> Answer<Index> {
        let (sql, now) = (Sql::of(&self.state), clock::now(&self.env));
        if sql.is_blank()? {
            return Ok(Ok(Index { now, rows: Vec::new(), behind_since: None }));
        }
        Ok(Ok(Index { now, rows: index::list(&sql, now)?, behind_since: index::behind(&sql)? }))
    }

    /// Takes lines in: they wait a moment for others, and are acknowledged once committed.
    async fn upsert(&self, rows: Vec<Row>, binding: Option<Box<Binding>>) -> Answer<()> {
        let rows = rows.into_iter().map(|row| Line::Row(Box::new(row)));
        let lines = rows.chain(binding.map(Line::Binding)).collect();
        self.held.committed(lines, |lines| self.save(lines)).await.map(Ok)
    }

    /// A ticket that an older policy binds than the newest is asked soon: it was opened by it, or is reopened.
    async fn save(&self, lines: Vec<Line>) -> Result<(), Fault> {
        let now = clock::now(&self.env);
        let saved = transact(&self.state, &self.env, move |sql| {
            sql.prepare(index::SCHEMA)?;
            let mut rows = Vec::new();
            for line in lines {
                match line {
                    Line::Row(row) => rows.push(index::upsert(sql, *row)?),
                    Line::Binding(binding) => bound::upsert(sql, &binding)?,
                }
            }
            Ok((rows, poking::soon(sql, now)?))
        });
        let rows = saved.await?;
        self.tell(&ToDesk::Rows { now: clock::now(&self.env), rows });
        Ok(())
    }

    async fn behind(&self, since: Option<Timestamp>) -> Answer<()> {
        let sql = Sql::of(&self.state);
        if (sql.is_blank()? && since.is_none()) || (!sql.is_blank()? && index::behind(&sql)? == since) {
            return Ok(Ok(()));
        }
        let saved = transact(&self.state, &self.env, move |sql| {
            sql.prepare(index::SCHEMA)?;
            Ok((index::set_behind(sql, since)?, Wake::Unchanged))
        });
        saved.await?;
        self.tell(&ToDesk::Behind { since });
        Ok(Ok(()))
    }

    fn overdue(&self, before: Timestamp) -> Answer<Vec<TicketId>> {
        let sql = Sql::of(&self.state);
        if sql.is_blank()? { Ok(Ok(Vec::new())) } else { index::overdue(&sql, before).map(Ok) }
    }

    async fn publish(&self, toml: String) -> Answer<u32> {
        let (now, own) = (clock::now(&self.env), self.state.id().name());
        let published = transact(&self.state, &self.env, move |sql| {
            sql.prepare(index::SCHEMA)?;
            own.map_or(Ok(()), |own| name::keep(sql, &own))?;
            // Also without a ticket: companies may go live.
            Ok((policies::publish(sql, toml, now)?, Wake::At(now)))
        });
        published.await.map(Ok)
    }

    fn policy(&self, number: Option<u32>) -> Answer<Published> {
        let sql = Sql::of(&self.state);
        let published = if sql.is_blank()? { None } else { policies::read(&sql, number)? };
        Ok(published.ok_or(Refusal::Unknown {}))
    }

    fn extend(&self, terms: &Terms) -> Answer<Extended> {
        let now = clock::now(&self.env);
        let resolve = |(number, policy): (u32, Policy)| {
            Some(Extended {
                terms: policy.rebind(number, terms, now),
                kid: policy.receipt_keys.first()?.clone(),
            })
        };
        Ok(self.newest()?.and_then(resolve).ok_or(Refusal::Unknown {}))
    }

    fn of_company(
        &self,
        company: &CompanyId,
        before: Timestamp,
        after: Option<TicketId>,
    ) -> Answer<OfCompany> {
        let sql = Sql::of(&self.state);
        if sql.is_blank()? {
            return Ok(Ok(OfCompany { tickets: Vec::new(), more_after: None, behind_since: None }));
        }
        let (tickets, more_after) = index::of_company(&sql, company, (before, after))?;
        Ok(Ok(OfCompany { tickets, more_after, behind_since: index::behind(&sql)? }))
    }

    fn webhook(&self) -> Answer<Option<String>> {
        Ok(Ok(self.newest()?.and_then(|(_, policy)| policy.webhook).map(|webhook| webhook.url)))
    }

    /// The newest policy. It was parsed before it was published, so a mistake in it is ours.
    fn newest(&self) -> Result<Option<(u32, Policy)>, Fault> {
        let Ok(published) = self.policy(None)? else { return Ok(None) };
        let policy = Policy::parse(&published.toml, hosts::hosts(&self.env));
        let mistake =
            |mistakes| Fault::new("desk.policy", format!("policy {}: {mistakes:?}", published.number));
        policy.map(|policy| Some((published.number, policy))).map_err(mistake)
    }

    fn listen(&self, request: &Request, agent: &AgentId, session: &str) -> Result<Response, Fault> {
        let tags = [agent_tag(agent), session_tag(session)];
        let (_, response) = socket::accept(&self.state, request, &tags.each_ref().map(String::as_str))?;
        Ok(response)
    }

    fn close(&self, tag: &str) -> Result<(), Refusal> {
        for socket in self.state.get_websockets_with_tag(tag) {
            socket::end(&socket, close::REVOKED, "the session has ended");
        }
        Ok(())
    }

    fn tell(&self, told: &ToDesk) {
        for socket in self.state.get_websockets() {
            socket::send(&socket, told);
        }
    }
}

fn agent_tag(agent: &AgentId) -> String {
    format!("agent:{agent}")
}

fn session_tag(session: &str) -> String {
    format!("session:{session}")
}
