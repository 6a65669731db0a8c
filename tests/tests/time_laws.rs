//! The laws of business time, S3 to S9, for calendars that nobody wrote: nights, lunch breaks, holidays, both overnight
//! rules, in zones with and without summer time.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use shared::time::calendar::{Calendar, Clock, Extra, Holiday, Interval, Overnight, Rules, Version, Zones};
use shared::time::{Day, Hours, Window, Windows, Zone, share};

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
    fn one_more_pause_never_makes_a_deadline_earlier_nor_uses_anything_up(calendar in calendar(), start in instant(), target in 1..100_000_i64, spans in prop::collection::vec((0..20 * 86_400_i64, 1..300_000_i64), 1..4)) {
        let pause = |(from, length): &(i64, i64)| Window::new(later(start, *from), later(start, from + length)).unwrap();
        let pauses: Vec<Window> = spans.iter().map(pause).collect();
        let with = |pauses: &[Window]| {
            let pauses: Windows = pauses.iter().copied().collect();
            calendar.after_with(start, SignedDuration::from_secs(target), &pauses)
        };
        match (with(&pauses[1..]), with(&pauses)) {
            (Some(before), Some(after)) => {
                prop_assert!(before <= after);
                let (windows, pauses) = (calendar.resolve(start, after), pauses.iter().copied().collect());
                let spent = Hours::new(&windows, after).within_with(start, after, &pauses);
                prop_assert_eq!(spent.as_secs(), target);
                let paused = windows.intersection(&pauses).length();
                prop_assert_eq!(elapsed(&calendar, start, after), target + paused.as_secs());
            }
            (before, after) => prop_assert_eq!(before, after),
        }
    }

    #[test]
    fn an_interval_written_as_two_that_touch_changes_nothing(from in 0..95_u16, length in 2..96_u16, cut in 1..95_u16, shifts in any::<bool>(), start in instant(), target in 1..200_000_i64) {
        let middle = from + cut % length;
        prop_assume!(middle > from && middle < 96);
        let hours = |parts: &[(u16, u16)]| {
            let interval = |part: &(u16, u16)| Interval::new(Clock(part.0 * 15), Clock(part.1 * 15)).unwrap();
            let hours: Vec<Interval> = parts.iter().map(interval).collect();
            let overnight = if shifts { Overnight::ShiftStart } else { Overnight::CalendarDay };
            in_zone(Rules { week: core::array::from_fn(|_| hours.clone()), overnight, ..Rules::default() }, "Europe/Dublin")
        };
        let (whole, parted) = (hours(&[(from, from + length)]), hours(&[(from, middle), (middle, from + length)]));
        prop_assert_eq!(due(&parted, start, target), due(&whole, start, target));
    }

    #[test]
    fn a_target_of_nothing_is_due_at_start_and_a_larger_one_never_earlier(calendar in calendar(), start in instant(), target in 0..100_000_i64, more in 0..100_000_i64) {
        prop_assert_eq!(due(&calendar, start, 0), Some(start));
        match (due(&calendar, start, target), due(&calendar, start, target + more)) {
            (Some(less), Some(more)) => prop_assert!(start <= less && less <= more),
            (None, found) => prop_assert_eq!(found, None),
            (Some(_), None) => {}
        }
    }

    #[test]
    fn a_later_start_is_never_due_earlier(calendar in calendar(), start in instant(), wait in 0..500_000_i64, target in 1..100_000_i64) {
        if let (Some(first), Some(second)) = (due(&calendar, start, target), due(&calendar, later(start, wait), target)) {
            prop_assert!(first <= second);
        }
    }

    #[test]
    fn a_new_version_of_a_calendar_changes_nothing_before_it_is_valid(one in rules(), other in rules(), start in instant(), target in 1..100_000_i64, from in 0..20 * 86_400_i64) {
        let change = later(start, from);
        let zone = Zone::new("America/New_York").unwrap();
        let version = |rules: &Rules| Version::new(&Zones::bundled(), &zone, rules.clone()).unwrap();
        let (old, new): (Calendar, Calendar) = (version(&one).into(), version(&other).into());
        let both = Calendar::versions([version(&one), version(&other).valid_from(change)].into());
        match due(&old, start, target) {
            Some(at) if at <= change => prop_assert_eq!(due(&both, start, target), Some(at)),
            _ => {
                let spent = elapsed(&old, start, change);
                prop_assert_eq!(elapsed(&both, start, change), spent);
                // What is left of the target counts by the new version; a gap of 400 days may begin in the old one.
                if let (Some(at), Some(expected)) = (due(&both, start, target), due(&new, change, target - spent)) {
                    prop_assert_eq!(at, expected);
                }
            }
        }
    }

    #[test]
    fn a_change_of_target_keeps_what_has_elapsed(calendar in calendar(), start in instant(), new in 1..100_000_i64, after in 0..10 * 86_400_i64) {
        let change = later(start, after);
        let spent = elapsed(&calendar, start, change);
        let kept = due(&calendar, start, new);
        if new > spent {
            // On time at the change: what is left counts from there.
            if let (Some(kept), Some(rest)) = (kept, due(&calendar, change, new - spent)) {
                prop_assert_eq!(kept, rest);
            }
        } else {
            prop_assert!(kept.is_some_and(|at| at <= change), "late at the change, or due there");
        }
    }

    #[test]
    fn warnings_stand_at_their_share_rounded_up_and_in_order(calendar in calendar(), start in instant(), target in 1..100_000_i64) {
        let whole = SignedDuration::from_secs(target);
        let shares = [50, 75, 90, 100].map(|percent| share(whole, percent));
        prop_assert_eq!(shares.map(|part| part.as_secs()), [50, 75, 90, 100].map(|percent| (target * percent + 99) / 100));
        let instants = shares.map(|part| calendar.after(start, part));
        prop_assert!(instants[3].is_none() || instants.is_sorted());
        prop_assert_eq!(instants[3], due(&calendar, start, target));
        for (at, part) in instants.iter().zip(shares) {
            prop_assert!(at.is_none_or(|at| elapsed(&calendar, start, at) == part.as_secs()));
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
