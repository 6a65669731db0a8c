//! The people behind a request, out of the tenant's file.

use jiff::{SignedDuration, Timestamp};

use super::{Member, OnCall, SelfService, Staff, TeamHours};
use crate::contract::policy::{Agent, ChannelKind, Policy, Team};
use crate::ids::{AgentId, CompanyId, TierId};
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
        Some(Self::of_tier(policy, tier, company, now))
    }

    /// Everybody who could answer a customer of this tier, and of this company if there is one, from `now` on.
    #[must_use]
    pub fn of_tier(policy: &Policy, tier: &TierId, company: Option<&CompanyId>, now: Timestamp) -> Self {
        let until = now.saturating_add(AHEAD).unwrap_or(FOREVER);
        let manager = company.and_then(|id| policy.company(id)?.account_manager.as_ref());
        let on_call = policy.roster.at(now).into_iter().filter_map(|called| {
            Some(OnCall { agent: named(policy, called.agent)?, team: called.team.cloned() })
        });
        let team = |team: &Team| TeamHours {
            id: team.id.clone(),
            name: team.name.clone(),
            languages: team.languages.clone(),
            region: team.region.clone(),
            skills: team.skills.clone(),
            members: policy.agents.iter().filter_map(|agent| member(team, agent)).collect(),
            capacity: team.capacity,
            windows: policy.windows(&team.calendar, now, until),
        };
        let bought = policy.tier(tier);
        let channels = policy.channels_for(tier, now, until).into_iter();
        Self {
            tier_from: if company.is_some() { TierSource::Company } else { TierSource::Default },
            teams: policy.teams.iter().map(team).collect(),
            channels: channels.map(|(channel, windows)| (channel.id.clone(), windows)).collect(),
            on_call: on_call.collect(),
            calls_from: bought.and_then(|tier| tier.calls_from),
            tells_manager_from: bought.and_then(|tier| tier.tells_manager_from),
            account_manager: manager.and_then(|id| named(policy, id)),
            self_service: self_service(policy, tier),
            until,
        }
    }
}

/// A person who works in this team: in its own, or, without one, in any.
fn member(team: &Team, agent: &Agent) -> Option<Member> {
    agent.team.as_ref().is_none_or(|own| *own == team.id).then(|| Member {
        agent: Named { id: agent.id.clone(), name: agent.name.clone() },
        languages: if agent.languages.is_empty() { &team.languages } else { &agent.languages }.clone(),
        skills: if agent.skills.is_empty() { &team.skills } else { &agent.skills }.clone(),
        capacity: agent.capacity,
    })
}

fn self_service(policy: &Policy, tier: &TierId) -> Option<SelfService> {
    let (_, up_to) = policy.self_service.iter().find(|(id, _)| id == tier)?;
    let read = |channel: &&crate::contract::policy::Channel| channel.kind == ChannelKind::Articles;
    let articles = policy.channels.iter().filter(read).find(|channel| channel.hours(tier).is_some())?;
    Some(SelfService { up_to: *up_to, channel: articles.id.clone() })
}

fn named(policy: &Policy, id: &AgentId) -> Option<Named> {
    policy.agent(id).map(|agent| Named { id: agent.id.clone(), name: agent.name.clone() })
}
