//! Who gets a request.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{AgentId, ChannelId, TeamId};
use crate::time::instant::millis_option;

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
    /// Nobody is awake, and the tenant lets articles come first; the ticket waits for a team all the same.
    SelfService {
        /// Where the articles are.
        channel: ChannelId,
        /// Which team, if the tenant has one.
        team: Option<TeamId>,
        /// When that team opens.
        #[serde(with = "millis_option")]
        opens: Option<Timestamp>,
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
