//! What a form may hold, and what words in a message start, out of the tenant's file.

use alloc::vec::Vec;

use jiff::Timestamp;

use super::{Actor, Command, IntakeRules};
use crate::contract::policy::{Policy, Written};
use crate::contract::{Complexity, Severity};
use crate::ids::{CompanyId, MessageId, TierId};
use crate::routing::Grade;

impl IntakeRules {
    /// What a customer of this company (or of none) may send; none if the file has no company of that id.
    #[must_use]
    pub fn of(policy: &Policy, company: Option<&CompanyId>, now: Timestamp) -> Option<Self> {
        let tier = policy.tier_of(company, now)?;
        let writable =
            policy.channels.iter().filter(|channel| channel.kind.writable() && channel.hours(tier).is_some());
        Some(Self {
            text_chars: policy.limits.text_chars,
            channels: writable.map(|channel| channel.id.clone()).collect(),
            contact_required: company.is_none(),
        })
    }
}

impl Command {
    /// What the file's rules make of a customer's later words, to be done before they are said (S10: what changes
    /// comes first). In which language she wrote is not known, so every language's rules are asked. The ticket itself
    /// knows whether it is raised by that.
    #[must_use]
    pub fn raising(policy: &Policy, tier: &TierId, message: MessageId, text: &str) -> Vec<Self> {
        let (written, lowest) =
            (Written { text, language: None }, (Severity::General, Complexity::default()));
        let Grade { raised, complexity: to, complexity_by, .. } = Grade::by(policy, tier, written, lowest);
        let why = Some(message);
        let worse = raised.map(|raised| Self::SetSeverity {
            by: Actor::Rule { name: raised.by.rule },
            to: raised.to,
            why,
        });
        let more = complexity_by.map(|by| Self::SetComplexity { by: Actor::Rule { name: by.rule }, to, why });
        worse.into_iter().chain(more).collect()
    }
}
