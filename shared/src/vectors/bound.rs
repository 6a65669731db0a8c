//! What binds the ticket of a case about clocks: its calendar and targets as terms.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::str::FromStr;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer};

use super::calendar::Part;
use super::happening::{Happened, Happening};
use super::{Instant, calendar, read};
use crate::contract::{
    CalendarTerms, Case, ClockRules, Complexity, Covers, Metric, PendReason, Severity, Target, Terms,
};
use crate::ids::{AgentId, CustomerId, TicketId};
use crate::sla::{CalendarUsed, Cause, Promise, Receipt, Route, clocks_at_once, promises_of};
use crate::ticket::{Command, Intake, Request};
use crate::time::calendar::{Calendar, Zones};
use crate::time::{FOREVER, Local, Zone};

/// Windows are resolved so far before the first line and after the last instant.
const AROUND: SignedDuration = SignedDuration::from_hours(24 * 60);

/// A target of a case.
#[derive(Clone, Deserialize)]
pub(super) struct TargetOf {
    metric: Metric,
    business_seconds: i64,
    severity: Option<Severity>,
    complexity: Option<Complexity>,
    pauses: Option<Vec<PendReason>>,
    pauses_at_most: Option<i64>,
    #[serde(default)]
    grace: i64,
}

#[derive(Default, Deserialize)]
struct PromisedAt {
    first_response: Option<Instant>,
    resolution: Option<Instant>,
}

impl PromisedAt {
    /// Puts the case's own instant into a promise; one of which the case says nothing was not made.
    fn settle(&self, promise: &mut Promise) -> bool {
        let told = match promise.metric {
            Metric::FirstResponse => self.first_response,
            Metric::Resolution => self.resolution,
            Metric::NextResponse
            | Metric::PeriodicUpdate
            | Metric::PausableUpdate
            | Metric::RequesterWait
            | Metric::AgentWork => None,
        };
        promise.promised.at = told.map_or(promise.promised.at, |instant| instant.0);
        told.is_some()
    }
}

/// What binds the ticket of a case.
pub(super) struct Bound {
    pub(super) ticket: TicketId,
    pub(super) agent: AgentId,
    calendar: Calendar,
    targets: Vec<TargetOf>,
    rules: ClockRules,
    severity: Severity,
    promised: PromisedAt,
    span: (Timestamp, Timestamp),
    zones: Zones,
}

pub(super) fn id<T: FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("no name: {text:?}"))
}

impl Bound {
    pub(super) fn read<'de, Case: Deserializer<'de> + Copy>(
        case: Case,
        zones: &Zones,
        log: &[Happened],
        as_of: Timestamp,
    ) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Given {
            targets: Vec<TargetOf>,
            #[serde(default)]
            rules: RulesOf,
            severity: Option<Severity>,
            #[serde(default)]
            promised: PromisedAt,
        }
        let Given { targets, rules, severity, promised } = read(case)?;
        let first = log.iter().map(|line| line.at.0).min().unwrap_or(as_of);
        let around = |at: Timestamp, by: SignedDuration| at.saturating_add(by).unwrap_or(at);
        Ok(Self {
            ticket: TicketId::new(0, [1; 10]),
            agent: id("li")?,
            calendar: calendar::of(case, zones)?,
            targets,
            rules: rules.into(),
            severity: severity.unwrap_or(Severity::General),
            promised,
            span: (around(first, -AROUND), around(as_of, AROUND)),
            zones: zones.clone(),
        })
    }

    pub(super) fn first(&self) -> Result<Terms, String> {
        self.terms("first", &self.targets, None)
    }

    pub(super) fn republished(&self, calendar: &Part) -> Result<Terms, String> {
        self.terms("first", &self.targets, Some(calendar))
    }

    pub(super) fn terms(
        &self,
        tier: &str,
        targets: &[TargetOf],
        other: Option<&Part>,
    ) -> Result<Terms, String> {
        let other = other.map(|part| part.calendar(&self.zones)).transpose()?;
        let windows = other.as_ref().unwrap_or(&self.calendar).resolve(self.span.0, self.span.1);
        let endless = windows.iter().next_back().is_some_and(|last| last.never_ends());
        let target = |of: &TargetOf| {
            Ok::<_, String>(Target {
                metric: of.metric,
                covers: Covers { severity: of.severity, complexity: of.complexity, channel: None },
                within: SignedDuration::from_secs(of.business_seconds),
                calendar: id("hours")?,
                pauses: of.pauses.clone().unwrap_or_else(|| of.metric.usual_pauses().to_vec()),
                pauses_at_most: of.pauses_at_most.map(SignedDuration::from_secs),
                grace: SignedDuration::from_secs(of.grace),
            })
        };
        let mut targets: Vec<Target> = targets.iter().map(target).collect::<Result<_, _>>()?;
        targets.sort_by_key(|target| core::cmp::Reverse(target.covers.names()));
        let calendar = CalendarTerms {
            id: id("hours")?,
            zone: utc()?,
            windows,
            until: if endless { FOREVER } else { self.span.1 },
            provisional_from: None,
            marks: Vec::new(),
        };
        Ok(Terms {
            policy: 1,
            tier: id(tier)?,
            tzdb: String::new(),
            holidays: String::new(),
            rules: self.rules,
            targets,
            calendars: [calendar].into(),
        })
    }

    pub(super) fn open(&self, line: &Happened) -> Result<Command, String> {
        let terms = self.first()?;
        let case = Case { severity: self.severity, complexity: Complexity::Ordinary, channel: &id("chat")? };
        let local = Local::new(utc()?, 0, Vec::new()).map_err(|error| error.to_string())?;
        let mut promises = promises_of(&terms, &local, clocks_at_once(case, &terms, line.at.0));
        promises.retain_mut(|promise| self.promised.settle(promise));
        let receipt = Receipt {
            tenant: id("tenant")?,
            company: None,
            ticket: self.ticket,
            number: 1,
            asked_at: line.at.0,
            issued_at: line.at.0,
            cause: Cause::Asked {},
            tier: terms.tier.clone(),
            severity: self.severity,
            complexity: Complexity::Ordinary,
            channel: id("chat")?,
            policy: 1,
            tzdb: String::new(),
            holidays: String::new(),
            route: Route::Ticket { team: None, opens: None },
            calendars: CalendarUsed::by(&promises, &terms),
            promises,
            reasons: Vec::new(),
            local,
        };
        let request = Request {
            id: self.ticket,
            channel: id("chat")?,
            severity: self.severity,
            text: String::new(),
            contact: None,
            name: None,
            language: id("en")?,
            zone: utc()?,
        };
        let opened_by = matches!(line.what, Happening::OpenedByAgent {}).then(|| self.agent.clone());
        let customer = CustomerId::anonymous(1);
        let intake = Intake { request, customer, company: None, terms, receipt, ring: None, opened_by };
        Ok(Command::Open { intake: Box::new(intake) })
    }
}

fn utc() -> Result<Zone, String> {
    Zone::new("Etc/UTC").map_err(|error| error.to_string())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RulesOf {
    on_change: crate::contract::OnChange,
    on_reopen: crate::contract::OnReopen,
    answers: crate::contract::Answers,
}

impl From<RulesOf> for ClockRules {
    fn from(RulesOf { on_change, on_reopen, answers }: RulesOf) -> Self {
        Self { on_change, on_reopen, answers }
    }
}
