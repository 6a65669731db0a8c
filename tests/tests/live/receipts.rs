//! Receipts out of a running edge hold under its published keys, whoever held the request, and after a rotation.

use serde_json::json;
use shared::door::Held;
use shared::sla::{PublicKeys, SignedReceipt};
use shared::wire::Accepted;
use tests::live::{Tenant, calm, trouble};

fn keys(tenant: &Tenant) -> PublicKeys {
    tenant.edge.get(&tenant.path("keys")).send().read()
}

#[test]
fn the_answer_to_a_request_is_a_receipt_that_its_customer_and_agents_can_check_and_keep() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let mei = tenant.anonymous();
    let accepted = mei.asks();
    assert_eq!(keys(&tenant).check(&accepted.signed), Ok(accepted.receipt.clone()));
    let id = accepted.id.to_string();
    let listed: Vec<SignedReceipt> = mei.get(&format!("tickets/{id}/receipts")).send().read();
    assert_eq!(listed, std::slice::from_ref(&accepted.signed));
    let file = mei.get(&format!("tickets/{id}/receipts/1")).send();
    assert_eq!(keys(&tenant).check_file(&accepted.signed, &file.text()), Ok(accepted.receipt));
    let name = format!("attachment; filename=\"nightbell-{}-1.json\"", accepted.code);
    assert_eq!(file.header("content-disposition"), Some(name.as_str()));
    let li = tenant.agent("li");
    assert_eq!(li.get(&format!("tickets/{id}/receipts/1")).send().text(), file.text());
    assert_eq!(mei.get(&format!("tickets/{id}/receipts/2")).send().status, 404);
}

#[test]
fn another_customers_receipts_are_unknown() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let id = tenant.anonymous().asks().id.to_string();
    let other = tenant.anonymous();
    for rest in ["receipts", "receipts/1"] {
        assert_eq!(other.get(&format!("tickets/{id}/{rest}")).send().status, 404);
        let nobody = tenant.edge.get(&tenant.path(&format!("tickets/{id}/{rest}"))).send();
        assert_eq!(nobody.status, 401);
    }
}

#[test]
fn keys_are_published_for_every_page() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let answer = tenant.edge.get(&tenant.path("keys")).header("origin", "https://elsewhere.example").send();
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.header("cache-control"), Some("public, max-age=300"));
}

#[test]
fn what_only_the_journal_holds_is_signed_too() {
    let trouble = trouble();
    let tenant = Tenant::usual();
    let mei = tenant.anonymous();
    let form = mei.form();
    trouble.make(&json!({ "unreachable": form.id }));
    let accepted: Accepted = mei.sends(&form).read();
    trouble.mend();
    assert_eq!(accepted.held, Held::Journal);
    assert_eq!(keys(&tenant).check(&accepted.signed), Ok(accepted.receipt));
    let again: Accepted = mei.sends(&form).read();
    // The sweeper leaves what is younger than ten seconds to the door.
    std::thread::sleep(std::time::Duration::from_secs(10));
    tenant.edge.sweep();
    let listed: Vec<SignedReceipt> = mei.get(&format!("tickets/{}/receipts", form.id)).send().read();
    assert!(listed.contains(&accepted.signed) && listed.contains(&again.signed));
    let numbers = listed.iter().map(|signed| keys(&tenant).check(signed).unwrap().number);
    assert_eq!(numbers.collect::<Vec<_>>(), [1, 1, 2]);
}

#[test]
fn an_old_receipt_still_holds_when_a_new_key_signs() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let old = tenant.anonymous().asks();
    let rotated = format!("{}\n[receipts]\nkeys = [\"2026-11\", \"1\"]\n", tenant.file());
    assert!(tenant.put(&rotated, false).status < 300);
    let new = tenant.anonymous().asks();
    assert_eq!((old.signed.kid.as_str(), new.signed.kid.as_str()), ("1", "2026-11"));
    for accepted in [old, new] {
        assert_eq!(keys(&tenant).check(&accepted.signed), Ok(accepted.receipt));
    }
}
