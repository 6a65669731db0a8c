//! The planner: a question in words, as a command or an address brings it, and its answer with every rule named.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use jiff::{SignedDuration, Timestamp};

use super::explain::planned;
use super::rules::Rules;
use super::{Ask, Grade, Load, Planned, Staff};
use crate::contract::policy::{Company, Policy, Written, meant};
use crate::contract::{Complexity, Severity};
use crate::ids::{ChannelId, CompanyId, TenantId, TicketId, TierId, excerpt};
use crate::language::Language;
use crate::time::{FOREVER, Local, Zone};

/// Promises reach no further than terms do.
const AHEAD: SignedDuration = SignedDuration::from_hours(400 * 24);

/// What every tenant may be asked in, beside the languages of its own file.
const LANGUAGES: [&str; 4] = ["zh", "zh-CN", "en", "ja"];

/// What would happen to such a request? Nothing in it is trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// When.
    pub at: Timestamp,
    /// The customer's tier; none: her company's, else the tenant's default.
    pub tier: Option<String>,
    /// Her company; none: the only one of the tier, if there is exactly one.
    pub company: Option<String>,
    /// `general`, `urgent` or `major`: how bad it counts as; with a text, how bad the customer says it is.
    pub severity: String,
    /// `ordinary` or `complex`; none: ordinary.
    pub complexity: Option<String>,
    /// What she writes: then her word starts what her tier may claim, and the file's rules raise it.
    pub text: Option<String>,
    /// A channel of the file.
    pub channel: String,
    /// A language tag.
    pub language: String,
    /// Her zone; none: the first calendar's.
    pub zone: Option<String>,
}

/// A word of a question that nothing has as its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What it should have named.
    pub what: &'static str,
    /// The word, cut at 60 characters.
    pub found: String,
    /// The name that was probably meant, or all that there are.
    pub hint: String,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no {} is called \"{}\": {}", self.what, self.found, self.hint)
    }
}

/// The question, its names found.
struct Found<'a> {
    tier: &'a TierId,
    company: Option<&'a CompanyId>,
    severity: Severity,
    complexity: Complexity,
    channel: &'a ChannelId,
    language: Language,
    local: Local,
}

impl Query {
    /// What the file of a tenant says; `number` is the one under which it is published, 0 for one that is only proposed.
    ///
    /// # Errors
    /// Every word that nothing has as its name, at once.
    pub fn answer(&self, tenant: &TenantId, policy: &Policy, number: u32) -> Result<Planned, Vec<Unknown>> {
        let found = self.find(policy)?;
        let Some(terms) = policy.terms(number, found.tier, self.at) else {
            return Err(unknown("tier", found.tier.as_str(), tiers(policy)).into_iter().collect());
        };
        let staff = Staff::of_tier(policy, found.tier, found.company, self.at);
        let ask = Ask {
            tenant,
            company: found.company,
            ticket: TicketId::new(0, [0; 10]),
            now: self.at,
            grade: &self.grade(policy, &found),
            channel: found.channel,
            language: &found.language,
            local: &found.local,
            terms: &terms,
            staff: &staff,
            load: &Load::default(),
        };
        let rules = Rules { policy, tier: found.tier, company: found.company };
        Ok(planned(ask, rules))
    }

    fn grade(&self, policy: &Policy, found: &Found<'_>) -> Grade {
        let Found { severity, complexity, .. } = *found;
        let Some(text) = &self.text else { return Grade { complexity, ..Grade::of(severity) } };
        Grade::by(
            policy,
            found.tier,
            Written { text, language: Some(&found.language) },
            (severity, complexity),
        )
    }

    fn find<'a>(&self, policy: &'a Policy) -> Result<Found<'a>, Vec<Unknown>> {
        let mut wrong = Vec::new();
        let mut note = |error: Vec<Unknown>| wrong.extend(error);
        let company = self.company(policy).map_err(&mut note).ok();
        let tier = self.tier(policy).map_err(&mut note).ok();
        let severity =
            named("severity", &self.severity, &Severity::ALL, |one| one.as_str()).map_err(&mut note);
        let ordinary = Complexity::default().as_str();
        let complexity = self.complexity.as_deref().unwrap_or(ordinary);
        let complexity =
            named("complexity", complexity, &Complexity::ALL, |one| one.as_str()).map_err(&mut note);
        let channel =
            named("channel", &self.channel, &policy.channels, |one| one.id.as_str()).map_err(&mut note);
        let language = self.language(policy).map_err(&mut note);
        let local = self.local(policy).map_err(&mut note);
        let names = (company, tier, severity, complexity, channel, language, local);
        let (Some(company), Some(tier), Ok(severity), Ok(complexity), Ok(channel), Ok(language), Ok(local)) =
            names
        else {
            return Err(wrong);
        };
        let tier = tier.or_else(|| policy.tier_of(company.map(|one| &one.id), self.at));
        let tier = tier.unwrap_or(&policy.default_tier);
        let company = company.or_else(|| self.only_company(policy, tier)).map(|one| &one.id);
        let (severity, complexity, channel) = (*severity, *complexity, &channel.id);
        Ok(Found { tier, company, severity, complexity, channel, language, local })
    }

    fn tier<'a>(&self, policy: &'a Policy) -> Result<Option<&'a TierId>, Vec<Unknown>> {
        let Some(tier) = &self.tier else { return Ok(None) };
        named("tier", tier, &policy.tiers, |one| one.id.as_str()).map(|tier| Some(&tier.id))
    }

    fn company<'a>(&self, policy: &'a Policy) -> Result<Option<&'a Company>, Vec<Unknown>> {
        let Some(company) = &self.company else { return Ok(None) };
        named("company", company, &policy.companies, |one| one.id.as_str()).map(Some)
    }

    /// A tier that one company has is asked for that company: its people are then known. Nobody's request, where no
    /// tier is named either, stays nobody's.
    fn only_company<'a>(&self, policy: &'a Policy, tier: &TierId) -> Option<&'a Company> {
        self.tier.as_ref()?;
        let mut companies = policy.companies.iter().filter(|company| company.tier(self.at) == tier);
        companies.next().filter(|_| companies.next().is_none())
    }

    fn language(&self, policy: &Policy) -> Result<Language, Vec<Unknown>> {
        let teams = policy.teams.iter().flat_map(|team| &team.languages);
        let spoken = policy.languages.iter().chain(teams).map(Language::as_str);
        let known: Vec<&str> = LANGUAGES.into_iter().chain(spoken).collect();
        let language = self.language.parse::<Language>().ok();
        let heard_of = |one: &Language| known.iter().any(|tag| tag.eq_ignore_ascii_case(one.as_str()));
        language.filter(heard_of).ok_or_else(|| unknown("language", &self.language, known))
    }

    fn local(&self, policy: &Policy) -> Result<Local, Vec<Unknown>> {
        let first = policy.calendars.first().map(|calendar| calendar.zone.as_str());
        let name = self.zone.as_deref().or(first).unwrap_or("Etc/UTC");
        let until = self.at.saturating_add(AHEAD).unwrap_or(FOREVER);
        let zone = Zone::new(name).ok();
        let local = zone.and_then(|zone| policy.zones().local(&zone, self.at, until).ok());
        let names = || policy.zones().names();
        local.ok_or_else(|| unknown_zone(name, &names()))
    }
}

fn tiers(policy: &Policy) -> Vec<&str> {
    policy.tiers.iter().map(|tier| tier.id.as_str()).collect()
}

fn named<'a, T>(
    what: &'static str,
    found: &str,
    all: &'a [T],
    name: impl Fn(&T) -> &str,
) -> Result<&'a T, Vec<Unknown>> {
    let one = all.iter().find(|one| name(one) == found);
    one.ok_or_else(|| unknown(what, found, all.iter().map(name).collect()))
}

fn unknown(what: &'static str, found: &str, known: Vec<&str>) -> Vec<Unknown> {
    let found = excerpt(found);
    let hint = match meant(&found, known.iter().copied()) {
        Some(name) => format!("did you mean \"{name}\"?"),
        None => format!("there are {}", once_each(known).join(", ")),
    };
    Vec::from([Unknown { what, found, hint }])
}

/// Hundreds of zones are no help: the one that was meant, or how a zone is written.
fn unknown_zone(found: &str, names: &[String]) -> Vec<Unknown> {
    let hint = match meant(found, names.iter().map(String::as_str)) {
        Some(name) => format!("did you mean \"{name}\"?"),
        None => "it is written like Asia/Shanghai".to_string(),
    };
    Vec::from([Unknown { what: "time zone", found: excerpt(found), hint }])
}

fn once_each(names: Vec<&str>) -> Vec<&str> {
    let mut once = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once
}
