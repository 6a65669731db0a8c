//! From a request to a route, a promise and its reasons. Total: any input gets a route.

#[cfg(feature = "policy")]
use crate::contract::Metric;
use crate::routing::{Ask, choose, load, reasons};
#[cfg(feature = "policy")]
use crate::sla::Promised;
use crate::sla::{CalendarUsed, Cause, Named, Receipt, Route, clocks_at_once, promises_of};

/// A route with its receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Who gets it (also in the receipt).
    pub route: Route,
    /// Which person of the team takes it, as work stands; the promise knows nothing of it.
    pub person: Option<Named>,
    /// What the customer is told.
    pub receipt: Receipt,
}

/// Decides who gets a request and what is promised.
#[must_use]
pub fn plan(ask: Ask<'_>) -> Plan {
    let route = choose::route(ask);
    let case = ask.case();
    let promises = promises_of(ask.terms, ask.local, clocks_at_once(case, ask.terms, ask.now));
    let reasons = reasons::of(ask, &route, &promises);
    let receipt = Receipt {
        tenant: ask.tenant.clone(),
        company: ask.company.cloned(),
        ticket: ask.ticket,
        number: 1,
        asked_at: ask.now,
        issued_at: ask.now,
        cause: Cause::Asked {},
        local: ask.local.clone(),
        tier: ask.terms.tier.clone(),
        severity: case.severity,
        complexity: case.complexity,
        channel: ask.channel.clone(),
        policy: ask.terms.policy,
        tzdb: ask.terms.tzdb.clone(),
        holidays: ask.terms.holidays.clone(),
        route: route.clone(),
        calendars: CalendarUsed::by(&promises, ask.terms),
        promises,
        reasons,
    };
    Plan { person: load::person(ask, &route), route, receipt }
}

/// The instant that one target gives a request asked now, if its clock starts with the request.
#[cfg(feature = "policy")]
pub(super) fn promised(ask: Ask<'_>, metric: Metric) -> Option<Promised> {
    let case = ask.case();
    let clock = clocks_at_once(case, ask.terms, ask.now).filter(|clock| clock.target.metric == metric);
    promises_of(ask.terms, ask.local, clock).first().map(|promise| promise.promised)
}
