//! How much is too much, by the default limits.

use std::thread;

use serde_json::json;
use tests::live::{Answer, Customer, Limits, Socket, Tenant, calm, message_id, within};

/// Eight programs of one customer write until they have said a hundred things: more than two minutes' worth.
fn floods(
    mei: &Customer,
    ticket: &str,
    headers: impl Fn(u32) -> [(&'static str, String); 2] + Sync,
) -> Vec<Answer> {
    let write = &|number: u32| {
        let body = json!({ "id": message_id().to_string(), "text": "在吗" });
        let ask = mei.post(&format!("tickets/{ticket}/messages")).json(&body);
        headers(number).iter().fold(ask, |ask, (name, value)| ask.header(name, value)).send()
    };
    thread::scope(|scope| {
        let programs: Vec<_> = (0..8_u32)
            .map(|program| {
                scope.spawn(move || (0..13_u32).map(|n| write(program * 13 + n)).collect::<Vec<_>>())
            })
            .collect();
        programs.into_iter().flat_map(|program| program.join().expect("answers")).collect()
    })
}

#[test]
fn a_customer_who_writes_too_often_is_told_when_to_try_again() {
    let _calm = calm();
    let tenant = Tenant::publish("30m", Limits::Default, None);
    let (mei, other) = (tenant.anonymous(), tenant.anonymous());
    let id = mei.asks().id.to_string();
    let answers = floods(&mei, &id, |n| [("x-one", n.to_string()), ("x-other", n.to_string())]);
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
    let forged = |n: u32| [("x-forwarded-for", format!("10.0.0.{n}")), ("x-real-ip", format!("10.0.1.{n}"))];
    assert!(floods(&mei, &id, forged).iter().any(|answer| answer.status == 429));
}

#[test]
fn a_ticket_has_room_for_thirty_two_sockets_and_again_when_one_is_closed() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let mei = tenant.anonymous();
    let path = tenant.path(&format!("tickets/{}/socket", mei.asks().id));
    let protocol = format!("nightbell, {}", mei.credential.bearer);
    let headers = [("origin", tenant.edge.origin.as_str()), ("sec-websocket-protocol", protocol.as_str())];
    let open = || Socket::open(&tenant.edge, &path, &headers);
    let mut sockets: Vec<Socket> = (0..32).map(|_| open().expect("room")).collect();
    assert_eq!(open().err(), Some(429));
    drop(sockets.pop());
    within(10, "room for another one", || open().ok());
}
