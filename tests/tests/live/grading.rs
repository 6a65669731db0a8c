//! What a customer's word starts, out of a running edge, in the night of the tests.

use shared::contract::Severity::{Major, Urgent};
use shared::sla::{Actor, Cause, Reason};
use tests::instant::utc;
use tests::live::{Customer, Receiver, Tenant, calm};
use tests::tell;

fn hesi() -> Tenant {
    Tenant::demo("hesi", &Receiver::start(&[]))
}

fn calls_it_major(customer: &Customer, text: &str) -> shared::wire::Accepted {
    let form = shared::ticket::RawRequest { severity: "major".into(), text: text.into(), ..customer.form() };
    customer.sends(&form).read()
}

#[test]
fn an_anonymous_major_is_promised_what_it_may_start_and_the_agent_sees_her_word() {
    let _calm = calm();
    let tenant = hesi();
    let (nobody, li) = (tenant.anonymous(), tenant.agent("li"));
    assert_eq!(nobody.hello().may_claim, Urgent);
    let accepted = calls_it_major(&nobody, "无法提交报销单");
    assert_eq!(accepted.receipt.severity, Urgent);
    assert_eq!(
        accepted.receipt.first_response().map(|promised| utc(promised.at)),
        Some("2026-10-08T02:00Z".into())
    );
    assert!(accepted.receipt.reasons.contains(&Reason::Claimed { claimed: Major, granted: Urgent }));
    let id = accepted.id.to_string();
    let seen = li.ticket(&id);
    assert_eq!((seen.row.severity, seen.request.map(|request| request.severity)), (Urgent, Some(Major)));
    assert_eq!(li.row(&id).severity, Urgent);
}

#[test]
fn the_word_of_whom_a_contract_names_starts_what_it_says() {
    let _calm = calm();
    let tenant = hesi();
    let vip = tenant.signed("ada", Some("yunshan"));
    assert_eq!(vip.hello().may_claim, Major);
    assert_eq!(calls_it_major(&vip, "无法提交报销单").receipt.severity, Major);
}

#[test]
fn words_raise_a_request_at_once_and_later_and_the_receipt_names_the_rule() {
    let _calm = calm();
    let tenant = hesi();
    let (nobody, li) = (tenant.anonymous(), tenant.agent("li"));
    assert_eq!(calls_it_major(&nobody, "服务器崩溃了").receipt.severity, Major);
    let id = nobody.asks().id.to_string();
    assert_eq!(nobody.says(&id, "现在服务器崩溃了").status, 200);
    let receipt = nobody.ticket(&id).receipt;
    let by = Actor::Rule { name: "rules[1]".into() };
    let from = shared::contract::Severity::General;
    assert_eq!((receipt.severity, receipt.cause), (Major, Cause::Severity { from, to: Major, by }));
    assert_eq!(nobody.says(&id, "还是宕机").status, 200);
    let changed = |line: &String| line.contains("by the rule");
    let lines: Vec<String> = li.ticket(&id).entries.iter().map(tell::entry).collect();
    assert_eq!(
        lines.iter().filter(|line| line.starts_with("general to") && changed(line)).count(),
        1,
        "{lines:#?}"
    );
}
