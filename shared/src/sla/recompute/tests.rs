use alloc::string::ToString;
use alloc::vec;

use jiff::SignedDuration;

use super::*;
use crate::contract::{Complexity, Severity};
use crate::sla::{Cause, Promised, Route};
use crate::time::{Local, Windows, Zone};

fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(hour * 3600).unwrap()
}

fn windows(pairs: &[(i64, i64)]) -> Windows {
    pairs.iter().map(|&(from, to)| Window::new(at(from), at(to)).unwrap()).collect()
}

/// Asked at 16:00 on a day that closes at 17:00; two hours of open time; so due at 10:00 on the next.
fn receipt() -> Receipt {
    let local = Local::new(Zone::new("Asia/Shanghai").unwrap(), 28_800, vec![]).unwrap();
    let line = Promise {
        metric: Metric::FirstResponse,
        started: at(16),
        within: SignedDuration::from_hours(2),
        calendar: "workdays".parse().unwrap(),
        counted: Windows::EMPTY,
        since: at(16),
        pauses: Windows::EMPTY,
        due: at(34),
        promised: Promised { at: at(34), civil: local.civil(at(34)), provisional: false },
        kept_from: None,
    };
    let calendar = CalendarUsed {
        id: "workdays".parse().unwrap(),
        version: 1,
        provisional_from: None,
        windows: windows(&[(9, 17), (33, 41)]),
    };
    Receipt {
        tenant: "hesi".parse().unwrap(),
        company: None,
        ticket: "01926b4c-7a00-7000-8000-000000000000".parse().unwrap(),
        number: 1,
        asked_at: at(16),
        issued_at: at(16),
        cause: Cause::Asked {},
        local,
        tier: "standard".parse().unwrap(),
        severity: Severity::General,
        complexity: Complexity::Ordinary,
        channel: "chat".parse().unwrap(),
        policy: 1,
        tzdb: "2026e".into(),
        holidays: "2026-11".into(),
        route: Route::Ticket { team: None, opens: None },
        promises: vec![line],
        calendars: vec![calendar],
        reasons: vec![],
    }
}

#[track_caller]
fn found(change: impl FnOnce(&mut Receipt)) -> alloc::string::String {
    let mut receipt = receipt();
    change(&mut receipt);
    receipt.recompute().unwrap_err().to_string()
}

fn line(receipt: &mut Receipt) -> &mut Promise {
    receipt.promises.first_mut().unwrap()
}

#[test]
fn a_receipt_whose_sum_is_right_is_right() {
    assert_eq!(receipt().recompute(), Ok(()));
}

#[test]
fn a_pause_moves_the_sum_and_has_to_be_in_it() {
    let paused = |receipt: &mut Receipt| line(receipt).pauses = windows(&[(33, 34)]);
    let expected = "first_response is due at 1970-01-02T11:00:00Z by its windows, found 1970-01-02T10:00:00Z";
    assert_eq!(found(paused), expected);
}

#[test]
fn another_target_start_or_window_is_found() {
    assert!(found(|receipt| line(receipt).within = SignedDuration::from_hours(1)).contains("by its windows"));
    let started = |receipt: &mut Receipt| {
        line(receipt).started = at(15);
        line(receipt).since = at(15);
    };
    assert!(found(started).contains("by its windows"));
    let shorter =
        |receipt: &mut Receipt| receipt.calendars.first_mut().unwrap().windows = windows(&[(9, 17)]);
    assert_eq!(
        found(shorter),
        "first_response is due at 1970-01-02T10:00:00Z in the receipt, but its windows end before"
    );
}

#[test]
fn time_that_counted_under_earlier_terms_needs_an_earlier_receipt_and_lies_before_the_change() {
    let changed = |number: u32, counted: (i64, i64)| {
        let mut receipt = receipt();
        receipt.number = number;
        let line = line(&mut receipt);
        (line.started, line.since, line.counted) = (at(14), at(16), windows(&[counted]));
        line.within = SignedDuration::from_hours(3);
        receipt.recompute()
    };
    let counted = Err(Discrepancy::Counted { metric: Metric::FirstResponse, since: at(16) });
    assert_eq!(changed(2, (14, 15)), Ok(()));
    assert_eq!(changed(1, (14, 15)), counted);
    assert_eq!(changed(2, (13, 14)), counted);
    assert_eq!(changed(2, (16, 17)), counted);
}

#[test]
fn a_promise_later_than_its_sum_is_found_and_an_earlier_one_needs_an_earlier_receipt() {
    let promised = |hour| move |receipt: &mut Receipt| line(receipt).promised.at = at(hour);
    assert!(
        found(promised(35)).starts_with("first_response is promised for 1970-01-02T10:00:00Z by its sum")
    );
    assert!(found(promised(17)).starts_with("first_response is promised for"));
    let kept = |number, of: u32, hour: i64| {
        let mut receipt = receipt();
        receipt.number = of;
        line(&mut receipt).kept_from = Some(number);
        let civil = receipt.local.civil(at(hour));
        line(&mut receipt).promised = Promised { at: at(hour), civil, provisional: true };
        receipt.recompute()
    };
    assert_eq!(kept(1, 2, 17), Ok(()));
    let metric = Metric::FirstResponse;
    assert_eq!(kept(2, 2, 17), Err(Discrepancy::Kept { metric, number: 2 }));
    assert_eq!(kept(1, 2, 34), Err(Discrepancy::Kept { metric, number: 1 }));
}

#[test]
fn another_wall_clock_or_another_word_on_holidays_is_found() {
    assert_eq!(
        found(|receipt| line(receipt).promised.civil.hour = 19),
        "first_response is promised for 1970-01-02 18:00 by the zone, found 1970-01-02 19:00"
    );
    let provisional = "first_response says wrongly whether holidays may still change it";
    assert_eq!(found(|receipt| line(receipt).promised.provisional = true), provisional);
    let early =
        |receipt: &mut Receipt| receipt.calendars.first_mut().unwrap().provisional_from = Some(at(34));
    assert_eq!(found(early), provisional);
}

#[test]
fn a_metric_twice_or_a_calendar_that_is_missing_is_found() {
    let twice = |receipt: &mut Receipt| {
        let line = line(receipt).clone();
        receipt.promises.push(line);
    };
    assert_eq!(found(twice), "first_response is promised twice");
    let missing = "first_response counts on the calendar \"workdays\", which is not in the receipt";
    assert_eq!(found(|receipt| receipt.calendars.clear()), missing);
}

#[test]
fn a_change_replaces_a_promise_both_ways_and_a_republished_calendar_never_moves_it_later() {
    let (mut earlier, mut later) = (receipt(), receipt());
    earlier.number = 1;
    later.number = 2;
    let later_line = line(&mut later);
    later_line.within = SignedDuration::from_hours(3);
    later_line.due = at(35);
    later_line.promised.at = at(35);
    later_line.promised.civil.hour = 19;
    assert_eq!(later.recompute(), Ok(()));
    let kept = later.clone().keeping(&earlier);
    assert_eq!((kept.first_response(), kept.recompute()), (earlier.first_response(), Ok(())));
    assert_eq!(kept.keeps(&[&earlier].into_iter()), Ok(()));
    let nobody = Err(Discrepancy::Kept { metric: Metric::FirstResponse, number: 1 });
    assert_eq!(kept.keeps(&[&later].into_iter()), nobody);
    assert_eq!(later.keeps(&core::iter::empty()), Ok(()));
    assert_eq!(earlier.clone().keeping(&later), earlier);
}
