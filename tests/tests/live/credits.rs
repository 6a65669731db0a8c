//! A running edge's cycles, as the ledger of a contract reads them.

use std::process::{Command, Output};

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde_json::{Value, json};
use shared::contract::credit::KEYS;
use tests::live::{Edge, Tenant, calm, now, trouble, variable, within};

const CONTRACT: &str = r#"[companies.contract]
zone = "Asia/Shanghai"
currency = "CNY"
monthly_fee = "100000.00"
from = 2026-01-01
ceiling = "30 %"
credits = [{ metric = "first_response", below = "99 %", credit = "5 %" }]
"#;

/// The usual tenant, whose first responses are due within three seconds, and which owes `bell` something if they are late.
fn tenant() -> Tenant {
    let file = include_str!("../../tenants/live.toml").replace("30m", "3s");
    let managed = "account_manager = \"li\"\n";
    assert_eq!(file.matches(managed).count(), 1);
    Tenant::of_file(Edge::running(), &file.replace(managed, &format!("{managed}{CONTRACT}")))
}

/// The month of the edge's clock in the contract's zone.
fn month(tenant: &Tenant) -> String {
    let now = Timestamp::from_second(now(tenant)).unwrap();
    now.to_zoned(TimeZone::fixed(Offset::constant(8))).strftime("%Y-%m").to_string()
}

fn path(tenant: &Tenant, company: &str) -> String {
    format!("/admin/tenants/{}/cycles?month={}&company={company}", tenant.id, month(tenant))
}

/// `cargo xtask credits` for `bell`, with its cycles from somewhere.
fn credits(tenant: &Tenant, at: &str, cycles: [&str; 2]) -> Output {
    let file = std::env::temp_dir().join(format!("{}.toml", tenant.id));
    std::fs::write(&file, tenant.file()).unwrap();
    let mut xtask = Command::new(variable("NB_XTASK"));
    xtask.args(["credits", "--json", "--tenant", &tenant.id, "--company", "bell", "--file"]).arg(&file);
    xtask.args(["--month", &month(tenant), "--at", at]).args(cycles);
    let output = xtask.env("NIGHTBELL_OPERATOR", tenant.edge.operator()).output().unwrap();
    std::fs::remove_file(&file).unwrap();
    output
}

#[test]
#[ignore = "written without a product to run it against: to be run by name, then taken into the gate"]
fn a_promise_that_is_broken_in_a_running_product_is_credited_and_the_file_way_says_the_same() {
    let _calm = calm();
    let tenant = tenant();
    let (ada, li) = (tenant.signed("ada", Some("bell")), tenant.agent("li"));
    let (kept, broken) = (ada.asks().id.to_string(), ada.asks().id.to_string());
    tenant.signed("bob", Some("acme")).asks();
    li.replies(&kept, "已处理");
    assert_eq!(li.does(&kept, &json!({ "solve": {} })).status, 200);
    within(15, "the breach", || {
        li.reads(&broken).iter().any(|line| line.starts_with("breached")).then_some(())
    });
    within(5, "the solved line", || (li.row(&kept).stage.as_str() == "solved").then_some(()));

    let answer = tenant.edge.admin("GET", &path(&tenant, "bell")).send();
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/x-ndjson")));
    let text = answer.text();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2, "{text}");
    for line in &lines {
        let keys: Vec<&String> = line.as_object().unwrap().keys().collect();
        assert!(keys.len() == KEYS.len() && KEYS.iter().all(|key| keys.iter().any(|k| k == key)), "{line}");
        assert_eq!((&line["company"], &line["metric"]), (&json!("bell"), &json!("first_response")));
        assert_eq!(line["finished"].is_null(), line["ticket"] == json!(broken), "{line}");
    }

    let at = Timestamp::from_second(now(&tenant)).unwrap().to_string();
    let asked = credits(&tenant, &at, ["--edge", &tenant.edge.origin]);
    let statement: Value = serde_json::from_slice(&asked.stdout).unwrap();
    assert_eq!(statement["credit"], "5000.00", "{statement}");
    assert_eq!((&statement["metrics"][0]["met"], &statement["metrics"][0]["missed"]), (&json!(1), &json!(1)));
    let file = std::env::temp_dir().join(format!("{}.jsonl", tenant.id));
    std::fs::write(&file, &text).unwrap();
    let read = credits(&tenant, &at, ["--cycles", file.to_str().unwrap()]);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(String::from_utf8_lossy(&asked.stdout), String::from_utf8_lossy(&read.stdout));
}

#[test]
#[ignore = "written without a product to run it against: to be run by name, then taken into the gate"]
fn cycles_are_for_the_operator_and_whoever_asks_wrongly_is_told_what_and_where() {
    let _calm = calm();
    let tenant = tenant();
    let (edge, path) = (&tenant.edge, path(&tenant, "bell"));
    let ask = |path: &str| edge.admin("GET", path).send();
    let empty = ask(&path);
    assert_eq!((empty.status, empty.text()), (200, String::new()));
    assert_eq!(edge.admin("GET", &path).header("origin", &edge.origin).send().status, 403);
    assert_eq!(edge.get(&path).send().status, 401);
    assert_eq!(edge.get(&path).bearer("wrong").send().status, 401);
    assert_eq!(ask(&path.replace(&tenant.id, "nobody")).status, 404);
    assert_eq!(ask(&path.replace("bell", "nobody")).status, 404);
    for (wrong, found) in [
        (path.replace("month=", "month=x"), "\"month\" of the query must be a month from 0001-01"),
        (path.replace("month=", "moon="), "the query names no \"month\""),
        (path.replace("company=", "c="), "the query names no \"company\""),
        (path.replace("bell", "acme"), "the company \"acme\" has no [companies.contract]"),
        (format!("{path}&after=x"), "the request cannot be read"),
    ] {
        let refused = ask(&wrong);
        assert_eq!((refused.status, refused.text().contains(found)), (400, true), "{}", refused.text());
    }
}

#[test]
#[ignore = "written without a product to run it against: to be run by name, then taken into the gate"]
fn a_ticket_that_does_not_answer_makes_the_whole_answer_an_error() {
    let trouble = trouble();
    let tenant = tenant();
    let (ada, li) = (tenant.signed("ada", Some("bell")), tenant.agent("li"));
    let ids = [ada.asks().id.to_string(), ada.asks().id.to_string()];
    ids.iter().for_each(|id| drop(li.row(id)));
    trouble.make(&json!({ "unreachable": ids[0] }));
    let answer = tenant.edge.admin("GET", &path(&tenant, "bell")).send();
    assert_eq!((answer.status, answer.code()), (500, "fault".into()));
    let at = Timestamp::from_second(now(&tenant)).unwrap().to_string();
    let asked = credits(&tenant, &at, ["--edge", &tenant.edge.origin]);
    assert!(!asked.status.success() && asked.stdout.is_empty());
    assert!(String::from_utf8_lossy(&asked.stderr).contains("the edge refused (500"));
    trouble.mend();
    assert_eq!(tenant.edge.admin("GET", &path(&tenant, "bell")).send().text().lines().count(), 2);
}
