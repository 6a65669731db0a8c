//! The desk's planner: a question about a request that nobody has sent, and what a tenant's file answers.

#[cfg(feature = "policy")]
mod of_policy;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{ChannelId, TeamId, TierId};
use crate::routing::{Covered, Planned};
use crate::sla::Named;
use crate::time::Local;
use crate::time::instant::millis;
use crate::wire::CompanyName;

/// `GET /desk/{tenant}/plan`: each field is a value of the query. Nothing in it is trusted; what is missing has a
/// default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanQuestion {
    /// The customer's tier; none: her company's, else the tenant's default.
    pub tier: Option<String>,
    /// Her company.
    pub company: Option<String>,
    /// `general`, `urgent` or `major`: how bad it counts as; with a text, how bad the customer says it is. None: general.
    pub severity: Option<String>,
    /// `ordinary` or `complex`; none: ordinary.
    pub complexity: Option<String>,
    /// What she writes: then her word starts what her tier may claim, and the file's rules raise it.
    pub text: Option<String>,
    /// A channel of the file; none: the first that can be written through.
    pub channel: Option<String>,
    /// A language tag; none: the tenant's default.
    pub language: Option<String>,
    /// When: an instant in RFC 3339, or what the reader's wall clock shows; none: now, by the edge's clock.
    pub at: Option<String>,
    /// The customer's zone; none: the reader's.
    pub zone: Option<String>,
    /// The reader's zone; none: UTC.
    pub reader: Option<String>,
}

/// `POST /desk/{tenant}/plan`: the same question, asked of a file that is only proposed as well. Nothing of it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The tenant file's text.
    pub file: String,
    /// The question.
    pub question: PlanQuestion,
}

/// The answer to both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAnswer {
    /// The edge's clock.
    #[serde(with = "millis")]
    pub now: Timestamp,
    /// The question, with its defaults.
    pub question: PlanQuestion,
    /// What can be asked for.
    pub choices: PlanChoices,
    /// What the published file says.
    pub published: Outcome,
    /// What the proposed file says, if one was sent.
    pub proposed: Option<Outcome>,
}

/// The names that a question may use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanChoices {
    /// Tiers.
    pub tiers: Vec<TierId>,
    /// Companies.
    pub companies: Vec<CompanyName>,
    /// Channels.
    pub channels: Vec<ChannelId>,
    /// Languages.
    pub languages: Vec<String>,
    /// Zones of the file's calendars; any other may be asked for as well.
    pub zones: Vec<String>,
}

/// What one file says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A plan, and who covers which hour.
    Planned {
        /// That.
        forecast: Box<Forecast>,
    },
    /// Words of the question that nothing has as its name, all at once.
    Unknown {
        /// Each of them.
        names: Vec<UnknownName>,
    },
}

/// A plan, and the weeks around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// The plan.
    pub plan: Planned,
    /// The reader's zone.
    pub reader: Local,
    /// The tenant's zone: its first calendar's.
    pub home: Local,
    /// Who covers which hour for the tier, in the four weeks to come.
    pub cover: Vec<Covered>,
    /// The file's teams, in its order.
    pub teams: Vec<TeamName>,
    /// The file's people.
    pub people: Vec<Named>,
}

/// A team of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamName {
    /// Which.
    pub id: TeamId,
    /// As people call it.
    pub name: String,
}

/// A word of the question that nothing has as its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownName {
    /// Which word.
    pub field: PlanField,
    /// What was found, cut at 60 characters.
    pub found: String,
    /// The name that was probably meant.
    pub meant: Option<String>,
    /// The names that there are; empty where there are hundreds, or none.
    pub known: Vec<String>,
}

/// A word of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanField {
    /// The tier.
    Tier,
    /// The company.
    Company,
    /// The severity.
    Severity,
    /// The complexity.
    Complexity,
    /// The channel.
    Channel,
    /// The language.
    Language,
    /// The moment.
    At,
    /// The customer's zone.
    Zone,
    /// The reader's zone.
    Reader,
}
