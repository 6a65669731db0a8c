//! `[[escalation]]`: who is told when a promise comes near its end, or is broken.

use alloc::vec::Vec;

use super::people::{Agent, Team};
use super::reader::Node;
use super::targets::maybe;
use super::tiers::{self, Tier};
use crate::contract::Metric;
use crate::ids::{AgentId, TeamId, TierId};

/// One level: at a moment of a clock, these are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// When.
    pub at: Moment,
    /// Of which clocks; none: of all.
    pub metric: Option<Metric>,
    /// Who, in this order.
    pub tell: Vec<Told>,
    /// For which tiers; empty: for all.
    pub tiers: Vec<TierId>,
}

/// A moment in the life of a clock (S8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Half of the target is used up.
    Half,
    /// Three quarters of it.
    ThreeQuarters,
    /// Nine tenths of it.
    NineTenths,
    /// All of it, and the grace.
    Breach,
}

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// The company's account manager, if it has one.
    AccountManager,
    /// Whoever is on call then.
    OnCall,
    /// Everybody of a team.
    Team(TeamId),
    /// One person.
    Agent(AgentId),
}

const MOMENTS: [(&str, Moment); 4] = [
    ("50%", Moment::Half),
    ("75%", Moment::ThreeQuarters),
    ("90%", Moment::NineTenths),
    ("breach", Moment::Breach),
];

/// Who can be named.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) tiers: &'a [Tier],
    pub(super) teams: &'a [Team],
    pub(super) agents: &'a [Agent],
}

pub(super) fn read(list: &Node<'_>, names: Names<'_>) -> Vec<Escalation> {
    let levels = list.list().unwrap_or_default();
    levels.iter().filter_map(|node| level(node, names)).collect()
}

fn level(node: &Node<'_>, names: Names<'_>) -> Option<Escalation> {
    let mut table = node.table()?;
    let at = table.required("at").and_then(|node| node.word("moment", &MOMENTS));
    let metric = maybe(table.optional("metric"), tiers::metric);
    let tell = table.required("tell").and_then(|node| everybody(&node, names));
    let tiers = maybe(table.optional("tiers"), |node| tiers::named(node, names.tiers));
    table.finish();
    Some(Escalation { at: at?, metric: metric?, tell: tell?, tiers: tiers?.unwrap_or_default() })
}

fn everybody(node: &Node<'_>, names: Names<'_>) -> Option<Vec<Told>> {
    let tell: Option<Vec<Told>> =
        node.list()?.iter().map(|node| told(node, names)).collect::<Vec<_>>().into_iter().collect();
    if tell.as_ref().is_some_and(Vec::is_empty) {
        node.say("must name somebody");
    }
    tell
}

fn told(node: &Node<'_>, names: Names<'_>) -> Option<Told> {
    let text = node.text()?;
    match text.split_once(':') {
        Some(("team", id)) => {
            let team = names.teams.iter().find(|team| team.id.as_str() == id);
            if team.is_none() {
                node.unknown("team", id, names.teams.iter().map(|team| team.id.as_str()));
            }
            team.map(|team| Told::Team(team.id.clone()))
        }
        Some(("agent", id)) => {
            let agent = names.agents.iter().find(|agent| agent.id.as_str() == id);
            if agent.is_none() {
                node.unknown("agent", id, names.agents.iter().map(|agent| agent.id.as_str()));
            }
            agent.map(|agent| Told::Agent(agent.id.clone()))
        }
        Some(_) | None => match text {
            "account_manager" => Some(Told::AccountManager),
            "on_call" => Some(Told::OnCall),
            _ => {
                node.wrong("must be account_manager, on_call, team:… or agent:…");
                None
            }
        },
    }
}
