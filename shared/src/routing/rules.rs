//! Which rule of a tenant's file a step of a plan comes from, as the place that a mistake in it would name.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use jiff::Timestamp;

use crate::contract::policy::Policy;
use crate::contract::{Complexity, Severity, Target};
use crate::ids::{CalendarId, ChannelId, CompanyId, TeamId, TierId};
use crate::routing::Ask;
use crate::sla::{Named, Reason};
use crate::time::MarkKind;

/// The file, and for whom it is asked.
#[derive(Clone, Copy)]
pub(super) struct Rules<'a> {
    pub(super) policy: &'a Policy,
    pub(super) tier: &'a TierId,
    pub(super) company: Option<&'a CompanyId>,
}

impl Rules<'_> {
    /// The rule behind one reason; empty where only the clock speaks.
    pub(super) fn of(self, ask: Ask<'_>, reason: &Reason) -> String {
        match reason {
            Reason::Asked { .. } | Reason::Counted { .. } => String::new(),
            Reason::Tier { .. } => self.of_tier(ask.now),
            Reason::ChannelOpen { channel, .. } | Reason::ChannelClosed { channel, .. } => {
                self.hours(channel)
            }
            Reason::Calendar { calendar, mark } => self.cause(calendar, &mark.kind),
            Reason::CountsFrom { calendar, .. } | Reason::CountsAlways { calendar } => {
                format!("calendars.{calendar}")
            }
            Reason::Provisional { .. } => {
                let target = ask.terms.target(crate::contract::Metric::FirstResponse, ask.case());
                target.map(|target| format!("calendars.{}.holidays", target.calendar)).unwrap_or_default()
            }
            Reason::Target { metric, .. } | Reason::Due { metric, .. } => {
                ask.terms.target(*metric, ask.case()).map(|target| self.target(target)).unwrap_or_default()
            }
            Reason::OnCall { agents } => self.on_call(agents, ask.now),
            Reason::AccountManager { .. } => self.of_company("account_manager"),
            Reason::Team { team, .. } => self.team(team),
            Reason::Claimed { .. } => self.tier_key("may_claim"),
            Reason::Severity { by, .. } | Reason::Complexity { by, .. } => by.rule.clone(),
        }
    }

    /// `targets.vip.first_response.urgent`.
    pub(super) fn target(self, target: &Target) -> String {
        let covers = &target.covers;
        let severity = covers.severity.map(Severity::as_str);
        let complexity = covers.complexity.map(Complexity::as_str);
        let channel = covers.channel.as_ref().map(ChannelId::as_str);
        let named = [severity, complexity, channel].into_iter().flatten();
        let path = ["targets", self.tier.as_str(), target.metric.as_str()];
        path.into_iter().chain(named).collect::<Vec<_>>().join(".")
    }

    /// `tiers.vip.calls_from`.
    pub(super) fn tier_key(self, key: &str) -> String {
        format!("tiers.{}.{key}", self.tier)
    }

    /// `self_service.standard`.
    pub(super) fn self_service(self) -> String {
        format!("self_service.{}", self.tier)
    }

    /// `channels.account_manager`; empty, if the file has no such channel.
    pub(super) fn channel(self, id: &ChannelId) -> String {
        self.policy.channel(id).map(|channel| format!("channels.{}", channel.id)).unwrap_or_default()
    }

    /// `teams[0]`.
    pub(super) fn team(self, id: &TeamId) -> String {
        place("teams", self.policy.teams.iter().position(|team| team.id == *id))
    }

    fn of_tier(self, now: Timestamp) -> String {
        match self.company.and_then(|id| self.policy.company(id)) {
            Some(company) if company.is_live_with(self.tier, now) => self.of_company("tier_after_go_live"),
            Some(company) if company.tier(now) == self.tier => self.of_company("tier"),
            Some(_) => format!("tiers.{}", self.tier),
            None if self.policy.default_tier == *self.tier => "default_tier".into(),
            None => format!("tiers.{}", self.tier),
        }
    }

    fn of_company(self, key: &str) -> String {
        let named = |id: &CompanyId| self.policy.companies.iter().position(|company| company.id == *id);
        let row = place("companies", self.company.and_then(named));
        if row.is_empty() { row } else { format!("{row}.{key}") }
    }

    fn hours(self, id: &ChannelId) -> String {
        match self.policy.channel(id) {
            Some(channel) if channel.has_own_hours(self.tier) => {
                format!("channels.{id}.tier_hours.{}", self.tier)
            }
            Some(_) => format!("channels.{id}.hours"),
            None => String::new(),
        }
    }

    fn cause(self, calendar: &CalendarId, kind: &MarkKind) -> String {
        let key = match kind {
            MarkKind::Holiday { .. } | MarkKind::MakeUpDay { .. } => ".holidays",
            MarkKind::ClockChange { .. } => ".zone",
            MarkKind::OtherHours { .. } => "",
        };
        format!("calendars.{calendar}{key}")
    }

    /// The rules that put these people on call, each once.
    fn on_call(self, agents: &[Named], now: Timestamp) -> String {
        let mut rules: Vec<String> = Vec::new();
        for called in self.policy.roster.at(now) {
            let asked = agents.iter().any(|agent| agent.id == *called.agent);
            if asked && !rules.contains(&called.rule) {
                rules.push(called.rule.to_string());
            }
        }
        rules.join(", ")
    }
}

fn place(list: &str, index: Option<usize>) -> String {
    index.map(|index| format!("{list}[{index}]")).unwrap_or_default()
}
