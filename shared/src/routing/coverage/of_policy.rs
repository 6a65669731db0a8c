//! A tier's cover, out of the tenant's file.

use alloc::vec::Vec;

use jiff::Timestamp;

use super::{Covered, Watch};
use crate::contract::policy::{ChannelKind, Policy, Tier};
use crate::contract::{Metric, Severity};
use crate::ids::AgentId;
use crate::time::Windows;

impl Covered {
    /// Who covers which hour for a tier between two instants.
    #[must_use]
    pub fn of(policy: &Policy, tier: &Tier, from: Timestamp, to: Timestamp) -> Vec<Self> {
        Watch::of(policy, tier, from, to).cover(from, to)
    }
}

impl Watch {
    /// What a tier's cover is made of between two instants.
    #[must_use]
    pub fn of(policy: &Policy, tier: &Tier, from: Timestamp, to: Timestamp) -> Self {
        let open = |calendar| policy.windows(calendar, from, to);
        let any = |all: Windows, part: Windows| all.union(&part);
        let channels = policy.channels_for(&tier.id, from, to).into_iter();
        let channels =
            channels.filter(|(channel, _)| reaches_a_team(channel.kind)).map(|(_, windows)| windows);
        let counts = |severity: Severity| {
            let first = tier.targets.iter().filter(|target| target.metric == Metric::FirstResponse);
            let of = first.filter(|target| target.covers.severity.is_none_or(|own| own == severity));
            (severity, of.map(|target| open(&target.calendar)).fold(Windows::EMPTY, any))
        };
        let changes = core::iter::once(from).chain(policy.roster.changes(from, to));
        let mut changes: Vec<Timestamp> = changes.collect();
        changes.sort_unstable();
        changes.dedup();
        Self {
            teams: policy.teams.iter().map(|team| (team.id.clone(), open(&team.calendar))).collect(),
            channels: channels.fold(Windows::EMPTY, any),
            counts: Severity::ALL.into_iter().map(counts).collect(),
            on_call: changes.into_iter().map(|at| (at, called(policy, at))).collect(),
            calls_from: tier.calls_from,
        }
    }
}

fn called(policy: &Policy, at: Timestamp) -> Vec<AgentId> {
    let mut agents: Vec<AgentId> = Vec::new();
    for called in policy.roster.at(at) {
        if !agents.contains(called.agent) {
            agents.push(called.agent.clone());
        }
    }
    agents
}

/// Articles answer by themselves, and an account manager is one person.
fn reaches_a_team(kind: ChannelKind) -> bool {
    match kind {
        ChannelKind::Phone | ChannelKind::Chat | ChannelKind::Email => true,
        ChannelKind::Articles | ChannelKind::AccountManager => false,
    }
}
