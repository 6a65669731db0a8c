//! How a ticket stands.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::PendReason;
use crate::ticket::Discard;
use crate::time::instant::millis;

/// How a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// With the team.
    Open {},
    /// An agent waits for somebody.
    Pending {
        /// Since when.
        #[serde(with = "millis")]
        since: Timestamp,
        /// For whom.
        reason: PendReason,
    },
    /// Dealt with.
    Solved {
        /// When.
        #[serde(with = "millis")]
        at: Timestamp,
    },
    /// It lives on in another ticket.
    Merged {
        /// Since when.
        #[serde(with = "millis")]
        at: Timestamp,
    },
    /// Thrown away.
    Discarded {
        /// When.
        #[serde(with = "millis")]
        at: Timestamp,
        /// What it was.
        why: Discard,
    },
}

impl Stage {
    /// Whether somebody still works on it.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            Self::Open {} | Self::Pending { .. } => true,
            Self::Solved { .. } | Self::Merged { .. } | Self::Discarded { .. } => false,
        }
    }

    /// Whether it can never be worked on again.
    #[must_use]
    pub fn is_final(self) -> bool {
        match self {
            Self::Open {} | Self::Pending { .. } | Self::Solved { .. } => false,
            Self::Merged { .. } | Self::Discarded { .. } => true,
        }
    }

    /// The word for it in JSON and in refusals.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open {} => "open",
            Self::Pending { .. } => "pending",
            Self::Solved { .. } => "solved",
            Self::Merged { .. } => "merged",
            Self::Discarded { .. } => "discarded",
        }
    }
}
