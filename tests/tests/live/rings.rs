//! The person on call is told: signed, until it arrives, and nobody else is.

use shared::sla::Route;
use tests::live::{Limits, Receiver, Tenant, calm, within};

#[test]
fn a_vips_request_at_night_rings_signed_with_everybody_named() {
    let _calm = calm();
    let receiver = Receiver::start(&[]);
    let tenant = Tenant::publish("30m", Limits::Raised, Some(&receiver));
    let accepted = tenant.signed("ada", Some("bell")).asks();
    let ring = within(10, "the ring", || receiver.rings().first().cloned());
    assert!(ring.is_signed_with(&tenant.webhook_secret));
    assert!(!ring.is_signed_with("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="));
    let body = ring.body();
    assert_eq!((&body["type"], &body["data"]["code"]), (&"ticket.on_call".into(), &accepted.code.into()));
    assert_eq!(body["data"]["on_call"][0]["name"], "王强");
    assert_eq!(body["data"]["account_manager"]["name"], "李娜");
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert_eq!(receiver.rings().len(), 1);
}

#[test]
fn in_service_hours_only_the_project_manager_of_an_implementation_is_told() {
    let _calm = calm();
    let receiver = Receiver::start(&[]);
    let tenant = Tenant::demo_at_its_desks("hesi", &receiver);
    tenant.signed("mei", Some("qingshan")).asks();
    tenant.signed("ada", Some("yunshan")).asks();
    let accepted = tenant.signed("bo", Some("xinghe")).asks();
    assert!(matches!(accepted.receipt.route, Route::Live { .. }), "{:?}", accepted.receipt.route);
    let ring = within(10, "the ring", || receiver.rings().first().cloned());
    assert!(ring.is_signed_with(&tenant.webhook_secret));
    let data = &ring.body()["data"];
    assert_eq!((&data["code"], &data["on_call"]), (&accepted.code.into(), &serde_json::json!([])));
    assert_eq!(data["account_manager"]["name"], "赵磊");
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert_eq!(receiver.rings().len(), 1);
}

#[test]
fn nobody_is_rung_for_a_request_without_a_right_to_it() {
    let _calm = calm();
    let receiver = Receiver::start(&[]);
    let tenant = Tenant::publish("30m", Limits::Raised, Some(&receiver));
    tenant.signed("bob", Some("acme")).asks();
    tenant.anonymous().asks();
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert_eq!(receiver.rings().len(), 0);
}

#[test]
fn a_ring_that_is_refused_or_redirected_comes_again_under_the_same_id() {
    let _calm = calm();
    let receiver = Receiver::start(&[302]);
    let tenant = Tenant::publish("30m", Limits::Raised, Some(&receiver));
    tenant.signed("ada", Some("bell")).asks();
    let rings = within(20, "the second attempt", || Some(receiver.rings()).filter(|rings| rings.len() == 2));
    assert_eq!(rings[0].id, rings[1].id);
    assert!(rings.iter().all(|ring| ring.is_signed_with(&tenant.webhook_secret)));
}
