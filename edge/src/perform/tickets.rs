//! Calls to a ticket's object.

use serde::{Deserialize, Serialize};
use shared::contract::{Complexity, Terms};
use shared::ids::{AgentId, CompanyId, CustomerId, KeyId, TeamId, TenantId, TicketId};
use shared::sla::{Explanation, Receipt, SignedReceipt};
use shared::ticket::{Command, Intake, Party, Request as Form, WhatIf};
use shared::time::Window;
use shared::wire::{Entry, Foresight, ReceiptLine, Row, TicketView};
use worker::{Env, Request, Response};

use crate::error::Fault;
use crate::names::Place;
use crate::perform::{Answer, Object, ask, listen, object};

/// Who asks something of a ticket. The object checks that a customer's ticket is hers: another one is unknown to her.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Asker {
    /// A customer, by her bearer.
    Customer { id: CustomerId },
    /// An agent of the tenant, by a session that was checked for this request.
    Agent { id: AgentId },
    /// The edge itself: the sweeper.
    Edge {},
}

/// What may be asked of a ticket's object.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TicketCall {
    /// A request at the door, or out of the journal.
    Open { attempt: Box<Attempt> },
    /// Changes, all of them or none.
    Commands { asker: Asker, commands: Vec<Command> },
    /// What binds it.
    Holding {},
    /// A change that comes out of the tenant's file, and the key that signs what it promises.
    FromFile { command: Box<Command>, kid: KeyId },
    /// Its cycles of one month.
    Cycles { month: Window },
    /// The ticket as its customer reads it.
    View { customer: CustomerId },
    /// The ticket as agents read it.
    Parts {},
    /// What a change would do to its clocks.
    Would { change: WhatIf },
    /// The ticket as a merge sees it.
    Party {},
    /// What its customer was promised.
    Receipts { asker: Asker },
    /// Listen to the ticket from after this line on.
    Listen { customer: CustomerId, after: u64 },
}

/// One attempt of a request, as it was decided and as it was told. The worker signs, because what only the journal holds
/// is answered, too; the bytes go with it, because the build that hands it over may write a receipt in another way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Attempt {
    pub(crate) intake: Intake,
    pub(crate) signed: SignedReceipt,
}

/// A ticket that is held by its object: opened now, or before by another attempt.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Opened {
    /// The promise in force: the earliest that was told.
    pub(crate) receipt: Receipt,
    /// The same, signed; none if nothing was kept.
    pub(crate) signed: Option<SignedReceipt>,
    /// The last line of the log.
    pub(crate) seq: u64,
}

/// What binds a ticket, and whose it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Holding {
    pub(crate) company: Option<CompanyId>,
    pub(crate) terms: Terms,
}

/// What a change came to.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Outcome {
    /// The line where the message stands that was sent; else the last line of the log.
    pub(crate) seq: u64,
}

/// The parts of `DeskTicket` that the object knows; the route adds `now` and the customer's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct DeskParts {
    pub(crate) seq: u64,
    pub(crate) row: Row,
    pub(crate) complexity: Complexity,
    pub(crate) team: Option<TeamId>,
    pub(crate) receipt: Receipt,
    pub(crate) receipts: Vec<ReceiptLine>,
    pub(crate) why: Vec<Explanation>,
    pub(crate) request: Option<Form>,
    pub(crate) entries: Vec<Entry>,
}

/// The object of one ticket.
pub(crate) struct TicketStub(Object);

/// The object of this ticket of this tenant.
pub(crate) fn ticket(env: &Env, tenant: &TenantId, ticket: TicketId) -> Result<TicketStub, Fault> {
    object(env, "TICKET", &Place::Ticket { tenant: tenant.clone(), ticket }).map(TicketStub)
}

impl TicketStub {
    /// Hands a request over. The same one again changes nothing; somebody else's is unknown.
    pub(crate) async fn open(&self, attempt: Attempt) -> Answer<Opened> {
        ask(&self.0, &TicketCall::Open { attempt: Box::new(attempt) }).await
    }

    /// Makes one change.
    pub(crate) async fn command(&self, asker: Asker, command: Command) -> Answer<Outcome> {
        self.commands(asker, vec![command]).await
    }

    /// Makes changes that belong together: all of them in one transaction, or none.
    pub(crate) async fn commands(&self, asker: Asker, commands: Vec<Command>) -> Answer<Outcome> {
        ask(&self.0, &TicketCall::Commands { asker, commands }).await
    }

    /// What binds it; unknown if nobody opened it.
    pub(crate) async fn holding(&self) -> Answer<Holding> {
        ask(&self.0, &TicketCall::Holding {}).await
    }

    /// Makes a change that comes out of the tenant's file.
    pub(crate) async fn file_says(&self, command: Command, kid: &KeyId) -> Answer<()> {
        ask(&self.0, &TicketCall::FromFile { command: Box::new(command), kid: kid.clone() }).await
    }

    /// Its cycles of one month, one line of JSON each.
    pub(crate) async fn cycles(&self, month: Window) -> Answer<String> {
        ask(&self.0, &TicketCall::Cycles { month }).await
    }

    /// The ticket as its customer reads it; `people` is for the route to fill.
    pub(crate) async fn view(&self, customer: &CustomerId) -> Answer<TicketView> {
        ask(&self.0, &TicketCall::View { customer: customer.clone() }).await
    }

    /// The ticket as agents read it.
    pub(crate) async fn parts(&self) -> Answer<DeskParts> {
        ask(&self.0, &TicketCall::Parts {}).await
    }

    /// What a change would do to its clocks; nothing is written.
    pub(crate) async fn would(&self, change: WhatIf) -> Answer<Foresight> {
        ask(&self.0, &TicketCall::Would { change }).await
    }

    /// The ticket as a merge sees it.
    pub(crate) async fn party(&self) -> Answer<Party> {
        ask(&self.0, &TicketCall::Party {}).await
    }

    /// Every receipt, oldest first.
    pub(crate) async fn receipts(&self, asker: Asker) -> Answer<Vec<SignedReceipt>> {
        ask(&self.0, &TicketCall::Receipts { asker }).await
    }

    /// A socket that hears `ToApp` frames from after this line of the log on.
    pub(crate) async fn listen(
        &self,
        outer: &Request,
        customer: &CustomerId,
        after: u64,
    ) -> Answer<Response> {
        listen(&self.0, outer, &TicketCall::Listen { customer: customer.clone(), after }).await
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
            r#"{"commands":{"asker":{"edge":{}},"commands":[{"tick":{}}]}}"#,
            r#"{"commands":{"asker":{"agent":{"id":"li"}},"commands":[{"see":{"upto":7}}]}}"#,
            r#"{"holding":{}}"#,
            r#"{"from_file":{"command":{"tick":{}},"kid":"2026-11"}}"#,
            r#"{"cycles":{"month":[1790000000000,1790000060000]}}"#,
            r#"{"view":{"customer":"user:li"}}"#,
            r#"{"parts":{}}"#,
            r#"{"would":{"change":{"severity":{"to":"urgent"}}}}"#,
            r#"{"party":{}}"#,
            r#"{"receipts":{"asker":{"agent":{"id":"li"}}}}"#,
            r#"{"listen":{"customer":"user:li","after":3}}"#,
        ];
        for call in calls {
            assert_eq!(to_string(&from_str::<TicketCall>(call).unwrap()).unwrap(), call);
        }
    }
}
