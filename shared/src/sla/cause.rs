//! Why a receipt was issued: somebody asked, or something changed, and who changed it.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::contract::{Complexity, PendReason, Severity};
use crate::ids::{AgentId, TicketId, TierId};

/// Who changed something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The customer.
    Customer {},
    /// A person of the tenant.
    Agent {
        /// Who.
        id: AgentId,
    },
    /// A rule of the tenant's file.
    Rule {
        /// Its name there.
        name: String,
    },
    /// The tenant itself: a published file, or whoever runs it.
    Tenant {},
}

/// Why a receipt was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The customer asked.
    Asked {},
    /// An earlier attempt of the same request came to light: time counts from there.
    Antedated {},
    /// It is worse, or less bad, than it was taken for.
    Severity {
        /// Before.
        from: Severity,
        /// From now on.
        to: Severity,
        /// Who says so.
        by: Actor,
    },
    /// It is more work, or less, than it was taken for.
    Complexity {
        /// Before.
        from: Complexity,
        /// From now on.
        to: Complexity,
        /// Who says so.
        by: Actor,
    },
    /// Another tier holds.
    Tier {
        /// Before.
        from: TierId,
        /// From now on.
        to: TierId,
        /// The published tenant file that says so.
        policy: u32,
    },
    /// Somebody is waited for: what pauses meanwhile has no instant until the wait is over.
    Paused {
        /// For whom.
        reason: PendReason,
        /// Who waits.
        by: AgentId,
    },
    /// The wait is over.
    Resumed {
        /// Who ended it.
        by: Actor,
    },
    /// It was solved, and is not.
    Reopened {
        /// Who says so.
        by: Actor,
    },
    /// A calendar was published anew.
    Calendar {
        /// The number of the tenant file with it.
        policy: u32,
    },
    /// Another ticket about the same was put into this one: the earlier start counts.
    Merged {
        /// Which.
        ticket: TicketId,
        /// By whom.
        by: AgentId,
    },
}
