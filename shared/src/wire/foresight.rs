//! What an agent's change would do, before it is done.

use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::{Complexity, Severity};
use crate::ids::TierId;
use crate::sla::ClockView;
use crate::ticket::PendReason;
use crate::time::instant::millis;

/// `POST /desk/{tenant}/tickets/{id}/what-if`: a change that an agent thinks about. Nothing is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Wondered {
    /// To wait for somebody.
    Pend {
        /// For whom.
        reason: PendReason,
    },
    /// To go on.
    Resume {},
    /// To call it more or less bad.
    Severity {
        /// How bad.
        to: Severity,
    },
    /// To call it more or less work.
    Complexity {
        /// How much.
        to: Complexity,
    },
    /// That another tier held. Only a contract can make it so.
    Tier {
        /// Which.
        to: TierId,
    },
}

/// Its answer: the clocks at one moment, as they stand and as they would.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foresight {
    /// The edge's clock.
    #[serde(with = "millis")]
    pub now: Timestamp,
    /// The last line of the log that it was computed from.
    pub seq: u64,
    /// As they stand.
    pub before: Vec<ClockView>,
    /// As they would.
    pub after: Vec<ClockView>,
}
