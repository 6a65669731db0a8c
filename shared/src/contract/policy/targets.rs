//! `[targets.…]`: how long each may wait. A row names a tier, a metric and a severity by its place, and a channel and a
//! complexity by its keys; `"*"`, or nothing, is any of them.

use alloc::format;
use alloc::vec::Vec;

use jiff::SignedDuration;

use super::calendars::NamedCalendar;
use super::channels::Channel;
use super::people::calendar_named;
use super::precedence::{Coverage, Row, Wait, settle};
use super::reader::{Node, Table};
use super::tiers::complexity;
use crate::contract::{Covers, Metric, PendReason, Severity};
use crate::ids::{ChannelId, TierId};

pub(super) use super::tiers::Tier;

/// What a key says when it leaves something open.
const ANY: &str = "*";

/// More rows than one file can need: every tier at every severity, channel and complexity has fewer.
const MOST: usize = 600;

/// What the rows of a file may name.
#[derive(Clone, Copy)]
struct Names<'a> {
    calendars: &'a [NamedCalendar],
    channels: &'a [Channel],
}

/// Where a row stands: what it covers is what its keys name.
#[derive(Clone)]
struct Under {
    tier: Option<TierId>,
    metric: Option<Metric>,
    severity: Option<Severity>,
}

/// Gives each tier its targets.
pub(super) fn read(
    file: &mut Table<'_>,
    calendars: &[NamedCalendar],
    channels: &[Channel],
    tiers: &mut [Tier],
) {
    let targets = file.required("targets").and_then(|node| node.table());
    let Some(targets) = targets else { return };
    let names = Names { calendars, channels };
    let (mut rows, mut whole) = (Vec::new(), true);
    for (key, node) in targets.entries() {
        let tier = tiers.iter().find(|tier| tier.id.as_str() == key.name).map(|tier| tier.id.clone());
        if tier.is_none() && key.name != ANY {
            key.unknown("tier", tiers.iter().map(|tier| tier.id.as_str()));
            whole = false;
            continue;
        }
        whole &= of_tier(&node, tier.as_ref(), names, &mut rows).is_some();
    }
    if rows.len() > MOST {
        targets.say(format!("has {} rows, more than {MOST}: leave open what does not matter", rows.len()));
        return;
    }
    settle(&targets, &rows, channels, tiers, if whole { Coverage::Known } else { Coverage::Unknown });
}

fn of_tier<'a>(
    node: &Node<'a>,
    tier: Option<&TierId>,
    names: Names<'a>,
    rows: &mut Vec<Row<'a>>,
) -> Option<()> {
    let mut table = node.table()?;
    let metrics = Metric::ALL.into_iter().map(|metric| (metric.as_str(), Some(metric)));
    let mut whole = Some(());
    for (key, metric) in metrics.chain([(ANY, None)]) {
        let Some(node) = table.optional_like(key, ANY) else { continue };
        let under = Under { tier: tier.cloned(), metric, severity: None };
        whole = whole.and(of_metric(&node, &under, names, rows));
    }
    table.finish();
    whole
}

fn of_metric<'a>(node: &Node<'a>, under: &Under, names: Names<'a>, rows: &mut Vec<Row<'a>>) -> Option<()> {
    let mut table = node.table()?;
    let severities = Severity::ALL.into_iter().map(|severity| (severity.as_str(), Some(severity)));
    let mut whole = Some(());
    for (key, severity) in severities.chain([(ANY, None)]) {
        let Some(node) = table.optional_like(key, ANY) else { continue };
        let under = Under { severity, ..under.clone() };
        let read: Option<Vec<_>> =
            node.one_or_more().map(|nodes| nodes.iter().map(|node| row(node, &under, names)).collect());
        let read: Option<Vec<_>> = read.and_then(|read| read.into_iter().collect());
        whole = whole.and(read.map(|read| rows.extend(read)));
    }
    table.finish();
    whole
}

/// `{ within = "1h", calendar = "workdays", channel = "chat", complexity = "complex", pauses = ["customer"],
/// pauses_at_most = "40h", grace = "10m" }`. None if it cannot be said what it covers.
fn row<'a>(node: &Node<'a>, under: &Under, names: Names<'a>) -> Option<Row<'a>> {
    let mut table = node.table()?;
    let channel = maybe(table.optional("channel"), |node| channel_named(node, names.channels));
    let complexity = maybe(table.optional("complexity"), complexity);
    let wait = wait(&mut table, under, names);
    table.finish();
    let covers = Covers { severity: under.severity, complexity: complexity?, channel: channel? };
    Some(Row { node: node.clone(), tier: under.tier.clone(), metric: under.metric, covers, wait })
}

fn wait(table: &mut Table<'_>, under: &Under, names: Names<'_>) -> Option<Wait> {
    let within = table.required("within").and_then(|node| duration(&node));
    let calendar = table.required("calendar").and_then(|node| calendar_named(&node, names.calendars));
    let (pauses, at_most) = (table.optional("pauses"), table.optional("pauses_at_most"));
    let grace = maybe(table.optional("grace"), duration);
    let never = under.metric.filter(|metric| metric.usual_pauses().is_empty());
    for node in pauses.iter().chain(&at_most) {
        if let Some(metric) = never {
            node.say(format!("a clock of {} never pauses", metric.as_str()));
        }
    }
    let pauses = maybe(pauses, reasons);
    if let (Some(node), Some(Some(pauses))) = (&at_most, &pauses)
        && pauses.is_empty()
    {
        node.say("nothing pauses this clock: its \"pauses\" is empty");
    }
    let pauses_at_most = maybe(at_most, duration);
    Some(Wait {
        within: within?,
        calendar: calendar?,
        pauses: pauses?,
        pauses_at_most: pauses_at_most?,
        grace: grace?.unwrap_or(SignedDuration::ZERO),
    })
}

/// `Some(None)` where the file says nothing; `None` where it says what cannot stand.
pub(super) fn maybe<'a, T>(
    node: Option<Node<'a>>,
    read: impl Fn(&Node<'a>) -> Option<T>,
) -> Option<Option<T>> {
    node.map_or(Some(None), |node| read(&node).map(Some))
}

fn channel_named(node: &Node<'_>, channels: &[Channel]) -> Option<ChannelId> {
    let found = node.text()?;
    let channel = channels.iter().find(|channel| channel.id.as_str() == found);
    if channel.is_none() {
        node.unknown("channel", found, channels.iter().map(|channel| channel.id.as_str()));
    }
    channel.map(|channel| channel.id.clone())
}

fn reasons(node: &Node<'_>) -> Option<Vec<PendReason>> {
    let known = PendReason::ALL.map(|reason| (reason.as_str(), reason));
    let reason = |node: &Node<'_>| node.word("reason to wait", &known);
    node.list()?.iter().map(reason).collect::<Vec<_>>().into_iter().collect()
}

/// The longest target that can be promised, in seconds of open time: half a year around the clock.
const LONGEST: i64 = 180 * 24 * 3600;

/// `30m`, `1h`, `1h30m`, `90s`: open time, so there are no days.
pub(super) fn duration(node: &Node<'_>) -> Option<SignedDuration> {
    let seconds = node.text().map(seconds)?;
    match seconds {
        None => node.wrong("must be hours, minutes and seconds, as \"1h30m\""),
        Some(0) => node.wrong("must be longer than nothing"),
        Some(seconds) if seconds > LONGEST => {
            node.wrong(format!("must be at most {} hours", LONGEST / 3600));
        }
        Some(seconds) => return Some(SignedDuration::from_secs(seconds)),
    }
    None
}

/// The sum of the parts of `1h30m`; none if it is not written so, or larger than any number.
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
