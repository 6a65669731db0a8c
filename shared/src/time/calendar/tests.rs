use alloc::string::{String, ToString};
use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::time::holidays::Country;
use crate::time::{Day, MarkKind};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The same hours from Monday to Sunday.
fn daily(hours: &[(&str, &str)]) -> Rules {
    let hours: Vec<Interval> = hours.iter().map(|(from, to)| Interval::parse(from, to).unwrap()).collect();
    Rules { week: core::array::from_fn(|_| hours.clone()), ..Rules::default() }
}

fn version(zone: &str, rules: Rules) -> Version {
    Version::new(&Zones::bundled(), &Zone::new(zone).unwrap(), rules).unwrap()
}

fn calendar(zone: &str, rules: Rules) -> Calendar {
    version(zone, rules).into()
}

/// The windows between two instants, as `from..to`.
fn windows(calendar: &Calendar, from: &str, to: &str) -> Vec<String> {
    let windows = calendar.resolve(at(from), at(to));
    windows.iter().map(|window| alloc::format!("{}..{}", window.from(), window.to())).collect()
}

#[test]
fn the_hour_that_spring_leaves_out_holds_no_instant() {
    let night = calendar("America/New_York", daily(&[("02:30", "05:00")]));
    let day = windows(&night, "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z");
    assert_eq!(day, ["2026-03-08T07:00:00Z..2026-03-08T09:00:00Z"]);
}

#[test]
fn the_hour_that_autumn_repeats_counts_twice() {
    let night = calendar("America/New_York", daily(&[("01:30", "05:00")]));
    let day = windows(&night, "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z");
    assert_eq!(
        day,
        ["2026-11-01T05:30:00Z..2026-11-01T06:00:00Z", "2026-11-01T06:30:00Z..2026-11-01T10:00:00Z"]
    );
}

#[test]
fn a_holiday_closes_the_morning_of_the_shift_before_it_or_the_shift_that_begins_on_it() {
    let holiday = Holiday { name: "x".into(), first: day("2026-06-02"), last: day("2026-06-02") };
    let shifts = |overnight| {
        let rules = Rules { holidays: [holiday.clone()].into(), overnight, ..daily(&[("22:00", "06:00")]) };
        windows(&calendar("Etc/UTC", rules), "2026-06-01T12:00:00Z", "2026-06-03T12:00:00Z")
    };
    let calendar_day =
        ["2026-06-01T22:00:00Z..2026-06-02T00:00:00Z", "2026-06-03T00:00:00Z..2026-06-03T06:00:00Z"];
    assert_eq!(shifts(Overnight::CalendarDay), calendar_day);
    assert_eq!(shifts(Overnight::ShiftStart), ["2026-06-01T22:00:00Z..2026-06-02T06:00:00Z"]);
}

#[test]
fn hours_of_a_single_date_beat_its_holiday_and_its_part_day() {
    let hours = [Interval::parse("10:00", "12:00").unwrap()];
    let rules = Rules {
        extras: [(day("2026-06-02"), Extra { hours: hours.into(), make_up: false })].into(),
        holidays: [Holiday { name: "x".into(), first: day("2026-06-02"), last: day("2026-06-03") }].into(),
        parts: [(day("2026-06-02"), hours.into()), (day("2026-06-04"), hours.into())].into(),
        ..daily(&[("09:00", "17:00")])
    };
    let open = windows(&calendar("Etc/UTC", rules), "2026-06-02T00:00:00Z", "2026-06-05T00:00:00Z");
    let expected = [
        "2026-06-02T10:00:00Z..2026-06-02T12:00:00Z",
        "2026-06-04T09:00:00Z..2026-06-04T10:00:00Z",
        "2026-06-04T12:00:00Z..2026-06-04T17:00:00Z",
    ];
    assert_eq!(open, expected);
}

#[test]
fn a_day_that_a_zone_skipped_is_not_there() {
    let always = calendar("Pacific/Apia", daily(&[("09:00", "17:00")]));
    let open = windows(&always, "2011-12-29T12:00:00Z", "2011-12-31T12:00:00Z");
    assert_eq!(
        open,
        ["2011-12-29T19:00:00Z..2011-12-30T03:00:00Z", "2011-12-30T19:00:00Z..2011-12-31T03:00:00Z"]
    );
}

#[test]
fn round_the_clock_is_one_window_without_end_also_from_a_version_on() {
    let always = daily(&[("00:00", "24:00")]);
    let found = calendar("Asia/Shanghai", always.clone())
        .resolve(at("2026-01-01T00:00:00Z"), at("2026-01-02T00:00:00Z"));
    assert!(found.iter().all(|window| window.never_ends()));
    let later = version("Asia/Shanghai", always).valid_from(at("2026-06-01T00:00:00Z"));
    let both = Calendar::versions([later, version("Etc/UTC", daily(&[("09:00", "17:00")]))].into());
    assert_eq!(
        both.after(at("2026-05-31T16:00:00Z"), SignedDuration::from_hours(2)),
        Some(at("2026-06-01T01:00:00Z"))
    );
    let found = both.resolve(at("2026-05-31T16:00:00Z"), at("2026-07-01T00:00:00Z"));
    assert_eq!(found.iter().filter(|window| window.never_ends()).count(), 1);
    let holiday = Holiday { name: "x".into(), first: day("2026-06-02"), last: day("2026-06-02") };
    let closed_once = Rules { holidays: [holiday].into(), ..daily(&[("00:00", "24:00")]) };
    assert_eq!(
        windows(&calendar("Etc/UTC", closed_once), "2026-06-01T00:00:00Z", "2026-06-04T00:00:00Z").len(),
        2
    );
}

#[test]
fn a_calendar_that_never_opens_has_no_answer_and_does_not_loop() {
    let never = calendar("Etc/UTC", Rules::default());
    assert!(never.never_opens());
    assert_eq!(never.next_open(at("2026-01-01T00:00:00Z")), None);
    assert_eq!(never.after(at("2026-01-01T00:00:00Z"), SignedDuration::from_secs(1)), None);
    let rare = calendar("Etc/UTC", daily(&[("09:00", "17:00")]));
    let pause = Window::without_end(at("2026-01-01T00:00:00Z")).unwrap();
    assert_eq!(
        rare.after_with(at("2026-01-01T00:00:00Z"), SignedDuration::from_secs(1), &pause.into()),
        None
    );
}

#[test]
fn an_answer_reaches_as_far_as_open_seconds_do() {
    let workdays = calendar("Etc/UTC", daily(&[("09:00", "17:00")]));
    let ten_years = SignedDuration::from_hours(8 * 3650);
    assert_eq!(workdays.after(at("2026-01-01T00:00:00Z"), ten_years), Some(at("2035-12-29T17:00:00Z")));
}

#[test]
fn an_unknown_zone_is_an_error_and_an_old_name_is_not() {
    let zones = Zones::bundled();
    let error = Version::new(&zones, &Zone::new("Asia/Shangai").unwrap(), Rules::default()).unwrap_err();
    assert_eq!(error.to_string(), "no time zone is called \"Asia/Shangai\"");
    assert!(Version::new(&zones, &Zone::new("Asia/Calcutta").unwrap(), Rules::default()).is_ok());
}

#[test]
fn a_wall_clock_for_a_browser_knows_the_changes_ahead() {
    let zone = Zone::new("America/New_York").unwrap();
    let local =
        Zones::bundled().local(&zone, at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z")).unwrap();
    let shown = |instant| {
        let civil = local.civil(at(instant));
        (civil.day.to_string(), civil.hour, civil.minute)
    };
    assert_eq!(shown("2026-03-08T06:59:59Z"), ("2026-03-08".into(), 1, 59));
    assert_eq!(shown("2026-03-08T07:00:00Z"), ("2026-03-08".into(), 3, 0));
    assert_eq!(shown("2026-11-01T06:00:00Z"), ("2026-11-01".into(), 1, 0));
    assert_eq!(shown("2026-12-31T23:59:00Z"), ("2026-12-31".into(), 18, 59));
}

#[test]
fn marks_say_what_differs_from_the_weekly_pattern_each_once() {
    let rules = Rules {
        parts: [(day("2026-10-12"), [Interval::parse("13:00", "24:00").unwrap()].into())].into(),
        ..daily(&[("09:00", "18:00")])
    };
    let one = calendar("Asia/Shanghai", rules.observing(Country::Cn));
    let both = Calendar::Union([one.clone(), one].into());
    let marks = both.marks(at("2026-10-05T00:00:00Z"), at("2026-10-13T00:00:00Z"));
    let kinds: Vec<MarkKind> = marks.iter().map(|mark| mark.kind.clone()).collect();
    let national_day = MarkKind::Holiday {
        name: "cn.national_day".into(),
        first: day("2026-10-01"),
        last: day("2026-10-07"),
    };
    let make_up = MarkKind::MakeUpDay { day: day("2026-10-10") };
    assert_eq!(kinds, [national_day, make_up, MarkKind::OtherHours { day: day("2026-10-12") }]);
    assert_eq!(marks[0].window.from(), at("2026-09-30T16:00:00Z"));
    assert_eq!(marks[0].window.to(), at("2026-10-07T16:00:00Z"));
}

#[test]
fn a_calendar_is_provisional_from_its_zones_midnight_on() {
    let cn = version("Asia/Shanghai", daily(&[("09:00", "18:00")]))
        .provisional_from(Country::Cn.provisional_from());
    assert_eq!(Calendar::from(cn).provisional_from(), Some(at("2027-01-01T00:00:00+08:00")));
}

#[test]
fn a_target_that_ends_with_time_itself_is_never_due() {
    let always = calendar("Etc/UTC", daily(&[("00:00", "24:00")]));
    let start = at("2026-01-01T00:00:00Z");
    let all_that_is_left = FOREVER.duration_since(start);
    assert_eq!(always.after(start, all_that_is_left), None);
    let a_second_less = all_that_is_left.saturating_sub(SignedDuration::from_secs(1));
    assert!(always.after(start, a_second_less).is_some());
}

#[test]
fn a_zone_that_only_renames_its_time_has_no_clock_change() {
    // On 14 August 1945 New York's war time became peace time, at the same offset.
    let workdays = calendar("America/New_York", daily(&[("09:00", "17:00")]));
    assert_eq!(workdays.marks(at("1945-08-01T00:00:00Z"), at("1945-09-01T00:00:00Z")), []);
    assert_eq!(workdays.marks(at("1945-08-01T00:00:00Z"), at("1945-10-15T00:00:00Z")).len(), 1);
}
