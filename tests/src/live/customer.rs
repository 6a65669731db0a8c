//! A customer's program.

use serde_json::{Value, json};
use shared::ids::{MessageId, TicketId};
use shared::ticket::RawRequest;
use shared::wire::{Accepted, Card, Credential, Hello, TicketView};

use super::{Answer, Ask, Tenant, fresh};

/// A customer with her bearer.
#[derive(Clone, Debug)]
pub struct Customer {
    pub tenant: Tenant,
    pub credential: Credential,
}

fn random() -> [u8; 10] {
    let (a, b) = (fresh().to_be_bytes(), fresh().to_be_bytes());
    core::array::from_fn(|i| if i < 8 { a[i] } else { b[i - 8] })
}

/// A new ticket's id.
pub fn ticket_id() -> TicketId {
    TicketId::new(0, random())
}

/// A new message's id.
pub fn message_id() -> MessageId {
    MessageId::new(0, random())
}

impl Customer {
    #[track_caller]
    pub fn of(tenant: &Tenant, who: &Value) -> Self {
        let credential = tenant.edge.post(&tenant.path("customers")).json(who).send().read();
        Self { tenant: tenant.clone(), credential }
    }

    pub fn hello(&self) -> Hello {
        let path = self.tenant.path("hello?zone=Asia/Shanghai&language=zh-CN");
        self.tenant.edge.get(&path).bearer(&self.credential.bearer).send().read()
    }

    pub fn get(&self, rest: &str) -> Ask<'_> {
        self.tenant.edge.get(&self.tenant.path(rest)).bearer(&self.credential.bearer)
    }

    pub fn post(&self, rest: &str) -> Ask<'_> {
        self.tenant.edge.post(&self.tenant.path(rest)).bearer(&self.credential.bearer)
    }

    /// A filled-in form.
    pub fn form(&self) -> RawRequest {
        RawRequest {
            id: ticket_id().to_string(),
            channel: "chat".into(),
            severity: "general".into(),
            text: "无法提交报销单".into(),
            contact: "mei@example.com".into(),
            name: "梅".into(),
            language: "zh-CN".into(),
            zone: "Asia/Shanghai".into(),
        }
    }

    #[track_caller]
    pub fn asks(&self) -> Accepted {
        self.sends(&self.form()).read()
    }

    pub fn sends(&self, form: &RawRequest) -> Answer {
        self.post("tickets").json(form).send()
    }

    /// Words for a ticket.
    pub fn says(&self, ticket: &str, text: &str) -> Answer {
        let body = json!({ "id": message_id().to_string(), "text": text });
        self.post(&format!("tickets/{ticket}/messages")).json(&body).send()
    }

    #[track_caller]
    pub fn ticket(&self, ticket: &str) -> TicketView {
        self.get(&format!("tickets/{ticket}")).send().read()
    }

    #[track_caller]
    pub fn tickets(&self) -> Vec<Card> {
        self.get("tickets").send().read()
    }

    /// Her words and the answers, in order.
    #[track_caller]
    pub fn reads(&self, ticket: &str) -> Vec<String> {
        self.ticket(ticket).entries.iter().map(crate::tell::entry).collect()
    }
}
