//! What a planner shows: the route, every promise, and each step with the rule of the tenant's file that it came from.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::contract::{Complexity, Metric, Severity};
use crate::ids::{CalendarId, ChannelId, CompanyId, TeamId, TierId};
use crate::sla::{Named, Promised, Reason, Route};
use crate::time::Zone;
use crate::time::instant::{duration_millis, millis};

/// A plan, for those who may see how it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// The moment that was asked about.
    #[serde(with = "millis")]
    pub at: Timestamp,
    /// The zone in which civil times are told.
    pub zone: Zone,
    /// For customers of which tier.
    pub tier: TierId,
    /// Of which company, if of any.
    pub company: Option<CompanyId>,
    /// How bad it counts as.
    pub severity: Severity,
    /// How much work it counts as.
    pub complexity: Complexity,
    /// How it comes.
    pub channel: ChannelId,
    /// Number of the published file; 0: one that is only proposed.
    pub policy: u32,
    /// Who gets it.
    pub route: Route,
    /// The company's account manager, if told at once.
    pub account_manager: Option<Named>,
    /// What is promised, for every clock that starts with the request.
    pub promises: Vec<Commitment>,
    /// Why, in the order in which a person would tell it.
    pub steps: Vec<Step>,
}

/// One promise, with the target behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// What is promised.
    pub metric: Metric,
    /// By when; none, if the calendar does not open for so long.
    pub promised: Option<Promised>,
    /// Open time that may pass.
    #[serde(with = "duration_millis")]
    pub within: SignedDuration,
    /// The calendar that it counts on.
    pub calendar: CalendarId,
    /// Which rule of the file.
    pub rule: String,
}

/// One step, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What is so.
    pub why: Why,
    /// Which rule of the file says so, as `targets.vip.first_response.urgent`; empty: no rule, but the clock.
    pub rule: String,
}

/// What is so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// What the customer reads in her receipt, too.
    Told {
        /// That.
        reason: Reason,
    },
    /// The tier does not have this channel: nobody sits at its other end.
    NoChannel {
        /// Which.
        channel: ChannelId,
    },
    /// Nobody is at a desk, and from this severity on the tier has somebody called.
    Calls {
        /// From which severity on.
        from: Severity,
    },
    /// Nobody is at a desk, and the tier has nobody called for this.
    CallsNobody {},
    /// Articles come first.
    Articles {
        /// Where they are.
        channel: ChannelId,
    },
    /// When the team closes before the promise is due, this one takes it over.
    HandOver {
        /// Which.
        team: TeamId,
        /// As people call it.
        name: String,
        /// When.
        #[serde(with = "millis")]
        at: Timestamp,
    },
}
