//! `[tiers.…]` and `[targets.…]`: what a company can buy, and how long each may wait.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use jiff::SignedDuration;

use super::calendars::NamedCalendar;
use super::people::calendar_named;
use super::reader::{Key, Node, Table};
use crate::contract::{Covers, Metric, Severity, Target};
use crate::ids::TierId;

/// What a company can buy.
#[derive(Clone, Debug)]
pub struct Tier {
    /// Its name in the file.
    pub id: TierId,
    /// As people call it.
    pub name: String,
    /// From which severity on somebody is called when no team is awake; none: nobody ever.
    pub calls_from: Option<Severity>,
    /// From which severity on the company's account manager is told at once, also while a team is awake.
    pub tells_manager_from: Option<Severity>,
    /// How long its customers may wait, at every severity.
    pub targets: Vec<Target>,
}

pub(super) fn read(file: &mut Table<'_>, calendars: &[NamedCalendar]) -> Vec<Tier> {
    let tiers = file.required("tiers").and_then(|node| node.table());
    let Some(tiers) = tiers else { return Vec::new() };
    let mut tiers: Vec<Tier> = tiers.entries().filter_map(|(key, node)| tier(&key, &node)).collect();
    let targets = file.required("targets").and_then(|node| node.table());
    let Some(targets) = targets else { return tiers };
    for (key, node) in targets.entries() {
        let Some(tier) = tiers.iter_mut().find(|tier| tier.id.as_str() == key.name) else {
            key.unknown("tier", tiers.iter().map(|tier| tier.id.as_str()));
            continue;
        };
        tier.targets = of_tier(&node, calendars).unwrap_or_default();
    }
    let given: Vec<&str> = targets.entries().map(|(key, _)| key.name).collect();
    for tier in tiers.iter().filter(|tier| !given.contains(&tier.id.as_str())) {
        targets.say(format!("the tier \"{}\" has no targets", tier.id));
    }
    tiers
}

fn tier(key: &Key<'_>, node: &Node<'_>) -> Option<Tier> {
    let tier = tier_row(key, node);
    if tier.is_none() {
        key.broken();
    }
    tier
}

fn tier_row(key: &Key<'_>, node: &Node<'_>) -> Option<Tier> {
    let id = key.parse();
    let mut table = node.table()?;
    let name = table.required("name").and_then(|node| node.name());
    let calls_from = severity(table.optional("calls_from"));
    let tells_manager_from = severity(table.optional("tells_manager_from"));
    table.finish();
    Some(Tier {
        id: id?,
        name: name?,
        calls_from: calls_from?,
        tells_manager_from: tells_manager_from?,
        targets: Vec::new(),
    })
}

/// `Some(None)` where the file says nothing; `None` where it says what is no severity.
fn severity(node: Option<Node<'_>>) -> Option<Option<Severity>> {
    let Some(node) = node else { return Some(None) };
    node.one_of("severity", &Severity::ALL, |one| one.as_str()).copied().map(Some)
}

/// A tier needs a first-response target at every severity; of another metric, all severities or none.
fn of_tier(node: &Node<'_>, calendars: &[NamedCalendar]) -> Option<Vec<Target>> {
    let mut table = node.table()?;
    let mut targets = Vec::new();
    for metric in Metric::ALL {
        let of_metric = match metric {
            Metric::FirstResponse => table.required(metric.as_str()),
            Metric::Resolution
            | Metric::NextResponse
            | Metric::PeriodicUpdate
            | Metric::PausableUpdate
            | Metric::RequesterWait
            | Metric::AgentWork => table.optional(metric.as_str()),
        };
        targets
            .extend(of_metric.and_then(|node| at_severities(&node, metric, calendars)).into_iter().flatten());
    }
    table.finish();
    Some(targets)
}

fn at_severities(node: &Node<'_>, metric: Metric, calendars: &[NamedCalendar]) -> Option<Vec<Target>> {
    let mut table = node.table()?;
    let target = |severity: Severity| {
        let node = table.required(severity.as_str())?;
        target(&node, metric, severity, calendars)
    };
    let targets: Vec<Option<Target>> = Severity::ALL.into_iter().map(target).collect();
    table.finish();
    targets.into_iter().collect()
}

/// `{ within = "1h", calendar = "workdays" }`.
fn target(
    node: &Node<'_>,
    metric: Metric,
    severity: Severity,
    calendars: &[NamedCalendar],
) -> Option<Target> {
    let mut table = node.table()?;
    let within = table.required("within").and_then(|node| duration(&node));
    let calendar = table.required("calendar").and_then(|node| calendar_named(&node, calendars));
    table.finish();
    Some(Target {
        metric,
        covers: Covers { severity: Some(severity), ..Covers::default() },
        within: within?,
        calendar: calendar?,
        pauses: metric.usual_pauses().to_vec(),
        pauses_at_most: None,
        grace: SignedDuration::ZERO,
    })
}

/// The longest target that can be promised, in seconds of open time: half a year around the clock.
const LONGEST: i64 = 180 * 24 * 3600;

/// `30m`, `1h`, `1h30m`, `90s`: open time, so there are no days.
pub(super) fn duration(node: &Node<'_>) -> Option<SignedDuration> {
    let seconds = node.text().map(seconds)?;
    match seconds {
        None => node.wrong("must be hours, minutes and seconds, as \"1h30m\""),
        Some(0) => node.wrong("must be longer than nothing"),
        Some(LONGEST..) => node.wrong(format!("must be shorter than {} hours", LONGEST / 3600)),
        Some(seconds) => return Some(SignedDuration::from_secs(seconds)),
    }
    None
}

fn seconds(text: &str) -> Option<i64> {
    let (mut sum, mut rest, mut units) = (0_i64, text, [('h', 3600), ('m', 60), ('s', 1)].as_slice());
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: i64 = rest.get(..digits)?.parse().ok()?;
        let unit = rest.get(digits..)?.chars().next()?;
        let place = units.iter().position(|(name, _)| *name == unit)?;
        sum = sum.checked_add(number.checked_mul(units.get(place)?.1)?)?;
        units = units.get(place + 1..)?;
        rest = rest.get(digits + 1..)?;
    }
    (!text.is_empty()).then_some(sum)
}
