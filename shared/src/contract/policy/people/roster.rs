//! Who is on call, and when: overrides before rotations and the fixed ladder, then reinforced duty, then fall-backs.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};

use crate::ids::{AgentId, TeamId};
use crate::time::{Local, Window};

/// Who is called at night.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    /// The same people every night, in order.
    pub on_call: Vec<AgentId>,
    /// People who take turns; they are called before the fixed ones.
    pub rotations: Vec<Rotation>,
    /// Who is called instead of rotations and fixed people for a while.
    pub overrides: Vec<Shift>,
    /// Who is called besides for a while (值班保障).
    pub duty: Vec<Shift>,
    /// Who is called after everybody else.
    pub fallback: Vec<AgentId>,
}

/// People who take turns, handed over at the same wall clock's time each time.
#[derive(Clone, Debug)]
pub struct Rotation {
    /// In the order of their turns; never empty.
    pub agents: Vec<AgentId>,
    /// For which team's customers; none: for everybody's.
    pub team: Option<TeamId>,
    pub(super) starts: DateTime,
    pub(super) days: i64,
    pub(super) local: Local,
}

/// People for a stretch of time.
#[derive(Clone, Debug)]
pub struct Shift {
    /// When.
    pub window: Window,
    /// Who, in order.
    pub agents: Vec<AgentId>,
    /// For which team's customers; none: for everybody's.
    pub team: Option<TeamId>,
    /// What it is called.
    pub name: Option<String>,
}

/// Somebody who is on call at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called<'a> {
    /// Who.
    pub agent: &'a AgentId,
    /// For which team's customers; none: for everybody's.
    pub team: Option<&'a TeamId>,
    /// Which rule of the file says so, as `roster.rotations[0]`.
    pub rule: String,
}

impl Roster {
    /// Who is on call at a moment, in the order in which they are called; each person once.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Vec<Called<'_>> {
        let mut called: Vec<Called<'_>> = Vec::new();
        let instead = || holding(&self.overrides, now);
        for (index, shift) in instead() {
            shift.call(&format!("roster.overrides[{index}]"), &mut called);
        }
        if !instead().any(|(_, shift)| shift.team.is_none()) {
            let replaced = |team: Option<&TeamId>| instead().any(|(_, shift)| shift.team.as_ref() == team);
            for (index, rotation) in self.rotations.iter().enumerate() {
                let team = rotation.team.as_ref();
                let agent = rotation.at(now).filter(|_| team.is_none() || !replaced(team));
                agent.into_iter().for_each(|agent| {
                    call(&mut called, agent, team, &format!("roster.rotations[{index}]"));
                });
            }
            self.on_call.iter().for_each(|agent| call(&mut called, agent, None, "roster.on_call"));
        }
        for (index, shift) in holding(&self.duty, now) {
            shift.call(&format!("roster.duty[{index}]"), &mut called);
        }
        self.fallback.iter().for_each(|agent| call(&mut called, agent, None, "roster.fallback"));
        called
    }

    /// Every instant between two at which somebody else may be on call.
    #[must_use]
    pub fn changes(&self, from: Timestamp, to: Timestamp) -> Vec<Timestamp> {
        let edges = |shift: &Shift| [shift.window.from(), shift.window.to()];
        let shifts = self.overrides.iter().chain(&self.duty).flat_map(edges);
        let handovers = self.rotations.iter().flat_map(|rotation| rotation.handovers(from, to));
        shifts.chain(handovers).filter(|at| from < *at && *at < to).collect()
    }
}

impl Shift {
    fn call<'a>(&'a self, rule: &str, called: &mut Vec<Called<'a>>) {
        self.agents.iter().for_each(|agent| call(called, agent, self.team.as_ref(), rule));
    }
}

fn holding(shifts: &[Shift], now: Timestamp) -> impl Iterator<Item = (usize, &Shift)> {
    shifts.iter().enumerate().filter(move |(_, shift)| shift.window.contains(now))
}

/// Adds somebody, unless she is called already for the same team or for everybody.
fn call<'a>(called: &mut Vec<Called<'a>>, agent: &'a AgentId, team: Option<&'a TeamId>, rule: &str) {
    let already = |other: &Called<'_>| other.agent == agent && (other.team.is_none() || other.team == team);
    if !called.iter().any(already) {
        called.push(Called { agent, team, rule: rule.into() });
    }
}

impl Rotation {
    /// Whose turn it is; nobody's before the first one.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Option<&AgentId> {
        let turn = usize::try_from(self.turn(now)?).ok()?;
        self.agents.get(turn.checked_rem(self.agents.len())?)
    }

    /// The number of the turn that holds at a moment, from 0.
    fn turn(&self, now: Timestamp) -> Option<i64> {
        let today = self.local.civil(now).day.date();
        let days = today.duration_since(self.starts.date()).as_hours() / 24;
        let guess = days.checked_div_euclid(self.days)?;
        // The date alone does not say whether today's handover has been.
        let begun = |turn: &i64| self.begins(*turn).is_some_and(|at| at <= now);
        [guess, guess.saturating_sub(1)].into_iter().find(begun).filter(|turn| *turn >= 0)
    }

    /// When a turn begins: at the same time on the wall clock, whatever the zone's clocks did meanwhile.
    fn begins(&self, turn: i64) -> Option<Timestamp> {
        let hours = turn.checked_mul(self.days)?.checked_mul(24)?;
        let shown = self.starts.checked_add(SignedDuration::try_from_hours(hours)?).ok()?;
        Some(self.local.instant(shown))
    }

    fn handovers(&self, from: Timestamp, to: Timestamp) -> impl Iterator<Item = Timestamp> {
        let first = self.turn(from).unwrap_or_default();
        let begins = (first..).map_while(|turn| self.begins(turn));
        begins.take_while(move |at| *at < to)
    }
}
