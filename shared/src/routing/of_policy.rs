//! The people behind a request, out of the tenant's file.

use jiff::{SignedDuration, Timestamp};

use super::{Staff, TeamHours};
use crate::contract::policy::{Policy, Team};
use crate::ids::{AgentId, CompanyId};
use crate::sla::{Named, TierSource};
use crate::time::FOREVER;

/// How far opening hours are looked up: past the longest row of holidays by weeks.
const AHEAD: SignedDuration = SignedDuration::from_hours(60 * 24);

impl Staff {
    /// Everybody who could answer a customer of this company (or of none) from `now` on; none if the file has no
    /// company of that id.
    #[must_use]
    pub fn of(policy: &Policy, company: Option<&CompanyId>, now: Timestamp) -> Option<Self> {
        let tier = policy.tier_of(company, now)?;
        let until = now.saturating_add(AHEAD).unwrap_or(FOREVER);
        let manager = company.and_then(|id| policy.company(id)?.account_manager.as_ref());
        let account_manager = manager.and_then(|id| named(policy, id));
        let on_call = policy.on_call.iter().filter_map(|id| named(policy, id)).collect();
        let team = |team: &Team| TeamHours {
            id: team.id.clone(),
            name: team.name.clone(),
            languages: team.languages.clone(),
            windows: policy.windows(&team.calendar, now, until),
        };
        let bought = policy.tier(tier);
        let channels = policy.channels_for(tier, now, until).into_iter();
        Some(Self {
            tier_from: if company.is_some() { TierSource::Company } else { TierSource::Default },
            teams: policy.teams.iter().map(team).collect(),
            channels: channels.map(|(channel, windows)| (channel.id.clone(), windows)).collect(),
            on_call,
            calls_from: bought.and_then(|tier| tier.calls_from),
            tells_manager_from: bought.and_then(|tier| tier.tells_manager_from),
            account_manager,
            until,
        })
    }
}

fn named(policy: &Policy, id: &AgentId) -> Option<Named> {
    policy.agent(id).map(|agent| Named { id: agent.id.clone(), name: agent.name.clone() })
}
