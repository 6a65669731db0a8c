//! The demo tenants' calendars and targets give the instants of the journeys J1 to J10.

use alloc::borrow::ToOwned;
use alloc::vec::Vec;

use jiff::Timestamp;

use super::sample::{GLOBAL, HESI, NEWYORK, demo};
use crate::contract::{Case, Complexity, Metric, Severity};
use crate::ids::ChannelId;
use crate::time::calendar::Zones;
use crate::time::{MarkKind, Windows};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn case(severity: Severity, channel: &ChannelId) -> Case<'_> {
    Case { severity, complexity: Complexity::Ordinary, channel }
}

/// First reply by when, by the terms that a ticket would hold, and whether that is provisional.
fn first_reply(tenant: &str, tier: &str, severity: Severity, asked: &str) -> (Timestamp, bool) {
    let terms = demo(tenant).terms(1, &tier.parse().unwrap(), at(asked)).unwrap();
    let target = terms.target(Metric::FirstResponse, case(severity, &"chat".parse().unwrap())).unwrap();
    let calendar = terms.calendar(&target.calendar).unwrap();
    let due = calendar.hours().after(at(asked), target.within).unwrap();
    (due, calendar.provisional_from.is_some_and(|from| from <= due))
}

#[track_caller]
fn replies(tenant: &str, tier: &str, severity: Severity, asked: &str, due: &str) {
    assert_eq!(first_reply(tenant, tier, severity, asked), (at(due), false));
}

#[test]
fn j1_on_national_day_the_standard_clock_waits_for_the_eighth_of_october() {
    replies(HESI, "standard", Severity::General, "2026-10-01T23:10:00+08:00", "2026-10-08T10:00:00+08:00");
}

#[test]
fn j2_for_a_vip_the_night_counts() {
    replies(HESI, "vip", Severity::Urgent, "2026-10-01T23:10:00+08:00", "2026-10-01T23:40:00+08:00");
}

#[test]
fn j3_a_make_up_saturday_is_a_workday() {
    replies(HESI, "standard", Severity::General, "2026-02-13T17:30:00+08:00", "2026-02-14T09:30:00+08:00");
}

#[test]
fn j4_spring_festival_is_waited_out() {
    replies(HESI, "standard", Severity::General, "2026-02-14T17:30:00+08:00", "2026-02-24T09:30:00+08:00");
}

#[test]
fn j5_an_hour_before_closing_is_due_at_closing_and_not_on_monday() {
    replies(HESI, "standard", Severity::General, "2026-11-20T17:00:00+08:00", "2026-11-20T18:00:00+08:00");
}

#[test]
fn j6_a_make_up_sunday_is_open() {
    replies(HESI, "standard", Severity::General, "2026-09-20T10:00:00+08:00", "2026-09-20T11:00:00+08:00");
}

#[test]
fn j7_a_promise_into_a_year_without_its_notice_is_provisional() {
    let promised = first_reply(HESI, "standard", Severity::General, "2026-12-31T17:30:00+08:00");
    assert_eq!(promised, (at("2027-01-04T09:30:00+08:00"), true));
}

#[test]
fn j8_after_sunday_singapore_opens_first() {
    replies(GLOBAL, "standard", Severity::General, "2026-11-22T23:30:00Z", "2026-11-23T02:00:00Z");
}

#[test]
fn j9_new_york_gives_a_quarter_of_an_hour_on_friday_and_singapore_the_rest() {
    replies(GLOBAL, "standard", Severity::General, "2026-11-20T21:45:00Z", "2026-11-23T01:45:00Z");
}

#[test]
fn j10_summer_time_begins_and_nine_o_clock_is_an_hour_earlier_in_utc() {
    replies(NEWYORK, "standard", Severity::General, "2026-03-06T16:30:00-05:00", "2026-03-09T13:30:00Z");
}

/// Which causes the terms name between asking and the promise.
fn causes(tenant: &str, calendar: &str, from: &str, to: &str) -> Vec<MarkKind> {
    let policy = demo(tenant);
    let calendar = &policy.calendar(&calendar.parse().unwrap()).unwrap().calendar;
    calendar.marks(at(from), at(to)).into_iter().map(|mark| mark.kind).collect()
}

#[test]
fn the_causes_of_a_late_promise_are_named() {
    let day = |text: &str| text.parse().unwrap();
    let national_day = MarkKind::Holiday {
        name: "cn.national_day".into(),
        first: day("2026-10-01"),
        last: day("2026-10-07"),
    };
    assert_eq!(causes(HESI, "workdays", "2026-10-01T23:10:00+08:00", "2026-10-08T02:00:00Z"), [national_day]);
    let make_up = MarkKind::MakeUpDay { day: day("2026-02-14") };
    assert_eq!(causes(HESI, "workdays", "2026-02-13T17:30:00+08:00", "2026-02-14T01:30:00Z"), [make_up]);
    let spring = MarkKind::ClockChange { minutes: 60 };
    assert_eq!(causes(NEWYORK, "newyork", "2026-03-06T21:30:00Z", "2026-03-09T13:30:00Z"), [spring]);
    assert_eq!(causes(HESI, "always", "2026-10-01T00:00:00Z", "2026-10-08T00:00:00Z"), []);
}

#[test]
fn a_clock_on_its_feet_all_night_is_one_window_without_end() {
    let terms = demo(HESI).terms(7, &"vip".parse().unwrap(), at("2026-10-01T15:10:00Z")).unwrap();
    assert_eq!((terms.policy, terms.tzdb.as_str()), (7, Zones::version()));
    assert_eq!(terms.calendars.len(), 1);
    let endless: Vec<_> = terms.calendars[0].windows.iter().map(|window| window.never_ends()).collect();
    assert_eq!(endless, [true]);
    assert_eq!(terms.until(), crate::time::FOREVER);
}

#[test]
fn terms_reach_thirty_days_past_the_latest_due_and_stay_small() {
    let asked = at("2026-10-01T15:10:00Z");
    let terms = demo(HESI).terms(1, &"standard".parse().unwrap(), asked).unwrap();
    let workdays = terms.calendar(&"workdays".parse().unwrap()).unwrap();
    let chat = "chat".parse().unwrap();
    let longest = Case { complexity: Complexity::Complex, ..case(Severity::General, &chat) };
    let resolution = terms.target(Metric::Resolution, longest).unwrap();
    let due = workdays.hours().after(asked, resolution.within).unwrap();
    assert_eq!(workdays.until, due + jiff::SignedDuration::from_hours(30 * 24));
    let bytes = postcard::to_allocvec(&terms).unwrap().len();
    assert!(bytes < 2048, "{bytes} bytes");
}

#[test]
fn a_channel_is_open_for_a_tier_by_its_own_hours_else_by_everybodys() {
    let policy = demo(HESI);
    let (from, to) = (at("2026-10-01T15:10:00Z"), at("2026-10-02T15:10:00Z"));
    let open = |tier: &str| -> Vec<_> {
        let channels = policy.channels_for(&tier.parse().unwrap(), from, to);
        let open = channels.into_iter().filter(|(_, windows)| *windows != Windows::EMPTY);
        open.map(|(channel, _)| channel.id.as_str().to_owned()).collect()
    };
    assert_eq!(open("standard"), ["articles"]);
    assert_eq!(open("vip"), ["articles", "account_manager"]);
}

#[test]
fn a_company_changes_its_tier_at_the_instant_of_its_go_live() {
    let policy = demo(HESI);
    let tier = |now| policy.tier_of(Some(&"xinghe".parse().unwrap()), at(now)).unwrap().as_str();
    assert_eq!(tier("2027-03-31T23:59:59.999+08:00"), "implementation");
    assert_eq!(tier("2027-04-01T00:00:00+08:00"), "standard");
    assert_eq!(policy.tier_of(None, at("2026-01-01T00:00:00Z")), Some(&policy.default_tier));
    assert_eq!(policy.tier_of(Some(&"nobody".parse().unwrap()), at("2026-01-01T00:00:00Z")), None);
}
