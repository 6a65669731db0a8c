//! Policy: a tenant's file, parsed into something that holds, or every mistake at once.
//!
//! ```toml
//! name = "…"                      default_tier = "standard"
//! origins = ["https://…"]         languages = ["zh-CN", "en"]
//! default_language = "zh-CN"      accent = "#1f6feb"
//! [calendars.workdays]            # zone, weekly, holidays, own_holidays, extra_days, part_days, overnight_rule,
//!                                 # versions; or union, or intersection, of calendars above
//! [tiers.standard]                # name, calls_from, tells_manager_from
//! [targets.standard.first_response]
//! general = { within = "1h", calendar = "workdays" }
//! [channels.chat]                 # kind, hours, tier_hours, address
//! [[agents]]                      # id, name, email
//! [[teams]]                       # id, name, calendar, languages
//! [[companies]]                   # id, name, tier, account_manager, go_live, tier_after_go_live
//! [roster]                        # on_call
//! [identity]                      # keys, required
//! [webhook]                       # url, secret
//! [limits]                        # text_chars, body_bytes, depth, per_customer, per_address, per_tenant
//! ```

mod answers;
mod calendars;
mod channels;
mod hosts;
#[cfg(test)]
mod journeys;
mod mistake;
mod outside;
mod people;
mod reader;
mod targets;
#[cfg(test)]
mod tests;

use alloc::string::String;
use alloc::vec::Vec;

use toml::de::DeTable;

use crate::ids::{AgentId, TierId};
use crate::language::Language;
use crate::time::calendar::Zones;

pub use calendars::NamedCalendar;
pub use channels::{Channel, ChannelKind};
pub use hosts::{HostError, Hosts, check_origin, check_url};
pub use mistake::Mistake;
pub use outside::{IdentityKey, Limits, Webhook};
pub use people::{Agent, Company, Team};
pub use targets::Tier;

use mistake::Report;
use reader::Table;

/// A tenant's file. Every name in it leads somewhere; its zones are resolved.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The tenant as people call it.
    pub name: String,
    /// Origins whose pages may show the widget.
    pub origins: Vec<String>,
    /// Languages it answers in.
    pub languages: Vec<Language>,
    /// The one for somebody who speaks none of them.
    pub default_language: Language,
    /// The colour of its widget.
    pub accent: String,
    /// The tier of customers for whom nobody vouches.
    pub default_tier: TierId,
    /// What companies can buy.
    pub tiers: Vec<Tier>,
    /// Its calendars.
    pub calendars: Vec<NamedCalendar>,
    /// Ways to reach it.
    pub channels: Vec<Channel>,
    /// Its teams, in file order: the first that is open is responsible (follow-the-sun).
    pub teams: Vec<Team>,
    /// Everybody who answers.
    pub agents: Vec<Agent>,
    /// Who is called, in order.
    pub on_call: Vec<AgentId>,
    /// Its clients.
    pub companies: Vec<Company>,
    /// Keys of its host's server.
    pub identity_keys: Vec<IdentityKey>,
    /// Whether customers must be named by the host's server: nobody anonymous is served then.
    pub identity_required: bool,
    /// Where people on call are told.
    pub webhook: Option<Webhook>,
    /// How much it takes.
    pub limits: Limits,
    zones: Zones,
}

impl Policy {
    /// The languages it answers in, its own first.
    pub fn own_languages(&self) -> impl Iterator<Item = &Language> {
        let others = self.languages.iter().filter(|language| **language != self.default_language);
        core::iter::once(&self.default_language).chain(others)
    }

    /// Reads a tenant's file.
    ///
    /// # Errors
    /// Every mistake in it, in the order of the file; nothing of a file with a mistake holds.
    pub fn parse(text: &str, hosts: Hosts) -> Result<Self, Vec<Mistake>> {
        let report = Report::new(text);
        let (file, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            report.add(&error.span().unwrap_or_default(), "", &error.message());
        }
        let policy = read(Table::new(&report, file.get_ref(), 0..0, String::new()), hosts);
        match (report.into_mistakes(), policy) {
            (mistakes, Some(policy)) if mistakes.is_empty() => Ok(policy),
            (mistakes, _) => Err(mistakes),
        }
    }
}

/// Reads everything, in an order in which each name is known before it is used.
fn read(mut file: Table<'_>, hosts: Hosts) -> Option<Policy> {
    let zones = Zones::bundled();
    let name = file.required("name").and_then(|node| node.name());
    let origins = file.required("origins").and_then(|node| outside::origins(&node, hosts));
    let languages = outside::languages(&mut file);
    let accent = file.required("accent").and_then(|node| outside::accent(&node));
    let calendars = file.required("calendars").and_then(|node| node.table());
    let calendars = calendars.map(|table| calendars::read(&table, &zones)).unwrap_or_default();
    let tiers = targets::read(&mut file, &calendars);
    let default_tier = file.required("default_tier").and_then(|node| people::tier_named(&node, &tiers));
    let channels = file.required("channels").map(|node| channels::read(&node, &calendars, &tiers));
    let people = people::read(&mut file, &calendars, &tiers);
    let identity = file.optional("identity").and_then(|node| outside::identity(&node));
    let webhook = file.optional("webhook").and_then(|node| outside::webhook(&node, hosts));
    let limits = file.optional("limits").map_or_else(Limits::default, |node| outside::limits(&node));
    file.finish();
    let (languages, default_language) = languages?;
    let (identity_keys, identity_required) = identity.unwrap_or_default();
    Some(Policy {
        name: name?,
        origins: origins?,
        languages,
        default_language,
        accent: accent?,
        default_tier: default_tier?,
        tiers,
        calendars,
        channels: channels?,
        teams: people.teams,
        agents: people.agents,
        on_call: people.on_call,
        companies: people.companies,
        identity_keys,
        identity_required,
        webhook,
        limits,
        zones,
    })
}
