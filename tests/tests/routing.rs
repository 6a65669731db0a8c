//! Who gets a request: by language, skill, region, severity and the hour; the roster; articles; and who is responsible
//! when the sun moves on.

use jiff::Timestamp;
use shared::contract::policy::{Hosts, Policy};
use shared::contract::{Complexity, Severity};
use shared::ids::{TeamId, TicketId};
use shared::routing::{
    Ask, Cover, Covered, Grade, Load, Plan, Presence, Raised, Responsible, Route, Staff, plan, responsible,
};
use shared::sla::Trigger;
use shared::time::Zone;

/// Two teams in Shanghai, one of them for taxes, and one in Tokyo that speaks Japanese; a roster with turns.
const ASIA: &str = include_str!("../tenants/asia.toml");

struct Case<'a> {
    tier: &'a str,
    grade: Grade,
    language: &'a str,
    at: &'a str,
}

fn policy() -> Policy {
    Policy::parse(ASIA, Hosts::Public).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))
}

fn planned(case: &Case<'_>, load: &Load) -> Plan {
    let policy = policy();
    let (now, tier) = (case.at.parse::<Timestamp>().unwrap(), case.tier.parse().unwrap());
    let zone = Zone::new("Asia/Shanghai").unwrap();
    plan(Ask {
        tenant: &"asia".parse().unwrap(),
        company: None,
        ticket: TicketId::new(0, [0; 10]),
        now,
        grade: &case.grade,
        channel: &"chat".parse().unwrap(),
        language: &case.language.parse().unwrap(),
        local: &policy.zones().local(&zone, now, now).unwrap(),
        terms: &policy.terms(1, &tier, now).unwrap(),
        staff: &Staff::of_tier(&policy, &tier, None, now),
        load,
    })
}

/// The route in a word.
fn route(case: &Case<'_>) -> String {
    match planned(case, &Load::default()).route {
        Route::Live { team, .. } => format!("live {team}"),
        Route::Region { team, .. } => format!("region {team}"),
        Route::OnCall { agents } => {
            format!("on call {}", agents.iter().map(|agent| agent.id.as_str()).collect::<Vec<_>>().join(" "))
        }
        Route::Ticket { team, opens } => format!("ticket {} {}", team.unwrap(), opens.unwrap()),
        Route::SelfService { channel, team, opens } => {
            format!("{channel} {} {}", team.unwrap(), opens.unwrap())
        }
    }
}

#[track_caller]
fn goes(tier: &str, severity: Severity, language: &str, at: &str, expected: &str) {
    assert_eq!(route(&Case { tier, grade: Grade::of(severity), language, at }), expected);
}

#[track_caller]
fn goes_for(skill: &str, language: &str, at: &str, expected: &str) {
    let skills = vec![skill.parse().unwrap()];
    let grade = Grade { skills, ..Grade::of(Severity::General) };
    assert_eq!(route(&Case { tier: "standard", grade, language, at }), expected);
}

#[test]
fn the_first_team_that_speaks_her_language_and_is_awake_answers() {
    goes("standard", Severity::General, "zh", "2026-10-09T10:00+08:00", "live first");
    goes("standard", Severity::General, "ja", "2026-10-09T10:00+08:00", "live tokyo");
}

#[test]
fn another_team_of_her_region_is_live_and_one_elsewhere_is_another_region() {
    goes("standard", Severity::General, "zh", "2026-10-09T19:00+08:00", "live taxes");
    goes("standard", Severity::General, "zh", "2026-10-09T08:30+08:00", "region tokyo");
}

#[test]
fn a_question_about_taxes_goes_to_those_who_know_and_else_to_those_who_are_there() {
    goes_for("tax", "zh", "2026-10-09T13:00+08:00", "live taxes");
    goes_for("tax", "zh", "2026-10-09T10:00+08:00", "live first");
    goes_for("travel", "zh", "2026-10-09T13:00+08:00", "live first");
    goes_for("erp", "zh", "2026-10-09T13:00+08:00", "live first");
}

#[test]
fn somebody_on_call_answers_before_a_team_that_cannot_read_the_request() {
    goes("vip", Severity::Urgent, "zh", "2026-10-09T08:30+08:00", "on call wang");
    goes("vip", Severity::General, "zh", "2026-10-09T08:30+08:00", "region tokyo");
}

#[test]
fn the_person_whose_week_it_is_is_called_and_a_teams_own_person_for_its_customers() {
    goes("vip", Severity::Urgent, "zh", "2026-10-09T23:00+08:00", "on call wang");
    goes("vip", Severity::Urgent, "zh", "2026-10-12T08:59+08:00", "on call wang");
    goes("vip", Severity::Urgent, "zh", "2026-10-12T21:00+08:00", "on call li");
    goes("vip", Severity::Major, "ja", "2026-10-09T23:00+08:00", "on call wang sato");
}

#[test]
fn articles_come_first_only_up_to_the_severity_that_the_file_names_and_the_promise_stands() {
    let night = "2026-10-09T23:00+08:00";
    goes("standard", Severity::General, "zh", night, "articles first 2026-10-12T01:00:00Z");
    goes("standard", Severity::Urgent, "zh", night, "ticket first 2026-10-12T01:00:00Z");
    goes("standard", Severity::General, "ja", night, "articles tokyo 2026-10-12T00:00:00Z");
    let case = Case { tier: "standard", grade: Grade::of(Severity::General), language: "zh", at: night };
    let promised = planned(&case, &Load::default()).receipt.promises[0].promised;
    assert_eq!(promised.at.to_string(), "2026-10-12T02:00:00Z");
}

fn by() -> Trigger {
    Trigger { rule: "rules[0]".into(), word: "down".into() }
}

#[test]
fn a_customers_word_starts_what_her_tier_lets_it_and_rules_only_raise() {
    let night = "2026-10-09T23:00+08:00";
    let counts = |claimed, may_claim, raised: Option<Severity>| {
        let raised = raised.map(|to| Raised { to, by: by() });
        let grade = Grade { may_claim, raised, complexity: Complexity::Complex, ..Grade::of(claimed) };
        let case = Case { tier: "standard", grade, language: "zh", at: night };
        planned(&case, &Load::default()).receipt.severity
    };
    use Severity::{General, Major, Urgent};
    assert_eq!(counts(Major, General, None), General);
    assert_eq!(counts(Major, Major, None), Major);
    assert_eq!(counts(Major, General, Some(Urgent)), Urgent);
    assert_eq!(counts(Major, Major, Some(General)), Major);
    assert_eq!(counts(General, Major, Some(Urgent)), Urgent);
}

fn work(agents: &[(&str, u32, bool)]) -> Load {
    let presence = |(agent, open, here): &(&str, u32, bool)| Presence {
        agent: agent.parse().unwrap(),
        open: *open,
        here: *here,
    };
    Load { agents: agents.iter().map(presence).collect() }
}

#[track_caller]
fn picks(agents: &[(&str, u32, bool)], person: Option<&str>) {
    let grade = Grade::of(Severity::General);
    let case = Case { tier: "standard", grade, language: "zh", at: "2026-10-09T10:00+08:00" };
    let picked = planned(&case, &work(agents)).person.map(|named| named.id.to_string());
    assert_eq!(picked.as_deref(), person);
}

#[test]
fn load_picks_the_least_busy_person_of_the_team_who_is_here_with_a_hand_free() {
    picks(&[], None);
    picks(&[("li", 0, true), ("wang", 0, true)], Some("li"));
    picks(&[("li", 1, true), ("wang", 1, true)], Some("wang"));
    picks(&[("li", 0, false), ("wang", 7, true)], Some("wang"));
    picks(&[("li", 4, true)], None);
    picks(&[("li", 2, true), ("wang", 8, false)], None);
    picks(&[("li", 2, true), ("wang", 7, true)], Some("li"));
    picks(&[("li", 3, true), ("wang", 7, true)], None);
    picks(&[("chen", 0, true), ("sato", 0, true)], None);
}

#[test]
fn the_team_that_has_it_keeps_it_while_open_then_the_first_open_one_then_the_next_to_open() {
    let global = std::fs::read_to_string("../edge/tenants/global.toml").unwrap();
    let policy = Policy::parse(&global, Hosts::Development).unwrap();
    let who = |holder: Option<&str>, at: &str| {
        let now: Timestamp = at.parse().unwrap();
        let staff = Staff::of(&policy, None, now).unwrap();
        let holder = holder.map(|id| id.parse::<TeamId>().unwrap());
        match responsible(&staff, holder.as_ref(), now) {
            Responsible::Now { team } => team.id.to_string(),
            Responsible::From { team, at } => format!("{} from {at}", team.id),
            Responsible::Nobody => "nobody".into(),
        }
    };
    assert_eq!(who(Some("newyork"), "2026-11-20T15:00Z"), "newyork");
    assert_eq!(who(None, "2026-11-20T15:00Z"), "london");
    assert_eq!(who(Some("singapore"), "2026-11-20T15:00Z"), "london");
    assert_eq!(who(Some("newyork"), "2026-11-20T22:00Z"), "singapore from 2026-11-23T01:00:00Z");
}

/// The cover of a tier between two instants, a line for each span.
fn cover(tier: &str, from: &str, to: &str) -> Vec<String> {
    let policy = policy();
    let tier = policy.tier(&tier.parse().unwrap()).unwrap();
    let spans = Covered::of(&policy, tier, from.parse().unwrap(), to.parse().unwrap());
    let line = |span: &Covered| {
        let cover = match &span.cover {
            Cover::Live { teams } => teams.iter().map(|team| team.as_str()).collect::<Vec<_>>().join(" and "),
            Cover::OnCall { agents, from } => {
                let agents = agents.iter().map(|agent| agent.as_str()).collect::<Vec<_>>().join(" and ");
                format!("{agents} from {} on", from.as_str())
            }
            Cover::Nobody {} => "nobody".into(),
        };
        let lacks: Vec<&str> = span.uncovered.iter().map(|severity| severity.as_str()).collect();
        let holes =
            if lacks.is_empty() { String::new() } else { format!(", a hole for {}", lacks.join(" and ")) };
        format!("{}: {cover}{holes}", span.window.from())
    };
    spans.iter().map(line).collect()
}

#[test]
fn an_hour_is_a_hole_where_a_promise_counts_and_nobody_is_there_for_it() {
    assert_eq!(
        cover("standard", "2026-10-09T08:00+08:00", "2026-10-10T12:00+08:00"),
        [
            "2026-10-09T00:00:00Z: tokyo",
            "2026-10-09T01:00:00Z: first and tokyo",
            "2026-10-09T04:00:00Z: first and taxes and tokyo",
            "2026-10-09T09:00:00Z: first and taxes",
            "2026-10-09T10:00:00Z: taxes",
            "2026-10-09T13:00:00Z: nobody, a hole for major",
        ]
    );
}

#[test]
fn people_on_call_leave_a_hole_for_what_they_are_not_called_for_and_hand_over_on_the_minute() {
    assert_eq!(
        cover("vip", "2026-10-11T12:00+08:00", "2026-10-12T08:30+08:00"),
        [
            "2026-10-11T04:00:00Z: wang and sato from urgent on, a hole for general",
            "2026-10-12T00:00:00Z: tokyo",
        ]
    );
    let handed = cover("vip", "2026-10-05T00:00+08:00", "2026-10-05T10:00+08:00");
    assert_eq!(handed[0], "2026-10-04T16:00:00Z: li and sato from urgent on, a hole for general");
    let weekend = cover("vip", "2026-10-10T00:00+08:00", "2026-10-11T00:00+08:00");
    assert_eq!(weekend.len(), 1);
}
