//! An agent at the desk.

use serde_json::{Value, json};
use shared::wire::{DeskTicket, Index, Row};

use super::customer::message_id;
use super::{Answer, Ask, Tenant, within};

/// An agent, signed in.
#[derive(Clone, Debug)]
pub struct Desk {
    pub tenant: Tenant,
    pub cookie: String,
}

impl Desk {
    #[track_caller]
    pub fn sign_in(tenant: &Tenant, token: &str) -> Self {
        let answer = Self::try_link(tenant, token);
        assert_eq!(answer.status, 200, "{}", answer.text());
        let set = answer.header("set-cookie").expect("a cookie");
        let cookie = set.split(';').next().unwrap_or_default().to_owned();
        Self { tenant: tenant.clone(), cookie }
    }

    /// Uses a sign-in link.
    pub fn try_link(tenant: &Tenant, token: &str) -> Answer {
        let path = format!("/desk/{}/sessions", tenant.id);
        tenant.edge.post(&path).json(&json!({ "token": token })).send()
    }

    pub fn get(&self, rest: &str) -> Ask<'_> {
        self.tenant.edge.get(&format!("/desk/{}/{rest}", self.tenant.id)).cookie(&self.cookie)
    }

    pub fn post(&self, rest: &str) -> Ask<'_> {
        self.tenant.edge.post(&format!("/desk/{}/{rest}", self.tenant.id)).cookie(&self.cookie)
    }

    #[track_caller]
    pub fn index(&self) -> Index {
        self.get("tickets").send().read()
    }

    /// The ticket's line, as soon as the index has it.
    #[track_caller]
    pub fn row(&self, ticket: &str) -> Row {
        let find = || self.index().rows.into_iter().find(|row| row.id.to_string() == ticket);
        within(10, "the ticket's line at the desk", find)
    }

    #[track_caller]
    pub fn ticket(&self, ticket: &str) -> DeskTicket {
        self.get(&format!("tickets/{ticket}")).send().read()
    }

    pub fn does(&self, ticket: &str, command: &Value) -> Answer {
        self.post(&format!("tickets/{ticket}/commands")).json(command).send()
    }

    #[track_caller]
    pub fn replies(&self, ticket: &str, text: &str) -> DeskTicket {
        self.does(ticket, &json!({ "reply": { "id": message_id().to_string(), "text": text } })).read()
    }

    #[track_caller]
    pub fn notes(&self, ticket: &str, text: &str) -> DeskTicket {
        self.does(ticket, &json!({ "note": { "id": message_id().to_string(), "text": text } })).read()
    }

    /// Everything in the ticket, in order.
    pub fn reads(&self, ticket: &str) -> Vec<String> {
        self.ticket(ticket).entries.iter().map(crate::tell::entry).collect()
    }
}
