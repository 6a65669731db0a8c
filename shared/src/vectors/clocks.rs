//! The kinds of clocks: metrics, warnings, ordering. A case is a log in plain words; it is done command by command, the
//! ticket is woken whenever it asks to be, and what its clocks did and told is compared.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};

use super::bound::Bound;
use super::happening::Happened;
use super::{Instant, instant_or_null, read};
use crate::contract::Metric;
use crate::refusal::Refusal;
use crate::sla::Line;
use crate::ticket::{Command, Ctx, Event, Logged, Ticket};
use crate::time::calendar::Zones;

/// What a log did to the clocks, and what was told on the way.
pub(super) fn metrics<'de, Case: Deserializer<'de> + Copy>(case: Case, zones: &Zones) -> Result<(), String> {
    #[derive(Deserialize)]
    struct Asked {
        log: Vec<Happened>,
        as_of: Instant,
        cycles: Vec<Answer>,
        told: Option<Vec<Told>>,
    }
    let Asked { mut log, as_of, cycles, told } = read(case)?;
    let bound = Bound::read(case, zones, &log, as_of.0)?;
    log.sort_by_key(|line| (line.at.0, line.what.rank()));
    let lines = lived(&bound, &log, as_of.0)?;
    let ticket = Ticket::as_of(bound.ticket, &lines, as_of.0);
    let found: Vec<String> = ticket.cycles(as_of.0).iter().map(|cycle| written(&cycle.line)).collect();
    let expected: Vec<String> = cycles.iter().map(Answer::written).collect();
    equal("cycles", found, expected)?;
    let Some(told) = told else { return Ok(()) };
    let found = lines.iter().filter_map(|line| said(line).map(|said| (said, line.at)));
    let found = found.map(|(said, at)| format!("{said} at {at}")).collect();
    equal("told", found, told.iter().map(|told| format!("{} at {}", told.level(), told.at.0)).collect())
}

/// The log of a ticket to which all of it happened, woken in time.
fn lived(bound: &Bound, log: &[Happened], as_of: Timestamp) -> Result<Vec<Logged>, String> {
    let (mut ticket, mut lines) = (Ticket::blank(bound.ticket), Vec::new());
    let mut numbers = 2..=u8::MAX;
    for line in log.iter().filter(|line| line.at.0 <= as_of) {
        wake(&mut ticket, &mut lines, line.at.0)?;
        let number = numbers.next().ok_or("log: more than 255 lines")?;
        let command = line.what.command(&bound.agent, number, bound)?;
        let command = command.map_or_else(|| bound.open(line), Ok)?;
        step(&mut ticket, &mut lines, line.at.0, command)?;
    }
    wake(&mut ticket, &mut lines, as_of)?;
    Ok(lines)
}

fn wake(ticket: &mut Ticket, lines: &mut Vec<Logged>, until: Timestamp) -> Result<(), String> {
    while let Some(at) = ticket.wake_at().filter(|at| *at <= until) {
        let before = ticket.seq();
        step(ticket, lines, at, Command::Tick {})?;
        if ticket.seq() == before {
            return Err(format!("woken at {at} for nothing"));
        }
    }
    Ok(())
}

fn step(
    ticket: &mut Ticket,
    lines: &mut Vec<Logged>,
    now: Timestamp,
    command: Command,
) -> Result<(), String> {
    let step = match ticket.step(Ctx { now }, command) {
        Ok(step) => step,
        // A line that cannot be, such as a wait of what is solved, changes nothing.
        Err(Refusal::Stage { .. }) => return Ok(()),
        Err(refusal) => return Err(format!("log at {now}: {refusal}")),
    };
    step.events.iter().for_each(|line| ticket.apply(line));
    lines.extend(step.events);
    Ok(())
}

/// What a case says about a cycle.
#[derive(Deserialize)]
struct Answer {
    metric: Metric,
    started: Instant,
    #[serde(deserialize_with = "instant_or_null")]
    due: Option<Timestamp>,
    #[serde(deserialize_with = "instant_or_null")]
    judged: Option<Timestamp>,
    #[serde(default, deserialize_with = "instant_or_null")]
    finished: Option<Timestamp>,
    #[serde(default, deserialize_with = "instant_or_null")]
    cancelled: Option<Timestamp>,
    verdict: String,
    business_seconds: i64,
}

impl Answer {
    fn written(&self) -> String {
        let Self { metric, started, due, judged, finished, cancelled, verdict, business_seconds } = self;
        let ends = (*finished, *cancelled);
        row((*metric, started.0), (*due, *judged), ends, (verdict, *business_seconds))
    }
}

fn written(line: &Line) -> String {
    let verdict = match (line.cancelled, line.finished, line.late) {
        (Some(_), _, _) => "cancelled",
        (None, Some(_), false) => "met",
        (None, Some(_), true) => "missed",
        (None, None, false) => "running",
        (None, None, true) => "late",
    };
    let ends = (line.finished, line.cancelled);
    row((line.metric, line.started), (line.due, line.judged), ends, (verdict, line.spent.as_secs()))
}

fn row(
    (metric, started): (Metric, Timestamp),
    (due, judged): (Option<Timestamp>, Option<Timestamp>),
    (finished, cancelled): (Option<Timestamp>, Option<Timestamp>),
    (verdict, seconds): (&str, i64),
) -> String {
    let at = |at: Option<Timestamp>| at.map_or_else(|| "null".into(), |at| at.to_string());
    format!(
        "{} from {started}, due {}, judged {}, finished {}, cancelled {}, {verdict} after {seconds} s",
        metric.as_str(),
        at(due),
        at(judged),
        at(finished),
        at(cancelled)
    )
}

/// What a case says that was told.
#[derive(Deserialize)]
struct Told {
    metric: Metric,
    level: String,
    at: Instant,
    stamped: Option<Instant>,
    #[serde(default)]
    late: bool,
}

impl Told {
    fn level(&self) -> String {
        let metric = self.metric.as_str();
        match (&self.stamped, self.late) {
            (Some(stamped), _) => format!("{metric} {} of {}", self.level, stamped.0),
            (None, true) => format!("{metric} {}, late", self.level),
            (None, false) => format!("{metric} {}", self.level),
        }
    }
}

fn said(line: &Logged) -> Option<String> {
    match &line.event {
        Event::Warned { metric, percent, late, .. } => {
            Some(format!("{} {percent}{}", metric.as_str(), if *late { ", late" } else { "" }))
        }
        Event::Breached { metric, stamped, .. } => Some(format!("{} breach of {stamped}", metric.as_str())),
        Event::Notified { metric, .. } => Some(format!("{} grace", metric.as_str())),
        Event::TermsSet { .. }
        | Event::Opened { .. }
        | Event::Antedated { .. }
        | Event::Said { .. }
        | Event::Noted { .. }
        | Event::Pended { .. }
        | Event::Resumed { .. }
        | Event::Solved { .. }
        | Event::Reopened { .. }
        | Event::Seen { .. }
        | Event::TermsAsked {}
        | Event::SeverityChanged { .. }
        | Event::ComplexityChanged { .. }
        | Event::TeamChanged { .. }
        | Event::MergedInto { .. }
        | Event::MergedFrom { .. }
        | Event::Discarded { .. }
        | Event::Closed {}
        | Event::Promised { .. } => None,
    }
}

fn equal(what: &str, mut found: Vec<String>, mut expected: Vec<String>) -> Result<(), String> {
    found.sort();
    expected.sort();
    if found == expected {
        return Ok(());
    }
    Err(format!("{what}: expected [{}], got [{}]", expected.join("; "), found.join("; ")))
}
