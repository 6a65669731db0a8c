//! J1 and J2 by the demo tenant's own file, in the night of the tests: the product is started with its clock at
//! 2026-10-01T23:10+08:00.

use shared::sla::Reason;
use shared::time::MarkKind;
use tests::instant::utc;
use tests::live::{Receiver, Tenant, calm, now, within};

/// The demo tenant on the evening of National Day.
fn hesi(receiver: &Receiver) -> Tenant {
    let tenant = Tenant::demo("hesi", receiver);
    let evening = tests::instant::instant("2026-10-01 23:00 Asia/Shanghai").as_second();
    assert!(
        (evening..evening + 3_600).contains(&now(&tenant)),
        "start the product with --at 2026-10-01T23:10+08:00"
    );
    tenant
}

#[test]
fn j1_a_question_on_national_day_is_promised_for_the_morning_after_the_holiday_and_rings_nobody() {
    let _calm = calm();
    let receiver = Receiver::start(&[]);
    let tenant = hesi(&receiver);
    let receipt = tenant.signed("mei", Some("qingshan")).asks().receipt;
    let promised = receipt.first_response().expect("a promise");
    assert_eq!((utc(promised.at).as_str(), tests::tell::wall(promised.civil).as_str()), J1);
    let holiday = |reason: &Reason| {
        matches!(reason, Reason::Calendar { mark, .. }
            if matches!(&mark.kind, MarkKind::Holiday { name, .. } if name == "cn.national_day"))
    };
    assert!(receipt.reasons.iter().any(holiday));
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert_eq!(receiver.rings().len(), 0);
}

const J1: (&str, &str) = ("2026-10-08T02:00Z", "Thursday 10-08 10:00");

#[test]
fn j2_a_vip_in_the_same_minute_rings_within_seconds() {
    let _calm = calm();
    let receiver = Receiver::start(&[]);
    let tenant = hesi(&receiver);
    let accepted = tenant.signed("ada", Some("yunshan")).asks();
    let promised = accepted.receipt.first_response().expect("a promise").at;
    assert_eq!(promised.duration_since(accepted.receipt.asked_at), jiff::SignedDuration::from_mins(30));
    let ring = within(10, "the ring", || receiver.rings().first().cloned());
    assert!(ring.is_signed_with(&tenant.webhook_secret));
    let data = &ring.body()["data"];
    assert_eq!(
        (&data["on_call"][0]["name"], &data["account_manager"]["name"]),
        (&"王强".into(), &"陈静".into())
    );
    let row = tenant.agent("wang").row(&accepted.id.to_string());
    assert_eq!((row.deadline(), row.tier.as_str()), (Some(promised), "vip"));
}
