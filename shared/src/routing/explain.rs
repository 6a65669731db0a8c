//! A plan told to those who may know the tenant's file: every promise, and every step with its rule.

use alloc::vec::Vec;

use super::rules::Rules;
use super::{Ask, Commitment, Planned, Responsible, Route, Step, Why};
use super::{plan, responsible};
use crate::contract::Metric;
use crate::sla::Reason;

/// The metrics whose clocks start with the request.
const FROM_THE_START: [Metric; 4] =
    [Metric::FirstResponse, Metric::RequesterWait, Metric::AgentWork, Metric::Resolution];

/// The plan, with every step's rule.
pub(super) fn planned(ask: Ask<'_>, rules: Rules<'_>) -> Planned {
    let plan = plan(ask);
    let promises = FROM_THE_START.into_iter().filter_map(|metric| commitment(ask, rules, metric)).collect();
    let steps =
        plan.receipt.reasons.iter().flat_map(|reason| steps(ask, rules, &plan.route, reason)).collect();
    Planned {
        at: ask.now,
        zone: ask.local.zone().clone(),
        tier: ask.terms.tier.clone(),
        company: rules.company.cloned(),
        severity: ask.severity(),
        complexity: ask.grade.complexity,
        channel: ask.channel.clone(),
        policy: ask.terms.policy,
        account_manager: ask.staff.manager_told(ask.severity(), &plan.route).cloned(),
        route: plan.route,
        promises,
        steps,
    }
}

fn commitment(ask: Ask<'_>, rules: Rules<'_>, metric: Metric) -> Option<Commitment> {
    let target = ask.terms.target(metric, ask.case())?;
    Some(Commitment {
        metric,
        promised: super::plan::promised(ask, metric),
        within: target.within,
        calendar: target.calendar.clone(),
        rule: rules.target(target),
    })
}

/// One reason, and what only those may see who know the file.
fn steps(ask: Ask<'_>, rules: Rules<'_>, route: &Route, reason: &Reason) -> Vec<Step> {
    let told = Step { why: Why::Told { reason: reason.clone() }, rule: rules.of(ask, reason) };
    let more = match reason {
        Reason::Tier { .. } => no_channel(ask, rules, route),
        Reason::ChannelOpen { .. } | Reason::ChannelClosed { .. } => after_hours(ask, rules, route),
        Reason::Team { from: None, .. } => hand_over(ask, rules, route),
        Reason::Asked { .. }
        | Reason::Team { .. }
        | Reason::Calendar { .. }
        | Reason::CountsFrom { .. }
        | Reason::CountsAlways { .. }
        | Reason::Counted { .. }
        | Reason::Target { .. }
        | Reason::OnCall { .. }
        | Reason::AccountManager { .. }
        | Reason::Provisional { .. }
        | Reason::Due { .. }
        | Reason::Claimed { .. }
        | Reason::Severity { .. }
        | Reason::Complexity { .. } => Vec::new(),
    };
    core::iter::once(told).chain(more).collect()
}

/// A channel that the tier does not have is never open, and no other reason says so.
fn no_channel(ask: Ask<'_>, rules: Rules<'_>, route: &Route) -> Vec<Step> {
    if ask.staff.channel(ask.channel).is_some() {
        return Vec::new();
    }
    let why = Why::NoChannel { channel: ask.channel.clone() };
    let step = Step { why, rule: rules.channel(ask.channel) };
    core::iter::once(step).chain(after_hours(ask, rules, route)).collect()
}

/// What a tier has at night.
fn after_hours(ask: Ask<'_>, rules: Rules<'_>, route: &Route) -> Vec<Step> {
    let calls = |why| Step { why, rule: rules.tier_key("calls_from") };
    match (route, ask.staff.calls_from) {
        (Route::Live { .. } | Route::Region { .. }, _) => Vec::new(),
        (Route::OnCall { .. }, Some(from)) => Vec::from([calls(Why::Calls { from })]),
        (Route::OnCall { .. } | Route::Ticket { .. }, _) => Vec::from([calls(Why::CallsNobody {})]),
        (Route::SelfService { channel, .. }, _) => {
            let articles = Why::Articles { channel: channel.clone() };
            let articles = Step { why: articles, rule: rules.self_service() };
            Vec::from([calls(Why::CallsNobody {}), articles])
        }
    }
}

/// Follow-the-sun: who has it, when the team that is awake goes home before the promise is due.
fn hand_over(ask: Ask<'_>, rules: Rules<'_>, route: &Route) -> Vec<Step> {
    let (Route::Live { team, .. } | Route::Region { team, .. }) = route else { return Vec::new() };
    let holder = ask.staff.teams.iter().find(|one| one.id == *team);
    let closes = holder.and_then(|team| team.hours(ask.staff.until).open_until(ask.now));
    let due = super::plan::promised(ask, Metric::FirstResponse).map(|promised| promised.at);
    let Some(closes) = closes.filter(|closes| due.is_some_and(|due| due > *closes)) else {
        return Vec::new();
    };
    let (next, at) = match responsible(ask.staff, Some(team), closes) {
        Responsible::Now { team } => (team, closes),
        Responsible::From { team, at } => (team, at),
        Responsible::Nobody => return Vec::new(),
    };
    let rule = rules.team(&next.id);
    Vec::from([Step { why: Why::HandOver { team: next.id.clone(), name: next.name.clone(), at }, rule }])
}
