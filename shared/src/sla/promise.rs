//! What a customer is promised, and why: values, never words. Programs put them into the reader's language.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::contract::{Metric, Severity};
use crate::ids::{AgentId, CalendarId, ChannelId, TeamId, TicketId, TierId};
use crate::time::instant::{duration_millis, millis, millis_option};
use crate::time::{Civil, Mark, Zone};

/// A promised instant, with its wall clock in the zone the customer's browser named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promised {
    /// The instant.
    #[serde(with = "millis")]
    pub at: Timestamp,
    /// The same in the customer's zone.
    pub civil: Civil,
    /// It depends on holidays that are not announced yet: it may become earlier, never later.
    pub provisional: bool,
}

/// Who gets a request, and when they look at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// A team that speaks the customer's language is awake, and the channel is open.
    Live {
        /// Which team.
        team: TeamId,
        /// As people call it.
        name: String,
    },
    /// That team sleeps; another one is awake.
    Region {
        /// Which team.
        team: TeamId,
        /// As people call it.
        name: String,
    },
    /// Nobody is at a desk, and the tier has somebody called.
    OnCall {
        /// Who is called, in order.
        agents: Vec<Named>,
    },
    /// A ticket waits for a team.
    Ticket {
        /// Which team, if the tenant has one.
        team: Option<TeamId>,
        /// When that team opens.
        #[serde(with = "millis_option")]
        opens: Option<Timestamp>,
    },
}

/// What was asked, what was promised, and each step between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// For which request.
    pub ticket: TicketId,
    /// The server's first sight of it: every clock starts here.
    #[serde(with = "millis")]
    pub asked_at: Timestamp,
    /// The zone in which `civil` times are told.
    pub zone: Zone,
    /// The tier that decided.
    pub tier: TierId,
    /// How bad the customer says it is.
    pub severity: Severity,
    /// How it came.
    pub channel: ChannelId,
    /// Number of the published tenant file.
    pub policy: u32,
    /// Who gets it.
    pub route: Route,
    /// By when a person answers first.
    pub first_response: Option<Promised>,
    /// By when it is solved, as things stand.
    pub resolution: Option<Promised>,
    /// Why, step by step, in the order in which a person would tell it.
    pub reasons: Vec<Reason>,
}

/// Where a tier came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TierSource {
    /// The tenant's default: nobody vouched for the customer.
    Default,
    /// The company that the host's server named in a signed token.
    Company,
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
}

/// A person of the tenant, with the name that customers see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Who.
    pub id: AgentId,
    /// As people call them.
    pub name: String,
}
