//! What a plan depends on: the request, how it was graded, and everything around it, resolved.

use jiff::Timestamp;

use crate::contract::{Case, Complexity, Severity, Terms};
use crate::ids::{ChannelId, CompanyId, SkillId, TenantId, TicketId};
use crate::language::Language;
use crate::routing::{Load, Staff};
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
    pub grade: Grade<'a>,
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

/// How bad a request is and how much work: the customer's word, as far as her tier lets it count, and what the
/// tenant's rules make of it. Rules raise; nothing here lowers what her word may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grade<'a> {
    /// The customer's word.
    pub claimed: Severity,
    /// The most that the word of a customer of this tier may start.
    pub may_claim: Severity,
    /// What a rule raised it to.
    pub raised: Option<Raised<'a>>,
    /// How much work, by a rule or an agent.
    pub complexity: Complexity,
    /// What somebody who answers must know about.
    pub skills: &'a [SkillId],
}

/// A severity that a rule of the tenant's file asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raised<'a> {
    /// At least this.
    pub to: Severity,
    /// Which rule, as its place in the file.
    pub rule: &'a str,
}

impl Grade<'_> {
    /// Nothing but the customer's word, taken whole.
    #[must_use]
    pub fn of(claimed: Severity) -> Self {
        let complexity = Complexity::default();
        Self { claimed, may_claim: Severity::Major, raised: None, complexity, skills: &[] }
    }

    /// What the customer's word alone starts.
    #[must_use]
    pub fn granted(self) -> Severity {
        self.claimed.min(self.may_claim)
    }

    /// How bad it counts as.
    ///
    /// ```
    /// use shared::contract::Severity::{General, Major, Urgent};
    /// use shared::routing::{Grade, Raised};
    ///
    /// let anonymous = Grade { may_claim: General, ..Grade::of(Major) };
    /// assert_eq!(anonymous.severity(), General);
    /// let raised = Grade { raised: Some(Raised { to: Urgent, rule: "rules[0]" }), ..anonymous };
    /// assert_eq!(raised.severity(), Urgent);
    /// ```
    #[must_use]
    pub fn severity(self) -> Severity {
        let granted = self.granted();
        self.raised.map_or(granted, |raised| raised.to.max(granted))
    }
}
