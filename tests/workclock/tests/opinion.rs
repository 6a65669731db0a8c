//! `workclock` as a second opinion: on calendars that both can say, both give the same answers; where they differ, the
//! difference is known, and each is asserted with both answers, so that a new version that changes one is noticed.
//!
//! | what | workclock | ours | why ours |
//! | --- | --- | --- | --- |
//! | opens in the hour that spring leaves out | moves on by the gap: 02:30 opens at 03:30 | at the first instant whose wall clock is past it: 03:00 | S1 |
//! | opens in the hour that autumn repeats | once: from the first 01:30 on, without a break | each time that the wall clock is in it | S1 |
//! | closes in the repeated hour | at its first passing | open again when it comes back | S1 |
//! | starts and ends at the same time | a whole day | refused: nothing, or a whole day? | S2 |
//! | nothing open for long | an error after 366 days, and 7 more for each holiday | none after 400 days on end | S4 |
//! | make-up days, part days, shifts that own their morning, unions | cannot be said | can | S2, S5 |
//! | zones | the machine's, which may be older | those inside the program | promises do not depend on a machine |

use jiff::{SignedDuration, Timestamp};
use second_opinion::Week;
use shared::time::Hours;
use tests::chance::Chance;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn day(chance: &mut Chance) -> jiff::civil::Date {
    let part = |n: u64| i8::try_from(n).unwrap();
    jiff::civil::date(2026, part(chance.below(12)) + 1, part(chance.below(28)) + 1)
}

/// Hours from 4:00 on, which no clock change of New York touches; a night may run to 0:50.
fn week(chance: &mut Chance) -> Week {
    let zone =
        ["America/New_York", "Asia/Shanghai", "Asia/Kathmandu"][usize::try_from(chance.below(3)).unwrap()];
    let hours = (0..=chance.below(2)).map(|_| {
        let from = 240 + u16::try_from(chance.below(238)).unwrap() * 5;
        let to = from + 5 + u16::try_from(chance.below(u64::from((1490 - from) / 5))).unwrap() * 5;
        (from, to % 1440)
    });
    let hours = hours.filter(|(from, to)| from != to && *to != 0).collect::<Vec<_>>();
    let off = (0..chance.below(8)).map(|_| day(chance)).collect();
    Week { zone, hours: if hours.is_empty() { vec![(540, 1020)] } else { hours }, off }
}

#[test]
fn both_give_the_same_answers_where_both_can_say_the_calendar() {
    let mut chance = Chance::new(7);
    for _ in 0..200 {
        let week = week(&mut chance);
        let (ours, theirs) = (week.ours(), week.theirs());
        for _ in 0..25 {
            let second = |chance: &mut Chance, most| i64::try_from(chance.below(most)).unwrap();
            let start = Timestamp::from_second(1_767_225_600 + second(&mut chance, 300 * 86_400)).unwrap();
            let target = SignedDuration::from_secs(second(&mut chance, 300_000));
            let end = start + SignedDuration::from_secs(second(&mut chance, 30 * 86_400));
            assert_eq!(
                ours.after(start, target),
                theirs.add(start, target).ok(),
                "{start} {target} {week:?}"
            );
            let windows = ours.resolve(start, end);
            let elapsed = Hours::new(&windows, end).within(start, end);
            assert_eq!(elapsed, theirs.between(start, end), "{start} to {end} {week:?}");
        }
    }
}

fn new_york(from: u16, to: u16) -> Week {
    Week { zone: "America/New_York", hours: vec![(from, to)], off: Vec::new() }
}

/// Both changes of New York's clocks are on a Sunday; a night from Monday to Friday never meets them, so the zones here
/// change on a weekday.
fn on_weekdays(zone: &'static str, from: u16, to: u16) -> Week {
    Week { zone, ..new_york(from, to) }
}

/// Amman, Fri 26 Mar 2021: 00:00 becomes 01:00.
#[test]
fn known_difference_an_opening_in_the_gap() {
    let week = on_weekdays("Asia/Amman", 30, 300);
    let (midnight, hour) = (at("2021-03-25T12:00:00Z"), SignedDuration::from_hours(1));
    assert_eq!(week.ours().after(midnight, hour), Some(at("2021-03-25T23:00:00Z")));
    assert_eq!(week.theirs().add(midnight, hour).unwrap(), at("2021-03-25T23:30:00Z"));
}

/// Amman, Fri 29 Oct 2021: 01:00 becomes 00:00.
#[test]
fn known_difference_an_opening_in_the_repeated_hour() {
    let week = on_weekdays("Asia/Amman", 30, 60);
    let (from, to) = (at("2021-10-28T20:00:00Z"), at("2021-10-29T12:00:00Z"));
    let windows = week.ours().resolve(from, to);
    assert_eq!(Hours::new(&windows, to).within(from, to), SignedDuration::from_mins(60));
    assert_eq!(week.theirs().between(from, to), SignedDuration::from_mins(90));
}

#[test]
fn known_difference_a_closing_in_the_repeated_hour() {
    let week = on_weekdays("Asia/Amman", 0, 30);
    let (from, to) = (at("2021-10-28T20:00:00Z"), at("2021-10-29T12:00:00Z"));
    let windows = week.ours().resolve(from, to);
    assert_eq!(Hours::new(&windows, to).within(from, to), SignedDuration::from_mins(60));
    assert_eq!(week.theirs().between(from, to), SignedDuration::from_mins(30));
}

#[test]
fn known_difference_an_interval_that_ends_when_it_starts() {
    let whole = new_york(540, 540).theirs().between(at("2026-06-01T00:00:00Z"), at("2026-06-03T00:00:00Z"));
    assert!(whole > SignedDuration::from_hours(24));
    assert!(shared::time::calendar::Interval::parse("09:00", "09:00").is_err());
}

#[test]
fn known_difference_how_long_nothing_may_be_open() {
    let start = at("2026-01-01T00:00:00Z");
    let off = |days: i32| {
        let first = jiff::civil::date(2026, 1, 1);
        (0..days).map(|n| first.checked_add(jiff::Span::new().days(n)).unwrap()).collect()
    };
    let long = Week { off: off(420), ..new_york(540, 1020) };
    assert_eq!(long.ours().after(start, SignedDuration::from_secs(1)), None);
    assert!(long.theirs().add(start, SignedDuration::from_secs(1)).is_ok());
}
