//! `vectors/*.json`: every case must give the answer that was written down for it, and a case with a mistake must fail
//! by its own sentence.

use serde_json::{Value, json};
use shared::vectors::{File, Report, SCHEMA, judge};

#[track_caller]
fn hold(json: &str, count: usize) {
    let file: File<Value> = serde_json::from_str(json).unwrap();
    assert_eq!(file.schema, SCHEMA);
    let Report { passed, failures } = judge(&file.cases, 0);
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), file.cases.len(), failures.join("\n"));
    assert_eq!(passed, count);
}

#[test]
fn every_case_of_the_business_time_vectors_holds() {
    hold(include_str!("../vectors/clock.json"), 188);
}

#[test]
fn every_case_that_was_written_by_hand_for_the_edges_of_time_holds() {
    hold(include_str!("../vectors/own.json"), OWN);
}

#[test]
fn every_case_of_the_metric_table_and_of_s7_to_s10_holds() {
    hold(include_str!("../vectors/metrics.json"), METRICS);
}

/// So many cases stand in `metrics.json`.
const METRICS: usize = 60;

/// So many cases stand in `own.json`; one that is lost by mistake is missed here.
const OWN: usize = 52;

/// A case that holds, for one thing to be changed in it.
fn case() -> Value {
    json!({
        "name": "an hour", "kind": "due", "tz": "Etc/UTC", "weekly_intervals": { "mon": [["09:00", "17:00"]] },
        "start": "2026-06-01T10:00:00Z", "business_seconds": 3600, "due": "2026-06-01T11:00:00Z",
    })
}

/// What is said of the case with one key replaced; nothing if it holds.
fn said(key: &str, value: Value) -> Vec<String> {
    let mut case = case();
    case[key] = value;
    judge([&case], 0).failures
}

#[test]
fn unknown_keys_are_ignored_and_what_a_case_needs_not_say_may_be_missing() {
    assert_eq!(said("note", json!({ "anything": [1, 2] })), [""; 0]);
    assert_eq!(said("hand_checked", json!(true)), [""; 0]);
}

#[test]
fn a_wrong_answer_says_what_was_expected_and_what_came_out() {
    let wrong = said("due", json!("2026-06-01T12:00:00Z"));
    assert_eq!(wrong, ["an hour: due: expected 2026-06-01T12:00:00Z, got 2026-06-01T11:00:00Z"]);
    assert_eq!(said("due", Value::Null), ["an hour: due: expected null, got 2026-06-01T11:00:00Z"]);
    let wrong = said("warn", json!({ "50": "2026-06-01T10:45:00Z" }));
    assert_eq!(wrong, ["an hour: warn 50: expected 2026-06-01T10:45:00Z, got 2026-06-01T10:30:00Z"]);
}

#[test]
fn a_rule_for_nights_that_nobody_knows_is_told_with_those_that_there_are() {
    let says = "unknown variant `never`, expected `calendar_day` or `shift_start`";
    assert_eq!(said("overnight_rule", json!("never")), [format!("an hour: {says}")]);
}

#[test]
fn a_case_with_a_mistake_fails_alone_and_says_what_is_wrong() {
    for (key, value, says) in [
        (
            "kind",
            json!("dew"),
            "kind: expected one of due, elapsed, pause, next_open, change, attainment, credits, metrics, warnings, \
             ordering, got \"dew\"",
        ),
        ("kind", json!(7), "invalid type: integer `7`, expected a string"),
        ("start", json!("yesterday"), "not an instant as 2026-10-01T00:00:00Z: \"yesterday\""),
        ("tz", json!("Mars/Olympus"), "no time zone is called \"Mars/Olympus\""),
        ("business_seconds", json!("1h"), "invalid type: string \"1h\", expected i64"),
        (
            "weekly_intervals",
            json!({ "mo": [] }),
            "weekly: expected one of mon, tue, wed, thu, fri, sat, sun, got \"mo\"",
        ),
        (
            "weekly_intervals",
            json!({ "mon": [["09:00", "09:00"]] }),
            "mon 09:00-09:00: starts and ends at 09:00: write 00:00 and 24:00 for a whole day",
        ),
        ("calendars", json!([7]), "calendars: neither a calendar nor a list of versions of one"),
        ("warn", json!({ "half": "2026-06-01T10:30:00Z" }), "warn: not a percentage: \"half\""),
    ] {
        assert_eq!(said(key, value), [format!("an hour: {says}")]);
    }
    let mut forgotten = case();
    forgotten.as_object_mut().unwrap().remove("due");
    let report = judge([&forgotten, &case(), &json!({}), &json!(3)], 40);
    assert_eq!(report.passed, 1);
    let says = [
        "an hour: missing field `due`",
        "case 43: missing field `kind`",
        "case 44: invalid type: integer `3`, expected a case with its kind",
    ];
    assert_eq!(report.failures, says);
}

#[test]
fn a_pause_that_ends_before_it_starts_is_a_mistake() {
    let mut case = case();
    case["kind"] = json!("pause");
    case["pauses"] = json!([{ "from": "2026-06-01T12:00:00Z", "to": "2026-06-01T11:00:00Z" }]);
    let says = "an hour: pauses: ends at 2026-06-01T11:00:00Z, before it starts at 2026-06-01T12:00:00Z";
    assert_eq!(judge([&case], 0).failures, [says]);
}
