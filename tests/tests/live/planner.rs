//! What would happen to a request that nobody has sent: the planner's two routes.

use serde_json::{Value, json};
use tests::live::{Answer, Desk, Receiver, Tenant, calm};

const J2: &str = "plan?tier=vip&severity=urgent&channel=chat&language=zh&at=2026-10-01T23:10%2B08:00";

fn proposes(desk: &Desk, file: &str) -> Answer {
    let question = json!({
        "tier": "vip", "severity": "urgent", "at": "2026-10-01T23:10", "reader": "Asia/Shanghai",
    });
    desk.post("plan").json(&json!({ "file": file, "question": question })).send()
}

fn plan(outcome: &Value) -> &Value {
    &outcome["planned"]["forecast"]["plan"]
}

fn first_reply(outcome: &Value) -> &Value {
    &plan(outcome)["promises"][0]["promised"]["at"]
}

#[test]
fn a_vips_urgent_question_of_the_holiday_night_is_promised_for_half_an_hour_later() {
    let _calm = calm();
    let tenant = Tenant::demo("hesi", &Receiver::start(&[]));
    let li = tenant.agent("li");
    let answer = li.get(J2).send().value();
    assert_eq!(first_reply(&answer["published"]), 1_790_869_200_000_i64, "2026-10-01T23:40+08:00");
    assert_eq!(plan(&answer["published"])["route"]["on_call"]["agents"][0]["name"], "王强");
    assert_eq!(answer["proposed"], Value::Null);
    let steps = plan(&answer["published"])["steps"].as_array().unwrap();
    assert!(steps.iter().any(|step| step["rule"] == "targets.vip.first_response.urgent"), "{steps:?}");
    let by_the_readers_clock = J2.replace("%2B08:00", "&reader=Asia/Shanghai");
    let same = li.get(&by_the_readers_clock).send().value();
    assert_eq!(first_reply(&same["published"]), first_reply(&answer["published"]));
}

#[test]
fn words_that_nothing_has_as_its_name_are_told_all_at_once() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let answer = tenant.agent("li").get("plan?tier=vipp&channel=pigeon&at=tonight&zone=Mars/Base").send();
    assert_eq!(answer.status, 200);
    let names = answer.value()["published"]["unknown"]["names"].clone();
    let fields: Vec<&str> =
        names.as_array().unwrap().iter().filter_map(|one| one["field"].as_str()).collect();
    assert_eq!(fields, ["tier", "channel", "zone", "at"]);
    assert_eq!(names[0]["meant"], "vip");
}

#[test]
fn only_an_agent_of_this_tenant_may_ask() {
    let _calm = calm();
    let (tenant, other) = (Tenant::usual(), Tenant::usual());
    let (li, stranger) = (tenant.agent("li"), other.agent("li"));
    let path = format!("/desk/{}/plan", tenant.id);
    let body = json!({ "file": tenant.file(), "question": {} });
    assert_eq!(tenant.edge.get(&path).send().status, 401);
    assert_eq!(tenant.edge.get(&path).cookie(&stranger.cookie).send().status, 401);
    assert_eq!(tenant.edge.post(&path).cookie(&stranger.cookie).json(&body).send().status, 401);
    let elsewhere = tenant.edge.post(&path).cookie(&li.cookie).header("origin", "https://elsewhere.example");
    assert_eq!(elsewhere.json(&body).send().status, 403);
    tenant.revoke("li");
    assert_eq!(li.get("plan").send().status, 401);
}

#[test]
fn a_proposed_file_is_answered_beside_the_published_one_and_nothing_of_it_is_kept() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let li = tenant.agent("li");
    let slower = tenant.file().replace("30m", "2h");
    let answer = proposes(&li, &slower).value();
    let hours = |outcome: &Value| first_reply(outcome).as_i64().unwrap();
    assert_eq!(hours(&answer["proposed"]) - hours(&answer["published"]), 90 * 60 * 1_000);
    assert_eq!(
        (&plan(&answer["published"])["policy"], &plan(&answer["proposed"])["policy"]),
        (&json!(1), &json!(0))
    );
    let after =
        li.get("plan?tier=vip&severity=urgent&at=2026-10-01T23:10&reader=Asia/Shanghai").send().value();
    assert_eq!(first_reply(&after["published"]), first_reply(&answer["published"]));
}

#[test]
fn every_mistake_of_a_proposed_file_is_told_with_line_column_and_place() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let li = tenant.agent("li");
    let wrong =
        tenant.file().replace("zone = \"Asia/Shanghai\"", "zone = \"Asia/Shangai\"").replace("30m", "thirty");
    let answer = proposes(&li, &wrong);
    let told = answer.value()["error"]["details"]["mistakes"].clone();
    let mistakes: Vec<&str> = told.as_array().expect("mistakes").iter().filter_map(Value::as_str).collect();
    assert!((400..500).contains(&answer.status), "{}", answer.status);
    assert!(mistakes.len() > 4, "{mistakes:?}");
    let placed = |mistake: &&str| mistake.split(':').take(2).all(|number| number.parse::<u32>().is_ok());
    assert!(mistakes.iter().all(placed), "{mistakes:?}");
    assert!(mistakes.iter().any(|mistake| mistake.contains("calendars.always.zone")), "{mistakes:?}");
}

#[test]
fn a_file_larger_than_one_that_is_published_is_refused_and_so_are_unknown_fields() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let li = tenant.agent("li");
    let book = format!("{}\n#{}", tenant.file(), "x".repeat(262_144));
    assert_eq!((proposes(&li, &book).status, proposes(&li, &book).code()), (413, "too_large".into()));
    let more = li.post("plan").json(&json!({ "file": "", "question": {}, "tenant": "hesi" })).send();
    assert_eq!((more.status, more.code()), (400, "malformed".into()));
}
