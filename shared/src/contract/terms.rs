//! What binds one ticket: targets and the windows they count in, kept in the ticket's own log, so that it can be
//! judged by its log alone, on any build and with any later time data.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::{Case, Metric, Target};
use crate::ids::{CalendarId, TierId};
use crate::time::instant::{millis, millis_option};
use crate::time::{Hours, Mark, Window, Windows, Zone};

/// The terms of one tier at one moment, resolved to UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Number of the published tenant file they were read from.
    pub policy: u32,
    /// The tier they hold for.
    pub tier: TierId,
    /// Version of the time zone database the windows were resolved with, as `2026e`.
    pub tzdb: String,
    /// Version of the holiday tables the windows were resolved with.
    pub holidays: String,
    /// How clocks go on when something changes under them.
    pub rules: ClockRules,
    /// Every target of the tier, for all its cases: a change of severity needs nothing else. The ones that name more
    /// stand first.
    pub targets: Vec<Target>,
    /// The calendars that the targets name.
    pub calendars: Vec<CalendarTerms>,
}

/// How a tenant's clocks go on when something changes under them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockRules {
    /// What a new target does to a running clock (S7).
    pub on_change: OnChange,
    /// What *reopened* does to the clocks that *solved* had stopped.
    pub on_reopen: OnReopen,
    /// Who answers.
    pub answers: Answers,
}

/// What a new target does to a running clock (S7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnChange {
    /// The time that was used up stays used.
    #[default]
    KeepElapsed,
    /// The clock starts anew at the change.
    Restart,
}

/// What *reopened* does to the clocks that *solved* had stopped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnReopen {
    /// They go on; the time between does not count.
    #[default]
    Continue,
    /// A new cycle starts.
    New,
}

/// Whose public message answers a customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answers {
    /// A person's only.
    #[default]
    People,
    /// Also a bot's, and what is sent by itself.
    PeopleAndBots,
}

/// One calendar's open time, resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarTerms {
    /// Its name in the tenant's file.
    pub id: CalendarId,
    /// The zone its days are civil in; for a union, the first part's.
    pub zone: Zone,
    /// When it is open.
    pub windows: Windows,
    /// How far the windows are known; nothing is promised beyond.
    #[serde(with = "millis")]
    pub until: Timestamp,
    /// From here on the holiday table is not final: a promise that reaches it is provisional.
    #[serde(with = "millis_option")]
    pub provisional_from: Option<Timestamp>,
    /// What closed or opened it against its weekly pattern: the causes that a reason names.
    pub marks: Vec<Mark>,
}

impl CalendarTerms {
    /// The open time, to be asked by the two verbs of [`Hours`].
    #[must_use]
    pub fn hours(&self) -> Hours<'_> {
        Hours::new(&self.windows, self.until)
    }

    /// Whether it says the same as `other` of all time from `now` on that both know.
    #[must_use]
    pub fn comes_to(&self, other: &Self, now: Timestamp) -> bool {
        let until = self.until.min(other.until);
        let coming: Windows = Window::new(now, until).ok().into_iter().collect();
        let open = |terms: &Self| terms.windows.intersection(&coming);
        let provisional = |terms: &Self| terms.provisional_from.filter(|from| *from < until);
        self.id == other.id && open(self) == open(other) && provisional(self) == provisional(other)
    }
}

impl Terms {
    /// The target of one metric in one case, if the tier has one: the most specific that covers it.
    #[must_use]
    pub fn target(&self, metric: Metric, case: Case<'_>) -> Option<&Target> {
        self.targets.iter().find(|target| target.metric == metric && target.covers.case(case))
    }

    /// A calendar by its name.
    #[must_use]
    pub fn calendar(&self, id: &CalendarId) -> Option<&CalendarTerms> {
        self.calendars.iter().find(|c| c.id == *id)
    }

    /// Where the shortest-known calendar ends: before this instant the terms must be extended.
    #[must_use]
    pub fn until(&self) -> Timestamp {
        self.calendars.iter().map(|c| c.until).min().unwrap_or(Timestamp::MAX)
    }

    /// Whether a ticket that these terms bind is judged from `now` on as if `other` bound it: under whichever number and
    /// with whichever time data they were resolved.
    #[must_use]
    pub fn comes_to(&self, other: &Self, now: Timestamp) -> bool {
        let calendars = || self.calendars.iter().zip(&other.calendars);
        self.tier == other.tier
            && self.rules == other.rules
            && self.targets == other.targets
            && self.calendars.len() == other.calendars.len()
            && calendars().all(|(own, theirs)| own.comes_to(theirs, now))
    }
}
