//! `[companies.contract]`: what a company's contract gives back when the service level is missed, and the limits that
//! its tier's targets must keep.

#[cfg(test)]
mod tests;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::str::FromStr;

use jiff::SignedDuration;

use super::reader::{Node, Table};
use super::taken::Taken;
use super::targets::{Tier, duration};
use crate::contract::Metric;
use crate::contract::credit::{Amount, Contract, Currency, Month, Rate, Step, Steps};
use crate::ids::TierId;
use crate::time::calendar::Zones;
use crate::time::{Day, Zone};

/// Reads a company's contract. `bought` are the tiers that it has, one after the other: what they have no target for
/// is never measured, and no target of theirs may be longer than the contract's cap.
pub(super) fn contract(
    node: &Node<'_>,
    zones: &Zones,
    tiers: &[Tier],
    bought: &[&TierId],
) -> Option<Contract> {
    let bought: Vec<&Tier> = tiers.iter().filter(|tier| bought.contains(&&tier.id)).collect();
    let mut table = node.table()?;
    let zone = table.required("zone").and_then(|node| zone(&node, zones));
    let monthly_fee = fee(&mut table);
    let from = table.required("from").and_then(|node| month(&node));
    let ceiling = table.required("ceiling").and_then(|node| above_zero(&node));
    let credits = table.required("credits").and_then(|node| steps(&node, &bought));
    let exclusions = table.optional("exclusions").map_or(Some(Vec::new()), |node| exclusions(&node));
    let caps = table.optional("caps").map_or(Some(Vec::new()), |node| caps(&node, &bought));
    table.finish();
    Some(Contract {
        zone: zone?,
        monthly_fee: monthly_fee?,
        from: from?,
        ceiling: ceiling?,
        credits: credits?,
        exclusions: exclusions?,
        caps: caps?,
    })
}

fn zone(node: &Node<'_>, zones: &Zones) -> Option<Zone> {
    let zone = checked(node, |name| Zone::new(name))?;
    // Whether the zone exists is asked with a day that every zone has.
    if zones.days(&zone, Day::constant(2026, 1, 1), Day::constant(2026, 1, 2)).is_err() {
        node.unknown("time zone", zone.as_str(), zones.names().iter().map(String::as_str));
        return None;
    }
    Some(zone)
}

/// `currency` and `monthly_fee`: how many digits an amount has, its currency says.
fn fee(table: &mut Table<'_>) -> Option<Amount> {
    let currency = table.required("currency").and_then(|node| checked(&node, Currency::from_str));
    let fee = table.required("monthly_fee");
    let (currency, fee) = (currency?, fee?);
    checked(&fee, |text| currency.amount(text))
}

/// The first day of a month: a measurement period is a whole month.
fn month(node: &Node<'_>) -> Option<Month> {
    let day: Day = node.written("must be the first day of a month, as 2026-10-01")?;
    let month = Month::beginning(day);
    if month.is_none() {
        node.wrong("must be the first day of a month: a measurement period is a whole month");
    }
    month
}

fn above_zero(node: &Node<'_>) -> Option<Rate> {
    let rate = checked(node, Rate::from_str)?;
    if rate == Rate::ZERO {
        node.wrong("must be more than 0 %");
        return None;
    }
    Some(rate)
}

/// `[{ metric = "first_response", below = "99 %", credit = "5 %" }, …]`.
fn steps(node: &Node<'_>, bought: &[&Tier]) -> Option<Steps> {
    let (mut steps, mut whole) = (Steps::default(), true);
    let rows = node.list()?;
    if rows.is_empty() {
        node.say("must have at least one step: nothing would ever be owed");
        return None;
    }
    for row in rows {
        let Some(step) = step(&row, bought) else {
            whole = false;
            continue;
        };
        if let Err(error) = steps.push(step) {
            row.say(error);
            whole = false;
        }
    }
    whole.then_some(steps)
}

fn step(node: &Node<'_>, bought: &[&Tier]) -> Option<Step> {
    let mut table = node.table()?;
    let metric = table.required("metric").and_then(|node| measured(&node, bought));
    let below = table.required("below").and_then(|node| above_zero(&node));
    let credit = table.required("credit").and_then(|node| above_zero(&node));
    table.finish();
    Some(Step { metric: metric?, below: below?, credit: credit? })
}

/// A metric that the company's tiers have targets for.
fn measured(node: &Node<'_>, bought: &[&Tier]) -> Option<Metric> {
    let metric = *node.one_of("metric", &Metric::ALL, |one| one.as_str())?;
    for tier in bought.iter().filter(|tier| longest(tier, metric).is_none()) {
        node.say(format!(
            "the tier \"{}\" has no target for {}: nothing would be measured",
            tier.id,
            metric.as_str()
        ));
    }
    Some(metric)
}

/// The longest that one metric may take in a tier.
fn longest(tier: &Tier, metric: Metric) -> Option<SignedDuration> {
    tier.targets.iter().filter(|target| target.metric == metric).map(|target| target.within).max()
}

/// Reasons, as the ledger's lines give them.
fn exclusions(node: &Node<'_>) -> Option<Vec<String>> {
    let mut reasons: Vec<String> = Vec::new();
    let (mut taken, mut whole) = (Taken::none(), true);
    for node in node.list()? {
        let Some(reason) = node.name() else {
            whole = false;
            continue;
        };
        if taken.has(reason.clone()) {
            node.say(format!("the exclusion \"{reason}\" stands above already"));
        }
        reasons.push(reason);
    }
    whole.then_some(reasons)
}

/// `{ first_response = "30m", resolution = "24h" }`: response cap and resolution limit.
fn caps(node: &Node<'_>, bought: &[&Tier]) -> Option<Vec<(Metric, SignedDuration)>> {
    let mut table = node.table()?;
    let mut caps = Vec::new();
    for metric in Metric::ALL {
        let Some(node) = table.optional(metric.as_str()) else { continue };
        let Some(cap) = duration(&node) else { continue };
        for tier in bought.iter().filter(|tier| longest(tier, metric).is_some_and(|target| target > cap)) {
            node.wrong(format!(
                "the tier \"{}\" has a longer target for {} than this cap",
                tier.id,
                metric.as_str()
            ));
        }
        caps.push((metric, cap));
    }
    table.finish();
    Some(caps)
}

/// A text that is read by a function whose error does not name what was found.
fn checked<T, E: core::fmt::Display>(node: &Node<'_>, read: impl Fn(&str) -> Result<T, E>) -> Option<T> {
    read(node.text()?).map_err(|error| node.wrong(error)).ok()
}
