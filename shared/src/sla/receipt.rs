//! A receipt: what was asked, what is promised, and all that anybody needs to compute it again.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::{CalendarTerms, Complexity, Metric, Severity, Terms};
use crate::ids::{CalendarId, ChannelId, CompanyId, TenantId, TicketId, TierId};
use crate::sla::{Cause, Promise, Promised, Reason, Route};
use crate::time::instant::{millis, millis_option};
use crate::time::{Local, Window, Windows, Zone};

/// What was asked, what is promised, and each step between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Who promises.
    pub tenant: TenantId,
    /// For whom, if somebody vouched for the customer.
    pub company: Option<CompanyId>,
    /// For which request.
    pub ticket: TicketId,
    /// 1 for the first, then one more with each change of a promise.
    pub number: u32,
    /// The server's first sight of the request: every clock starts here.
    #[serde(with = "millis")]
    pub asked_at: Timestamp,
    /// When this receipt was made.
    #[serde(with = "millis")]
    pub issued_at: Timestamp,
    /// Why it was made.
    pub cause: Cause,
    /// The customer's wall clock, in which `civil` times are told.
    pub local: Local,
    /// The tier that decided.
    pub tier: TierId,
    /// How bad it is.
    pub severity: Severity,
    /// How much work it is.
    pub complexity: Complexity,
    /// How it came.
    pub channel: ChannelId,
    /// Number of the published tenant file.
    pub policy: u32,
    /// Version of the time zone database the windows were resolved with.
    pub tzdb: String,
    /// Version of the holiday tables the windows were resolved with.
    pub holidays: String,
    /// Who gets it.
    pub route: Route,
    /// What is promised, a line each.
    pub promises: Vec<Promise>,
    /// The calendars that the lines count on.
    pub calendars: Vec<CalendarUsed>,
    /// Why, step by step, in the order in which a person would tell it.
    pub reasons: Vec<Reason>,
}

/// A calendar as far as a receipt needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarUsed {
    /// Its name in the tenant's file.
    pub id: CalendarId,
    /// Number of the published tenant file with it.
    pub version: u32,
    /// From here on its holidays were not final.
    #[serde(with = "millis_option")]
    pub provisional_from: Option<Timestamp>,
    /// When it is open, from the first start to the last due instant that count on it; whole windows.
    pub windows: Windows,
}

impl CalendarUsed {
    /// The calendars that these lines count on, each once.
    #[must_use]
    pub fn by(promises: &[Promise], terms: &Terms) -> Vec<Self> {
        let used = |calendar: &CalendarTerms| {
            let lines = || promises.iter().filter(|line| line.calendar == calendar.id);
            let from = lines().map(|line| line.since).min()?;
            let to = lines().map(|line| line.due).max()?;
            Some(Self {
                id: calendar.id.clone(),
                version: terms.policy,
                provisional_from: calendar.provisional_from,
                windows: touched(&calendar.windows, from, to).collect(),
            })
        };
        terms.calendars.iter().filter_map(used).collect()
    }
}

fn touched(windows: &Windows, from: Timestamp, to: Timestamp) -> impl Iterator<Item = Window> {
    windows.iter_from(from).take_while(move |window| window.from() < to).copied()
}

impl Receipt {
    /// The line of one metric, if it is promised.
    #[must_use]
    pub fn promise(&self, metric: Metric) -> Option<&Promise> {
        self.promises.iter().find(|line| line.metric == metric)
    }

    /// By when a person answers first.
    #[must_use]
    pub fn first_response(&self) -> Option<Promised> {
        self.promise(Metric::FirstResponse).map(|line| line.promised)
    }

    /// By when it is solved, as things stand.
    #[must_use]
    pub fn resolution(&self) -> Option<Promised> {
        self.promise(Metric::Resolution).map(|line| line.promised)
    }

    /// The zone in which `civil` times are told.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        self.local.zone()
    }

    /// A calendar that lines count on.
    #[must_use]
    pub fn calendar(&self, id: &CalendarId) -> Option<&CalendarUsed> {
        self.calendars.iter().find(|calendar| calendar.id == *id)
    }

    /// The receipt that replaces this one after a change with a cause: the new promises hold, both ways (S7).
    #[must_use]
    pub fn replaced(&self, now: Timestamp, cause: Cause, terms: &Terms, promises: Vec<Promise>) -> Self {
        Self {
            number: self.number.saturating_add(1),
            issued_at: now,
            cause,
            tier: terms.tier.clone(),
            policy: terms.policy,
            tzdb: terms.tzdb.clone(),
            holidays: terms.holidays.clone(),
            calendars: CalendarUsed::by(&promises, terms),
            promises,
            ..self.clone()
        }
    }

    /// Lets each promise of an earlier receipt hold that this one would make later: what changed has no cause that the
    /// customer has to bear.
    #[must_use]
    pub fn keeping(mut self, earlier: &Self) -> Self {
        for line in &mut self.promises {
            let told = earlier.promise(line.metric).map(|told| told.promised);
            if let Some(told) = told.filter(|told| told.at < line.promised.at) {
                line.promised = told;
                line.kept_from = Some(earlier.number);
            }
        }
        self
    }
}
