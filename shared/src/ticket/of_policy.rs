//! What a form may hold, out of the tenant's file.

use jiff::Timestamp;

use super::IntakeRules;
use crate::contract::policy::Policy;
use crate::ids::CompanyId;

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
