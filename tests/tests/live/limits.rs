//! How much is too much, by the default limits.

use tests::live::{Limits, Tenant, calm};

#[test]
fn a_customer_who_writes_too_often_is_told_when_to_try_again() {
    let _calm = calm();
    let tenant = Tenant::publish("30m", Limits::Default, None);
    let (mei, other) = (tenant.anonymous(), tenant.anonymous());
    let id = mei.asks().id.to_string();
    let answers: Vec<_> = (0..40).map(|_| mei.says(&id, "在吗")).collect();
    let refused = answers.iter().find(|answer| answer.status != 200).expect("a limit");
    assert_eq!((refused.status, refused.code()), (429, "too_many".into()));
    let wait: u32 = refused.header("retry-after").expect("a wait").parse().unwrap();
    assert!((1..=60).contains(&wait));
    assert_eq!(other.sends(&other.form()).status, 200);
    let stored = mei.reads(&id).len() - 1;
    assert_eq!(stored, answers.iter().filter(|answer| answer.status == 200).count());
}

#[test]
fn a_forged_address_is_no_way_around_the_limit() {
    let _calm = calm();
    let tenant = Tenant::publish("30m", Limits::Default, None);
    let mei = tenant.anonymous();
    let id = mei.asks().id.to_string();
    let say = |n: u32| {
        let body = serde_json::json!({ "id": tests::live::message_id().to_string(), "text": "在吗" });
        let ask =
            mei.post(&format!("tickets/{id}/messages")).header("x-forwarded-for", &format!("10.0.0.{n}"));
        ask.header("x-real-ip", &format!("10.0.1.{n}")).json(&body).send().status
    };
    assert!((0..40).map(say).any(|status| status == 429));
}
