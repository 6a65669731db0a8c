//! The journeys' instants, as the command answers them.

use serde_json::Value;

use super::*;

struct Asked<'a> {
    tenant: &'a str,
    tier: &'a str,
    severity: &'a str,
    at: &'a str,
}

fn query(asked: &Asked<'_>) -> Query {
    Query {
        at: asked.at.parse().unwrap(),
        tier: Some(asked.tier.to_owned()),
        company: None,
        severity: asked.severity.to_owned(),
        complexity: None,
        text: None,
        channel: "chat".to_owned(),
        language: if asked.tenant == "hesi" { "zh" } else { "en" }.to_owned(),
        zone: None,
    }
}

fn file(tenant: &str) -> Policy {
    let file = demo(&Place::of_this_tree(), tenant).unwrap();
    Tenant::read(&file, Hosts::Development).unwrap().policy
}

fn answered(tenant: &str, tier: &str, severity: &str, at: &str) -> Value {
    told(tenant, &query(&Asked { tenant, tier, severity, at }))
}

fn told(tenant: &str, query: &Query) -> Value {
    let planned = answer(&tenant.parse().unwrap(), &file(tenant), query).unwrap();
    let line = json::line(&planned, Tongue::ENGLISH).unwrap();
    assert!(!line.contains('\n'), "{line}");
    let answer: Value = serde_json::from_str(&line).unwrap();
    assert!(answer["reasons"].as_array().unwrap().len() >= 3, "{line}");
    assert_eq!(answer["reasons"].as_array().unwrap().len(), answer["steps"].as_array().unwrap().len());
    answer
}

/// The route, to whom, and the first reply by when.
#[track_caller]
fn goes(answer: &Value, route: &str, to: &Value, due: &str) {
    let first = &answer["promises"][0];
    assert_eq!((&answer["route"], &answer["to"]), (&Value::from(route), to), "{answer}");
    assert_eq!(
        (&first["metric"], &first["due"]),
        (&Value::from("first_response"), &Value::from(due)),
        "{answer}"
    );
}

fn says(answer: &Value, words: &str) -> bool {
    answer["reasons"].as_array().unwrap().iter().any(|reason| reason.as_str().unwrap().contains(words))
}

#[test]
fn j1_on_national_day_it_is_a_ticket_for_the_eighth() {
    let answer = answered("hesi", "standard", "general", "2026-10-01T23:10+08:00");
    goes(&answer, "ticket", &Value::from("support"), "2026-10-08T02:00:00Z");
    assert_eq!(answer["promises"][0]["target_seconds"], 3600);
    assert_eq!(answer["promises"][0]["calendar"], "workdays");
    assert_eq!(answer["promises"][0]["provisional"], false);
    assert!(says(&answer, "National Day, Thu 1 Oct 2026 to Wed 7 Oct 2026 [calendars.workdays.holidays]"));
    assert!(
        says(&answer, "[channels.chat.hours]") && says(&answer, "[targets.standard.first_response.general]")
    );
}

#[test]
fn j2_for_a_vip_the_account_manager_and_the_person_on_call_are_told() {
    let answer = answered("hesi", "vip", "urgent", "2026-10-01T23:10+08:00");
    goes(&answer, "on_call", &serde_json::json!(["chen", "wang"]), "2026-10-01T15:40:00Z");
    for rule in
        ["companies[1].tier", "tiers.vip.calls_from", "roster.on_call", "companies[1].account_manager"]
    {
        assert!(says(&answer, &format!("[{rule}]")), "{rule}: {answer}");
    }
    assert_eq!(answer["promises"][1]["due"], "2026-10-02T15:10:00Z");
}

#[test]
fn j3_a_friday_evening_before_a_make_up_saturday_is_live() {
    let answer = answered("hesi", "standard", "general", "2026-02-13T17:30+08:00");
    goes(&answer, "live", &Value::from("support"), "2026-02-14T01:30:00Z");
}

#[test]
fn j4_spring_festival_is_waited_out() {
    let answer = answered("hesi", "standard", "general", "2026-02-14T17:30+08:00");
    goes(&answer, "live", &Value::from("support"), "2026-02-24T01:30:00Z");
}

#[test]
fn j5_an_hour_before_closing_is_due_at_closing() {
    let answer = answered("hesi", "standard", "general", "2026-11-20T17:00+08:00");
    goes(&answer, "live", &Value::from("support"), "2026-11-20T10:00:00Z");
}

#[test]
fn j6_a_make_up_sunday_is_live() {
    let answer = answered("hesi", "standard", "general", "2026-09-20T10:00+08:00");
    goes(&answer, "live", &Value::from("support"), "2026-09-20T03:00:00Z");
}

#[test]
fn j7_a_promise_into_an_unannounced_year_is_provisional() {
    let answer = answered("hesi", "standard", "general", "2026-12-31T17:30+08:00");
    goes(&answer, "live", &Value::from("support"), "2027-01-04T01:30:00Z");
    assert_eq!(answer["promises"][0]["provisional"], true);
    let planned = answer_in_chinese("hesi", "2026-12-31T17:30+08:00");
    assert!(planned.contains("以国务院通知为准") && planned.contains("暂定"), "{planned}");
}

fn answer_in_chinese(tenant: &str, at: &str) -> String {
    let asked = Asked { tenant, tier: "standard", severity: "general", at };
    told::said(&answer(&tenant.parse().unwrap(), &file(tenant), &query(&asked)).unwrap(), Words::Zh.tongue())
        .unwrap()
}

#[test]
fn j8_a_sunday_night_waits_for_singapore() {
    let answer = answered("global", "standard", "general", "2026-11-22T23:30Z");
    goes(&answer, "ticket", &Value::from("singapore"), "2026-11-23T02:00:00Z");
    assert!(says(&answer, "[teams[0]]"));
}

#[test]
fn j9_new_york_has_it_on_friday_and_singapore_takes_it_over() {
    let answer = answered("global", "standard", "general", "2026-11-20T21:45Z");
    goes(&answer, "region", &Value::from("newyork"), "2026-11-23T01:45:00Z");
    assert!(says(&answer, "Singapore takes it over Mon 23 Nov 2026, 09:00 [teams[0]]"), "{answer}");
}

#[test]
fn j10_over_the_spring_change_nine_is_an_hour_earlier() {
    let answer = answered("newyork", "standard", "general", "2026-03-06T16:30-05:00");
    goes(&answer, "live", &Value::from("newyork"), "2026-03-09T13:30:00Z");
    assert!(says(&answer, "[calendars.newyork.zone]"));
}

#[test]
fn a_plan_in_words_says_the_route_the_promise_in_both_times_and_each_step() {
    let asked = Asked { tenant: "hesi", tier: "vip", severity: "urgent", at: "2026-10-01T23:10+08:00" };
    let text = told::said(
        &answer(&"hesi".parse().unwrap(), &file("hesi"), &query(&asked)).unwrap(),
        Tongue::ENGLISH,
    )
    .unwrap();
    let promise = "  First reply by Thu 1 Oct 2026, 23:40 Asia/Shanghai (2026-10-01T15:40:00Z)\n";
    assert!(text.contains("On call: 陈静, 王强 are told now\n") && text.contains(promise), "{text}");
    assert!(text.contains("  1. Received by our server: Thu 1 Oct 2026, 23:10\n"), "{text}");
}

#[test]
fn a_channel_that_the_tier_does_not_have_is_said_beside_what_the_night_has() {
    let asked = Asked { tenant: "hesi", tier: "standard", severity: "general", at: "2026-10-01T23:10+08:00" };
    let query = Query { channel: "account_manager".into(), ..query(&asked) };
    let planned = answer(&"hesi".parse().unwrap(), &file("hesi"), &query).unwrap();
    let answer: Value = serde_json::from_str(&json::line(&planned, Tongue::ENGLISH).unwrap()).unwrap();
    assert_eq!(answer["route"], "ticket");
    assert!(says(&answer, "does not have it [channels.account_manager]"), "{answer}");
    assert!(says(&answer, "[tiers.standard.calls_from]"), "{answer}");
}

#[test]
fn every_word_that_nothing_is_called_is_told_at_once_with_a_hint() {
    let asked = Asked { tenant: "hesi", tier: "vpi", severity: "urgnt", at: "2026-10-01T23:10+08:00" };
    let query = Query {
        channel: "fax".into(),
        language: "xx".into(),
        zone: Some("Asia/Shangai".into()),
        company: Some("yunshen".into()),
        complexity: Some("hard".into()),
        ..query(&asked)
    };
    let told = answer(&"hesi".parse().unwrap(), &file("hesi"), &query).unwrap_err().to_string();
    let expected = [
        "no company is called \"yunshen\": did you mean \"yunshan\"?",
        "no tier is called \"vpi\": there are standard, vip, implementation",
        "no severity is called \"urgnt\": did you mean \"urgent\"?",
        "no complexity is called \"hard\": there are ordinary, complex",
        "no channel is called \"fax\": there are chat, phone, email, articles, account_manager",
        "no language is called \"xx\": there are zh, zh-CN, en, ja",
        "no time zone is called \"Asia/Shangai\": did you mean \"Asia/Shanghai\"?",
    ];
    assert_eq!(told.lines().collect::<Vec<_>>(), expected);
    let nobody = demo(&Place::of_this_tree(), "nobody").unwrap_err().to_string();
    assert!(nobody.starts_with("no tenant is called \"nobody\": there are "), "{nobody}");
}

#[test]
fn the_map_of_the_weeks_shows_a_letter_for_every_hour() {
    let from = "2026-10-08T12:00+08:00".parse().unwrap();
    let wish = coverage::Wish { tier: Some("vip"), from, weeks: 1 };
    let map = coverage::said(&file("hesi"), &wish, Tongue::ENGLISH, false).unwrap();
    assert!(map.contains("Thu 8 Oct 2026           +++++++++#########++++++\n"), "{map}");
    assert!(map.contains("No holes"), "{map}");
    let json = coverage::said(&file("hesi"), &wish, Tongue::ENGLISH, true).unwrap();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["from"], "2026-10-07T16:00:00Z");
    assert_eq!(json["tiers"][0]["spans"][1]["who"], serde_json::json!(["support"]));
}

/// J1's night, for a standard customer who calls it major and writes this.
fn writes(text: Option<&str>) -> Value {
    let asked = Asked { tenant: "hesi", tier: "standard", severity: "major", at: "2026-10-01T23:10+08:00" };
    told("hesi", &Query { text: text.map(str::to_owned), ..query(&asked) })
}

#[test]
fn with_a_text_the_severity_is_her_word_and_the_files_rules_raise_it() {
    let counts = |answer: &Value| [answer["severity"].clone(), answer["complexity"].clone()];
    assert_eq!(counts(&writes(None)), ["major", "ordinary"]);
    let capped = writes(Some("报销怎么填？"));
    assert_eq!(counts(&capped), ["urgent", "ordinary"]);
    assert_eq!(capped["promises"][0]["due"], "2026-10-08T02:00:00Z");
    let decides = "We start with Urgent; a person decides whether it is Major [tiers.standard.may_claim]";
    assert!(says(&capped, decides), "{capped}");
    let down = writes(Some("宕机，影响 ERP 对接"));
    assert_eq!(counts(&down), ["major", "complex"]);
    assert_eq!(down["promises"][0]["due"], "2026-10-01T15:40:00Z");
    assert!(says(&down, "We treat it as Major, because it says “宕机” [rules[1]]"), "{down}");
    assert!(says(&down, "because it says “ERP 对接” [rules[4]]"), "{down}");
}
