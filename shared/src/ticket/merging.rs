//! Which ticket an agent means by a code, and whether one may live on in another.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::Terms;
use crate::ids::{CustomerId, TicketId};
use crate::refusal::{Refusal, Unfit};
use crate::ticket::step::wrong_stage;
use crate::ticket::{Open, Row, Stage, Ticket};

/// What a merge asks of each of both tickets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Which.
    pub id: TicketId,
    /// Whose.
    pub customer: CustomerId,
    /// How it stands.
    pub stage: Stage,
    /// The ticket in which it lives on already.
    pub merged_into: Option<TicketId>,
    /// When its first clock started: what it took in keeps its own start.
    #[serde(with = "crate::time::instant::millis")]
    pub began: Timestamp,
    /// What binds it.
    pub terms: Terms,
}

impl Ticket {
    /// The ticket as a merge sees it.
    #[must_use]
    pub fn party(&self) -> Option<Party> {
        let open = self.open()?;
        Some(Party {
            id: self.id(),
            customer: open.opening.customer.clone(),
            stage: open.stage,
            merged_into: open.merged_into,
            began: open.began(),
            terms: open.terms.clone(),
        })
    }
}

impl Open {
    fn began(&self) -> Timestamp {
        let started = self.course.running().iter().chain(self.course.past()).map(|cycle| cycle.started);
        started.chain([self.receipt.asked_at]).min().unwrap_or(self.receipt.asked_at)
    }
}

impl Party {
    /// Whether this ticket may live on in `into`. The same merge again may go on.
    ///
    /// # Errors
    /// What the agent can do instead, or has to confirm.
    pub fn merges(&self, into: &Self, confirmed: bool) -> Result<(), Refusal> {
        let unfit = |why| Err(Refusal::Unfit { why });
        let code = into.id.code();
        if self.id == into.id {
            return unfit(Unfit::Itself {});
        }
        if self.stage.is_final() && self.merged_into != Some(into.id) {
            return Err(wrong_stage("merged", self.stage));
        }
        if into.stage.is_final() {
            return unfit(Unfit::Final { code, found: into.stage.as_str().into() });
        }
        if self.customer != into.customer && !confirmed {
            return unfit(Unfit::OtherCustomer { code });
        }
        Ok(())
    }
}

/// The ticket that an agent names by its code or by its id.
///
/// # Errors
/// None on the list has the code, or several have.
pub fn named(rows: &[Row], typed: &str) -> Result<TicketId, Refusal> {
    let unfit = |why| Err(Refusal::Unfit { why });
    let typed = typed.trim();
    if let Ok(id) = typed.parse() {
        return Ok(id);
    }
    let mut called = rows.iter().map(|row| row.id).filter(|id| is_called(*id, typed));
    match (called.next(), called.next()) {
        (None, _) => unfit(Unfit::NoTicket { found: crate::ids::excerpt(typed) }),
        (Some(id), None) => Ok(id),
        (Some(id), Some(_)) => unfit(Unfit::SameCode { code: id.code() }),
    }
}

/// Whether somebody who typed this means the ticket's code: small letters, no dash, and letters that look like digits
/// are forgiven.
fn is_called(ticket: TicketId, typed: &str) -> bool {
    let plain = |letter: char| match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let told = typed.chars().filter(|letter| letter.is_alphanumeric()).map(plain);
    told.eq(ticket.code().chars().filter(|letter| *letter != '-'))
}
