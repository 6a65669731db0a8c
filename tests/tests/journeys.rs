//! The journeys: what a customer sees, what the desk sees, and the silence around both, at their exact instants.

use jiff::SignedDuration;
use shared::contract::Severity::{General, Urgent};
use shared::door::Held;
use shared::ticket::PendReason;
use tests::instant::utc;
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
    assert_eq!(world.reasons(ticket), J1_REASONS);
    assert_eq!(world.news(), OPENED);
    assert_eq!(world.row(ticket).deadline().map(utc), Some("2026-10-08T02:00Z".into()));
    world.until("2026-10-08 09:00 Asia/Shanghai");
    assert_eq!((world.first_response(ticket).as_str(), world.news().len()), ("due 2026-10-08T02:00Z", 0));
}

const J1_REASONS: [&str; 8] = [
    "asked 2026-10-01T15:10Z",
    "standard, by her company",
    "chat closed, opens 2026-10-08T01:00Z",
    "客服一组 answers from 2026-10-08T01:00Z",
    "workdays: cn.national_day 10-01 to 10-07",
    "workdays counts from 2026-10-08T01:00Z",
    "first_response within 1h",
    "first_response by 2026-10-08T02:00Z",
];

#[test]
fn j2_a_vip_in_the_same_minute_rings_the_person_on_call_beside_her_account_manager() {
    let mut world = world("hesi", "2026-10-01 23:10 Asia/Shanghai");
    let vip = world.customer("vip");
    let ticket = world.asks(&vip, Urgent);
    assert_eq!(world.promised(ticket), told("2026-10-01T15:40Z", "Thursday 10-01 23:40"));
    let people = ["called: 王强", "account manager: 陈静", "always always counts"];
    assert_eq!(world.reasons(ticket)[3..6], people);
    assert_eq!(world.news(), ["terms of vip, number 1", "opened, urgent", "rang 王强, beside 陈静"]);
    world.until("2026-10-01 23:20 Asia/Shanghai");
    assert_eq!(world.spent(ticket), "10m");
}

#[test]
fn j3_a_friday_evening_before_a_make_up_saturday_is_answered_on_saturday() {
    let mut world = world("hesi", "2026-02-13 17:30 Asia/Shanghai");
    let mei = world.customer("standard");
    let ticket = world.asks(&mei, General);
    assert_eq!(world.promised(ticket), told("2026-02-14T01:30Z", "Saturday 02-14 09:30"));
    assert_eq!(
        world.reasons(ticket)[2..5],
        ["chat open until 2026-02-13T10:00Z", "客服一组 answers", "workdays: make-up day 02-14",]
    );
    assert_eq!(world.news(), OPENED);
}

#[test]
fn j4_a_make_up_saturday_evening_is_answered_after_the_spring_festival() {
    let mut world = world("hesi", "2026-02-14 17:30 Asia/Shanghai");
    let mei = world.customer("standard");
    let ticket = world.asks(&mei, General);
    assert_eq!(world.promised(ticket), told("2026-02-24T01:30Z", "Tuesday 02-24 09:30"));
    assert_eq!(world.deadline_in(ticket, "Europe/Berlin"), "Tuesday 02-24 02:30");
    assert!(world.reasons(ticket).contains(&"workdays: cn.spring_festival 02-15 to 02-23".into()));
    world.until("2026-02-24 09:29 Asia/Shanghai");
    assert_eq!(world.first_response(ticket), "due 2026-02-24T01:30Z");
}

#[test]
fn j5_an_hour_that_ends_exactly_at_closing_is_due_at_closing_and_its_breach_is_stamped_there() {
    let mut world = world("hesi", "2026-11-20 17:00 Asia/Shanghai");
    let mei = world.customer("standard");
    let ticket = world.asks(&mei, General);
    assert_eq!(world.promised(ticket), told("2026-11-20T10:00Z", "Friday 11-20 18:00"));
    world.until("2026-11-20 18:00:00.000 Asia/Shanghai");
    assert_eq!(world.news()[2..].join(", "), WARNED);
    world.until("2026-11-20 18:00:00.001 Asia/Shanghai");
    assert_eq!(world.news()[0], "breached first_response at 2026-11-20T10:00Z");
    world.until("2026-11-23 09:00 Asia/Shanghai");
    assert_eq!(world.first_response(ticket), "late since 2026-11-20T10:00Z");
}

const WARNED: &str = "warned first_response 50 %, warned first_response 75 %, warned first_response 90 %, \
                      rang for first_response 90 %";

#[test]
fn j5_a_reply_at_the_closing_instant_is_on_time_and_one_on_monday_morning_is_not() {
    for (reply, verdict) in [("2026-11-20 18:00", "met 0s early"), ("2026-11-23 09:00", "missed by 63h")] {
        let mut world = world("hesi", "2026-11-20 17:00 Asia/Shanghai");
        let mei = world.customer("standard");
        let ticket = world.asks(&mei, General);
        world.until(&format!("{reply} Asia/Shanghai"));
        world.says(ticket, "li", "已处理");
        assert_eq!(world.first_response(ticket), verdict);
    }
}

#[test]
fn j6_a_make_up_sunday_is_a_working_day() {
    let mut world = world("hesi", "2026-09-20 10:00 Asia/Shanghai");
    let mei = world.customer("standard");
    let ticket = world.asks(&mei, General);
    assert_eq!(world.promised(ticket), told("2026-09-20T03:00Z", "Sunday 09-20 11:00"));
    assert_eq!(
        world.reasons(ticket)[2..5],
        ["chat open until 2026-09-20T10:00Z", "客服一组 answers", "workdays: make-up day 09-20",]
    );
    assert_eq!(world.news(), OPENED);
}

#[test]
fn j7_a_promise_into_a_year_without_a_notice_is_provisional() {
    let mut world = world("hesi", "2026-12-31 17:30 Asia/Shanghai");
    let mei = world.customer("standard");
    let ticket = world.asks(&mei, General);
    assert_eq!(world.promised(ticket), told("2027-01-04T01:30Z", "Monday 01-04 09:30"));
    assert!(world.receipt(ticket).first_response().is_some_and(|promised| promised.provisional));
    assert!(world.reasons(ticket).contains(&"provisional from 2026-12-31T16:00Z".into()));
}

#[test]
fn j8_a_sunday_night_in_europe_opens_with_singapore() {
    let mut world = world("global", "2026-11-22T23:30Z");
    let ann = world.anonymous("Australia/Sydney", "en");
    let ticket = world.asks(&ann, General);
    assert_eq!(world.promised(ticket), told("2026-11-23T02:00Z", "Monday 11-23 13:00"));
    assert_eq!(
        world.reasons(ticket)[2..5],
        [
            "chat closed, opens 2026-11-23T01:00Z",
            "Singapore answers from 2026-11-23T01:00Z",
            "sun counts from 2026-11-23T01:00Z",
        ]
    );
    assert_eq!(world.news(), OPENED);
}

#[test]
fn j9_a_friday_quarter_hour_in_new_york_goes_on_in_singapore_on_monday() {
    let mut world = world("global", "2026-11-20T21:45Z");
    let bob = world.anonymous("America/New_York", "en");
    let ticket = world.asks(&bob, General);
    assert_eq!(world.promised(ticket), told("2026-11-23T01:45Z", "Sunday 11-22 20:45"));
    let steps = world.reasons(ticket);
    assert_eq!(steps[2..4], ["chat open until 2026-11-20T22:00Z", "New York answers"]);
    let sum = ["counted 15m from 2026-11-20T21:45Z", "counted 45m from 2026-11-23T01:00Z"];
    assert_eq!(steps[4..6], sum);
    world.until("2026-11-23T01:30Z");
    assert_eq!(world.spent(ticket), "45m");
}

#[test]
fn j10_a_friday_before_the_clocks_change_is_answered_on_monday_by_the_new_time() {
    let mut world = world("newyork", "2026-03-06 16:30 America/New_York");
    let bob = world.anonymous("America/New_York", "en");
    let ticket = world.asks(&bob, General);
    assert_eq!(world.promised(ticket), told("2026-03-09T13:30Z", "Monday 03-09 09:30"));
    assert!(world.reasons(ticket).contains(&"newyork: clocks change by 60 min".into()));
    assert_eq!(world.news(), OPENED);
}

#[test]
fn j13_a_request_whose_answer_is_lost_on_a_train_stays_one_ticket_through_two_reloads() {
    let mut world = world("hesi", "2026-11-20 10:00 Asia/Shanghai");
    let mei = world.customer("standard");
    let mut phone = Phone::of(&mei);
    let ticket = phone.asks(&mut world, General);
    for network in [Network::LosesTheRequest, Network::LosesTheAnswer, Network::Works] {
        assert!(phone.is_sending());
        phone.tries(&mut world, network);
        phone.reloads();
        world.until(&(world.now() + SignedDuration::from_mins(5)).to_string());
    }
    assert!(!phone.is_sending());
    assert_eq!((world.tickets(), world.cards(&mei).len()), (1, 1));
    assert_eq!(world.promised(ticket), told("2026-11-20T03:05Z", "Friday 11-20 11:05"));
    assert_eq!(world.news(), OPENED);
}

#[test]
fn j14_a_request_whose_object_cannot_be_reached_is_accepted_at_once_and_listed_within_a_minute() {
    let mut world = world("hesi", "2026-11-20 10:00 Asia/Shanghai");
    let mei = world.customer("standard");
    world.faults.objects_down = true;
    let ticket = world.asks(&mei, General);
    assert_eq!(world.accepted(ticket).held, Held::Journal);
    assert_eq!(world.promised(ticket), told("2026-11-20T03:00Z", "Friday 11-20 11:00"));
    assert_eq!((world.tickets(), world.news().len()), (0, 0));
    world.faults.objects_down = false;
    world.until("2026-11-20 10:01 Asia/Shanghai");
    assert_eq!(utc(world.row(ticket).asked_at), "2026-11-20T02:00Z");
    assert_eq!((world.tickets(), world.news()), (1, OPENED.map(String::from).to_vec()));
}

#[test]
fn j15_the_resolution_clock_does_not_count_the_night_in_which_the_customer_was_waited_for() {
    let mut world = world("hesi", "2026-11-19 16:00 Asia/Shanghai");
    let mei = world.customer("standard");
    let ticket = world.asks(&mei, General);
    world.until("2026-11-19 16:20 Asia/Shanghai");
    world.says(ticket, "li", "请提供账号");
    world.pends(ticket, "li", PendReason::Customer);
    world.until("2026-11-20 10:20 Asia/Shanghai");
    assert_eq!(
        (world.first_response(ticket), world.resolution(ticket)),
        ("met 40m early".into(), "paused after 20m".into())
    );
    world.says(ticket, "customer", "账号是 1024");
    assert_eq!(world.resolution(ticket), "due 2026-11-24T08:00Z");
    assert_eq!(
        world.news()[2..],
        [
            "li said",
            "li waits for Customer",
            "resumed by customer",
            "promised a solution by 2026-11-24T08:00Z: resumed by customer",
            "customer said"
        ]
    );
}

#[test]
fn j16_a_standard_request_that_becomes_vip_while_its_clock_runs_is_promised_an_earlier_answer() {
    let mut world = world("hesi", "2026-11-20 17:30 Asia/Shanghai");
    let mei = world.customer("standard");
    let ticket = world.asks(&mei, General);
    assert_eq!(world.first_response(ticket), "due 2026-11-23T01:30Z");
    world.until("2026-11-20 17:40 Asia/Shanghai");
    world.becomes(ticket, "vip");
    // Ten of thirty minutes are used up: the time from before the change stays used.
    assert_eq!(world.first_response(ticket), "due 2026-11-20T10:00Z");
    assert_eq!(
        world.receipt(ticket).first_response().map(|promised| utc(promised.at)),
        Some("2026-11-20T10:00Z".into())
    );
    let news = world.news();
    assert_eq!(news[2..], J16_NEWS);
    assert_eq!(world.customer_reads(ticket)[1..], ["promised anew: standard became vip"]);
}

const J16_NEWS: [&str; 2] = [
    "terms of vip, number 1",
    "promised a reply by 2026-11-20T10:00Z, a solution by 2026-11-21T09:30Z: standard became vip",
];
