//! From a request to a route, a promise and its reasons. Total: any input gets a route.

use jiff::Timestamp;

use crate::contract::{Case, Complexity, Metric, Severity, Terms};
use crate::ids::{ChannelId, TicketId};
use crate::language::Language;
use crate::routing::{Staff, TeamHours, reasons};
use crate::sla::{Clock, Promised, Receipt, Route};
use crate::time::Local;

/// What the plan depends on; all of it resolved, nothing of it looked up.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The request's id, for the receipt.
    pub ticket: TicketId,
    /// The server's first sight of it.
    pub now: Timestamp,
    /// How bad.
    pub severity: Severity,
    /// How it came.
    pub channel: &'a ChannelId,
    /// The customer's language.
    pub language: &'a Language,
    /// The customer's zone, resolved over the days ahead.
    pub local: &'a Local,
    /// The tier's terms.
    pub terms: &'a Terms,
    /// The people.
    pub staff: &'a Staff,
}

impl<'a> Ask<'a> {
    /// What the request is like, as far as targets ask. Nobody has looked yet how much work it is.
    #[must_use]
    pub fn case(self) -> Case<'a> {
        Case { severity: self.severity, complexity: Complexity::Ordinary, channel: self.channel }
    }
}

/// A route with its receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Who gets it (also in the receipt).
    pub route: Route,
    /// What the customer is told.
    pub receipt: Receipt,
}

/// Decides who gets a request and what is promised.
#[must_use]
pub fn plan(ask: Ask<'_>) -> Plan {
    let route = route(ask);
    let first_response = promised(ask, Metric::FirstResponse);
    let resolution = promised(ask, Metric::Resolution);
    let reasons = reasons::of(ask, &route, first_response);
    let receipt = Receipt {
        ticket: ask.ticket,
        asked_at: ask.now,
        zone: ask.local.zone().clone(),
        tier: ask.terms.tier.clone(),
        severity: ask.severity,
        channel: ask.channel.clone(),
        policy: ask.terms.policy,
        route: route.clone(),
        first_response,
        resolution,
        reasons,
    };
    Plan { route, receipt }
}

fn route(ask: Ask<'_>) -> Route {
    let open = |team: &&TeamHours| team.hours(ask.staff.until).is_open(ask.now);
    let channel_open = ask.staff.channel(ask.channel).is_some_and(|hours| hours.is_open(ask.now));
    let home =
        ask.staff.teams.iter().find(|team| team.speaks(ask.language)).or_else(|| ask.staff.teams.first());
    let awake = home.filter(open).or_else(|| ask.staff.teams.iter().find(open));
    if let (true, Some(team)) = (channel_open, awake) {
        let (id, name) = (team.id.clone(), team.name.clone());
        let at_home = home.is_some_and(|home| home.id == team.id);
        return if at_home { Route::Live { team: id, name } } else { Route::Region { team: id, name } };
    }
    if ask.staff.calls(ask.severity) {
        return Route::OnCall { agents: ask.staff.on_call.clone() };
    }
    let next = |team: &TeamHours| team.hours(ask.staff.until).next_open(ask.now);
    let opening = ask.staff.teams.iter().filter_map(|team| Some((next(team)?, team)));
    let first = opening.min_by_key(|(opens, _)| *opens);
    Route::Ticket { team: first.map(|(_, team)| team.id.clone()), opens: first.map(|(opens, _)| opens) }
}

/// The instant that one target gives a request asked now.
fn promised(ask: Ask<'_>, metric: Metric) -> Option<Promised> {
    let target = ask.terms.target(metric, ask.case())?;
    let calendar = ask.terms.calendar(&target.calendar)?;
    let at = Clock::at_once(ask.now, target, calendar.hours()).due()?;
    let provisional = calendar.provisional_from.is_some_and(|from| at >= from);
    Some(Promised { at, civil: ask.local.civil(at), provisional })
}
