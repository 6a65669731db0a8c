//! `[[teams]]`, `[[agents]]`, `[roster]` and `[[companies]]`: who answers, who is called, and for whom.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;

use super::calendars::NamedCalendar;
use super::contracts;
use super::reader::{Node, Table};
use super::targets::Tier;
use crate::contract::credit::Contract;
use crate::ids::{AgentId, CalendarId, CompanyId, TeamId, TierId};
use crate::language::Language;
use crate::time::calendar::Zones;

/// Agents who work the same hours.
#[derive(Clone, Debug)]
pub struct Team {
    /// Its name in the file.
    pub id: TeamId,
    /// As people call it.
    pub name: String,
    /// When it works.
    pub calendar: CalendarId,
    /// What it speaks; empty: anything.
    pub languages: Vec<Language>,
}

/// A person who answers.
#[derive(Clone, Debug)]
pub struct Agent {
    /// The name in the file.
    pub id: AgentId,
    /// As customers see it.
    pub name: String,
    /// Where the tenant reaches this person.
    pub email: String,
}

/// The tenant's client.
#[derive(Clone, Debug)]
pub struct Company {
    /// As the host's signed token names it.
    pub id: CompanyId,
    /// As people call it.
    pub name: String,
    /// Who looks after it.
    pub account_manager: Option<AgentId>,
    /// What it is given back when the service level is missed.
    pub contract: Option<Contract>,
    tier: TierId,
    go_live: Option<(Timestamp, TierId)>,
}

impl Company {
    /// What it has bought: until its go-live one tier, from then on the other.
    pub fn tier(&self, now: Timestamp) -> &TierId {
        match &self.go_live {
            Some((instant, tier)) if *instant <= now => tier,
            Some(_) | None => &self.tier,
        }
    }
}

/// Everybody whom a tenant's file names.
pub(super) struct People {
    pub(super) teams: Vec<Team>,
    pub(super) agents: Vec<Agent>,
    pub(super) on_call: Vec<AgentId>,
    pub(super) companies: Vec<Company>,
}

pub(super) fn read(
    file: &mut Table<'_>,
    calendars: &[NamedCalendar],
    tiers: &[Tier],
    zones: &Zones,
) -> People {
    let agents = rows(file.required("agents"), agent, |agent| agent.id.as_str());
    let teams = rows(file.required("teams"), |node| team(node, calendars), |team| team.id.as_str());
    let on_call = file.optional("roster").map_or(Some(Vec::new()), |node| roster(&node, &agents));
    let company = |node: &Node<'_>| company(node, tiers, &agents, zones);
    let companies = rows(file.optional("companies"), company, |company| company.id.as_str());
    People { teams, agents, on_call: on_call.unwrap_or_default(), companies }
}

/// Reads every row of a list, and reports ids that stand there twice.
fn rows<'a, T>(
    list: Option<Node<'a>>,
    read: impl Fn(&Node<'a>) -> Option<T>,
    id: impl Fn(&T) -> &str,
) -> Vec<T> {
    let nodes = list.and_then(|node| node.list()).unwrap_or_default();
    let mut rows: Vec<T> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Some(row) = read(&node) else {
            node.broken_row();
            continue;
        };
        if rows.iter().any(|other| id(other) == id(&row)) {
            node.say(format!("the id \"{}\" is taken by another one above", id(&row)));
        }
        rows.push(row);
    }
    rows
}

fn agent(node: &Node<'_>) -> Option<Agent> {
    let mut table = node.table()?;
    let id = table.required("id").and_then(|node| node.parse());
    let name = table.required("name").and_then(|node| node.name());
    let email = table.required("email").and_then(|node| email(&node));
    table.finish();
    Some(Agent { id: id?, name: name?, email: email? })
}

fn team(node: &Node<'_>, calendars: &[NamedCalendar]) -> Option<Team> {
    let mut table = node.table()?;
    let id = table.required("id").and_then(|node| node.parse());
    let name = table.required("name").and_then(|node| node.name());
    let calendar = table.required("calendar").and_then(|node| calendar_named(&node, calendars));
    let languages = table.optional("languages").map_or(Some(Vec::new()), |node| languages(&node));
    table.finish();
    Some(Team { id: id?, name: name?, calendar: calendar?, languages: languages? })
}

fn roster(node: &Node<'_>, agents: &[Agent]) -> Option<Vec<AgentId>> {
    let mut table = node.table()?;
    let on_call = table.required("on_call");
    table.finish();
    on_call?.list()?.iter().map(|node| agent_named(node, agents)).collect()
}

fn company(node: &Node<'_>, tiers: &[Tier], agents: &[Agent], zones: &Zones) -> Option<Company> {
    let mut table = node.table()?;
    let id = table.required("id").and_then(|node| node.parse());
    let name = table.required("name").and_then(|node| node.name());
    let tier = table.required("tier").and_then(|node| tier_named(&node, tiers));
    let account_manager = table.optional("account_manager").map(|node| agent_named(&node, agents));
    let go_live = table.optional("go_live");
    let after = table.optional("tier_after_go_live").map(|node| tier_named(&node, tiers));
    if go_live.is_some() != after.is_some() {
        table.say("\"go_live\" and \"tier_after_go_live\" go together");
    }
    let bought: Vec<&TierId> =
        [tier.as_ref(), after.as_ref().and_then(Option::as_ref)].into_iter().flatten().collect();
    let contract = table.optional("contract").map(|node| contracts::contract(&node, zones, tiers, &bought));
    table.finish();
    let form = "must be an instant with its offset, as 2026-12-01T00:00:00+08:00";
    let go_live = go_live.map(|node| node.written(form)).zip(after);
    let go_live = match go_live {
        Some((instant, tier)) => Some((instant?, tier?)),
        None => None,
    };
    let account_manager = match account_manager {
        Some(agent) => Some(agent?),
        None => None,
    };
    let contract = match contract {
        Some(contract) => Some(contract?),
        None => None,
    };
    Some(Company { id: id?, name: name?, account_manager, contract, tier: tier?, go_live })
}

/// A calendar of the file, by its name.
pub(super) fn calendar_named(node: &Node<'_>, calendars: &[NamedCalendar]) -> Option<CalendarId> {
    node.one_of("calendar", calendars, |one| one.id.as_str()).map(|one| one.id.clone())
}

/// A tier of the file, by its name.
pub(super) fn tier_named(node: &Node<'_>, tiers: &[Tier]) -> Option<TierId> {
    node.one_of("tier", tiers, |one| one.id.as_str()).map(|one| one.id.clone())
}

/// A list of language tags.
pub(super) fn languages(node: &Node<'_>) -> Option<Vec<Language>> {
    node.list()?.iter().map(Node::parse).collect::<Vec<_>>().into_iter().collect()
}

fn agent_named(node: &Node<'_>, agents: &[Agent]) -> Option<AgentId> {
    node.one_of("agent", agents, |one| one.id.as_str()).map(|one| one.id.clone())
}

fn email(node: &Node<'_>) -> Option<String> {
    let text = node.text()?;
    let plain = !text.chars().any(|c| c.is_control() || c.is_whitespace()) && text.len() <= 254;
    let parts = text
        .split_once('@')
        .filter(|(user, host)| !user.is_empty() && host.contains('.') && !host.contains('@'));
    if plain && parts.is_some() {
        return Some(text.into());
    }
    node.wrong("must be an e-mail address");
    None
}
