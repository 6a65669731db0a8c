//! The laws of business time, for calendars that nobody wrote: nights, lunch breaks, holidays, both overnight rules,
//! in zones with and without summer time.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use shared::time::calendar::{Calendar, Clock, Extra, Holiday, Interval, Overnight, Rules, Version, Zones};
use shared::time::{Day, Hours, Window, Windows, Zone};

const ZONES: [&str; 6] = [
    "Etc/UTC",
    "Asia/Shanghai",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Chatham",
];
/// 2026-01-01.
const YEAR: i64 = 1_767_225_600;
const WEEK: i64 = 7 * 86_400;

fn instant() -> impl Strategy<Value = Timestamp> {
    (0..300 * 86_400_i64).prop_map(|second| Timestamp::from_second(YEAR + second).unwrap())
}

fn interval() -> impl Strategy<Value = Interval> {
    (0..96_u16, 1..64_u16)
        .prop_map(|(from, length)| Interval::new(Clock(from * 15), Clock((from + length) * 15)).unwrap())
}

fn day() -> impl Strategy<Value = Day> {
    (1..=12_i8, 1..=28_i8).prop_map(|(month, day)| Day::new(2026, month, day).unwrap())
}

fn rules() -> impl Strategy<Value = Rules> {
    let week = prop::array::uniform7(prop::collection::vec(interval(), 0..3));
    let open = (0..7_usize, interval());
    let days_off = prop::collection::vec(day(), 0..6);
    let extras = prop::collection::btree_map(day(), prop::collection::vec(interval(), 1..3), 0..3);
    let parts = prop::collection::btree_map(day(), prop::collection::vec(interval(), 1..2), 0..3);
    (week, open, days_off, extras, parts, any::<bool>()).prop_map(
        |(mut week, open, days_off, extras, parts, shifts)| {
            week[open.0].push(open.1);
            let holiday = |day| Holiday { name: "a day off".into(), first: day, last: day };
            Rules {
                week,
                extras: extras
                    .into_iter()
                    .map(|(day, hours)| (day, Extra { hours, make_up: false }))
                    .collect(),
                holidays: days_off.into_iter().map(holiday).collect(),
                parts,
                overnight: if shifts { Overnight::ShiftStart } else { Overnight::CalendarDay },
            }
        },
    )
}

fn calendar() -> impl Strategy<Value = Calendar> {
    (rules(), 0..ZONES.len()).prop_map(|(rules, zone)| in_zone(rules, ZONES[zone]))
}

fn in_zone(rules: Rules, zone: &str) -> Calendar {
    Version::new(&Zones::bundled(), &Zone::new(zone).unwrap(), rules).unwrap().into()
}

fn later(instant: Timestamp, seconds: i64) -> Timestamp {
    instant + SignedDuration::from_secs(seconds)
}

/// B(a, b) in seconds.
fn elapsed(calendar: &Calendar, a: Timestamp, b: Timestamp) -> i64 {
    let windows = calendar.resolve(a, b);
    Hours::new(&windows, b).within(a, b).as_secs()
}

fn due(calendar: &Calendar, start: Timestamp, seconds: i64) -> Option<Timestamp> {
    calendar.after(start, SignedDuration::from_secs(seconds))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn elapsed_time_adds_up_and_never_shrinks(calendar in calendar(), a in instant(), b in 0..30 * 86_400_i64, c in 0..30 * 86_400_i64) {
        let (b, c) = (later(a, b), later(a, b + c));
        prop_assert_eq!(elapsed(&calendar, a, c), elapsed(&calendar, a, b) + elapsed(&calendar, b, c));
        prop_assert!(elapsed(&calendar, a, c) >= elapsed(&calendar, a, b));
    }

    #[test]
    fn at_the_due_instant_the_target_is_used_up_and_a_second_before_it_is_not(calendar in calendar(), start in instant(), target in 1..200_000_i64) {
        if let Some(at) = due(&calendar, start, target) {
            prop_assert_eq!(elapsed(&calendar, start, at), target);
            prop_assert_eq!(elapsed(&calendar, start, later(at, -1)), target - 1);
        }
    }

    #[test]
    fn what_has_elapsed_was_due_before(calendar in calendar(), start in instant(), length in 0..30 * 86_400_i64) {
        let now = later(start, length);
        let spent = elapsed(&calendar, start, now);
        prop_assert!(due(&calendar, start, spent).is_some_and(|at| at <= now));
    }

    #[test]
    fn a_whole_week_later_everything_is_a_whole_week_later(mut rules in rules(), start in instant(), target in 0..200_000_i64, weeks in 1..8_i64) {
        // No transition, no dates: only the weekly pattern is left, and it repeats.
        rules = Rules { week: rules.week, overnight: rules.overnight, ..Rules::default() };
        let calendar = in_zone(rules, "Asia/Shanghai");
        let shifted = due(&calendar, later(start, weeks * WEEK), target);
        prop_assert_eq!(shifted, due(&calendar, start, target).map(|at| later(at, weeks * WEEK)));
    }

    #[test]
    fn follow_the_sun_is_open_at_least_as_much_as_each_part(one in calendar(), other in calendar(), a in instant(), length in 0..30 * 86_400_i64) {
        let b = later(a, length);
        let union = Calendar::Union([one.clone(), other.clone()].into());
        let both = Calendar::Intersection([one.clone(), other.clone()].into());
        let sum = elapsed(&one, a, b) + elapsed(&other, a, b);
        prop_assert!(elapsed(&union, a, b) >= elapsed(&one, a, b).max(elapsed(&other, a, b)));
        prop_assert_eq!(elapsed(&union, a, b) + elapsed(&both, a, b), sum);
    }

    #[test]
    fn around_the_clock_due_is_start_plus_target(start in instant(), target in 0..10_000_000_i64, zone in 0..ZONES.len()) {
        let always = Rules { week: core::array::from_fn(|_| vec![Interval::WHOLE_DAY]), ..Rules::default() };
        prop_assert_eq!(due(&in_zone(always, ZONES[zone]), start, target), Some(later(start, target)));
    }

    #[test]
    fn the_order_in_which_hours_are_written_changes_nothing(rules in rules(), start in instant(), target in 1..200_000_i64) {
        let mut turned = rules.clone();
        turned.week.iter_mut().for_each(|hours| hours.reverse());
        let merged = Rules { week: rules.week.clone().map(|hours| [hours.clone(), hours].concat()), ..rules.clone() };
        let expected = due(&in_zone(rules, "America/New_York"), start, target);
        prop_assert_eq!(due(&in_zone(turned, "America/New_York"), start, target), expected);
        prop_assert_eq!(due(&in_zone(merged, "America/New_York"), start, target), expected);
    }

    #[test]
    fn a_pause_never_makes_a_deadline_earlier(calendar in calendar(), start in instant(), target in 1..100_000_i64, from in 0..20 * 86_400_i64, length in 1..500_000_i64) {
        let pause = Window::new(later(start, from), later(start, from + length)).unwrap();
        let paused = calendar.after_with(start, SignedDuration::from_secs(target), &Windows::from(pause));
        match (due(&calendar, start, target), paused) {
            (Some(unpaused), Some(paused)) => prop_assert!(unpaused <= paused),
            (unpaused, paused) => prop_assert_eq!(unpaused, paused),
        }
    }

    #[test]
    fn known_windows_give_the_same_answer_as_the_calendar(calendar in calendar(), start in instant(), target in 0..100_000_i64) {
        let until = later(start, 400 * 86_400);
        let windows = calendar.resolve(start, until);
        let hours = Hours::new(&windows, until);
        prop_assert_eq!(hours.after(start, SignedDuration::from_secs(target)), due(&calendar, start, target));
        prop_assert_eq!(hours.next_open(start), calendar.next_open(start));
        prop_assert_eq!(hours.is_open(start), calendar.next_open(start) == Some(start));
    }

    #[test]
    fn windows_survive_a_frame(calendar in calendar(), start in instant()) {
        let windows = calendar.resolve(start, later(start, 40 * 86_400));
        let json = serde_json::to_string(&windows).unwrap();
        prop_assert_eq!(serde_json::from_str::<Windows>(&json).unwrap(), windows);
    }
}
