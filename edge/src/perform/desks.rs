//! Calls to a tenant's desk object.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::contract::Terms;
use shared::ids::{AgentId, CompanyId, KeyId, TenantId, TicketId};
use shared::ticket::Bound;
use shared::time::instant::{millis, millis_option};
use shared::wire::{Index, Row};
use worker::{Env, Request, Response};

use crate::error::Fault;
use crate::names::Place;
use crate::perform::{Answer, Object, ask, listen, object};

/// What may be asked of a desk object.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeskCall {
    /// The index, as agents read it.
    Index {},
    /// New lines of the index, and what binds their ticket.
    Upsert {
        rows: Vec<Row>,
        #[serde(default)]
        binding: Option<Box<Binding>>,
    },
    /// How far the index is behind what was accepted.
    Behind {
        #[serde(with = "millis_option")]
        since: Option<Timestamp>,
    },
    /// Tickets whose object should have woken before this instant, and did not say so.
    Overdue {
        #[serde(with = "millis")]
        before: Timestamp,
    },
    /// A new policy.
    Publish { toml: String },
    /// A published policy; `None`: the newest.
    Policy { number: Option<u32> },
    /// The terms of a ticket, resolved for longer with the newest policy.
    Extend { terms: Box<Terms> },
    /// Whether tickets are bound by an older policy or older time data: they are asked then.
    Renew {},
    /// Tickets of a company, solved ones too, a page of them.
    OfCompany {
        company: CompanyId,
        #[serde(with = "millis")]
        before: Timestamp,
        after: Option<TicketId>,
    },
    /// Where people on call are rung; `None`: nowhere.
    Webhook {},
    /// Listen to the index.
    Listen { agent: AgentId, session: String },
    /// End an agent's sockets.
    CloseAgent { agent: AgentId },
    /// End the sockets of one session.
    CloseSession { session: String },
}

/// A policy as it was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Published {
    /// Its number, from 1.
    pub(crate) number: u32,
    /// The tenant file.
    pub(crate) toml: String,
}

/// What binds a ticket, as its object says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Binding {
    pub(crate) id: TicketId,
    /// The last line of its log: what an older line said never replaces what a newer one says.
    pub(crate) seq: u64,
    /// Whether other terms would change anything for it.
    pub(crate) alive: bool,
    pub(crate) bound: Bound,
}

/// Terms that reach further, and the key that signs what follows from them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Extended {
    pub(crate) terms: Terms,
    pub(crate) kid: KeyId,
}

/// A page of a company's tickets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct OfCompany {
    pub(crate) tickets: Vec<TicketId>,
    /// There are more from after this one on.
    pub(crate) more_after: Option<TicketId>,
    /// What was accepted from here on may be missing.
    #[serde(with = "millis_option")]
    pub(crate) behind_since: Option<Timestamp>,
}

/// The desk object of one tenant.
pub(crate) struct DeskStub(Object);

/// The desk object of this tenant.
pub(crate) fn desk(env: &Env, tenant: &TenantId) -> Result<DeskStub, Fault> {
    object(env, "DESK", &Place::Desk { tenant: tenant.clone() }).map(DeskStub)
}

impl DeskStub {
    /// What is not solved, and what was solved lately or waits for words; the next deadline first.
    pub(crate) async fn index(&self) -> Answer<Index> {
        ask(&self.0, &DeskCall::Index {}).await
    }

    /// Takes in lines of the index; an older line never replaces a newer one.
    pub(crate) async fn upsert(&self, rows: Vec<Row>, binding: Option<Binding>) -> Answer<()> {
        ask(&self.0, &DeskCall::Upsert { rows, binding: binding.map(Box::new) }).await
    }

    /// Says how far the index is behind; `None`: not at all.
    pub(crate) async fn behind(&self, since: Option<Timestamp>) -> Answer<()> {
        ask(&self.0, &DeskCall::Behind { since }).await
    }

    /// Tickets that should have woken before this instant.
    pub(crate) async fn overdue(&self, before: Timestamp) -> Answer<Vec<TicketId>> {
        ask(&self.0, &DeskCall::Overdue { before }).await
    }

    /// Stores a policy and numbers it. The newest one again keeps its number.
    pub(crate) async fn publish(&self, toml: String) -> Answer<u32> {
        ask(&self.0, &DeskCall::Publish { toml }).await
    }

    /// A published policy, the newest if no number is given; unknown if there is none.
    pub(crate) async fn policy(&self, number: Option<u32>) -> Answer<Published> {
        ask(&self.0, &DeskCall::Policy { number }).await
    }

    /// The terms of a ticket, resolved for longer.
    pub(crate) async fn extend(&self, terms: Terms) -> Answer<Extended> {
        ask(&self.0, &DeskCall::Extend { terms: Box::new(terms) }).await
    }

    /// Sees to it that tickets are asked whom a newer policy or newer time data may touch.
    pub(crate) async fn renew(&self) -> Answer<()> {
        ask(&self.0, &DeskCall::Renew {}).await
    }

    /// Tickets of a company whose customers asked before an instant, from after one of them on.
    pub(crate) async fn of_company(
        &self,
        company: &CompanyId,
        before: Timestamp,
        after: Option<TicketId>,
    ) -> Answer<OfCompany> {
        ask(&self.0, &DeskCall::OfCompany { company: company.clone(), before, after }).await
    }

    /// Where people on call are rung.
    pub(crate) async fn webhook(&self) -> Answer<Option<String>> {
        ask(&self.0, &DeskCall::Webhook {}).await
    }

    /// A socket that hears `ToDesk` frames; `session` is what it is closed by, never the cookie itself.
    pub(crate) async fn listen(&self, outer: &Request, agent: &AgentId, session: &str) -> Answer<Response> {
        let call = DeskCall::Listen { agent: agent.clone(), session: session.to_owned() };
        listen(&self.0, outer, &call).await
    }

    /// Closes every socket of an agent.
    pub(crate) async fn close_agent(&self, agent: &AgentId) -> Answer<()> {
        ask(&self.0, &DeskCall::CloseAgent { agent: agent.clone() }).await
    }

    /// Closes the sockets of one session.
    pub(crate) async fn close_session(&self, session: &str) -> Answer<()> {
        ask(&self.0, &DeskCall::CloseSession { session: session.to_owned() }).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{from_str, to_string};

    use super::*;

    /// Two builds run side by side during a deploy.
    #[test]
    fn a_call_is_the_same_text_in_every_build() {
        let calls = [
            r#"{"index":{}}"#,
            r#"{"upsert":{"rows":[],"binding":null}}"#,
            r#"{"behind":{"since":1790000000000}}"#,
            r#"{"overdue":{"before":1790000000000}}"#,
            r#"{"publish":{"toml":"name = \"hesi\""}}"#,
            r#"{"policy":{"number":null}}"#,
            r#"{"renew":{}}"#,
            r#"{"of_company":{"company":"yunshan","before":1790000000000,"after":null}}"#,
            r#"{"webhook":{}}"#,
            r#"{"listen":{"agent":"li","session":"s"}}"#,
            r#"{"close_agent":{"agent":"li"}}"#,
            r#"{"close_session":{"session":"s"}}"#,
        ];
        for call in calls {
            assert_eq!(to_string(&from_str::<DeskCall>(call).unwrap()).unwrap(), call);
        }
    }
}
