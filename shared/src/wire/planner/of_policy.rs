//! The planner's answers, out of tenants' files.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};

use super::{Forecast, Outcome, PlanAnswer, PlanChoices, PlanField, PlanQuestion, TeamName, UnknownName};
use crate::contract::policy::{Policy, meant};
use crate::contract::{Complexity, Severity};
use crate::ids::{TenantId, excerpt};
use crate::routing::{Covered, Query, Unknown};
use crate::sla::Named;
use crate::time::{Local, Zone};
use crate::wire::CompanyName;

/// Around the moment, far enough to hold 28 days of any wall clock.
const BEFORE: SignedDuration = SignedDuration::from_hours(2 * 24);
const AHEAD: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Promises reach no further than terms do.
const PROMISES: SignedDuration = SignedDuration::from_hours(400 * 24);

const UTC: &str = "Etc/UTC";

impl PlanAnswer {
    /// What a tenant's published file (and its number) answers, and a proposed one beside it.
    #[must_use]
    pub fn of(
        (tenant, published, number): (&TenantId, &Policy, u32),
        proposed: Option<&Policy>,
        question: PlanQuestion,
        now: Timestamp,
    ) -> Self {
        let question = question.with_defaults(published);
        let mut choices = PlanChoices::default();
        for policy in core::iter::once(published).chain(proposed) {
            choices.add(policy);
        }
        Self {
            now,
            published: question.answer((tenant, published, number), now),
            proposed: proposed.map(|policy| question.answer((tenant, policy, 0), now)),
            question,
            choices,
        }
    }
}

impl PlanQuestion {
    fn with_defaults(self, policy: &Policy) -> Self {
        let writable = policy.channels.iter().find(|channel| channel.kind.writable());
        let channel = writable.or(policy.channels.first()).map(|channel| channel.id.to_string());
        let reader = said(self.reader).unwrap_or_else(|| UTC.to_owned());
        Self {
            tier: said(self.tier),
            company: said(self.company),
            severity: said(self.severity).or(Some(Severity::General.as_str().to_owned())),
            complexity: said(self.complexity).or(Some(Complexity::default().as_str().to_owned())),
            text: said(self.text),
            channel: said(self.channel).or(channel),
            language: said(self.language).or(Some(policy.default_language.as_str().to_owned())),
            at: said(self.at),
            zone: said(self.zone).or(Some(reader.clone())),
            reader: Some(reader),
        }
    }

    fn answer(&self, (tenant, policy, number): (&TenantId, &Policy, u32), now: Timestamp) -> Outcome {
        let (moment, wrong) = match self.moment(policy, now) {
            Ok(moment) => (moment, None),
            Err(wrong) => (now, Some(wrong)),
        };
        let answered = self.query(moment).answer(tenant, policy, number);
        let planned = match (answered, wrong) {
            (Ok(planned), None) => planned,
            (Ok(_), Some(wrong)) => return Outcome::Unknown { names: Vec::from([wrong]) },
            (Err(unknown), wrong) => {
                let told = unknown.into_iter().filter_map(|one| told(one, policy));
                return Outcome::Unknown { names: told.chain(wrong).collect() };
            }
        };
        let Some(tier) = policy.tier(&planned.tier) else { return Outcome::Unknown { names: Vec::new() } };
        let from = moment.saturating_sub(BEFORE).unwrap_or(moment);
        let to = moment.saturating_add(AHEAD).unwrap_or(moment);
        let home = policy.calendars.first().map_or(UTC, |calendar| calendar.zone.as_str());
        let zones =
            (local(policy, self.reader.as_deref().unwrap_or(UTC), moment), local(policy, home, moment));
        let (Some(reader), Some(home)) = zones else { return Outcome::Unknown { names: Vec::new() } };
        let teams = policy.teams.iter().map(|team| TeamName { id: team.id.clone(), name: team.name.clone() });
        let people = policy.agents.iter().map(|one| Named { id: one.id.clone(), name: one.name.clone() });
        let cover = Covered::of(policy, tier, from, to);
        let (teams, people) = (teams.collect(), people.collect());
        let forecast = Forecast { plan: planned, reader, home, cover, teams, people };
        Outcome::Planned { forecast: Box::new(forecast) }
    }

    fn query(&self, at: Timestamp) -> Query {
        Query {
            at,
            tier: self.tier.clone(),
            company: self.company.clone(),
            severity: self.severity.clone().unwrap_or_default(),
            complexity: self.complexity.clone(),
            text: self.text.clone(),
            channel: self.channel.clone().unwrap_or_default(),
            language: self.language.clone().unwrap_or_default(),
            zone: self.zone.clone(),
        }
    }

    /// An instant as it stands; a wall clock's time by the reader's zone.
    fn moment(&self, policy: &Policy, now: Timestamp) -> Result<Timestamp, UnknownName> {
        let zone = self.reader.as_deref().unwrap_or(UTC);
        if local(policy, zone, now).is_none() {
            let names = policy.zones().names();
            let meant = meant(zone, names.iter().map(String::as_str)).map(ToOwned::to_owned);
            return Err(UnknownName {
                field: PlanField::Reader,
                found: excerpt(zone),
                meant,
                known: Vec::new(),
            });
        }
        let Some(at) = &self.at else { return Ok(now) };
        if let Ok(instant) = at.parse::<Timestamp>() {
            return Ok(instant);
        }
        let shown = at.parse::<DateTime>().ok();
        let instant = shown.and_then(|shown| {
            let near = jiff::tz::Offset::UTC.to_timestamp(shown).ok()?;
            Some(local(policy, zone, near)?.instant(shown))
        });
        instant.ok_or_else(|| UnknownName {
            field: PlanField::At,
            found: excerpt(at),
            meant: None,
            known: Vec::new(),
        })
    }
}

impl PlanChoices {
    fn add(&mut self, policy: &Policy) {
        once(&mut self.tiers, policy.tiers.iter().map(|tier| tier.id.clone()));
        let named =
            |id: &crate::ids::CompanyId, name: &str| CompanyName { id: id.clone(), name: name.to_owned() };
        once(&mut self.companies, policy.companies.iter().map(|company| named(&company.id, &company.name)));
        once(&mut self.channels, policy.channels.iter().map(|channel| channel.id.clone()));
        let spoken = policy.teams.iter().flat_map(|team| &team.languages);
        let spoken = policy.languages.iter().chain(spoken);
        once(&mut self.languages, spoken.map(|language| language.as_str().to_owned()));
        once(&mut self.zones, policy.calendars.iter().map(|calendar| calendar.zone.as_str().to_owned()));
    }
}

fn once<T: PartialEq>(all: &mut Vec<T>, more: impl Iterator<Item = T>) {
    for one in more {
        if !all.contains(&one) {
            all.push(one);
        }
    }
}

/// A field that a form left empty says nothing.
fn said(word: Option<String>) -> Option<String> {
    word.filter(|word| !word.trim().is_empty())
}

fn local(policy: &Policy, zone: &str, around: Timestamp) -> Option<Local> {
    let zone = Zone::new(zone).ok()?;
    let from = around.saturating_sub(PROMISES).unwrap_or(around);
    let to = around.saturating_add(PROMISES).unwrap_or(around);
    policy.zones().local(&zone, from, to).ok()
}

/// What the planner's own refusal says, as values: the reader's language is known to nobody here.
fn told(unknown: Unknown, policy: &Policy) -> Option<UnknownName> {
    let mut choices = PlanChoices::default();
    choices.add(policy);
    let names = |all: Vec<&str>| all.into_iter().map(ToOwned::to_owned).collect::<Vec<String>>();
    let (field, known) = match unknown.what {
        "tier" => (PlanField::Tier, choices.tiers.iter().map(ToString::to_string).collect()),
        "company" => (PlanField::Company, choices.companies.iter().map(|one| one.id.to_string()).collect()),
        "severity" => (PlanField::Severity, names(Severity::ALL.map(Severity::as_str).to_vec())),
        "complexity" => (PlanField::Complexity, names(Complexity::ALL.map(Complexity::as_str).to_vec())),
        "channel" => (PlanField::Channel, choices.channels.iter().map(ToString::to_string).collect()),
        "language" => (PlanField::Language, choices.languages),
        "time zone" => (PlanField::Zone, policy.zones().names()),
        _ => return None,
    };
    let meant = meant(&unknown.found, known.iter().map(String::as_str)).map(ToOwned::to_owned);
    let known = if field == PlanField::Zone { Vec::new() } else { known };
    Some(UnknownName { field, found: unknown.found, meant, known })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::policy::Hosts;
    use crate::routing::{Cover, Fare, Route};

    const HESI: &str = include_str!("../../../../edge/tenants/hesi.toml");

    fn tenant() -> TenantId {
        "hesi".parse().unwrap()
    }

    fn hesi() -> Policy {
        Policy::parse(HESI, Hosts::Development).unwrap()
    }

    fn now() -> Timestamp {
        "2026-09-28T01:00:00Z".parse().unwrap()
    }

    fn some(word: &str) -> Option<String> {
        Some(word.to_owned())
    }

    /// J2: a VIP's urgent question on National Day, 23:10 by the reader's wall clock in Shanghai.
    fn vip_at_night() -> PlanQuestion {
        PlanQuestion {
            tier: some("vip"),
            severity: some("urgent"),
            channel: some("chat"),
            language: some("zh"),
            at: some("2026-10-01T23:10"),
            reader: some("Asia/Shanghai"),
            ..PlanQuestion::default()
        }
    }

    #[track_caller]
    fn planned(outcome: &Outcome) -> &Forecast {
        let Outcome::Planned { forecast } = outcome else { panic!("{outcome:?}") };
        forecast
    }

    #[track_caller]
    fn first(forecast: &Forecast) -> Timestamp {
        forecast.plan.promises[0].promised.unwrap().at
    }

    #[test]
    fn a_wall_clocks_time_is_the_readers() {
        let answer = PlanAnswer::of((&tenant(), &hesi(), 3), None, vip_at_night(), now());
        let forecast = planned(&answer.published);
        assert_eq!(first(forecast), "2026-10-01T15:40:00Z".parse().unwrap());
        assert_eq!(forecast.plan.policy, 3);
        let Route::OnCall { agents } = &forecast.plan.route else { panic!("{:?}", forecast.plan.route) };
        assert_eq!(agents[0].name, "王强");
        let elsewhere = PlanQuestion { reader: some("America/New_York"), ..vip_at_night() };
        let answer = PlanAnswer::of((&tenant(), &hesi(), 3), None, elsewhere, now());
        assert_eq!(planned(&answer.published).plan.at, "2026-10-02T03:10:00Z".parse().unwrap());
    }

    #[test]
    fn a_question_without_words_is_asked_of_now_with_the_tenants_defaults() {
        let answer = PlanAnswer::of((&tenant(), &hesi(), 1), None, PlanQuestion::default(), now());
        let plan = &planned(&answer.published).plan;
        assert_eq!((plan.at, plan.tier.as_str(), plan.channel.as_str()), (now(), "standard", "chat"));
        assert_eq!(answer.question.language.as_deref(), Some("zh-CN"));
    }

    #[test]
    fn every_unknown_word_is_told_with_what_was_meant() {
        let question = PlanQuestion {
            tier: some("vipp"),
            channel: some("pigeon"),
            language: some("xx"),
            at: some("tonight"),
            zone: some("Asia/Shangai"),
            ..vip_at_night()
        };
        let answer = PlanAnswer::of((&tenant(), &hesi(), 1), None, question, now());
        let Outcome::Unknown { names } = answer.published else { panic!("{:?}", answer.published) };
        let told: Vec<_> = names.iter().map(|one| (one.field, one.meant.as_deref())).collect();
        assert_eq!(
            told,
            [
                (PlanField::Tier, Some("vip")),
                (PlanField::Channel, None),
                (PlanField::Language, None),
                (PlanField::Zone, Some("Asia/Shanghai")),
                (PlanField::At, None),
            ]
        );
        assert!(names[1].known.contains(&"chat".to_owned()));
    }

    #[test]
    fn a_proposed_file_without_its_night_duty_shows_the_holes_that_it_would_open() {
        let proposed = HESI.replace("on_call = [\"wang\"]", "on_call = []");
        let proposed = Policy::parse(&proposed, Hosts::Development).unwrap();
        let answer = PlanAnswer::of((&tenant(), &hesi(), 1), Some(&proposed), vip_at_night(), now());
        let (old, new) = (planned(&answer.published), planned(answer.proposed.as_ref().unwrap()));
        assert_eq!(new.plan.policy, 0);
        assert!(Covered::holes(&old.cover, Severity::Urgent).is_empty());
        assert!(!Covered::holes(&new.cover, Severity::Urgent).is_empty());
        let at_night = |forecast: &Forecast| {
            let covered = forecast.cover.iter().find(|one| one.window.contains(forecast.plan.at)).unwrap();
            (covered.fare(Severity::Urgent), covered.cover.clone())
        };
        assert_eq!(at_night(old).0, Fare::OnCall);
        assert_eq!(at_night(new), (Fare::Hole, Cover::Nobody {}));
    }

    #[test]
    fn a_name_of_the_proposed_file_alone_can_be_asked_for_and_the_published_one_says_that_it_has_none() {
        let proposed = Policy::parse(&HESI.replace("vip", "gold"), Hosts::Development).unwrap();
        let question = PlanQuestion { tier: some("gold"), ..vip_at_night() };
        let answer = PlanAnswer::of((&tenant(), &hesi(), 1), Some(&proposed), question, now());
        let Outcome::Unknown { names } = &answer.published else { panic!("{:?}", answer.published) };
        assert_eq!(names[0].known, ["standard", "vip", "implementation"]);
        assert_eq!(planned(answer.proposed.as_ref().unwrap()).plan.tier.as_str(), "gold");
        assert!(answer.choices.tiers.iter().any(|tier| tier.as_str() == "gold"));
    }
}
