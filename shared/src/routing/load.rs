//! What people have in hand. It picks the person, never the route, never the promise.

use alloc::vec::Vec;

use crate::ids::AgentId;
use crate::routing::{Ask, Member, Route, TeamHours};
use crate::sla::Named;

/// Who is there, and with how many tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// The people of whom something is known; whoever is not here is away.
    pub agents: Vec<Presence>,
}

/// One person's work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// Who.
    pub agent: AgentId,
    /// How many tickets are open with this person.
    pub open: u32,
    /// Whether this person takes tickets now.
    pub here: bool,
}

impl Load {
    fn of(&self, agent: &AgentId) -> Option<&Presence> {
        self.agents.iter().find(|presence| presence.agent == *agent)
    }
}

/// The person of the route's team who takes it: here, with a hand free, best in language and skills, then the one who
/// is least busy for what she takes, then the first in file order. Nobody, if nobody is; the ticket waits for the team.
pub(super) fn person(ask: Ask<'_>, route: &Route) -> Option<Named> {
    let (Route::Live { team, .. } | Route::Region { team, .. }) = route else { return None };
    let team = ask.staff.teams.iter().find(|one| one.id == *team)?;
    let free = |member: &Member| {
        let presence = ask.load.of(&member.agent.id).filter(|presence| presence.here)?;
        let room = member.capacity.unwrap_or(u32::MAX);
        (presence.open < room).then_some(share(presence.open, member.capacity))
    };
    if team.capacity.is_some_and(|capacity| in_hand(ask.load, team) >= capacity) {
        return None;
    }
    let able = team.members.iter().filter_map(|member| Some((misfit(ask, member), free(member)?, member)));
    able.min_by_key(|(misfit, busy, _)| (*misfit, *busy)).map(|(.., member)| member.agent.clone())
}

/// How many tickets all of a team has in hand.
fn in_hand(load: &Load, team: &TeamHours) -> u32 {
    let open = team.members.iter().filter_map(|member| load.of(&member.agent.id));
    open.fold(0, |sum, presence| sum.saturating_add(presence.open))
}

/// How busy: the tickets in hand in thousandths of what a person takes; of ten, where the file does not say.
fn share(open: u32, capacity: Option<u32>) -> u64 {
    u64::from(open).saturating_mul(1_000) / u64::from(capacity.unwrap_or(10).max(1))
}

/// 0 for somebody who speaks the language and knows about it.
fn misfit(ask: Ask<'_>, member: &Member) -> u8 {
    let speaks = super::staff::speaks(&member.languages, ask.language);
    let knows = super::staff::knows(&member.skills, &ask.grade.skills);
    u8::from(!speaks) * 2 + u8::from(!knows)
}
