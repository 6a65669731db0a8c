//! What time costs: an answer over windows that are resolved, resolving itself, and both from a cold start.
//! `cargo xtask bench promise` reads the estimates.
#![expect(missing_docs, reason = "criterion's macros write public items without docs")]
#![expect(clippy::unwrap_used, reason = "a bench that finds something amiss panics: that is how it speaks")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::tz::TimeZoneDatabase;
use jiff::{SignedDuration, Timestamp};
use shared::time::calendar::{Calendar, Holiday, Interval, Rules, Version, Zones};
use shared::time::{Day, Hours, Zone};

const NEW_YORK: &str = "America/New_York";

/// 2026-01-05T14:00Z, a Monday at nine in New York.
fn start() -> Timestamp {
    Timestamp::from_second(1_767_621_600).unwrap()
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

/// Two intervals a day from Monday to Friday, 7.5 hours, and a holiday each month.
fn rules() -> Rules {
    let hours = [("09:00", "12:00"), ("13:00", "17:30")];
    let hours = hours.map(|(from, to)| Interval::parse(from, to).unwrap());
    let mut rules = Rules::default();
    rules.week.iter_mut().take(5).for_each(|day| *day = hours.into());
    rules.holidays = (1..=12).map(|month| holiday(Day::new(2026, month, 25).unwrap())).collect();
    rules
}

fn holiday(day: Day) -> Holiday {
    Holiday { name: "a day off".into(), first: day, last: day }
}

fn calendar(zones: &Zones) -> Calendar {
    Version::new(zones, &Zone::new(NEW_YORK).unwrap(), rules()).unwrap().into()
}

/// `due` over resolved windows: of a 30-day span, and the same question over a day's and a year's.
fn due(criterion: &mut Criterion) {
    let year = calendar(&Zones::bundled()).resolve(start(), start() + days(400));
    let month = calendar(&Zones::bundled()).resolve(start(), start() + days(31));
    let of_days = |days: i64| SignedDuration::from_mins(450 * days);
    criterion.bench_function("due", |bencher| {
        let hours = Hours::new(&month, start() + days(31));
        assert!(hours.after(start(), of_days(20)).unwrap() > start() + days(25));
        bencher.iter(|| hours.after(black_box(start()), black_box(of_days(20))));
    });
    for (name, span) in [("due_day", 1), ("due_year", 240)] {
        criterion.bench_function(name, |bencher| {
            let hours = Hours::new(&year, start() + days(400));
            assert!(hours.after(start(), of_days(span)).is_some());
            bencher.iter(|| hours.after(black_box(start()), black_box(of_days(span))));
        });
    }
}

/// 400 days of windows; the same with the zone looked up and the rules worked out.
fn resolve(criterion: &mut Criterion) {
    let zones = Zones::bundled();
    let held = calendar(&zones);
    criterion.bench_function("resolve_400d", |bencher| {
        bencher.iter(|| held.resolve(black_box(start()), start() + days(400)));
    });
    criterion.bench_function("cold_resolve", |bencher| {
        bencher.iter(|| {
            // Where jiff has std, it remembers for the whole program which zones it parsed.
            TimeZoneDatabase::bundled().reset();
            calendar(&Zones::bundled()).resolve(black_box(start()), start() + days(400))
        });
    });
}

criterion_group!(benches, due, resolve);
criterion_main!(benches);
