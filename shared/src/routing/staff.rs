//! Who could answer, resolved to UTC for one tier and one company.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;

use crate::contract::Severity;
use crate::ids::{ChannelId, RegionId, SkillId, TeamId};
use crate::language::Language;
use crate::sla::{Named, Route, TierSource};
use crate::time::{Hours, Windows};

/// The people behind one request, as the tenant's file has them.
#[derive(Clone, Debug)]
pub struct Staff {
    /// Who says which tier it is.
    pub tier_from: TierSource,
    /// Teams in file order: the first that is open gets the request (follow-the-sun).
    pub teams: Vec<TeamHours>,
    /// When each channel is open for this tier.
    pub channels: Vec<(ChannelId, Windows)>,
    /// Who is on call at this moment, in order.
    pub on_call: Vec<OnCall>,
    /// From which severity on the tier has somebody called at night; `None`: never.
    pub calls_from: Option<Severity>,
    /// From which severity on the account manager is told at once, also while a team is awake; `None`: only at night.
    pub tells_manager_from: Option<Severity>,
    /// The company's account manager.
    pub account_manager: Option<Named>,
    /// What comes first while nobody is awake; `None`: nothing, the ticket waits.
    pub self_service: Option<SelfService>,
    /// How far all of these windows are known.
    pub until: Timestamp,
}

/// One team and when it is awake.
#[derive(Clone, Debug)]
pub struct TeamHours {
    /// Which.
    pub id: TeamId,
    /// As people call it.
    pub name: String,
    /// What it speaks; empty: anything.
    pub languages: Vec<Language>,
    /// Where it works from.
    pub region: Option<RegionId>,
    /// What it knows about; empty: anything.
    pub skills: Vec<SkillId>,
    /// Its people, in file order.
    pub members: Vec<Member>,
    /// How many tickets all of it takes at once.
    pub capacity: Option<u32>,
    /// When it works.
    pub windows: Windows,
}

/// A person of a team, who speaks and knows what the team does where the file does not say more.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who.
    pub agent: Named,
    /// What this person speaks; empty: anything.
    pub languages: Vec<Language>,
    /// What this person knows about; empty: anything.
    pub skills: Vec<SkillId>,
    /// How many tickets this person takes at once.
    pub capacity: Option<u32>,
}

/// Somebody who is on call.
#[derive(Clone, Debug)]
pub struct OnCall {
    /// Who.
    pub agent: Named,
    /// For which team's customers; none: for everybody's.
    pub team: Option<TeamId>,
}

/// Articles that come before the ticket's team.
#[derive(Clone, Debug)]
pub struct SelfService {
    /// Up to which severity.
    pub up_to: Severity,
    /// Where they are.
    pub channel: ChannelId,
}

impl TeamHours {
    /// When the team works, to be asked by the verbs of [`Hours`].
    #[must_use]
    pub fn hours(&self, until: Timestamp) -> Hours<'_> {
        Hours::new(&self.windows, until)
    }

    /// Whether the team answers in this language.
    #[must_use]
    pub fn speaks(&self, language: &Language) -> bool {
        speaks(&self.languages, language)
    }

    /// Whether the team knows about all of these.
    #[must_use]
    pub fn knows(&self, skills: &[SkillId]) -> bool {
        knows(&self.skills, skills)
    }
}

pub(super) fn speaks(languages: &[Language], language: &Language) -> bool {
    languages.is_empty() || languages.iter().any(|own| own.base() == language.base())
}

pub(super) fn knows(own: &[SkillId], asked: &[SkillId]) -> bool {
    own.is_empty() || asked.iter().all(|skill| own.contains(skill))
}

impl Staff {
    /// When a channel is open for this tier.
    #[must_use]
    pub fn channel(&self, id: &ChannelId) -> Option<Hours<'_>> {
        let (_, windows) = self.channels.iter().find(|(channel, _)| channel == id)?;
        Some(Hours::new(windows, self.until))
    }

    /// Whether somebody is called for a request of this severity when no team is awake.
    #[must_use]
    pub fn calls(&self, severity: Severity) -> bool {
        self.calls_from.is_some_and(|from| severity >= from) && !self.on_call.is_empty()
    }

    /// Who is called for the customers of a team, in order: those of this team and of all; if there are none, whoever
    /// is on call for another one, because somebody is better than nobody.
    #[must_use]
    pub fn called(&self, home: Option<&TeamId>) -> Vec<Named> {
        let ours = |one: &&OnCall| one.team.is_none() || one.team.as_ref() == home;
        let named = |one: &OnCall| one.agent.clone();
        let called: Vec<Named> = self.on_call.iter().filter(ours).map(named).collect();
        if called.is_empty() { once_each(self.on_call.iter().map(named)) } else { once_each(called) }
    }

    /// The account manager, if she is told at once: always beside whoever is called, and at any hour from the severity
    /// on that the tier names.
    #[must_use]
    pub fn manager_told(&self, severity: Severity, route: &Route) -> Option<&Named> {
        let told = match route {
            Route::OnCall { .. } => true,
            Route::Live { .. } | Route::Region { .. } | Route::Ticket { .. } | Route::SelfService { .. } => {
                self.tells_manager_from.is_some_and(|from| severity >= from)
            }
        };
        self.account_manager.as_ref().filter(|_| told)
    }
}

fn once_each(people: impl IntoIterator<Item = Named>) -> Vec<Named> {
    let mut once: Vec<Named> = Vec::new();
    for person in people {
        if once.iter().all(|other| other.id != person.id) {
            once.push(person);
        }
    }
    once
}
