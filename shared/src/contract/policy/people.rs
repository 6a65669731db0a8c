//! `[[teams]]`, `[[agents]]`, `[roster]`, `[[companies]]` and `[self_service]`: who answers, who is called, and for whom.

mod company;
mod roster;
mod self_service;
mod shifts;
#[cfg(test)]
mod tests;
mod wall;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Display;
use core::str::FromStr;

use super::calendars::NamedCalendar;
use super::reader::{Node, Table};
use super::taken::Taken;
use super::tiers::Tier;
use crate::ids::{AgentId, CalendarId, RegionId, SkillId, TeamId, TierId};
use crate::language::Language;
use crate::time::calendar::Zones;

pub use company::Company;
pub use roster::{Called, Roster, Rotation, Shift};
pub(super) use self_service::SelfService;

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
    /// Where it works from.
    pub region: Option<RegionId>,
    /// What it knows about; empty: anything.
    pub skills: Vec<SkillId>,
    /// How many tickets all of it takes at once; none: as many as its people take.
    pub capacity: Option<u32>,
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
    /// The team this person works in; none: in any of them.
    pub team: Option<TeamId>,
    /// What this person speaks; empty: what the team does.
    pub languages: Vec<Language>,
    /// What this person knows about; empty: what the team does.
    pub skills: Vec<SkillId>,
    /// How many tickets this person takes at once; none: as many as come.
    pub capacity: Option<u32>,
}

/// Everybody whom a tenant's file names.
pub(super) struct People {
    pub(super) teams: Vec<Team>,
    pub(super) agents: Vec<Agent>,
    pub(super) roster: Roster,
    pub(super) companies: Vec<Company>,
    pub(super) self_service: SelfService,
}

pub(super) fn read(
    file: &mut Table<'_>,
    calendars: &[NamedCalendar],
    tiers: &[Tier],
    zones: &Zones,
) -> People {
    let teams = rows(file.required("teams"), |node| team(node, calendars), |team| team.id.as_str());
    let agents = rows(file.required("agents"), |node| agent(node, &teams), |agent| agent.id.as_str());
    let roster = file.optional("roster").and_then(|node| shifts::read(&node, &agents, &teams, zones));
    let company = |node: &Node<'_>| company::read(node, tiers, &agents, zones);
    let companies = rows(file.optional("companies"), company, |company| company.id.as_str());
    let self_service = file.optional("self_service").map(|node| self_service::read(&node, tiers));
    People {
        teams,
        agents,
        roster: roster.unwrap_or_default(),
        companies,
        self_service: self_service.unwrap_or_default(),
    }
}

/// Reads every row of a list, and reports ids that stand there twice.
fn rows<'a, T>(
    list: Option<Node<'a>>,
    read: impl Fn(&Node<'a>) -> Option<T>,
    id: impl Fn(&T) -> &str,
) -> Vec<T> {
    let nodes = list.and_then(|node| node.list()).unwrap_or_default();
    let mut rows: Vec<T> = Vec::with_capacity(nodes.len());
    let mut taken = Taken::none();
    for node in nodes {
        let Some(row) = read(&node) else {
            node.broken_row();
            continue;
        };
        if taken.has(String::from(id(&row))) {
            node.say(format!("the id \"{}\" is taken by another one above", id(&row)));
        }
        rows.push(row);
    }
    rows
}

fn agent(node: &Node<'_>, teams: &[Team]) -> Option<Agent> {
    let mut table = node.table()?;
    let id = table.required("id").and_then(|node| node.parse());
    let name = table.required("name").and_then(|node| node.name());
    let email = table.required("email").and_then(|node| email(&node));
    let team = given(table.optional("team"), |node| team_named(node, teams));
    let languages = list_of(table.optional("languages"));
    let skills = list_of(table.optional("skills"));
    let capacity = given(table.optional("capacity"), capacity);
    table.finish();
    Some(Agent {
        id: id?,
        name: name?,
        email: email?,
        team: team?,
        languages: languages?,
        skills: skills?,
        capacity: capacity?,
    })
}

fn team(node: &Node<'_>, calendars: &[NamedCalendar]) -> Option<Team> {
    let mut table = node.table()?;
    let id = table.required("id").and_then(|node| node.parse());
    let name = table.required("name").and_then(|node| node.name());
    let calendar = table.required("calendar").and_then(|node| calendar_named(&node, calendars));
    let languages = list_of(table.optional("languages"));
    let region = given(table.optional("region"), Node::parse);
    let skills = list_of(table.optional("skills"));
    let capacity = given(table.optional("capacity"), capacity);
    table.finish();
    Some(Team {
        id: id?,
        name: name?,
        calendar: calendar?,
        languages: languages?,
        region: region?,
        skills: skills?,
        capacity: capacity?,
    })
}

/// `Some(None)` where the file says nothing; `None` where it says what cannot stand.
fn given<'a, T>(node: Option<Node<'a>>, read: impl Fn(&Node<'a>) -> Option<T>) -> Option<Option<T>> {
    match node {
        Some(node) => read(&node).map(Some),
        None => Some(None),
    }
}

/// Every item of a list, read alike; empty where the file says nothing.
fn list_of<T: FromStr<Err: Display>>(node: Option<Node<'_>>) -> Option<Vec<T>> {
    let Some(node) = node else { return Some(Vec::new()) };
    node.list()?.iter().map(Node::parse).collect::<Vec<_>>().into_iter().collect()
}

fn capacity(node: &Node<'_>) -> Option<u32> {
    node.whole(1..=1_000)
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
    list_of(Some(node.clone()))
}

fn agent_named(node: &Node<'_>, agents: &[Agent]) -> Option<AgentId> {
    node.one_of("agent", agents, |one| one.id.as_str()).map(|one| one.id.clone())
}

fn team_named(node: &Node<'_>, teams: &[Team]) -> Option<TeamId> {
    node.one_of("team", teams, |one| one.id.as_str()).map(|one| one.id.clone())
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
