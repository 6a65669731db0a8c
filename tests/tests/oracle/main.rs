//! The engine against an oracle that steps through every minute, on random calendars around the transitions of odd
//! zones. 100,000 questions by default; a million with
//!
//! ```sh
//! NB_ORACLE_CASES=1000000 cargo test --release --package tests --test oracle
//! ```
//!
//! `NB_ORACLE_SEED` chooses other calendars. What is found amiss is printed with its calendar, and the seed repeats it.

mod oracle;

use jiff::{SignedDuration, Timestamp};
use oracle::{Clock, Hours, Plan, Steps};
use shared::time::calendar::{self, Calendar, Extra, Holiday, Interval, Overnight, Rules, Version, Zones};
use shared::time::{self, Day, Window, Windows, Zone};
use tests::chance::Chance;

/// Questions to each calendar: its table of minutes is made once.
const QUESTIONS: u64 = 400;

/// Zones and the days around what is odd in them.
const PLACES: [(&str, &str, i64, i64); 22] = [
    ("America/New_York", "2026-03-02T00:00:00Z", 12, 60),
    ("America/New_York", "2026-10-26T00:00:00Z", 12, 60),
    ("Australia/Lord_Howe", "2026-03-30T00:00:00Z", 12, 60),
    ("Australia/Lord_Howe", "2026-09-28T00:00:00Z", 12, 60),
    ("Africa/Casablanca", "2026-02-10T00:00:00Z", 12, 60),
    ("Africa/Casablanca", "2026-09-14T00:00:00Z", 12, 60),
    ("Antarctica/Troll", "2026-03-23T00:00:00Z", 12, 60),
    ("Antarctica/Troll", "2026-10-19T00:00:00Z", 12, 60),
    ("Pacific/Apia", "2011-12-25T00:00:00Z", 12, 60),
    ("Asia/Kathmandu", "1985-12-25T00:00:00Z", 12, 60),
    ("Europe/Dublin", "2026-03-23T00:00:00Z", 12, 60),
    ("Europe/Dublin", "2026-10-19T00:00:00Z", 12, 60),
    ("America/St_Johns", "2006-10-23T00:00:00Z", 12, 60),
    ("Pacific/Chatham", "2026-03-30T00:00:00Z", 12, 60),
    ("America/Havana", "2026-03-02T00:00:00Z", 12, 60),
    ("America/Sao_Paulo", "2018-10-29T00:00:00Z", 12, 60),
    ("America/Vancouver", "2026-10-26T00:00:00Z", 12, 60),
    ("Asia/Pyongyang", "2018-04-30T00:00:00Z", 12, 60),
    ("Asia/Shanghai", "2026-09-28T00:00:00Z", 12, 60),
    ("America/New_York", "2099-10-26T00:00:00Z", 12, 60),
    ("Asia/Shanghai", "1900-12-30T12:00:00Z", 2, 1),
    ("Africa/Monrovia", "1972-01-06T00:00:00Z", 2, 1),
];

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

fn pick(chance: &mut Chance, below: i64) -> i64 {
    i64::try_from(chance.below(u64::try_from(below).unwrap())).unwrap()
}

/// A calendar as both sides know it.
struct Both {
    engine: Calendar,
    oracle: Steps,
    shown: String,
}

fn hours(chance: &mut Chance, most: i64) -> Hours {
    let one = |chance: &mut Chance| {
        let from = pick(chance, 288) * 5;
        let share = if chance.percent(25) { 1 } else { 4 };
        (from, from + 5 + pick(chance, (2880 - from) / 5 / share) * 5)
    };
    (0..pick(chance, most + 1)).map(|_| one(chance)).collect()
}

fn plan(chance: &mut Chance, (first, last): (i64, i64)) -> Plan {
    let date = |chance: &mut Chance| first + pick(chance, last - first + 1);
    Plan {
        week: std::array::from_fn(|_| hours(chance, 2)),
        extras: (0..pick(chance, 4)).map(|_| (date(chance), hours(chance, 2))).collect(),
        cuts: (0..pick(chance, 4)).map(|_| (date(chance), hours(chance, 2))).collect(),
        holidays: (0..pick(chance, 5)).map(|_| date(chance)).collect(),
        by_shift: chance.below(2) == 0,
    }
}

fn rules(plan: &Plan) -> Rules {
    let minute = |minute: i64| calendar::Clock(u16::try_from(minute).unwrap());
    let interval = |(from, to): &(i64, i64)| Interval::new(minute(*from), minute(*to)).unwrap();
    let all = |hours: &Hours| hours.iter().map(interval).collect::<Vec<_>>();
    let day = |date: i64| Day::from(jiff::civil::date(1970, 1, 1) + SignedDuration::from_hours(24 * date));
    let off = |date: &i64| Holiday { name: String::new(), first: day(*date), last: day(*date) };
    let extra = |hours| Extra { hours: all(hours), make_up: false };
    Rules {
        week: std::array::from_fn(|weekday| all(&plan.week[weekday])),
        extras: plan.extras.iter().map(|(date, hours)| (day(*date), extra(hours))).collect(),
        holidays: plan.holidays.iter().map(off).collect(),
        parts: plan.cuts.iter().map(|(date, hours)| (day(*date), all(hours))).collect(),
        overnight: if plan.by_shift { Overnight::ShiftStart } else { Overnight::CalendarDay },
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn one(chance: &mut Chance, clock: &Clock, zones: &Zones) -> (Version, Steps, String) {
    let plan = plan(chance, clock.dates());
    let zone = Zone::new(clock.zone).unwrap();
    let version = Version::new(zones, &zone, rules(&plan)).unwrap();
    (version, Steps::of(&plan, clock), format!("{} {plan:?}", clock.zone))
}

/// One calendar, or two that are joined, or one that replaces another.
fn both(chance: &mut Chance, clock: &Clock, zones: &Zones) -> Both {
    let (first, steps, shown) = one(chance, clock, zones);
    let how = chance.below(6);
    if how > 2 {
        return Both { engine: first.into(), oracle: steps, shown };
    }
    let (second, others, also) = one(chance, clock, zones);
    let shown = format!("{how}: {shown} / {also}");
    let parts = [first.clone().into(), second.clone().into()];
    let change = clock.base + pick(chance, (clock.end() - clock.base) / clock.step) * clock.step;
    let (engine, oracle) = match how {
        0 => (Calendar::Union(parts.into()), steps.with(&others, |a, b| a || b)),
        1 => (Calendar::Intersection(parts.into()), steps.with(&others, |a, b| a && b)),
        _ => {
            let versions = [first, second.valid_from(at(change))];
            (Calendar::versions(versions.into()), steps.until(change, &others))
        }
    };
    Both { engine, oracle, shown }
}

/// Asks both sides one question.
fn ask(chance: &mut Chance, clock: &Clock, both: &Both, windows: &Windows) -> Result<(), String> {
    let span = clock.end() - clock.base;
    let hours = time::Hours::new(windows, at(clock.end()));
    let start = clock.base + pick(chance, span);
    let told = |what: &str, oracle: Option<i64>, engine: Option<Timestamp>| {
        let oracle = oracle.map(at);
        let within = engine.filter(|at| at.as_second() < clock.end());
        let end = oracle.is_some_and(|at| at.as_second() >= clock.end());
        if within == oracle || (end && engine == oracle) {
            return Ok(());
        }
        Err(format!("{what}: oracle {oracle:?}, engine {engine:?}, start {}, in {}", at(start), both.shown))
    };
    match chance.below(4) {
        0 => {
            let end = start + pick(chance, clock.end() - start);
            let (oracle, engine) =
                (both.oracle.elapsed(start, end), hours.within(at(start), at(end)).as_secs());
            told("elapsed", Some(clock.base + oracle), Some(at(clock.base + engine)))
        }
        1 => {
            let oracle = both.oracle.next_open(start);
            told("next_open of windows", oracle, hours.next_open(at(start)))?;
            told("is_open", oracle.filter(|at| *at == start), hours.is_open(at(start)).then_some(at(start)))?;
            told("next_open", oracle, both.engine.next_open(at(start)))
        }
        asked => {
            let most = if chance.below(2) == 0 { 40_000 } else { span / 6 };
            let target = pick(chance, most);
            let pauses = if asked == 2 { Vec::new() } else { pauses(chance, clock) };
            let window = |(from, to): &(i64, i64)| Window::new(at(*from), at(*to)).unwrap();
            let paused: Windows = pauses.iter().map(window).collect();
            let oracle = both.oracle.due(start, target, &pauses);
            let target = SignedDuration::from_secs(target);
            told("due of windows", oracle, hours.after_with(at(start), target, &paused))?;
            told("due", oracle, both.engine.after_with(at(start), target, &paused))
        }
    }
}

fn pauses(chance: &mut Chance, clock: &Clock) -> Vec<(i64, i64)> {
    let steps = (clock.end() - clock.base) / clock.step;
    let mut one = || {
        let from = pick(chance, steps);
        let length = 1 + pick(chance, steps / 5);
        (clock.base + from * clock.step, clock.base + (from + length) * clock.step)
    };
    [one(), one(), one()].into()
}

/// So many questions about random calendars; what is amiss, if anything.
fn differ(seed: u64, cases: u64) -> Vec<String> {
    let zones = Zones::bundled();
    let clocks: Vec<Clock> =
        PLACES.iter().map(|(zone, from, days, step)| Clock::of(zone, from, *days, *step)).collect();
    let mut chance = Chance::new(seed);
    let mut wrong = Vec::new();
    for round in 0..cases.div_ceil(QUESTIONS) {
        // The tables of seconds are large: one calendar in twenty.
        let minutes = u64::try_from(clocks.len() - 2).unwrap();
        let place = if round % 20 == 0 { minutes + chance.below(2) } else { chance.below(minutes) };
        let clock = &clocks[usize::try_from(place).unwrap()];
        let both = both(&mut chance, clock, &zones);
        let windows = both.engine.resolve(at(clock.base), at(clock.end()));
        wrong.extend((0..QUESTIONS).filter_map(|_| ask(&mut chance, clock, &both, &windows).err()));
    }
    wrong
}

#[test]
fn the_engine_and_an_oracle_that_looks_at_every_minute_agree() {
    let (cases, seed) = (number("NB_ORACLE_CASES", 100_000), number("NB_ORACLE_SEED", 1));
    let halves = [seed.wrapping_mul(2), seed.wrapping_mul(2) + 1];
    let threads = halves.map(|seed| std::thread::spawn(move || differ(seed, cases.div_ceil(2))));
    let wrong: Vec<String> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
    assert!(wrong.is_empty(), "{} of {cases}:\n{}", wrong.len(), wrong[..wrong.len().min(5)].join("\n"));
}
