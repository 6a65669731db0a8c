//! Alarms: what comes true is told once, at its instant, whether or not anybody looks.

use tests::live::{Limits, Receiver, Tenant, calm, within};

const TOLD: [&str; 4] =
    ["warned first_response 50 %", "warned first_response 75 %", "warned first_response 90 %", "breached"];

#[test]
fn warnings_and_the_breach_of_a_ticket_that_nobody_touches_are_told_once_each() {
    let _calm = calm();
    let receiver = Receiver::start(&[]);
    let tenant = Tenant::publish("4s", Limits::Raised, Some(&receiver));
    let accepted = tenant.signed("ada", Some("bell")).asks();
    let (id, li) = (accepted.id.to_string(), tenant.agent("li"));
    let due = accepted.receipt.first_response().expect("a promise").at;
    let rings = within(15, "the breach's ring", || Some(receiver.rings()).filter(|rings| rings.len() == 3));
    let kinds: Vec<String> =
        rings.iter().map(|ring| ring.body()["type"].as_str().unwrap().to_owned()).collect();
    assert_eq!(kinds, ["ticket.on_call", "clock.warned", "clock.breached"]);
    tenant.edge.sweep();
    std::thread::sleep(std::time::Duration::from_secs(2));
    let lines = li.reads(&id);
    assert_eq!(lines.len(), 5, "{lines:?}");
    assert!(lines[1..].iter().zip(TOLD).all(|(line, told)| line.starts_with(told)), "{lines:?}");
    assert_eq!(lines[4], format!("breached first_response at {}", tests::instant::utc(due)));
    let entries = li.ticket(&id).entries;
    assert!(entries.last().is_some_and(|breach| breach.at > due), "a breach is told after its instant");
    assert_eq!(receiver.rings().len(), 3);
}

#[test]
fn an_answer_in_time_ends_the_warnings() {
    let _calm = calm();
    let tenant = Tenant::publish("8s", Limits::Raised, None);
    let (mei, li) = (tenant.anonymous(), tenant.agent("li"));
    let id = mei.asks().id.to_string();
    let answered = li.replies(&id, "已处理").entries;
    assert_eq!(answered.last().map(tests::tell::entry), Some("li: 已处理".into()));
    std::thread::sleep(std::time::Duration::from_secs(9));
    assert_eq!(li.ticket(&id).entries, answered);
}
