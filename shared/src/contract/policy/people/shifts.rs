//! `[roster]`: reading who is on call, with every mistake that a plan of shifts can have.

use alloc::format;
use alloc::vec::Vec;

use jiff::Timestamp;

use super::roster::{Roster, Rotation, Shift};
use super::wall::{self, Wall};
use super::{Agent, Team, agent_named, given, team_named};
use crate::contract::policy::reader::Node;
use crate::ids::AgentId;
use crate::time::calendar::Zones;
use crate::time::{Local, Window, Zone};

/// Rosters are kept in this stretch of time: the zone's offsets are looked up once for all of it.
const KNOWN: (Timestamp, Timestamp) =
    (Timestamp::constant(946_684_800, 0), Timestamp::constant(4_102_444_800, 0));

/// Longest turn of a rotation, in days.
const LONGEST: u32 = 366;

/// The names that a roster may use, and its wall clock.
struct Known<'a> {
    agents: &'a [Agent],
    teams: &'a [Team],
    local: Local,
}

pub(super) fn read(node: &Node<'_>, agents: &[Agent], teams: &[Team], zones: &Zones) -> Option<Roster> {
    let mut table = node.table()?;
    let on_call = table.optional("on_call");
    let fallback = table.optional("fallback");
    let zone = given(table.optional("zone"), |node| local(node, zones));
    let rotations = table.optional("rotations");
    let overrides = table.optional("overrides");
    let duty = table.optional("duty");
    if on_call.is_none() && rotations.is_none() {
        table.say("\"on_call\" is missing: a roster has \"on_call\", \"rotations\" or both");
    }
    let timed = rotations.is_some() || overrides.is_some() || duty.is_some();
    if timed && matches!(zone, Some(None)) {
        table.say("\"zone\" is missing: rotations, overrides and duty are told by a wall clock");
    }
    table.finish();
    let people = |node: Option<Node<'_>>| node.map_or(Some(Vec::new()), |node| people(&node, agents));
    let (on_call, fallback) = (people(on_call), people(fallback));
    let known = zone?.map(|local| Known { agents, teams, local });
    Some(Roster {
        on_call: on_call?,
        rotations: each(rotations, |node| rotation(node, known.as_ref()?))
            .into_iter()
            .map(|(_, row)| row)
            .collect(),
        overrides: apart(each(overrides, |node| shift(node, known.as_ref()?))),
        duty: each(duty, |node| shift(node, known.as_ref()?)).into_iter().map(|(_, row)| row).collect(),
        fallback: fallback?,
    })
}

/// Every row of a list with the place where it stands.
fn each<'a, T>(list: Option<Node<'a>>, read: impl Fn(&Node<'a>) -> Option<T>) -> Vec<(Node<'a>, T)> {
    let nodes = list.and_then(|list| list.list()).unwrap_or_default();
    nodes.into_iter().filter_map(|node| read(&node).map(|row| (node, row))).collect()
}

fn local(node: &Node<'_>, zones: &Zones) -> Option<Local> {
    let zone = node.text().and_then(|name| Zone::new(name).map_err(|error| node.wrong(error)).ok())?;
    let local = zones.local(&zone, KNOWN.0, KNOWN.1).ok();
    if local.is_none() {
        node.unknown("time zone", zone.as_str(), zones.names().iter().map(|name| name.as_str()));
    }
    local
}

fn people(node: &Node<'_>, agents: &[Agent]) -> Option<Vec<AgentId>> {
    node.list()?.iter().map(|node| agent_named(node, agents)).collect::<Vec<_>>().into_iter().collect()
}

/// People of whom there must be at least one.
fn crew(node: &Node<'_>, agents: &[Agent]) -> Option<Vec<AgentId>> {
    let crew = people(node, agents)?;
    if crew.is_empty() {
        node.say("must name at least one agent");
        return None;
    }
    Some(crew)
}

/// `{ agents = ["li", "wang"], starts = 2026-09-28T09:00:00, every = "1w", team = "support" }`.
fn rotation(node: &Node<'_>, known: &Known<'_>) -> Option<Rotation> {
    let mut table = node.table()?;
    let agents = table.required("agents").and_then(|node| crew(&node, known.agents));
    let starts = table.required("starts").and_then(|node| node.written::<Wall>(wall::FORM));
    let every = table.required("every").and_then(|node| days(&node));
    let team = given(table.optional("team"), |node| team_named(node, known.teams));
    table.finish();
    Some(Rotation {
        agents: agents?,
        team: team?,
        starts: starts?.0,
        days: every?,
        local: known.local.clone(),
    })
}

/// `1w`, `3d`: whole weeks or days.
fn days(node: &Node<'_>) -> Option<i64> {
    let text = node.text()?;
    let number = |unit| text.strip_suffix(unit).and_then(|number| number.parse::<u32>().ok());
    let days = number("w").map(|weeks| weeks.saturating_mul(7)).or_else(|| number("d"));
    let days = days.filter(|days| (1..=LONGEST).contains(days));
    if days.is_none() {
        node.wrong(format!("must be weeks or days, as \"1w\" or \"3d\", at most {LONGEST} days"));
    }
    days.map(i64::from)
}

/// `{ from = 2026-09-29, to = 2026-10-08, agents = ["chen"], team = "support", name = "…" }`; `to` is the first
/// moment that is no longer in it.
fn shift(node: &Node<'_>, known: &Known<'_>) -> Option<Shift> {
    let mut table = node.table()?;
    let from = table.required("from").and_then(|node| node.written::<Wall>(wall::FORM));
    let to = table.required("to");
    let ends = to.as_ref().and_then(|node| node.written::<Wall>(wall::FORM));
    let agents = table.required("agents").and_then(|node| crew(&node, known.agents));
    let team = given(table.optional("team"), |node| team_named(node, known.teams));
    let name = given(table.optional("name"), Node::name);
    table.finish();
    let (Wall(from), Wall(ends)) = (from?, ends?);
    let Ok(window) = Window::new(known.local.instant(from), known.local.instant(ends)) else {
        to?.say(format!("ends ({ends}) before it starts ({from}), or at once"));
        return None;
    };
    Some(Shift { window, agents: agents?, team: team?, name: name? })
}

/// Of two overrides that hold at once nobody could say which one does: so they are refused.
fn apart(overrides: Vec<(Node<'_>, Shift)>) -> Vec<Shift> {
    let mut above: Vec<Shift> = Vec::with_capacity(overrides.len());
    for (node, shift) in overrides {
        let same = |other: &Shift| shift.team.is_none() || other.team.is_none() || other.team == shift.team;
        let clash = |other: &&Shift| same(other) && other.window.overlap(shift.window).is_some();
        if let Some(place) = above.iter().position(|other| clash(&other)) {
            node.say(format!("overlaps roster.overrides[{place}]: only one of them can hold at a time"));
        }
        above.push(shift);
    }
    above
}
