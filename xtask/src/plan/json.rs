//! A plan as one line of JSON, for other programs: instants in UTC as RFC 3339.
//!
//! `to` is the team's id for `live`, `region` and `ticket` (null: no team ever opens), the channel's for `self_service`,
//! and for `on_call` the list of people's ids in the order in which they are told, the account manager first.

use anyhow::Result;
use serde::Serialize;
use shared::routing::{Commitment, Planned, Route};
use shared::text::Tongue;
use shared::time::Civil;

use super::told;
use super::words::Teller;

#[derive(Serialize)]
struct Answer<'a> {
    route: &'static str,
    to: To<'a>,
    promises: Vec<Promise<'a>>,
    reasons: Vec<String>,
    /// Each reason's rule and value: the same order, the same number.
    steps: &'a [shared::routing::Step],
    at: String,
    tier: &'a str,
    company: Option<&'a str>,
    severity: &'static str,
    complexity: &'static str,
    channel: &'a str,
    zone: &'a str,
    policy: u32,
}

#[derive(Serialize)]
#[serde(untagged)]
enum To<'a> {
    One(Option<&'a str>),
    People(Vec<&'a str>),
}

#[derive(Serialize)]
struct Promise<'a> {
    metric: &'static str,
    due: Option<String>,
    target_seconds: i64,
    calendar: &'a str,
    provisional: bool,
    local: Option<String>,
    rule: &'a str,
}

/// One line, without its end.
pub(super) fn line(planned: &Planned, tongue: Tongue) -> Result<String> {
    let teller = Teller::new(tongue, &planned.zone, planned.at)?;
    let (route, to) = route(planned);
    Ok(serde_json::to_string(&Answer {
        route,
        to,
        promises: planned.promises.iter().map(promise).collect(),
        reasons: told::reasons(&teller, planned),
        steps: &planned.steps,
        at: planned.at.to_string(),
        tier: planned.tier.as_str(),
        company: planned.company.as_ref().map(|company| company.as_str()),
        severity: planned.severity.as_str(),
        complexity: planned.complexity.as_str(),
        channel: planned.channel.as_str(),
        zone: planned.zone.as_str(),
        policy: planned.policy,
    })?)
}

fn route(planned: &Planned) -> (&'static str, To<'_>) {
    match &planned.route {
        Route::Live { team, .. } => ("live", To::One(Some(team.as_str()))),
        Route::Region { team, .. } => ("region", To::One(Some(team.as_str()))),
        Route::Ticket { team, .. } => ("ticket", To::One(team.as_ref().map(|team| team.as_str()))),
        Route::SelfService { channel, .. } => ("self_service", To::One(Some(channel.as_str()))),
        Route::OnCall { agents } => {
            let manager = planned.account_manager.as_ref();
            let others = agents.iter().filter(|agent| manager.is_none_or(|manager| manager.id != agent.id));
            let people = manager.into_iter().chain(others);
            ("on_call", To::People(people.map(|agent| agent.id.as_str()).collect()))
        }
    }
}

fn promise(commitment: &Commitment) -> Promise<'_> {
    let promised = commitment.promised;
    Promise {
        metric: commitment.metric.as_str(),
        due: promised.map(|promised| promised.at.to_string()),
        target_seconds: commitment.within.as_secs(),
        calendar: commitment.calendar.as_str(),
        provisional: promised.is_some_and(|promised| promised.provisional),
        local: promised.map(|promised| wall(promised.civil)),
        rule: &commitment.rule,
    }
}

/// `2026-10-01T23:40`.
fn wall(civil: Civil) -> String {
    format!("{}T{:02}:{:02}", civil.day, civil.hour, civil.minute)
}
