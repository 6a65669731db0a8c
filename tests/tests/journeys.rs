//! The journeys: what a customer sees, what the desk sees, and the silence around both, at their exact instants.

use shared::contract::Severity::{General, Urgent};
use shared::door::Held;
use shared::ticket::PendReason;
use tests::phone::{Network, Phone};
use tests::tenant::Tenant;
use tests::world::World;

fn world(tenant: &str, start: &str) -> World {
    World::of(Tenant::demo(tenant), start)
}

fn told(utc: &str, wall: &str) -> (String, String) {
    (utc.into(), wall.into())
}

const OPENED: [&str; 2] = ["terms of standard, number 1", "opened, general"];

#[test]
fn j1_a_question_on_national_day_is_answered_in_the_first_hour_after_the_holiday() {
    let mut world = world("hesi", "2026-10-01 23:10 Asia/Shanghai");
    let mei = world.customer("standard");
    let ticket = world.asks(&mei, General);
    assert_eq!(world.promised(ticket), told("2026-10-08T02:00Z", "Thursday 10-08 10:00"));
    println!("{:#?}", world.reasons(ticket));
    assert_eq!(world.news(), OPENED);
    world.until("2026-10-08 09:00 Asia/Shanghai");
    assert_eq!((world.first_response(ticket).as_str(), world.news().len()), ("due 2026-10-08T02:00Z", 0));
}
