//! The life of a ticket, under a tenant that answers around the clock: first response within an hour, solved within a
//! day.

use jiff::SignedDuration;
use shared::contract::Severity::{General, Urgent};
use shared::refusal::Refusal;
use shared::ticket::{Author, Command, PendReason};
use tests::tenant::Tenant;
use tests::world::{Turned, World};

fn world() -> World {
    World::of(Tenant::plain(), "2026-11-20T09:00Z")
}

#[track_caller]
fn asked(world: &mut World) -> shared::ids::TicketId {
    let customer = world.customer("standard");
    let ticket = world.asks(&customer, General);
    assert_eq!(world.news(), ["terms of standard, number 1", "opened, general"]);
    ticket
}

#[test]
fn an_answer_at_the_due_instant_is_on_time() {
    let mut world = world();
    let ticket = asked(&mut world);
    world.until("2026-11-20T10:00:00.000Z");
    world.says(ticket, "chen", "已处理");
    assert_eq!(world.first_response(ticket), "met 0s early");
    assert!(world.news().iter().all(|line| !line.contains("breached first_response")));
}

#[test]
fn an_answer_one_millisecond_after_the_due_instant_is_late_and_finds_its_breach_in_the_log() {
    let mut world = world();
    let ticket = asked(&mut world);
    world.faults.alarms_lost = true;
    world.until("2026-11-20T10:00:00.001Z");
    world.says(ticket, "chen", "已处理");
    assert_eq!(world.first_response(ticket), "missed by 1ms");
    let events: Vec<String> = world.news().into_iter().filter(|line| !line.starts_with("rang")).collect();
    assert_eq!(events[3..], ["breached first_response at 2026-11-20T10:00Z", "chen said"]);
}

#[test]
fn a_breach_is_stamped_with_the_due_instant_and_told_once_after_it() {
    let mut world = world();
    let ticket = asked(&mut world);
    world.until("2026-11-20T10:00:00.000Z");
    assert_eq!(world.first_response(ticket), "due 2026-11-20T10:00Z");
    let warned = ["warned first_response 50 %", "warned first_response 75 %", "warned first_response 90 %"];
    assert_eq!(world.news(), [&warned[..], &["rang for first_response 90 %"]].concat());
    world.until("2026-11-20T10:00:00.001Z");
    let breach = ["breached first_response at 2026-11-20T10:00Z", "rang for breached first_response"];
    assert_eq!(world.news(), breach);
    assert_eq!(world.first_response(ticket), "late since 2026-11-20T10:00Z");
    world.until("2026-11-20T20:00Z");
    assert_eq!(world.news(), [""; 0]);
}

#[test]
fn warnings_come_at_50_75_and_90_per_cent_of_the_target() {
    let mut world = world();
    asked(&mut world);
    for (percent, before, at) in [(50, "29:59", "30:00"), (75, "44:59", "45:00"), (90, "53:59", "54:00")] {
        world.until(&format!("2026-11-20T09:{before}Z"));
        assert_eq!(world.news(), [""; 0]);
        world.until(&format!("2026-11-20T09:{at}Z"));
        assert_eq!(world.news()[0], format!("warned first_response {percent} %"));
    }
}

#[test]
fn an_alarm_that_rings_twice_tells_everything_once() {
    let mut once = world();
    let mut twice = world();
    twice.faults.alarms_twice = true;
    let told = [&mut once, &mut twice].map(|world| {
        asked(world);
        world.until("2026-11-22T09:00Z");
        world.news()
    });
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0].iter().filter(|line| line.starts_with("breached")).count(), 2);
}

#[test]
fn an_alarm_that_rings_early_tells_nothing_and_rings_again() {
    let mut world = world();
    let ticket = asked(&mut world);
    world.until("2026-11-20T09:29:59.999Z");
    world.tick(ticket);
    assert_eq!(world.news(), [""; 0]);
    world.until("2026-11-20T09:30Z");
    assert_eq!(world.news(), ["warned first_response 50 %"]);
}

#[test]
fn an_alarm_that_rings_ten_minutes_late_stamps_the_breach_with_the_due_instant() {
    let mut world = world();
    asked(&mut world);
    world.faults.alarms_late = SignedDuration::from_mins(10);
    world.until("2026-11-20T10:11Z");
    assert!(world.news().contains(&"breached first_response at 2026-11-20T10:00Z".into()));
}

#[test]
fn a_ticket_whose_alarms_are_lost_is_found_by_the_sweeper_within_two_minutes() {
    let mut world = world();
    asked(&mut world);
    world.faults.alarms_lost = true;
    world.until("2026-11-20T09:32Z");
    assert_eq!(world.news(), ["warned first_response 50 %"]);
}

#[test]
fn the_same_request_twice_is_one_ticket() {
    let mut world = world();
    let customer = world.customer("standard");
    let form = world.form(&customer, General);
    let first = world.sends(&customer, &form).unwrap();
    world.until("2026-11-20T09:05Z");
    let again = world.sends(&customer, &form).unwrap();
    assert_eq!((again.id, &again.receipt), (first.id, &first.receipt));
    assert_eq!(world.tickets(), 1);
    assert_eq!(world.news(), ["terms of standard, number 1", "opened, general"]);
}

#[test]
fn another_customers_id_is_answered_like_an_unknown_one() {
    let mut world = world();
    let (mei, other) = (world.customer("standard"), world.customer("standard"));
    let form = world.form(&mei, General);
    world.sends(&mei, &form).unwrap();
    assert_eq!(world.sends(&other, &form), Err(Turned::Away(Refusal::Unknown {})));
    assert_eq!(world.cards(&other).len(), 0);
    assert_eq!(world.tickets(), 1);
}

#[test]
fn a_command_for_a_ticket_that_nobody_opened_is_refused_and_changes_nothing() {
    let mut world = world();
    let unknown = shared::ids::TicketId::new(0, [7; 10]);
    let message = world.message();
    let words = Command::Say { message, author: Author::Customer {}, text: "你好".into() };
    assert_eq!(world.refused(unknown, words), Refusal::Unknown {});
    assert_eq!(world.tickets(), 0);
    assert_eq!(world.news(), [""; 0]);
}

#[test]
fn the_same_message_twice_stands_once_with_its_first_words() {
    let mut world = world();
    let ticket = asked(&mut world);
    let message = world.says(ticket, "customer", "附上截图");
    world.says_again(ticket, "customer", message, "别的话");
    assert_eq!(world.customer_reads(ticket), ["customer: 无法提交报销单", "customer: 附上截图"]);
    assert_eq!(world.news(), ["customer said"]);
}

#[test]
fn notes_and_warnings_never_reach_the_customer() {
    let mut world = world();
    let customer = world.customer("standard");
    let ticket = world.asks(&customer, General);
    world.until("2026-11-20T09:30Z");
    world.notes(ticket, "chen", "客户很着急");
    assert_eq!(world.customer_reads(ticket), ["customer: 无法提交报销单"]);
    assert_eq!(world.cards(&customer)[0].unread, 0);
    assert_eq!(world.first_response(ticket), "due 2026-11-20T10:00Z");
    assert_eq!(world.agents_read(ticket)[2], "chen to the team: 客户很着急");
}

#[test]
fn an_answer_is_unread_until_the_customer_sees_it() {
    let mut world = world();
    let customer = world.customer("standard");
    let ticket = world.asks(&customer, General);
    world.says(ticket, "chen", "已处理");
    assert_eq!(world.cards(&customer)[0].unread, 1);
    let last = world.cards(&customer)[0].seq;
    world.sees(ticket, last);
    world.sees(ticket, last);
    assert_eq!(world.cards(&customer)[0].unread, 0);
    assert_eq!(world.news()[2..], ["chen said".to_owned(), format!("seen up to {last}")]);
}

#[test]
fn the_resolution_clock_stands_still_while_the_customer_is_waited_for() {
    let mut world = world();
    let ticket = asked(&mut world);
    world.says(ticket, "chen", "请提供账号");
    world.pends(ticket, "chen", PendReason::Customer);
    assert_eq!(world.resolution(ticket), "paused after 0s");
    world.until("2026-11-23T09:00Z");
    assert_eq!(world.resolution(ticket), "paused after 0s");
    world.resumes(ticket, "chen");
    assert_eq!(world.resolution(ticket), "due 2026-11-24T09:00Z");
}

#[test]
fn a_customers_words_end_the_wait_for_her() {
    let mut world = world();
    let ticket = asked(&mut world);
    world.pends(ticket, "chen", PendReason::Customer);
    world.until("2026-11-20T09:20Z");
    world.says(ticket, "customer", "账号是 1024");
    assert_eq!(
        world.news(),
        [
            "chen waits for Customer",
            "resumed by customer",
            "promised a reply by 2026-11-20T10:00Z, a solution by 2026-11-21T09:20Z: resumed by customer",
            "customer said"
        ]
    );
    assert_eq!(world.resolution(ticket), "due 2026-11-21T09:20Z");
    assert_eq!(world.row(ticket).stage.as_str(), "open");
}

#[test]
fn a_solved_ticket_stays_solved_when_the_customer_says_thanks() {
    let mut world = world();
    let ticket = asked(&mut world);
    world.says(ticket, "chen", "已处理");
    world.solves(ticket, "chen");
    world.says(ticket, "customer", "谢谢");
    assert_eq!(world.row(ticket).stage.as_str(), "solved");
    assert_eq!(world.resolution(ticket), "met 24h early");
    world.until("2026-11-25T09:00Z");
    assert_eq!(world.news(), ["chen said", "solved by chen", "customer said"]);
}

#[test]
fn a_reopened_ticket_goes_on_where_its_clock_stopped() {
    let mut world = world();
    let ticket = asked(&mut world);
    world.says(ticket, "chen", "已处理");
    world.until("2026-11-20T11:00Z");
    world.solves(ticket, "chen");
    world.until("2026-11-21T15:00Z");
    world.reopens(ticket);
    assert_eq!(world.resolution(ticket), "due 2026-11-22T13:00Z");
}

#[test]
fn a_solved_ticket_cannot_wait_or_go_on() {
    let mut world = world();
    let ticket = asked(&mut world);
    world.solves(ticket, "chen");
    let (by, reason) = ("chen".parse().unwrap(), PendReason::ThirdParty);
    let refusal = world.refused(ticket, Command::Pend { by, reason, evidence: None });
    assert_eq!(refusal.to_string(), "the ticket is solved, so it cannot be set pending");
    world.refused(ticket, Command::Resume { by: "chen".parse().unwrap() });
}

#[test]
fn terms_are_extended_seven_days_before_they_end_and_only_once() {
    let mut world = World::of(Tenant::demo("hesi"), "2026-11-20 09:00 Asia/Shanghai");
    let ticket = asked(&mut world);
    world.pends(ticket, "chen", PendReason::ThirdParty);
    let ends = |world: &World| world.ticket(ticket).open().unwrap().terms.until();
    let first = ends(&world);
    world.until(&(first - SignedDuration::from_hours(7 * 24 + 1)).to_string());
    assert!(world.news().iter().all(|line| !line.contains("terms")));
    world.until(&(first - SignedDuration::from_hours(6 * 24)).to_string());
    assert_eq!(world.news(), ["asked for later terms", "terms of standard, number 1"]);
    assert!(ends(&world) > first);
}

#[test]
fn an_urgent_request_at_once_rings_nobody_while_a_team_is_awake() {
    let mut world = world();
    let customer = world.customer("standard");
    world.asks(&customer, Urgent);
    assert_eq!(world.news(), ["terms of standard, number 1", "opened, urgent"]);
}

#[test]
fn the_log_alone_makes_the_same_ticket_after_any_number_of_lines() {
    let mut world = world();
    let ticket = asked(&mut world);
    world.pends(ticket, "chen", PendReason::Customer);
    world.says(ticket, "customer", "账号是 1024");
    world.until("2026-11-22T09:00Z");
    let log = world.object(ticket).log();
    for cut in 0..=log.len() {
        let mut resumed = shared::ticket::Ticket::replay(ticket, &log[..cut]);
        let stored = serde_json::to_string(&resumed).unwrap();
        resumed = serde_json::from_str(&stored).unwrap();
        log[cut..].iter().for_each(|line| resumed.apply(line));
        assert_eq!(&resumed, world.ticket(ticket), "cut after {cut} lines");
    }
}
