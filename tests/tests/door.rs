//! The intake door and what leaves through the outbox, while one thing or the other does not work: what was
//! acknowledged is one ticket, told once.

use jiff::SignedDuration;
use shared::contract::Severity::{General, Urgent};
use shared::door::Held;
use shared::sla::Cause;
use tests::instant::utc;
use tests::tenant::Tenant;
use tests::world::{Faults, Turned, World};

const OPENED: [&str; 2] = ["terms of standard, number 1", "opened, general"];

/// Friday morning, an hour after opening.
fn world(faults: Faults) -> World {
    let mut world = World::of(Tenant::demo("hesi"), "2026-11-20 10:00 Asia/Shanghai");
    world.faults = faults;
    world
}

fn minutes_pass(world: &mut World, minutes: i64) {
    world.until(&(world.now() + SignedDuration::from_mins(minutes)).to_string());
}

#[test]
fn a_request_that_neither_journal_nor_object_can_take_is_not_called_accepted() {
    let mut world = world(Faults { objects_down: true, journal_down: true, ..Faults::default() });
    let mei = world.customer("standard");
    let form = world.form(&mei, General);
    assert_eq!(world.sends(&mei, &form), Err(Turned::Back));
    world.faults = Faults::default();
    minutes_pass(&mut world, 5);
    assert_eq!((world.tickets(), world.news().len()), (0, 0));
}

#[test]
fn a_request_is_accepted_while_the_journal_cannot_be_written() {
    let mut world = world(Faults { journal_down: true, ..Faults::default() });
    let mei = world.customer("standard");
    let ticket = world.asks(&mei, General);
    assert_eq!(world.accepted(ticket).held, Held::Object);
    assert_eq!(world.news(), OPENED);
}

#[test]
fn a_slow_object_makes_the_journal_answer_and_still_one_ticket() {
    let mut world = world(Faults { objects_slow: true, ..Faults::default() });
    let mei = world.customer("standard");
    let ticket = world.asks(&mei, General);
    assert_eq!(world.accepted(ticket).held, Held::Journal);
    minutes_pass(&mut world, 5);
    assert_eq!((world.tickets(), world.news()), (1, OPENED.map(String::from).to_vec()));
}

#[test]
fn an_entry_that_the_journal_would_not_forget_becomes_no_second_ticket() {
    let mut world = world(Faults { journal_sticks: true, ..Faults::default() });
    let mei = world.customer("standard");
    world.asks(&mei, General);
    minutes_pass(&mut world, 5);
    assert_eq!((world.tickets(), world.news()), (1, OPENED.map(String::from).to_vec()));
}

#[test]
fn the_earliest_attempt_counts_and_its_promise_holds() {
    let mut world = world(Faults { objects_down: true, ..Faults::default() });
    let mei = world.customer("standard");
    let form = world.form(&mei, General);
    let first = world.sends(&mei, &form).unwrap();
    world.faults = Faults { journal_down: true, ..Faults::default() };
    world.until("2026-11-20 10:00:30 Asia/Shanghai");
    let second = world.sends(&mei, &form).unwrap();
    assert_eq!(utc(second.receipt.asked_at), "2026-11-20T02:00:30Z");
    world.until("2026-11-20 10:01 Asia/Shanghai");
    let now = world.receipt(first.id);
    assert_eq!((now.asked_at, &now.promises), (first.receipt.asked_at, &first.receipt.promises));
    assert_eq!((now.number, &now.cause), (2, &Cause::Antedated {}));
    assert_eq!(world.first_response(first.id), "due 2026-11-20T03:00Z");
    assert_eq!((world.tickets(), world.news()[2].as_str()), (1, "antedated to 2026-11-20T02:00Z"));
}

#[test]
fn a_request_that_waited_in_the_journal_past_its_target_is_told_as_late_once_with_its_highest_level() {
    let mut world = world(Faults { objects_down: true, ..Faults::default() });
    let mei = world.customer("standard");
    world.asks(&mei, General);
    world.until("2026-11-20 10:50:30 Asia/Shanghai");
    world.faults = Faults::default();
    world.until("2026-11-20 10:53:59 Asia/Shanghai");
    assert_eq!(world.news()[2..], ["warned first_response 75 %, late"]);
}

#[test]
fn an_object_that_dies_between_saving_and_sending_sends_when_its_alarm_rings() {
    let mut world = world(Faults { dies_after_saving: true, ..Faults::default() });
    let vip = world.customer("vip");
    world.until("2026-11-20 23:10 Asia/Shanghai");
    let ticket = world.asks(&vip, Urgent);
    assert_eq!((world.rows().len(), world.news().len()), (0, 2));
    world.until("2026-11-20 23:10:01 Asia/Shanghai");
    assert_eq!(world.news(), ["rang 王强, beside 陈静"]);
    assert!(world.object(ticket).outbox_is_empty());
    assert_eq!((world.rows().len(), world.cards(&vip).len()), (1, 1));
}

#[test]
fn a_webhook_that_cannot_be_reached_for_two_hours_rings_once_for_each_news_when_it_can() {
    let mut world = world(Faults { receiver_down: true, ..Faults::default() });
    world.until("2026-11-20 23:10 Asia/Shanghai");
    let vip = world.customer("vip");
    let ticket = world.asks(&vip, Urgent);
    world.says(ticket, "wang", "我在看");
    world.until("2026-11-21 01:10 Asia/Shanghai");
    world.faults = Faults::default();
    world.until("2026-11-21 12:00 Asia/Shanghai");
    let mut rings: Vec<String> = world.news().into_iter().filter(|line| line.starts_with("rang")).collect();
    rings.sort();
    // Two hours after her last news the next ones were due, and nobody wrote them.
    let due = ["rang for breached pausable_update", "rang for pausable_update 90 %"];
    assert_eq!(rings, [&due[..], &["rang 王强, beside 陈静"]].concat());
    assert!(world.object(ticket).outbox_is_empty());
}

#[test]
fn parcels_that_arrive_twice_change_nothing_the_second_time() {
    let mut world = world(Faults { parcels_twice: true, ..Faults::default() });
    world.until("2026-11-20 23:10 Asia/Shanghai");
    let vip = world.customer("vip");
    world.asks(&vip, Urgent);
    assert_eq!(world.news(), ["terms of vip, number 1", "opened, urgent", "rang 王强, beside 陈静"]);
    assert_eq!((world.rows().len(), world.cards(&vip).len()), (1, 1));
}

#[test]
fn a_desk_whose_index_was_out_of_reach_lists_the_ticket_with_its_first_line() {
    let mut world = world(Faults { index_down: true, ..Faults::default() });
    let mei = world.customer("standard");
    let ticket = world.asks(&mei, General);
    world.until("2026-11-20 10:00:00.500 Asia/Shanghai");
    world.faults = Faults::default();
    world.says(ticket, "li", "请稍等");
    minutes_pass(&mut world, 2);
    let row = world.row(ticket);
    let (subject, last) = (row.subject.as_deref(), row.last.as_deref());
    assert_eq!((subject, last, row.seq), (Some("无法提交报销单"), Some("请稍等"), 3));
}

#[test]
fn the_desk_lists_the_next_deadline_first() {
    let mut world = world(Faults::default());
    let (mei, vip) = (world.customer("standard"), world.customer("vip"));
    let (later, sooner) = (world.asks(&mei, General), world.asks(&vip, General));
    assert_eq!(world.rows().iter().map(|row| row.id).collect::<Vec<_>>(), [sooner, later]);
}
