//! Why a ticket's clocks are due when they are: what its log tells of waits, changes and solving, given to each clock.

use alloc::vec::Vec;

use jiff::Timestamp;

use crate::contract::Metric;
use crate::ids::TierId;
use crate::sla::{Cause, Explanation, Story, Wait};
use crate::ticket::{Event, Logged, Open, TermsCause, Ticket};
use crate::time::{Window, Windows};

impl Ticket {
    /// Why each clock that runs is due when it is, in the order in which a ticket meets them. `log` is all of it.
    #[must_use]
    pub fn explain(&self, log: &[Logged]) -> Vec<Explanation> {
        let Some(open) = self.open() else { return Vec::new() };
        let (board, story) = (open.board(), story(open, log));
        let clocks = Metric::ALL.into_iter().filter_map(|metric| board.clock(metric));
        clocks.filter_map(|clock| clock.explain(&story)).collect()
    }
}

fn story<'t>(open: &'t Open, log: &'t [Logged]) -> Story<'t> {
    let calendars = |line: &'t Logged| {
        let Event::TermsSet { terms, .. } = &line.event else { return &[][..] };
        &terms.calendars[..]
    };
    Story {
        terms: &open.terms,
        receipt: &open.receipt,
        waits: waits(open, log),
        changes: changes(log),
        solved: solved(log),
        calendars: log.iter().flat_map(calendars).collect(),
    }
}

/// Each pause of the course with the line of the log that began it, and the one that ended it.
fn waits(open: &Open, log: &[Logged]) -> Vec<Wait> {
    let ended_by = |to: Option<Timestamp>| {
        let resumed = |line: &Logged| {
            let Event::Resumed { by } = &line.event else { return None };
            (Some(line.at) == to).then(|| by.clone())
        };
        log.iter().find_map(resumed)
    };
    let wait = |line: &Logged| {
        let Event::Pended { by, reason, evidence } = &line.event else { return None };
        let pause = open.course.pauses().iter().find(|p| p.from == line.at && p.reason == *reason)?;
        let (reason, by, evidence, to) = (*reason, by.clone(), *evidence, pause.to);
        Some(Wait { reason, from: pause.from, to, by, evidence, ended_by: ended_by(to) })
    };
    log.iter().filter_map(wait).collect()
}

/// What moved a clock, and by whom.
fn changes(log: &[Logged]) -> Vec<(Timestamp, Cause)> {
    let mut tier = None;
    let mut change = |line: &Logged| {
        let before = tier.clone();
        if let Event::TermsSet { terms, .. } = &line.event {
            tier = Some(terms.tier.clone());
        }
        cause(&line.event, before).map(|cause| (line.at, cause))
    };
    log.iter().filter_map(&mut change).collect()
}

/// The change that a line tells of; terms that are only known for longer change nothing.
fn cause(event: &Event, tier: Option<TierId>) -> Option<Cause> {
    Some(match event {
        Event::SeverityChanged { from, to, by, .. } => {
            Cause::Severity { from: *from, to: *to, by: by.clone() }
        }
        Event::ComplexityChanged { from, to, by, .. } => {
            Cause::Complexity { from: *from, to: *to, by: by.clone() }
        }
        Event::TermsSet { cause: TermsCause::Known, .. } => return None,
        Event::TermsSet { terms, cause: TermsCause::Calendar { .. } } => {
            Cause::Calendar { policy: terms.policy }
        }
        Event::TermsSet { terms, cause: TermsCause::Tier { .. } | TermsCause::Contract { .. } } => {
            let (to, policy) = (terms.tier.clone(), terms.policy);
            Cause::Tier { from: tier.unwrap_or_else(|| to.clone()), to, policy }
        }
        Event::Reopened { by } => Cause::Reopened { by: by.clone() },
        Event::MergedFrom { ticket, by, .. } => Cause::Merged { ticket: *ticket, by: by.clone() },
        Event::Antedated { .. } => Cause::Antedated {},
        Event::Opened { .. }
        | Event::Said { .. }
        | Event::Noted { .. }
        | Event::Pended { .. }
        | Event::Resumed { .. }
        | Event::Solved { .. }
        | Event::Warned { .. }
        | Event::Breached { .. }
        | Event::Notified { .. }
        | Event::Seen { .. }
        | Event::TermsAsked {}
        | Event::TeamChanged { .. }
        | Event::MergedInto { .. }
        | Event::Discarded { .. }
        | Event::Closed {}
        | Event::Promised { .. } => return None,
    })
}

/// From each solving to the reopening after it.
fn solved(log: &[Logged]) -> Windows {
    let mut since = None;
    let mut windows = Vec::new();
    for line in log {
        if let Event::Solved { .. } | Event::Closed {} = &line.event {
            since = since.or(Some(line.at));
        }
        if let Event::Reopened { .. } = &line.event {
            windows.extend(since.take().and_then(|since| Window::new(since, line.at).ok()));
        }
    }
    windows.into_iter().collect()
}
