//! What a plan depends on: the request, its grade, and everything around it, resolved.

use jiff::Timestamp;

use crate::contract::{Case, Severity, Terms};
use crate::ids::{ChannelId, CompanyId, TenantId, TicketId};
use crate::language::Language;
use crate::routing::{Grade, Load, Staff};
use crate::time::Local;

/// What the plan depends on; all of it resolved, nothing of it looked up.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// Who promises.
    pub tenant: &'a TenantId,
    /// For whom, if somebody vouched for the customer.
    pub company: Option<&'a CompanyId>,
    /// The request's id, for the receipt.
    pub ticket: TicketId,
    /// The server's first sight of it.
    pub now: Timestamp,
    /// How bad, and how much work.
    pub grade: &'a Grade,
    /// How it came.
    pub channel: &'a ChannelId,
    /// The customer's language.
    pub language: &'a Language,
    /// The customer's zone, resolved over the days ahead.
    pub local: &'a Local,
    /// The tier's terms.
    pub terms: &'a Terms,
    /// The people.
    pub staff: &'a Staff,
    /// What they have in hand: it picks the person, and nothing else.
    pub load: &'a Load,
}

impl<'a> Ask<'a> {
    /// How bad it counts as.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.grade.severity()
    }

    /// What the request is like, as far as targets ask.
    #[must_use]
    pub fn case(self) -> Case<'a> {
        Case { severity: self.severity(), complexity: self.grade.complexity, channel: self.channel }
    }
}
