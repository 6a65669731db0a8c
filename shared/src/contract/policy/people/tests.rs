//! Who is on call when, and every mistake that a plan of shifts can have.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use jiff::Timestamp;

use crate::contract::policy::sample::{self, SMALL};
use crate::contract::policy::{Hosts, Mistake};

/// The small file with two teams, six agents and this roster.
fn file(roster: &str) -> String {
    let newyork = "[[teams]]\nid = \"newyork\"\nname = \"New York\"\ncalendar = \"workdays\"\n";
    let agents = ["wang", "chen", "zhao", "james", "amy"]
        .map(|id| format!("[[agents]]\nid = \"{id}\"\nname = \"{id}\"\nemail = \"{id}@small.example\"\n"));
    let support = "region = \"cn\"\nskills = [\"tax\"]\ncapacity = 40\n";
    format!("{SMALL}{support}{newyork}{}{roster}", agents.concat())
}

/// Told with lines counted from the roster's first.
fn mistakes(roster: &str) -> Vec<String> {
    let lines = file("").lines().count();
    let told = |one: Mistake| Mistake { line: one.line - lines, ..one }.to_string();
    sample::wrong(&file(roster), Hosts::Public).into_iter().map(told).collect()
}

#[track_caller]
fn on_call(roster: &str, at: &str) -> Vec<String> {
    let policy = sample::holds(&file(roster));
    let at: Timestamp = at.parse().unwrap();
    policy.roster.at(at).into_iter().map(|called| format!("{} {}", called.agent, called.rule)).collect()
}

const WEEKLY: &str = r#"[roster]
zone = "Asia/Shanghai"
fallback = ["zhao"]
[[roster.rotations]]
agents = ["li", "wang", "chen"]
starts = 2026-09-28T09:00:00
every = "1w"
[[roster.overrides]]
from = 2026-10-06T18:00:00
to = 2026-10-07T09:00:00
agents = ["amy"]
[[roster.duty]]
from = 2026-09-29
to = 2026-10-08
agents = ["chen"]
name = "国庆值班保障"
"#;

#[test]
fn a_week_on_call_is_handed_over_on_the_minute_and_goes_round() {
    let after = ["zhao roster.fallback"];
    assert_eq!(on_call(WEEKLY, "2026-09-28T08:59:59.999+08:00"), after);
    assert_eq!(on_call(WEEKLY, "2026-09-28T09:00:00+08:00"), ["li roster.rotations[0]", after[0]]);
    assert_eq!(on_call(WEEKLY, "2026-10-12T08:59:59+08:00"), ["wang roster.rotations[0]", after[0]]);
    assert_eq!(on_call(WEEKLY, "2026-10-12T09:00:00+08:00"), ["chen roster.rotations[0]", after[0]]);
    assert_eq!(on_call(WEEKLY, "2026-10-19T09:00:00+08:00"), ["li roster.rotations[0]", after[0]]);
    assert_eq!(on_call(WEEKLY, "2027-09-27T09:00:00+08:00"), ["wang roster.rotations[0]", after[0]]);
}

#[test]
fn reinforced_duty_is_added_and_an_override_replaces_the_turn() {
    let duty = "chen roster.duty[0]";
    let national_day = on_call(WEEKLY, "2026-10-01T23:10:00+08:00");
    assert_eq!(national_day, ["li roster.rotations[0]", duty, "zhao roster.fallback"]);
    let instead = ["amy roster.overrides[0]", duty, "zhao roster.fallback"];
    assert_eq!(on_call(WEEKLY, "2026-10-06T18:00:00+08:00"), instead);
    assert_eq!(on_call(WEEKLY, "2026-10-07T09:00:00+08:00")[0], "wang roster.rotations[0]");
    assert_eq!(on_call(WEEKLY, "2026-10-07T23:59:59+08:00").len(), 3);
    assert_eq!(on_call(WEEKLY, "2026-10-08T00:00:00+08:00").len(), 2);
}

#[test]
fn a_handover_stays_at_nine_on_the_wall_through_both_clock_changes() {
    let roster = "[roster]\nzone = \"America/New_York\"\n[[roster.rotations]]\nagents = [\"james\", \"amy\"]\n\
                  starts = 2026-03-02T09:00:00\nevery = \"1w\"\n";
    assert_eq!(on_call(roster, "2026-03-09T12:59:59Z"), ["james roster.rotations[0]"]);
    assert_eq!(on_call(roster, "2026-03-09T13:00:00Z"), ["amy roster.rotations[0]"]);
    assert_eq!(on_call(roster, "2026-11-02T13:59:59Z"), ["james roster.rotations[0]"]);
    assert_eq!(on_call(roster, "2026-11-02T14:00:00Z"), ["amy roster.rotations[0]"]);
    let policy = sample::holds(&file(roster));
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let changes = policy.roster.changes(at("2026-03-01T00:00:00Z"), at("2026-03-17T00:00:00Z"));
    assert_eq!(changes, ["2026-03-02T14:00:00Z", "2026-03-09T13:00:00Z", "2026-03-16T13:00:00Z"].map(at));
}

#[test]
fn a_teams_own_override_leaves_the_other_teams_turns_alone() {
    let roster = "[roster]\non_call = [\"wang\"]\nzone = \"Asia/Shanghai\"\n\
                  rotations = [{ agents = [\"li\"], starts = 2026-01-01, every = \"1d\", team = \"support\" },\n\
                  { agents = [\"james\"], starts = 2026-01-01, every = \"3d\", team = \"newyork\" }]\n\
                  overrides = [{ from = 2026-02-01, to = 2026-02-02, agents = [\"amy\"], team = \"support\" }]\n";
    let usual = ["li roster.rotations[0]", "james roster.rotations[1]", "wang roster.on_call"];
    assert_eq!(on_call(roster, "2026-01-31T12:00:00+08:00"), usual);
    let instead = ["amy roster.overrides[0]", "james roster.rotations[1]", "wang roster.on_call"];
    assert_eq!(on_call(roster, "2026-02-01T12:00:00+08:00"), instead);
}

#[test]
fn a_fixed_ladder_is_a_roster_too() {
    let ladder = ["li roster.on_call", "wang roster.on_call"];
    assert_eq!(on_call("[roster]\non_call = [\"li\", \"wang\"]\n", "2026-01-01T00:00:00Z"), ladder);
    assert!(on_call("", "2026-01-01T00:00:00Z").is_empty());
}

#[test]
fn every_mistake_of_a_roster_is_told_with_its_place() {
    let roster =
        WEEKLY.replace("\"wang\"", "\"wagn\"").replace("\"1w\"", "\"1m\"").replace("[\"amy\"]", "[]");
    let roster = roster
        .replace("to = 2026-10-08", "to = 2026-09-29")
        .replace("T09:00:00\nevery", "T09:00:00+08:00\nevery");
    assert_eq!(
        mistakes(&roster),
        [
            "5:17: roster.rotations[0].agents[1]: no agent is called \"wagn\": did you mean \"wang\"?",
            "6:10: roster.rotations[0].starts: must be a date or a wall clock's time without an offset, as \
             2026-09-28T09:00:00, found 2026-09-28T09:00:00+08:00",
            "7:9: roster.rotations[0].every: must be weeks or days, as \"1w\" or \"3d\", at most 366 days, found \"1m\"",
            "11:10: roster.overrides[0].agents: must name at least one agent",
            "14:6: roster.duty[0].to: ends (2026-09-29T00:00:00) before it starts (2026-09-29T00:00:00), or at once",
        ]
    );
}

#[test]
fn overrides_that_hold_at_once_are_refused_unless_they_are_for_different_teams() {
    let shift = |from: &str, to: &str, team: &str| {
        format!("[[roster.overrides]]\nfrom = {from}\nto = {to}\nagents = [\"amy\"]\n{team}\n")
    };
    let roster = |other: &str| {
        let first = shift("2026-10-01", "2026-10-03", "team = \"support\"");
        mistakes(&format!("[roster]\non_call = [\"li\"]\nzone = \"Asia/Shanghai\"\n{first}{other}"))
    };
    let overlap =
        "9:1: roster.overrides[1]: overlaps roster.overrides[0]: only one of them can hold at a time";
    assert_eq!(roster(&shift("2026-10-02", "2026-10-04", "team = \"support\"")), [overlap.to_owned()]);
    assert_eq!(roster(&shift("2026-10-02", "2026-10-04", "")), [overlap.to_owned()]);
    assert_eq!(roster(&shift("2026-10-02", "2026-10-04", "team = \"newyork\"")), Vec::<String>::new());
    assert_eq!(roster(&shift("2026-10-03", "2026-10-04", "team = \"support\"")), Vec::<String>::new());
}

#[test]
fn a_roster_without_people_or_without_its_zone_is_refused() {
    let nobody = "1:1: roster: \"on_call\" is missing: a roster has \"on_call\", \"rotations\" or both";
    assert_eq!(mistakes("[roster]\nfallback = [\"li\"]\n"), [nobody]);
    let duty = "[[roster.duty]]\nfrom = 2026-10-01\nto = 2026-10-02\nagents = [\"li\"]\n";
    let zone = "1:1: roster: \"zone\" is missing: rotations, overrides and duty are told by a wall clock";
    assert_eq!(mistakes(&format!("[roster]\non_call = []\n{duty}")), [zone]);
    let unknown = mistakes(&format!("[roster]\nzone = \"Asia/Shangai\"\non_call = []\n{duty}"));
    let meant = "2:8: roster.zone: no time zone is called \"Asia/Shangai\": did you mean \"Asia/Shanghai\"?";
    assert_eq!(unknown, [meant]);
}

#[test]
fn teams_agents_and_companies_say_where_what_and_how_much() {
    let with = |more: &str| {
        file("").replace("email = \"amy@small.example\"\n", &format!("email = \"amy@small.example\"\n{more}"))
    };
    let more = "team = \"support\"\nlanguages = [\"en\", \"ja\"]\nskills = [\"erp\"]\ncapacity = 3\n";
    let company =
        "[[companies]]\nid = \"acme\"\nname = \"Acme\"\ntier = \"standard\"\ncontact = [\"li.hua@acme\"]\n";
    let policy = sample::holds(&format!("{}{company}", with(more)));
    let amy = policy.agent(&"amy".parse().unwrap()).unwrap();
    assert_eq!(
        (amy.team.as_ref().unwrap().as_str(), amy.languages.len(), amy.capacity),
        ("support", 2, Some(3))
    );
    assert_eq!(policy.companies[0].contact[0].as_str(), "user:li.hua@acme");
    let team = &policy.teams[0];
    assert_eq!(
        (team.region.as_ref().unwrap().as_str(), team.skills[0].as_str(), team.capacity),
        ("cn", "tax", Some(40))
    );
    let wrong = "team = \"suport\"\nskills = [\"ERP!\"]\ncapacity = 0\n";
    let wrong = sample::wrong(&with(wrong), Hosts::Public);
    let told: Vec<String> = wrong.into_iter().map(|one| one.what).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert_eq!(told[0], "no team is called \"suport\": did you mean \"support\"?");
    assert_eq!(told[2], "must be a whole number from 1 to 1000, found 0");
    let contact = company.replace("li.hua@acme", " li");
    assert_eq!(sample::mistakes(&format!("{}{contact}", file(""))).len(), 1);
}

#[test]
fn articles_come_first_only_for_a_tier_and_a_severity_that_there_are() {
    let policy = sample::holds(&file("[self_service]\nstandard = \"general\"\n"));
    assert_eq!(policy.self_service.len(), 1);
    let wrong = mistakes("[self_service]\nstandart = \"general\"\nstandard = \"generel\"\n");
    let tier = "2:1: self_service.standart: no tier is called \"standart\": did you mean \"standard\"?";
    let severity =
        "3:12: self_service.standard: no severity is called \"generel\": did you mean \"general\"?";
    assert_eq!(wrong, [tier, severity]);
}
