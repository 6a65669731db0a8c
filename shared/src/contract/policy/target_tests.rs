//! Which target holds: the most specific; and what a file may not say about it.

use alloc::format;
use alloc::string::String;

use super::sample::{self, SMALL};
use super::*;
use crate::contract::Complexity::{Complex, Ordinary};
use crate::contract::Metric::{self, FirstResponse, PausableUpdate, PeriodicUpdate, Resolution};
use crate::contract::Severity::{self, General, Major, Urgent};
use crate::contract::{Case, Complexity, PendReason, Target};

/// The small file with two tiers, two channels, and the targets that a test writes under them.
fn file(targets: &str) -> String {
    let (head, rest) = SMALL.split_once("[targets.standard.first_response]").unwrap();
    let (_, rest) = rest.split_once("hours = \"workdays\"\n").unwrap();
    let channels = "[channels]\nchat = { kind = \"chat\", hours = \"workdays\" }\n\
                    email = { kind = \"email\", hours = \"workdays\" }";
    format!("{head}[tiers.vip]\nname = \"VIP\"\n{channels}\n{rest}[targets]\n{targets}\n")
}

fn parse(targets: &str) -> Policy {
    sample::holds(&file(targets))
}

/// The target in a case, as `severity complexity channel`.
fn holds<'a>(
    policy: &'a Policy,
    tier: &str,
    metric: Metric,
    case: (Severity, Complexity, &str),
) -> Option<&'a Target> {
    let channel = case.2.parse().unwrap();
    let case = Case { severity: case.0, complexity: case.1, channel: &channel };
    policy.target(&tier.parse().unwrap(), metric, case)
}

#[track_caller]
fn hours(policy: &Policy, tier: &str, metric: Metric, case: (Severity, Complexity, &str)) -> i64 {
    holds(policy, tier, metric, case).unwrap().within.as_hours()
}

#[track_caller]
fn refused(targets: &str, expected: &[&str]) {
    assert_eq!(sample::mistakes(&file(targets)), expected);
}

#[test]
fn one_row_with_stars_holds_for_every_tier_metric_severity_channel_and_complexity() {
    let policy = parse(r#""*"."*"."*" = { within = "2h", calendar = "workdays" }"#);
    for metric in Metric::ALL {
        assert_eq!(hours(&policy, "vip", metric, (Major, Complex, "email")), 2);
        assert_eq!(hours(&policy, "standard", metric, (General, Ordinary, "chat")), 2);
    }
}

#[test]
fn what_names_more_of_severity_channel_and_complexity_holds() {
    let policy = parse(
        r#"
[targets."*".first_response]
"*" = [
    { within = "8h", calendar = "workdays" },
    { within = "7h", calendar = "workdays", channel = "chat" },
]
major = [
    { within = "5h", calendar = "workdays", channel = "chat" },
    { within = "4h", calendar = "workdays", complexity = "complex", channel = "chat" },
    { within = "6h", calendar = "workdays", channel = "email" },
]
"#,
    );
    let first = |case| hours(&policy, "standard", FirstResponse, case);
    assert_eq!(first((General, Ordinary, "email")), 8);
    assert_eq!(first((General, Complex, "chat")), 7);
    assert_eq!(first((Major, Ordinary, "email")), 6);
    assert_eq!(first((Major, Ordinary, "chat")), 5);
    assert_eq!(first((Major, Complex, "chat")), 4);
}

#[test]
fn a_tiers_own_row_beats_one_for_all_tiers_and_a_metrics_own_one_for_all_metrics() {
    let policy = parse(
        r#"
"*"."*"."*" = { within = "9h", calendar = "workdays" }
"*".first_response."*" = { within = "8h", calendar = "workdays" }
vip."*"."*" = { within = "3h", calendar = "workdays" }
vip.first_response."*" = { within = "1h", calendar = "workdays" }
"#,
    );
    let on_chat = (General, Ordinary, "chat");
    assert_eq!(hours(&policy, "standard", Resolution, on_chat), 9);
    assert_eq!(hours(&policy, "standard", FirstResponse, on_chat), 8);
    assert_eq!(hours(&policy, "vip", Resolution, on_chat), 3);
    assert_eq!(hours(&policy, "vip", FirstResponse, on_chat), 1);
}

#[test]
fn the_terms_of_a_ticket_give_the_same_target_as_the_policy() {
    let policy = parse(
        r#"
"*".first_response."*" = { within = "8h", calendar = "workdays" }
vip.first_response.major = { within = "1h", calendar = "workdays" }
"*".resolution."*" = [
    { within = "24h", calendar = "workdays" },
    { within = "72h", calendar = "workdays", complexity = "complex" },
]
"#,
    );
    let asked = "2026-10-08T02:00:00Z".parse().unwrap();
    for tier in ["standard", "vip"] {
        let terms = policy.terms(1, &tier.parse().unwrap(), asked).unwrap();
        for severity in Severity::ALL {
            for complexity in Complexity::ALL {
                let channel = "email".parse().unwrap();
                let case = Case { severity, complexity, channel: &channel };
                for metric in Metric::ALL {
                    let of_policy = holds(&policy, tier, metric, (severity, complexity, "email"));
                    assert_eq!(terms.target(metric, case), of_policy);
                }
            }
        }
    }
}

#[test]
fn two_rows_as_specific_as_each_other_are_refused_with_both_places_and_a_case() {
    refused(
        r#"
"*".first_response."*" = [
    { within = "8h", calendar = "workdays" },
    { within = "7h", calendar = "workdays", channel = "chat" },
]
"*".first_response.major = { within = "6h", calendar = "workdays" }
"#,
        &[
            "31:28: targets.*.first_response.major: is as specific as the target in line 29: both would hold for standard, first_response, major and ordinary on chat; name more in one of them",
        ],
    );
    refused(
        r#"
"*".first_response."*" = [
    { within = "8h", calendar = "workdays" },
    { within = "7h", calendar = "workdays" },
]
"#,
        &[
            "29:5: targets.*.first_response.*[1]: is as specific as the target in line 28: both would hold for standard, first_response, general and ordinary on chat; name more in one of them",
        ],
    );
}

#[test]
fn a_tie_that_a_more_specific_row_settles_is_none() {
    parse(
        r#"
"*".first_response."*" = [
    { within = "8h", calendar = "workdays" },
    { within = "7h", calendar = "workdays", channel = "chat" },
]
"*".first_response.major = [
    { within = "6h", calendar = "workdays" },
    { within = "5h", calendar = "workdays", channel = "chat" },
]
"#,
    );
}

#[test]
fn a_case_without_a_first_response_is_refused_by_name() {
    refused(
        r#"
"*".first_response."*" = { within = "8h", calendar = "workdays", channel = "chat" }
vip.first_response.general = { within = "8h", calendar = "workdays", channel = "email" }
vip.first_response.urgent = { within = "8h", calendar = "workdays", channel = "email", complexity = "complex" }
"#,
        &[
            "25:1: targets: the tier \"standard\" has no target for first_response, general and ordinary on email",
            "25:1: targets: the tier \"vip\" has no target for first_response, urgent and ordinary on email",
        ],
    );
}

#[test]
fn every_mistake_of_a_row_is_told_and_hides_no_other() {
    refused(
        r#"
"*".first_response."*" = { within = "0s", calendar = "workday", chanel = "chat" }
"*".resolution."*" = { within = "87600h", calendar = "workdays", channel = "chatt", complexity = "complexx", pauses = ["custome"], grace = "-1m" }
"*".resolutoin."*" = { within = "1h", calendar = "workdays" }
vipp.resolution."*" = { within = "1h", calendar = "workdays" }
"#,
        &[
            "27:37: targets.*.first_response.*.within: must be longer than nothing, found \"0s\"",
            "27:54: targets.*.first_response.*.calendar: no calendar is called \"workday\": did you mean \"workdays\"?",
            "27:65: targets.*.first_response.*.chanel: unknown key: did you mean \"channel\"?",
            "28:33: targets.*.resolution.*.within: must be at most 4320 hours, found \"87600h\"",
            "28:76: targets.*.resolution.*.channel: no channel is called \"chatt\": did you mean \"chat\"?",
            "28:98: targets.*.resolution.*.complexity: no complexity is called \"complexx\": did you mean \"complex\"?",
            "28:120: targets.*.resolution.*.pauses[0]: no reason to wait is called \"custome\": did you mean \"customer\"?",
            "28:140: targets.*.resolution.*.grace: must be hours, minutes and seconds, as \"1h30m\", found \"-1m\"",
            "29:5: targets.*.resolutoin: unknown key: did you mean \"resolution\"?",
            "30:1: targets.vipp: no tier is called \"vipp\": did you mean \"vip\"?",
        ],
    );
}

#[test]
fn pauses_are_the_contracts_where_it_says_some_and_the_metrics_where_it_does_not() {
    let policy = parse(
        r#"
"*".first_response."*" = { within = "8h", calendar = "workdays" }
"*".resolution."*" = { within = "24h", calendar = "workdays", pauses = ["third_party"], pauses_at_most = "40h", grace = "10m" }
"*".pausable_update."*" = { within = "2h", calendar = "workdays" }
"#,
    );
    let target = |metric| holds(&policy, "vip", metric, (General, Ordinary, "chat")).unwrap();
    assert_eq!(target(Resolution).pauses, [PendReason::ThirdParty]);
    assert_eq!(target(Resolution).pauses_at_most.map(|most| most.as_hours()), Some(40));
    assert_eq!(target(Resolution).grace.as_mins(), 10);
    assert_eq!(target(PausableUpdate).pauses, [PendReason::Customer]);
    assert_eq!(target(FirstResponse).pauses, []);
    assert!(holds(&policy, "vip", PeriodicUpdate, (General, Ordinary, "chat")).is_none());
}

#[test]
fn a_clock_that_never_pauses_is_given_no_pauses() {
    refused(
        r#"
"*".first_response."*" = { within = "8h", calendar = "workdays", pauses = ["customer"] }
"*".resolution."*" = { within = "8h", calendar = "workdays", pauses = [], pauses_at_most = "1h" }
"#,
        &[
            "27:75: targets.*.first_response.*.pauses: a clock of first_response never pauses",
            "28:92: targets.*.resolution.*.pauses_at_most: nothing pauses this clock: its \"pauses\" is empty",
        ],
    );
}

#[test]
fn more_rows_than_cases_are_refused() {
    let rows = r#"{ within = "8h", calendar = "workdays" },"#.repeat(601);
    refused(
        &format!(r#""*".first_response."*" = [{rows}]"#),
        &["25:1: targets: has 601 rows, more than 600: leave open what does not matter"],
    );
}

#[test]
fn of_two_ways_to_be_urgent_the_policy_keeps_both_apart() {
    let policy = parse(
        r#"
"*".first_response."*" = { within = "8h", calendar = "workdays" }
standard.first_response.urgent = { within = "1h", calendar = "workdays" }
"#,
    );
    assert_eq!(hours(&policy, "standard", FirstResponse, (Urgent, Complex, "email")), 1);
    assert_eq!(hours(&policy, "vip", FirstResponse, (Urgent, Complex, "email")), 8);
}
