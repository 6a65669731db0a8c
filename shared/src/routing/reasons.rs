//! The steps between a request and its promise, in the order in which a person would tell them.

use alloc::vec::Vec;

use jiff::Timestamp;

use crate::contract::{CalendarTerms, Metric};
use crate::routing::{Ask, Route};
use crate::sla::{Promise, Reason};

/// More windows than this are told as a sum, not line by line.
const LINES: usize = 6;

pub(super) fn of(ask: Ask<'_>, route: &Route, promises: &[Promise]) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let first_response = promises.iter().find(|line| line.metric == Metric::FirstResponse);
    let first_response = first_response.map(|line| line.promised);
    reasons.push(Reason::Asked { at: ask.now });
    reasons.push(Reason::Tier { tier: ask.terms.tier.clone(), from: ask.staff.tier_from });
    reasons.extend(ask.grade.reasons());
    reasons.extend(channel(ask));
    reasons.extend(people(ask, route));
    let manager = ask.staff.manager_told(ask.severity(), route).cloned();
    reasons.extend(manager.map(|agent| Reason::AccountManager { agent }));
    let Some(target) = ask.terms.target(Metric::FirstResponse, ask.case()) else { return reasons };
    if let (Some(calendar), Some(promised)) = (ask.terms.calendar(&target.calendar), first_response) {
        reasons.extend(counting(calendar, ask.now, promised.at));
    }
    let (metric, severity) = (target.metric, ask.severity());
    reasons.push(Reason::Target { metric, severity, within: target.within });
    reasons.extend(first_response.map(|promised| Reason::Due { metric, promised }));
    reasons
}

fn channel(ask: Ask<'_>) -> Option<Reason> {
    let hours = ask.staff.channel(ask.channel)?;
    let channel = ask.channel.clone();
    Some(if hours.is_open(ask.now) {
        Reason::ChannelOpen { channel, until: hours.open_until(ask.now) }
    } else {
        Reason::ChannelClosed { channel, opens: hours.next_open(ask.now) }
    })
}

fn people(ask: Ask<'_>, route: &Route) -> Vec<Reason> {
    match route {
        Route::Live { team, name } | Route::Region { team, name } => {
            Vec::from([Reason::Team { team: team.clone(), name: name.clone(), from: None }])
        }
        Route::OnCall { agents } => Vec::from([Reason::OnCall { agents: agents.clone() }]),
        Route::Ticket { team, opens } | Route::SelfService { team, opens, .. } => {
            let named = ask.staff.teams.iter().find(|candidate| Some(&candidate.id) == team.as_ref());
            let told = |team: &crate::routing::TeamHours| Reason::Team {
                team: team.id.clone(),
                name: team.name.clone(),
                from: *opens,
            };
            named.map(told).into_iter().collect()
        }
    }
}

/// What the calendar did between asking and the promise: closures by cause, then the open time that was counted.
fn counting(calendar: &CalendarTerms, now: Timestamp, due: Timestamp) -> Vec<Reason> {
    let id = || calendar.id.clone();
    let always = |w: crate::time::Window| w.contains(now) && w.never_ends();
    if calendar.windows.first_at_or_after(now).is_some_and(always) {
        return Vec::from([Reason::CountsAlways { calendar: id() }]);
    }
    let told = |mark: &&crate::time::Mark| mark.touches(now, due);
    let marks = calendar.marks.iter().filter(told).cloned();
    let mut reasons: Vec<Reason> = marks.map(|mark| Reason::Calendar { calendar: id(), mark }).collect();
    let provisional = calendar.provisional_from.filter(|from| *from <= due);
    reasons.extend(provisional.map(|from| Reason::Provisional { from }));
    let opens = calendar.hours().next_open(now).filter(|at| *at > now);
    reasons.extend(opens.map(|at| Reason::CountsFrom { calendar: id(), at }));
    let counted = calendar.windows.iter().filter(|w| w.to() > now && w.from() < due);
    if counted.clone().nth(1).is_some() && counted.clone().count() <= LINES {
        reasons.extend(counted.map(|w| Reason::Counted { from: w.from().max(now), to: w.to().min(due) }));
    }
    reasons
}
