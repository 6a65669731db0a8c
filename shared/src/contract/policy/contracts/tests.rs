//! What a company's contract may say, and every mistake that it can have.

use alloc::string::ToString;

use super::super::sample::{self, HESI, demo, replaced};
use super::super::{Hosts, Mistake};
use super::*;

/// Mistakes without their line: other parts of the file may grow.
#[track_caller]
fn refused(old: &str, new: &str, mistakes: &[&str]) {
    let found = sample::wrong(&replaced(HESI, old, new), Hosts::Development);
    let told = |one: &Mistake| format!("{}: {}: {}", one.column, one.place, one.what);
    assert_eq!(found.iter().map(told).collect::<Vec<_>>(), mistakes);
}

fn yunshan() -> Contract {
    let policy = demo(HESI);
    policy.company(&"yunshan".parse().unwrap()).unwrap().contract.clone().unwrap()
}

#[test]
fn the_demo_company_has_a_contract_and_others_have_none() {
    let contract = yunshan();
    assert_eq!(contract.zone.as_str(), "Asia/Shanghai");
    assert_eq!((contract.monthly_fee.minor, contract.monthly_fee.currency.code()), (10_000_000, "CNY"));
    assert_eq!((contract.from.to_string(), contract.ceiling.to_string()), ("2026-01".into(), "30".into()));
    assert_eq!(contract.credits.of(Metric::FirstResponse).count(), 3);
    assert!(contract.exclusions.iter().any(|reason| reason == "maintenance"));
    let minutes = |metric| contract.caps.iter().find(|cap| cap.0 == metric).unwrap().1.as_mins();
    assert_eq!((minutes(Metric::FirstResponse), minutes(Metric::Resolution)), (30, 72 * 60));
    let policy = demo(HESI);
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
        let row = format!("{{ metric = \"first_response\", below = \"{below}\", credit = \"{credit}\" }}");
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
    step("0 %", "10 %", "40: companies[1].contract.credits[1].below: must be more than 0 %, found \"0 %\"");
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
    let mut tier = demo(HESI).tiers[0].clone();
    assert!(longest(&tier, Metric::Resolution).is_some());
    tier.targets.retain(|target| target.metric != Metric::Resolution);
    assert_eq!(longest(&tier, Metric::Resolution), None);
    let without = HESI.replace("[targets.vip.resolution]", "[targets.vip.resolutions]");
    let found = sample::wrong(&without, Hosts::Development);
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
    let none = format!("{before}credits = []{}", after.split_once(",\n]").unwrap().1);
    let found = sample::wrong(&none, Hosts::Development);
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
