//! The race: New York, two intervals a day, twelve holidays, a target of twenty business days. Theirs has its schedule
//! built; ours answers over resolved windows, and cold: resolving the days needed, with the zone held.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::{SignedDuration, Timestamp};
use second_opinion::Week;
use shared::time::Hours;

/// 7.5 hours a day.
const TARGET: SignedDuration = SignedDuration::from_mins(20 * 450);

fn race(criterion: &mut Criterion) {
    // Mon 5 Jan 2026, 9:00 in New York.
    let start = Timestamp::from_second(1_767_621_600).unwrap();
    let (ours, theirs) = (Week::of_new_york().ours(), Week::of_new_york().theirs());
    let until = start + SignedDuration::from_hours(400 * 24);
    let windows = ours.resolve(start, until);
    let hours = Hours::new(&windows, until);
    let due = theirs.add(start, TARGET).unwrap();
    assert_eq!(hours.after(start, TARGET), Some(due));
    assert_eq!(ours.after(start, TARGET), Some(due));
    criterion.bench_function("race_resolved", |bencher| {
        bencher.iter(|| hours.after(black_box(start), black_box(TARGET)));
    });
    criterion.bench_function("race_cold", |bencher| {
        bencher.iter(|| ours.after(black_box(start), black_box(TARGET)));
    });
    criterion.bench_function("race_workclock", |bencher| {
        bencher.iter(|| theirs.add(black_box(start), black_box(TARGET)));
    });
}

criterion_group!(benches, race);
criterion_main!(benches);
