//! Who could answer, resolved to UTC for one tier and one company.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;

use crate::contract::Severity;
use crate::ids::{ChannelId, TeamId};
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
    /// Who is called at night, in order.
    pub on_call: Vec<Named>,
    /// From which severity on the tier has somebody called at night; `None`: never.
    pub calls_from: Option<Severity>,
    /// From which severity on the account manager is told at once, also while a team is awake; `None`: only at night.
    pub tells_manager_from: Option<Severity>,
    /// The company's account manager.
    pub account_manager: Option<Named>,
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
    /// When it works.
    pub windows: Windows,
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
        self.languages.is_empty() || self.languages.iter().any(|own| own.base() == language.base())
    }
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

    /// The account manager, if she is told at once: always beside whoever is called, and at any hour from the severity
    /// on that the tier names.
    #[must_use]
    pub fn manager_told(&self, severity: Severity, route: &Route) -> Option<&Named> {
        let told = match route {
            Route::OnCall { .. } => true,
            Route::Live { .. } | Route::Region { .. } | Route::Ticket { .. } => {
                self.tells_manager_from.is_some_and(|from| severity >= from)
            }
        };
        self.account_manager.as_ref().filter(|_| told)
    }
}
