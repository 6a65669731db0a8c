//! `[companies.contract]`: what a company's contract gives back when the service level is missed, and the limits that
//! its tier's targets must keep.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::str::FromStr;

use jiff::SignedDuration;

use super::reader::{Node, Table};
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
    let mut whole = true;
    for node in node.list()? {
        let Some(reason) = node.name() else {
            whole = false;
            continue;
        };
        if reasons.contains(&reason) {
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

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::super::{Hosts, Policy};
    use super::*;

    const HESI: &str = include_str!("../../../../edge/tenants/hesi.toml");

    /// Mistakes without their line: other parts of the file may grow.
    #[track_caller]
    fn refused(old: &str, new: &str, mistakes: &[&str]) {
        assert_eq!(HESI.matches(old).count(), 1, "{old} is not there, or twice");
        let found = Policy::parse(&HESI.replace(old, new), Hosts::Development).err().unwrap_or_default();
        let line = |found: &str| found.split_once(':').unwrap().1.to_string();
        assert_eq!(found.iter().map(|found| line(&found.to_string())).collect::<Vec<_>>(), mistakes);
    }

    fn yunshan() -> Contract {
        let policy = Policy::parse(HESI, Hosts::Development).unwrap();
        policy.company(&"yunshan".parse().unwrap()).unwrap().contract.clone().unwrap()
    }

    #[test]
    fn the_demo_company_has_a_contract_and_others_have_none() {
        let contract = yunshan();
        assert_eq!(contract.zone.as_str(), "Asia/Shanghai");
        assert_eq!((contract.monthly_fee.minor, contract.monthly_fee.currency.code()), (10_000_000, "CNY"));
        assert_eq!(
            (contract.from.to_string(), contract.ceiling.to_string()),
            ("2026-01".into(), "30".into())
        );
        assert_eq!(contract.credits.of(Metric::FirstResponse).count(), 3);
        assert!(contract.exclusions.iter().any(|reason| reason == "maintenance"));
        let minutes = |metric| contract.caps.iter().find(|cap| cap.0 == metric).unwrap().1.as_mins();
        assert_eq!((minutes(Metric::FirstResponse), minutes(Metric::Resolution)), (30, 72 * 60));
        let policy = Policy::parse(HESI, Hosts::Development).unwrap();
        assert!(policy.company(&"qingshan".parse().unwrap()).unwrap().contract.is_none());
    }

    #[test]
    fn a_fee_is_an_amount_of_its_currency() {
        let fee = |new: &str, mistake: &str| refused("monthly_fee = \"100000.00\"", new, &[mistake]);
        fee(
            "monthly_fee = \"-1.00\"",
            "15: companies[1].contract.monthly_fee: must be an amount above zero in digits, as \"100000.00\", found \"-1.00\"",
        );
        fee(
            "monthly_fee = \"1.005\"",
            "15: companies[1].contract.monthly_fee: has more digits behind the point than CNY, which has 2, found \"1.005\"",
        );
        fee(
            "monthly_fee = 100000",
            "15: companies[1].contract.monthly_fee: must be a text in quotes, found 100000",
        );
        fee("", "1: companies[1].contract: \"monthly_fee\" is missing");
        let currency = |new: &str, mistake: &str| refused("currency = \"CNY\"", new, &[mistake]);
        currency(
            "currency = \"RMB\"",
            "12: companies[1].contract.currency: is no currency of ISO 4217, found \"RMB\"",
        );
        currency(
            "currency = \"cny\"",
            "12: companies[1].contract.currency: must be a currency of ISO 4217 in three capital letters, as CNY, found \"cny\"",
        );
    }

    #[test]
    fn a_zone_or_a_month_that_there_is_not_is_refused() {
        let zone = "zone = \"Asia/Shanghai\" # months";
        refused(
            zone,
            "zone = \"Asia/Shangai\"",
            &[
                "8: companies[1].contract.zone: no time zone is called \"Asia/Shangai\": did you mean \"Asia/Shanghai\"?",
            ],
        );
        refused(
            zone,
            "zone = \"+08:00\"",
            &[
                "8: companies[1].contract.zone: not the name of a time zone: write it like Asia/Shanghai, at most 64 letters, found \"+08:00\"",
            ],
        );
        refused(
            "from = 2026-01-01",
            "from = 2026-01-15",
            &[
                "8: companies[1].contract.from: must be the first day of a month: a measurement period is a whole month, found 2026-01-15",
            ],
        );
        refused(
            "from = 2026-01-01",
            "from = \"January\"",
            &[
                "8: companies[1].contract.from: must be the first day of a month, as 2026-10-01, found \"January\"",
            ],
        );
    }

    #[test]
    fn a_ceiling_is_a_part_of_the_fee() {
        let ceiling = |new: &str, mistake: &str| {
            let place = "11: companies[1].contract.ceiling: ".to_string();
            refused("ceiling = \"30 %\"", new, &[&(place + mistake)]);
        };
        ceiling("ceiling = \"130 %\"", "must be at most 100 %, found \"130 %\"");
        ceiling("ceiling = \"0 %\"", "must be more than 0 %, found \"0 %\"");
        ceiling(
            "ceiling = \"30\"",
            "must be percent with at most 4 digits after the point, as \"99.5 %\", found \"30\"",
        );
    }

    const STEP: &str = "{ metric = \"first_response\", below = \"95 %\", credit = \"10 %\" }";

    #[test]
    fn a_step_out_of_order_or_twice_is_refused() {
        let step = |below: &str, credit: &str, mistake: &str| {
            let row =
                format!("{{ metric = \"first_response\", below = \"{below}\", credit = \"{credit}\" }}");
            refused(STEP, &row, &[mistake]);
        };
        step("99 %", "10 %", "3: companies[1].contract.credits[1]: the step below 99 % stands above already");
        step(
            "99.5 %",
            "10 %",
            "3: companies[1].contract.credits[1]: steps go down: below 99.5 % stands after below 99 %",
        );
        step(
            "95 %",
            "5 %",
            "3: companies[1].contract.credits[1]: a lower step gives more: credit 5 % stands after credit 5 %",
        );
        step(
            "95 %",
            "101 %",
            "57: companies[1].contract.credits[1].credit: must be at most 100 %, found \"101 %\"",
        );
        step(
            "0 %",
            "10 %",
            "40: companies[1].contract.credits[1].below: must be more than 0 %, found \"0 %\"",
        );
    }

    #[test]
    fn a_metric_that_there_is_not_or_that_nothing_measures_is_refused() {
        refused(
            STEP,
            "{ metric = \"first_reponse\", below = \"95 %\", credit = \"10 %\" }",
            &[
                "14: companies[1].contract.credits[1].metric: no metric is called \"first_reponse\": did you mean \"first_response\"?",
            ],
        );
        let mut tier = Policy::parse(HESI, Hosts::Development).unwrap().tiers[0].clone();
        assert!(longest(&tier, Metric::Resolution).is_some());
        tier.targets.retain(|target| target.metric != Metric::Resolution);
        assert_eq!(longest(&tier, Metric::Resolution), None);
        let without = HESI.replace("[targets.vip.resolution]", "[targets.vip.resolutions]");
        let found = Policy::parse(&without, Hosts::Development).unwrap_err();
        let said = |place: &str, what: &str| found.iter().any(|one| one.place == place && one.what == what);
        let nothing = "the tier \"vip\" has no target for resolution: nothing would be measured";
        assert!(said("companies[1].contract.credits[3].metric", nothing), "{found:#?}");
    }

    #[test]
    fn a_tier_that_is_slower_than_the_contract_allows_is_refused() {
        let caps = "caps = { first_response = \"30m\", resolution = \"72h\" }";
        refused(
            caps,
            "caps = { first_response = \"20m\", resolution = \"72h\" }",
            &[
                "27: companies[1].contract.caps.first_response: the tier \"vip\" has a longer target for first_response than this cap, found \"20m\"",
            ],
        );
        refused(
            caps,
            "caps = { first_reply = \"30m\" }",
            &["10: companies[1].contract.caps.first_reply: unknown key"],
        );
    }

    #[test]
    fn steps_and_exclusions_that_say_nothing_are_refused() {
        let (before, after) = HESI.split_once("credits = [").unwrap();
        let none = alloc::format!("{before}credits = []{}", after.split_once(",\n]").unwrap().1);
        let found = Policy::parse(&none, Hosts::Development).unwrap_err();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].what, "must have at least one step: nothing would ever be owed");
        refused(
            "exclusions = [\"maintenance\"",
            "exclusions = [\"maintenance\", \"maintenance\"",
            &["30: companies[1].contract.exclusions[1]: the exclusion \"maintenance\" stands above already"],
        );
        refused(
            "exclusions = [\"maintenance\"",
            "exclusions = [\"\"",
            &[
                "15: companies[1].contract.exclusions[0]: must have 1 to 100 characters and no control characters, found \"\"",
            ],
        );
    }
}
