//! Who covers which hour for which tier, in the weeks to come; and where a promise counts that nobody keeps.

#[cfg(feature = "policy")]
mod of_policy;

use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::Severity;
use crate::ids::{AgentId, TeamId};
use crate::time::{Hours, Window, Windows};

/// A stretch of time in which nothing changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// When.
    pub window: Window,
    /// By whom.
    pub cover: Cover,
    /// The severities whose first response counts now while nobody is there for them: holes.
    pub uncovered: Vec<Severity>,
}

/// Who is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cover {
    /// Teams are at their desks, in file order.
    Live {
        /// Which.
        teams: Vec<TeamId>,
    },
    /// Somebody is called.
    OnCall {
        /// Who, in order.
        agents: Vec<AgentId>,
        /// From which severity on.
        from: Severity,
    },
    /// Nobody.
    Nobody {},
}

/// What a tier's cover is made of, resolved.
#[derive(Clone, Debug)]
pub struct Watch {
    /// When each team works, in file order.
    pub teams: Vec<(TeamId, Windows)>,
    /// When a channel to them is open.
    pub channels: Windows,
    /// When a first response counts, by severity.
    pub counts: Vec<(Severity, Windows)>,
    /// Who is on call from each instant on, in order of time.
    pub on_call: Vec<(Timestamp, Vec<AgentId>)>,
    /// From which severity on somebody is called.
    pub calls_from: Option<Severity>,
}

impl Watch {
    /// Who covers which hour between two instants; neighbours that are alike are one.
    #[must_use]
    pub fn cover(&self, from: Timestamp, to: Timestamp) -> Vec<Covered> {
        let edges = self.edges(from, to);
        let ends = edges.iter().skip(1).copied().chain([to]);
        let mut spans: Vec<Covered> = Vec::new();
        for (window, at) in
            edges.iter().zip(ends).filter_map(|(at, end)| Some((Window::new(*at, end).ok()?, *at)))
        {
            let cover = self.at(at);
            let uncovered = self.uncovered(at, &cover);
            let same = |last: &&mut Covered| last.cover == cover && last.uncovered == uncovered;
            let joined = spans.last_mut().filter(same);
            match joined.and_then(|last| Some((Window::new(last.window.from(), window.to()).ok()?, last))) {
                Some((whole, last)) => last.window = whole,
                None => spans.push(Covered { window, cover, uncovered }),
            }
        }
        spans
    }

    /// Every instant at which something may change, the first one included.
    fn edges(&self, from: Timestamp, to: Timestamp) -> Vec<Timestamp> {
        let windows = self.teams.iter().map(|team| &team.1).chain(self.counts.iter().map(|one| &one.1));
        let windows = windows.chain([&self.channels]).flat_map(Windows::iter);
        let edges = windows.flat_map(|window| [window.from(), window.to()]);
        let edges = edges.chain(self.on_call.iter().map(|(at, _)| *at));
        let inside = edges.filter(|at| from < *at && *at < to);
        let mut edges: Vec<Timestamp> = core::iter::once(from).chain(inside).collect();
        edges.sort_unstable();
        edges.dedup();
        edges
    }

    fn at(&self, now: Timestamp) -> Cover {
        let awake = self.teams.iter().filter(|(_, windows)| open(windows, now)).map(|(id, _)| id.clone());
        let teams: Vec<TeamId> = awake.filter(|_| open(&self.channels, now)).collect();
        if !teams.is_empty() {
            return Cover::Live { teams };
        }
        let agents = self.on_call.iter().rev().find(|(at, _)| *at <= now).map(|(_, agents)| agents);
        match (agents.filter(|agents| !agents.is_empty()), self.calls_from) {
            (Some(agents), Some(from)) => Cover::OnCall { agents: agents.clone(), from },
            (Some(_), None) | (None, _) => Cover::Nobody {},
        }
    }

    fn uncovered(&self, now: Timestamp, cover: &Cover) -> Vec<Severity> {
        let lacks = |severity: Severity| match cover {
            Cover::Live { .. } => false,
            Cover::OnCall { from, .. } => severity < *from,
            Cover::Nobody {} => true,
        };
        let counting = self.counts.iter().filter(|(_, windows)| open(windows, now));
        counting.map(|(severity, _)| *severity).filter(|severity| lacks(*severity)).collect()
    }
}

fn open(windows: &Windows, now: Timestamp) -> bool {
    Hours::new(windows, crate::time::FOREVER).is_open(now)
}
