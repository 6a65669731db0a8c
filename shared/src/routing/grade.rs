//! How bad a request is and how much work: the customer's word, as far as her tier lets it count, and what the tenant's
//! rules make of her text. Rules raise; nothing here lowers what her word may start.

use alloc::vec::Vec;

#[cfg(feature = "policy")]
use crate::contract::policy::{Policy, RaisedBy, Written};
use crate::contract::{Complexity, Severity};
use crate::ids::SkillId;
#[cfg(feature = "policy")]
use crate::ids::TierId;
use crate::sla::{Reason, Trigger};

/// How a request counts, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// The customer's word.
    pub claimed: Severity,
    /// The most that the word of a customer of this tier may start.
    pub may_claim: Severity,
    /// What a rule raised it to.
    pub raised: Option<Raised>,
    /// How much work.
    pub complexity: Complexity,
    /// Which rule takes it for so much; none: no rule does.
    pub complexity_by: Option<Trigger>,
    /// What somebody who answers must know about.
    pub skills: Vec<SkillId>,
}

/// A severity that a rule of the tenant's file asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// At least this.
    pub to: Severity,
    /// Which rule, and by which word.
    pub by: Trigger,
}

impl Grade {
    /// Nothing but the customer's word, taken whole.
    #[must_use]
    pub fn of(claimed: Severity) -> Self {
        let (complexity, skills) = (Complexity::default(), Vec::new());
        Self { claimed, may_claim: Severity::Major, raised: None, complexity, complexity_by: None, skills }
    }

    /// What a request of this tier counts as: `claimed` is the customer's word, and how much work it was taken for so
    /// far. Her word starts what her tier may claim, whatever it says; words in her text raise that. Any text has a
    /// grade.
    #[cfg(feature = "policy")]
    #[must_use]
    pub fn by(
        policy: &Policy,
        tier: &TierId,
        written: Written<'_>,
        (claimed, complexity): (Severity, Complexity),
    ) -> Self {
        let may_claim = policy.granted(tier, Severity::Major);
        let granted = claimed.granted(may_claim);
        let raised = policy.raise(tier, written, (granted, complexity));
        let (worse, more) = (raised.severity > granted, raised.complexity > complexity);
        // Of two things that were raised, one answer names the rule of the severity. Nothing is worse than major.
        let alone = || policy.raise(tier, written, (Severity::Major, complexity)).by;
        let complexity_by = if worse && more { alone() } else { raised.by.clone().filter(|_| more) };
        let by = raised.by.filter(|_| worse).map(Trigger::from);
        Self {
            claimed,
            may_claim,
            raised: by.map(|by| Raised { to: raised.severity, by }),
            complexity: raised.complexity,
            complexity_by: complexity_by.map(Trigger::from),
            skills: Vec::new(),
        }
    }

    /// What the customer's word alone starts.
    #[must_use]
    pub fn granted(&self) -> Severity {
        self.claimed.granted(self.may_claim)
    }

    /// How bad it counts as.
    ///
    /// ```
    /// use shared::contract::Severity::{General, Major, Urgent};
    /// use shared::routing::{Grade, Raised};
    /// use shared::sla::Trigger;
    ///
    /// let anonymous = Grade { may_claim: General, ..Grade::of(Major) };
    /// assert_eq!(anonymous.severity(), General);
    /// let by = Trigger { rule: "rules[0]".into(), word: "cannot log in".into() };
    /// let raised = Grade { raised: Some(Raised { to: Urgent, by }), ..anonymous };
    /// assert_eq!(raised.severity(), Urgent);
    /// ```
    #[must_use]
    pub fn severity(&self) -> Severity {
        let granted = self.granted();
        self.raised.as_ref().map_or(granted, |raised| raised.to.max(granted))
    }

    /// Why it does not count as her word alone says.
    pub(super) fn reasons(&self) -> impl Iterator<Item = Reason> {
        let (claimed, granted) = (self.claimed, self.granted());
        let held = (granted < claimed).then_some(Reason::Claimed { claimed, granted });
        let raised = self.raised.as_ref().filter(|raised| raised.to > granted);
        let raised =
            raised.map(|Raised { to, by }| Reason::Severity { from: granted, to: *to, by: by.clone() });
        let more = self.complexity_by.clone();
        let more = more.map(|by| Reason::Complexity { to: self.complexity, by });
        held.into_iter().chain(raised).chain(more)
    }
}

#[cfg(feature = "policy")]
impl From<RaisedBy> for Trigger {
    fn from(RaisedBy { rule, word }: RaisedBy) -> Self {
        Self { rule, word }
    }
}
