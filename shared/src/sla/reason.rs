//! Why a promise is what it is: values, never words. Programs put them into the reader's language.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::contract::{Complexity, Metric, Severity};
use crate::ids::{CalendarId, ChannelId, TeamId, TierId};
use crate::sla::{Named, Promised};
use crate::time::Mark;
use crate::time::instant::{duration_millis, millis, millis_option};

/// Where a tier came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TierSource {
    /// The tenant's default: nobody vouched for the customer.
    Default,
    /// The company that the host's server named in a signed token.
    Company,
}

/// What set a rule of the tenant's file off. Both are the tenant's words; what the customer wrote stands nowhere here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// The rule's place in the file, as `rules[0]`.
    pub rule: String,
    /// Its word that the request holds, as the file writes it.
    pub word: String,
}

/// One step of the way to a promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The server received the request.
    Asked {
        /// When.
        #[serde(with = "millis")]
        at: Timestamp,
    },
    /// The tier decided hours and targets.
    Tier {
        /// Which.
        tier: TierId,
        /// Who says so.
        from: TierSource,
    },
    /// The channel is open now.
    ChannelOpen {
        /// Which.
        channel: ChannelId,
        /// Until when, if it closes at all.
        #[serde(with = "millis_option")]
        until: Option<Timestamp>,
    },
    /// The channel is closed now.
    ChannelClosed {
        /// Which.
        channel: ChannelId,
        /// When it opens next, if ever.
        #[serde(with = "millis_option")]
        opens: Option<Timestamp>,
    },
    /// A holiday, a make-up day, a clock change: what the calendar did between asking and the promise.
    Calendar {
        /// Which calendar.
        calendar: CalendarId,
        /// What it did.
        mark: Mark,
    },
    /// The clock of the promise begins to count only when its calendar opens.
    CountsFrom {
        /// Which calendar.
        calendar: CalendarId,
        /// When.
        #[serde(with = "millis")]
        at: Timestamp,
    },
    /// The calendar is always open: time counts at once.
    CountsAlways {
        /// Which calendar.
        calendar: CalendarId,
    },
    /// Open time that was counted: the lines of the sum.
    Counted {
        /// From.
        #[serde(with = "millis")]
        from: Timestamp,
        /// To.
        #[serde(with = "millis")]
        to: Timestamp,
    },
    /// The target that was agreed.
    Target {
        /// What is promised.
        metric: Metric,
        /// At which severity.
        severity: Severity,
        /// Open time.
        #[serde(with = "duration_millis")]
        within: SignedDuration,
    },
    /// These people are told at once.
    OnCall {
        /// In the order in which they are called.
        agents: Vec<Named>,
    },
    /// The company's account manager is told, too.
    AccountManager {
        /// Who.
        agent: Named,
    },
    /// This team answers.
    Team {
        /// Which.
        team: TeamId,
        /// As people call it.
        name: String,
        /// From when on, if it is not awake now.
        #[serde(with = "millis_option")]
        from: Option<Timestamp>,
    },
    /// Holidays after this instant are not announced yet.
    Provisional {
        /// From when on.
        #[serde(with = "millis")]
        from: Timestamp,
    },
    /// The result.
    Due {
        /// What is promised.
        metric: Metric,
        /// By when.
        promised: Promised,
    },
    /// The customer's word starts less than it says, until a person or a rule starts more.
    Claimed {
        /// Her word.
        claimed: Severity,
        /// What it starts.
        granted: Severity,
    },
    /// A rule of the tenant raised it.
    Severity {
        /// What her word started.
        from: Severity,
        /// What it counts as.
        to: Severity,
        /// By which word.
        by: Trigger,
    },
    /// A rule of the tenant takes it for more work.
    Complexity {
        /// How much.
        to: Complexity,
        /// By which word.
        by: Trigger,
    },
}
