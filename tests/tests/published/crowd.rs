//! Ten thousand tickets whose tenant's file is published anew: the touched half, the other half, and how long it takes.

#![expect(clippy::disallowed_methods, reason = "one test measures how long the work itself takes")]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use shared::contract::policy::Policy;
use shared::ticket::{Bound, Command, Event, Newest, Ticket};
use shared::time::Hours;
use tests::instant::instant;
use tests::kept::name;

use crate::{FILE, Opened, does, due, longer_at_bell, policy, promise, rebound};

const TICKETS: u32 = 10_000;
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Half of them are `bell`'s; one each 53 s over the week before.
fn crowd(first: &Policy) -> Vec<Ticket> {
    let start = instant("2026-06-01 09:00 Asia/Shanghai");
    let at = |number: u32| start + SignedDuration::from_secs(53 * i64::from(number));
    let doors: Vec<[Opened; 2]> =
        (0..7).map(|day| ["acme", "bell"].map(|c| Opened::at(first, c, start + DAY * day))).collect();
    let day = |number: u32| (53 * number / 86_400) as usize;
    (0..TICKETS).map(|n| doors[day(n)][n as usize % 2].asks(n, at(n))).collect()
}

/// As the desk's object goes on: each kind of ticket is looked at once, and only those of a touched kind are asked.
fn all_poked(
    tickets: &mut [Ticket],
    own: &[&Policy; 3],
    newest: Newest<'_>,
    now: Timestamp,
) -> Vec<Vec<Event>> {
    let mut kinds: BTreeMap<Bound, bool> = BTreeMap::new();
    let mut poke = |ticket: &mut Ticket| {
        let bound = ticket.bound().unwrap();
        let own = own[bound.policy as usize];
        let touched = *kinds.entry(bound).or_insert_with_key(|kind| newest.touches(kind, Some(own), now));
        if touched { rebound(ticket, newest, now) } else { Vec::new() }
    };
    tickets.iter_mut().map(&mut poke).collect()
}

#[test]
fn ten_thousand_running_clocks_are_judged_anew_in_five_seconds_none_missed_and_none_doubled() {
    let (first, second) = (policy(FILE), longer_at_bell());
    let mut tickets = crowd(&first);
    let now = instant("2026-06-07 23:00 Asia/Shanghai");
    tickets.iter_mut().for_each(|ticket| drop(does(ticket, now, Command::Tick {})));
    let before: Vec<(u64, Timestamp)> = tickets.iter().map(|t| (t.seq(), promise(t))).collect();
    let (own, newest) = ([&first, &first, &second], Newest { number: 2, policy: &second });
    let watch = Instant::now();
    let events = all_poked(&mut tickets, &own, newest, now);
    let took = watch.elapsed();
    // Without the optimiser on a busy machine it takes what it takes.
    let limit = if cfg!(debug_assertions) { 300 } else { 5 };
    assert!(took < Duration::from_secs(limit), "took {took:?}");
    let mut promised = 0;
    for (number, (ticket, events)) in tickets.iter().zip(&events).enumerate() {
        let (seq, told) = before[number];
        if number % 2 == 0 {
            assert_eq!((events.len(), ticket.seq()), (0, seq), "ticket {number} of acme was touched");
            continue;
        }
        let of = |set: fn(&Event) -> bool| events.iter().filter(|event| set(event)).count();
        let set = of(|event| matches!(event, Event::TermsSet { .. }));
        let anew = of(|event| matches!(event, Event::Promised { .. }));
        assert_eq!((set, set + anew), (1, events.len()), "ticket {number}: {:?}", crate::told(events));
        let expected = due_under(ticket.open().unwrap().receipt.asked_at, (&first, &second), now);
        let promise = if expected > now { told.min(expected) } else { told };
        assert_eq!((due(ticket), crate::promise(ticket)), (expected, promise), "ticket {number}");
        promised += anew;
    }
    println!("{TICKETS} clocks in {took:?}: 5,000 touched, {promised} promises became earlier");
    assert!(promised > 500, "only {promised} promises became earlier");
    assert_eq!(all_poked(&mut tickets, &own, newest, now).concat(), []);
}

/// When a first response of `bell`'s is due if its hours changed at `now`: counted by hand on the hours of before, then
/// on those of after.
fn due_under(asked_at: Timestamp, (before, after): (&Policy, &Policy), now: Timestamp) -> Timestamp {
    let end = now + SignedDuration::from_hours(24 * 60);
    let windows = before.windows(&name("bell"), asked_at, now).union(&after.windows(&name("bell"), now, end));
    Hours::new(&windows, end).after(asked_at, SignedDuration::from_hours(4)).unwrap()
}
