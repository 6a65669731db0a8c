//! Policy: a tenant's file, parsed into something that holds, or every mistake at once.
//!
//! ```toml
//! name = "…"                      default_tier = "standard"
//! origins = ["https://…"]         languages = ["zh-CN", "en"]
//! default_language = "zh-CN"      accent = "#1f6feb"
//! [calendars.workdays]            # zone, weekly, holidays, own_holidays, extra_days, part_days, overnight_rule,
//!                                 # versions; or union, or intersection, of calendars above
//! [tiers.standard]                # name, calls_from, tells_manager_from, may_claim
//! [targets.standard.first_response] # tier and metric, or "*"; below, the severity, or "*"
//! general = { within = "1h", calendar = "workdays" } # or a list; channel, complexity, pauses, pauses_at_most, grace
//! [clocks]                        # on_change, on_reopen, answers
//! [[rules]]                       # language, any, severity, complexity, tiers: words that raise a request
//! [[escalation]]                  # at, metric, tell, tiers: who is told when a promise comes near its end
//! [channels.chat]                 # kind, hours, tier_hours, address
//! [[agents]]                      # id, name, email, team, languages, skills, capacity
//! [[teams]]                       # id, name, calendar, languages, region, skills, capacity
//! [[companies]]                   # id, name, tier, account_manager, contact, go_live, tier_after_go_live
//! [companies.contract]            # of the company above it; all but exclusions and caps are required
//! zone = "Asia/Shanghai"          # its measurement periods are this zone's civil months
//! currency = "CNY"                # ISO 4217
//! monthly_fee = "100000.00"       # with at most the currency's digits
//! from = 2026-01-01               # the first measurement period; the first day of a month
//! ceiling = "30 %"                # of the monthly fee: all service credits of a month together
//! credits = [{ metric = "first_response", below = "99 %", credit = "5 %" }, …] # of the monthly fee, below a service
//!                                 # level; of one metric each next step is lower and gives more, the lowest counts
//! exclusions = ["maintenance"]    # reasons for which a cycle is left out and listed
//! caps = { first_response = "30m", resolution = "24h" } # no target of its tier may be longer
//! [roster]                        # on_call, fallback; by the wall clock of its zone: rotations (agents, starts,
//!                                 # every, team), overrides and duty (from, to, agents, team, name)
//! [self_service]                  # by tier: up to which severity articles come first while nobody is awake
//! [identity]                      # keys, required
//! [receipts]                      # keys
//! [webhook]                       # url, secret
//! [limits]                        # text_chars, body_bytes, depth, per_customer, per_address, per_tenant
//! ```

mod answers;
mod calendars;
mod channels;
mod clocks;
mod contracts;
mod escalation;
mod hosts;
#[cfg(test)]
mod journeys;
mod mistake;
mod outside;
mod people;
mod precedence;
mod reader;
#[cfg(test)]
mod rule_tests;
mod rules;
mod schema;
mod shape;
mod table;
#[cfg(test)]
mod target_tests;
mod targets;
#[cfg(test)]
mod tests;
mod tiers;
mod unreadable;
#[cfg(test)]
mod vendors;
mod words;

use alloc::string::String;
use alloc::vec::Vec;

use toml::de::DeTable;

use crate::contract::{ClockRules, Severity};
use crate::ids::{KeyId, TierId};
use crate::language::Language;
use crate::time::calendar::Zones;

pub use calendars::NamedCalendar;
pub use channels::{Channel, ChannelKind};
pub use escalation::{Escalation, Moment, Told};
pub use hosts::{HostError, Hosts, check_origin, check_url};
pub use mistake::Mistake;
pub use outside::{IdentityKey, Limits, Webhook};
pub use people::{Agent, Called, Company, Roster, Rotation, Shift, Team};
pub use rules::{Raised, RaisedBy, Rule, Rules, Written, raise};
pub use schema::Schema;
pub use tiers::Tier;

pub(crate) use mistake::meant;

use mistake::Report;
use reader::Table;
use shape::Shape;
use unreadable::unreadable;

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
    /// How its clocks go on when something changes under them.
    pub clocks: ClockRules,
    /// Words that raise a request.
    pub rules: Rules,
    /// Who is told when a promise comes near its end.
    pub escalation: Vec<Escalation>,
    /// Its calendars.
    pub calendars: Vec<NamedCalendar>,
    /// Ways to reach it.
    pub channels: Vec<Channel>,
    /// Its teams, in file order: the first that is open is responsible (follow-the-sun).
    pub teams: Vec<Team>,
    /// Everybody who answers.
    pub agents: Vec<Agent>,
    /// Who is called at night.
    pub roster: Roster,
    /// Up to which severity articles come first while nobody is awake, by tier.
    pub self_service: Vec<(TierId, Severity)>,
    /// Its clients.
    pub companies: Vec<Company>,
    /// Keys of its host's server.
    pub identity_keys: Vec<IdentityKey>,
    /// Whether customers must be named by the host's server: nobody anonymous is served then.
    pub identity_required: bool,
    /// Keys of its receipts: the first signs, all are published.
    pub receipt_keys: Vec<KeyId>,
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
        Self::parse_asking(text, hosts, None)
    }

    /// Reads a file; what is asked of it is written down in `shape`.
    fn parse_asking(text: &str, hosts: Hosts, shape: Option<Shape>) -> Result<Self, Vec<Mistake>> {
        let report = Report::new(text);
        if let Some((line, what)) = unreadable(text) {
            return Err(Vec::from([Mistake { line, column: 1, place: String::new(), what }]));
        }
        let (file, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            report.add(&error.span().unwrap_or_default(), "", &error.message());
        }
        let policy = read(Table::file(&report, file.get_ref(), shape), hosts);
        match (report.into_mistakes(), policy) {
            (mistakes, Some(policy)) if mistakes.is_empty() => Ok(policy),
            (mistakes, _) => Err(mistakes),
        }
    }
}

/// What the reader asks of the file that holds every key.
fn shape() -> Shape {
    let shape = Shape::default();
    let _learnt = Policy::parse_asking(EVERY_KEY, Hosts::Public, Some(shape.clone()));
    shape
}

/// A tenant's file in which every key stands at least once.
pub const EVERY_KEY: &str = include_str!("every_key.toml");

/// Reads everything, in an order in which each name is known before it is used.
fn read(mut file: Table<'_>, hosts: Hosts) -> Option<Policy> {
    let zones = Zones::bundled();
    let name = file.required("name").and_then(|node| node.name());
    let origins = file.required("origins").and_then(|node| outside::origins(&node, hosts));
    let languages = outside::languages(&mut file);
    let accent = file.required("accent").and_then(|node| outside::accent(&node));
    let calendars = all_calendars(&mut file, &zones);
    let agreed = agreed(&mut file, &calendars);
    let people = people::read(&mut file, &calendars, &agreed.tiers, &zones);
    let escalation = escalations(&mut file, &agreed, &people);
    let identity = file.optional("identity").and_then(|node| outside::identity(&node)).unwrap_or_default();
    let receipt_keys = outside::receipts(&mut file);
    let webhook = file.optional("webhook").and_then(|node| outside::webhook(&node, hosts));
    let limits = file.optional("limits").map_or_else(Limits::default, |node| outside::limits(&node));
    file.finish();
    let languages = languages?;
    Some(Policy {
        name: name?,
        origins: origins?,
        languages: languages.0,
        default_language: languages.1,
        accent: accent?,
        default_tier: agreed.default_tier?,
        tiers: agreed.tiers,
        clocks: agreed.clocks?,
        rules: agreed.rules,
        escalation,
        calendars,
        channels: agreed.channels?,
        teams: people.teams,
        agents: people.agents,
        roster: people.roster,
        self_service: people.self_service,
        companies: people.companies,
        identity_keys: identity.0,
        identity_required: identity.1,
        receipt_keys: receipt_keys?,
        webhook,
        limits,
        zones,
    })
}

fn all_calendars(file: &mut Table<'_>, zones: &Zones) -> Vec<NamedCalendar> {
    let calendars = file.required("calendars").and_then(|node| node.table());
    calendars.map(|table| calendars::read(&table, zones)).unwrap_or_default()
}

fn escalations(file: &mut Table<'_>, agreed: &Agreed, people: &people::People) -> Vec<Escalation> {
    let names = escalation::Names { tiers: &agreed.tiers, teams: &people.teams, agents: &people.agents };
    file.optional("escalation").map(|node| escalation::read(&node, names)).unwrap_or_default()
}

/// What is agreed with customers: what they can buy, how they reach the tenant, and how long they wait.
struct Agreed {
    tiers: Vec<Tier>,
    default_tier: Option<TierId>,
    channels: Option<Vec<Channel>>,
    clocks: Option<ClockRules>,
    rules: Rules,
}

fn agreed(file: &mut Table<'_>, calendars: &[NamedCalendar]) -> Agreed {
    let mut tiers = tiers::read(file);
    let default_tier = file.required("default_tier").and_then(|node| people::tier_named(&node, &tiers));
    let channels = file.required("channels").map(|node| channels::read(&node, calendars, &tiers));
    targets::read(file, calendars, channels.as_deref().unwrap_or_default(), &mut tiers);
    let clocks = file.optional("clocks").map_or(Some(ClockRules::default()), |node| clocks::read(&node));
    let rules = file.optional("rules").map(|node| rules::read(&node, &tiers)).unwrap_or_default();
    Agreed { tiers, default_tier, channels, clocks, rules }
}
