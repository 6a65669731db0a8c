//! What people do.

use shared::contract::Severity;
use shared::ids::{AgentId, MessageId, TicketId};
use shared::refusal::Refusal;
use shared::ticket::{Actor, Author, Command, PendReason, TermsCause};

use super::{Turned, World};

/// Words of a test come from whoever it names: `customer`, `bot`, `itself`, or an agent's id.
fn author(who: &str) -> Author {
    match who {
        "customer" => Author::Customer {},
        "bot" => Author::Bot {},
        "itself" => Author::Automatic {},
        agent => Author::Agent { id: id(agent) },
    }
}

fn id(agent: &str) -> AgentId {
    agent.parse().unwrap()
}

impl World {
    pub fn message(&mut self) -> MessageId {
        MessageId::new(0, self.chance.bytes())
    }

    /// Words that both sides can read; `who` is `customer` or an agent.
    #[track_caller]
    pub fn says(&mut self, ticket: TicketId, who: &str, text: &str) -> MessageId {
        let message = self.message();
        self.says_again(ticket, who, message, text);
        message
    }

    /// The same words again, under the same id.
    #[track_caller]
    pub fn says_again(&mut self, ticket: TicketId, who: &str, message: MessageId, text: &str) {
        let open = self.ticket(ticket).open();
        let new = open.filter(|open| who == "customer" && !open.messages.contains_key(&message));
        let tier = new.map(|open| open.terms.tier.clone());
        let raising = tier.map(|tier| self.tenant.raising(&tier, message, text)).unwrap_or_default();
        for command in raising {
            self.drive(ticket, command).expect("raised, or as it was");
        }
        self.drive(ticket, Command::Say { message, author: author(who), text: text.into() }).expect("said");
    }

    /// An agent says how bad it is.
    #[track_caller]
    pub fn calls_it(&mut self, ticket: TicketId, agent: &str, to: Severity) {
        let by = Actor::Agent { id: id(agent) };
        self.drive(ticket, Command::SetSeverity { by, to, why: None }).expect("said how bad it is");
    }

    #[track_caller]
    pub fn notes(&mut self, ticket: TicketId, agent: &str, text: &str) {
        let message = self.message();
        self.drive(ticket, Command::Note { message, by: id(agent), text: text.into() }).expect("noted");
    }

    #[track_caller]
    pub fn pends(&mut self, ticket: TicketId, agent: &str, reason: PendReason) {
        self.drive(ticket, Command::Pend { by: id(agent), reason, evidence: None }).expect("pending");
    }

    #[track_caller]
    pub fn resumes(&mut self, ticket: TicketId, agent: &str) {
        self.drive(ticket, Command::Resume { by: id(agent) }).expect("resumed");
    }

    #[track_caller]
    pub fn solves(&mut self, ticket: TicketId, agent: &str) {
        self.drive(ticket, Command::Solve { by: id(agent) }).expect("solved");
    }

    #[track_caller]
    pub fn reopens(&mut self, ticket: TicketId) {
        self.drive(ticket, Command::Reopen { by: Actor::Customer {} }).expect("reopened");
    }

    /// Her company moves to another tier, by a published file.
    #[track_caller]
    pub fn becomes(&mut self, ticket: TicketId, tier: &str) {
        let terms = self.tenant.terms(&tier.parse().unwrap(), self.now);
        let cause = TermsCause::Tier { by: Actor::Tenant {} };
        self.drive(ticket, Command::Bind { terms, cause }).expect("bound");
    }

    #[track_caller]
    pub fn sees(&mut self, ticket: TicketId, upto: u64) {
        self.drive(ticket, Command::See { upto }).expect("seen");
    }

    /// A command that is refused, and with which refusal.
    #[track_caller]
    pub fn refused(&mut self, ticket: TicketId, command: Command) -> Refusal {
        match self.drive(ticket, command) {
            Err(Turned::Away(refusal)) => refusal,
            other => panic!("expected a refusal, found {other:?}"),
        }
    }
}
