//! All seven clocks of a ticket under whatever may happen to it: nothing is told twice, nothing is forgotten, and the
//! log alone says the same at any time.

#![expect(clippy::disallowed_methods, reason = "two tests measure how long the work itself takes")]

use std::time::{Duration, Instant};

use jiff::Timestamp;
use shared::contract::{Complexity, Metric, OnChange, OnReopen, PendReason, Severity};
use shared::ids::MessageId;
use shared::sla::SumLine;
use shared::ticket::{Actor, Author, Command, Discard, Event, Stage, TermsCause, Ticket, WhatIf};
use shared::time::Windows;
use tests::chance::Chance;
use tests::kept::{DAY, HOUR, Kept, at, name, terms, workdays};

/// Something that may happen to any ticket.
fn happening(chance: &mut Chance) -> Command {
    let agent = || name("li");
    let by = || Actor::Agent { id: agent() };
    let message = MessageId::new(1, chance.bytes());
    let say = |author| Command::Say { message, author, text: "…".into() };
    match chance.below(24) {
        0..=4 => say(Author::Customer {}),
        5..=8 => say(Author::Agent { id: agent() }),
        9 => say(Author::Bot {}),
        10..=11 => Command::Pend { by: agent(), reason: PendReason::Customer, evidence: None },
        12 => Command::Pend { by: agent(), reason: PendReason::ThirdParty, evidence: Some(message) },
        13..=14 => Command::Resume { by: agent() },
        15 => Command::Solve { by: agent() },
        16 => Command::Close {},
        17..=18 => Command::Reopen { by: by() },
        19 => Command::SetSeverity { by: by(), to: Severity::ALL[chance.below(3) as usize], why: None },
        20 => Command::SetComplexity { by: by(), to: Complexity::Complex, why: None },
        21 => {
            let terms = terms("vip", 1 + chance.below(3) as i64, Windows::always());
            Command::Bind { terms, cause: TermsCause::Tier { by: by() } }
        }
        22 => {
            let terms = terms("standard", 2, workdays(Some(chance.below(12) as i64)));
            Command::Bind { terms, cause: TermsCause::Calendar { by: Actor::Tenant {} } }
        }
        _ if chance.percent(10) => Command::Discard { by: by(), why: Discard::Spam },
        _ => Command::SetTeam { by: by(), team: name("support") },
    }
}

/// A ticket to which chance happens, several times in the same millisecond, and whose alarms ring late, early and twice.
fn any_ticket(seed: u64) -> Kept {
    let mut chance = Chance::new(seed);
    let mut terms = terms("standard", 1 + chance.below(3) as i64, workdays(None));
    if chance.percent(30) {
        terms.rules.on_reopen = OnReopen::New;
    }
    if chance.percent(30) {
        terms.rules.on_change = OnChange::Restart;
    }
    let mut now = 9 * HOUR + chance.below(8 * 3600) as i64;
    let mut kept = Kept::asked(seed as u32, at(now), terms);
    for _ in 0..chance.below(30) {
        if chance.percent(80) {
            now += chance.below(6 * 3600) as i64;
        }
        match chance.below(4) {
            0 => kept.sleeps_until(at(now)),
            1 => {
                kept.does(at(now), Command::Tick {});
                kept.does(at(now), Command::Tick {});
            }
            _ => {}
        }
        let command = happening(&mut chance);
        kept.does(at(now), command);
    }
    kept.sleeps_until(at(now + 60 * DAY));
    kept
}

const SEEDS: u64 = 400;

#[test]
fn nothing_is_told_twice_and_nothing_late_is_left_untold_whatever_happens_and_however_alarms_ring() {
    let mut breaches = 0;
    for seed in 0..SEEDS {
        let kept = any_ticket(seed);
        let told = kept.told();
        assert!(told.values().all(|times| *times == 1), "seed {seed}: {told:?}");
        for cycle in kept.ticket.cycles(at(100 * DAY)) {
            let line = cycle.line;
            let breached = told.contains_key(&(line.metric, line.cycle, 100));
            let late = line.late && line.cancelled.is_none();
            assert!(breached || !late, "seed {seed}: {line:?} is late and was not told");
            breaches += usize::from(breached);
        }
    }
    assert!(breaches > 500, "chance made only {breaches} breaches");
}

#[test]
fn the_log_cut_anywhere_and_stored_says_the_same_of_every_clock() {
    for seed in 0..SEEDS / 8 {
        let kept = any_ticket(seed);
        for cut in 0..=kept.log.len() {
            let stored = serde_json::to_string(&Ticket::replay(kept.ticket.id(), &kept.log[..cut])).unwrap();
            let mut resumed: Ticket = serde_json::from_str(&stored).unwrap();
            kept.log[cut..].iter().for_each(|line| resumed.apply(line));
            assert_eq!(resumed, kept.ticket, "seed {seed}, cut after {cut} lines");
        }
    }
}

#[test]
fn the_order_of_a_log_is_the_order_of_s10_so_that_a_ticket_as_of_any_instant_is_what_it_was_then() {
    for seed in 0..SEEDS {
        let kept = any_ticket(seed);
        let mut seen = Ticket::blank(kept.ticket.id());
        for (place, line) in kept.log.iter().enumerate() {
            seen.apply(line);
            if kept.log.get(place + 1).is_some_and(|next| next.at == line.at) {
                continue;
            }
            let as_of = Ticket::as_of(kept.ticket.id(), &kept.log, line.at);
            assert_eq!(as_of.cycles(line.at), seen.cycles(line.at), "seed {seed} at {}", line.at);
        }
    }
}

#[test]
fn what_is_judged_is_never_later_than_what_was_promised() {
    let mut promises = 0;
    for seed in 0..SEEDS {
        let kept = any_ticket(seed);
        let mut seen = Ticket::blank(kept.ticket.id());
        for line in &kept.log {
            seen.apply(line);
            for clock in seen.open().iter().flat_map(|open| open.board().clocks()) {
                if let (Some(promised), None) = (clock.cycle.promised, clock.cycle.late_at) {
                    assert!(
                        clock.judged().is_some_and(|judged| judged <= promised),
                        "seed {seed}: {clock:?}"
                    );
                    promises += 1;
                }
            }
        }
    }
    assert!(promises > 500, "chance made only {promises} promises");
}

#[test]
fn a_wait_never_makes_anything_due_earlier_and_asking_what_it_would_do_changes_nothing() {
    for seed in 0..SEEDS {
        let kept = any_ticket(seed);
        let now = kept.log.last().unwrap().at;
        let Some(open) = kept.ticket.open().filter(|open| matches!(open.stage, Stage::Open {})) else {
            continue;
        };
        let before = open.board().view(now);
        for reason in PendReason::ALL {
            let after = open.would(&WhatIf::Pend { reason }, now);
            for (before, after) in before.iter().zip(&after) {
                assert_eq!(before.metric, after.metric);
                let earlier = after.due.is_some_and(|after| before.due.is_none_or(|before| after < before));
                assert!(!earlier, "seed {seed}: {before:?} became {after:?}");
            }
        }
        assert_eq!(open.board().view(now), before);
    }
}

#[test]
fn what_a_change_would_do_is_what_it_does() {
    let mut kept = Kept::asked(1, at(9 * HOUR), terms("standard", 2, workdays(None)));
    let mut now = 10 * HOUR;
    let vip = terms("vip", 1, Windows::always());
    let by = || Actor::Agent { id: name("li") };
    for (change, command) in [
        (
            WhatIf::Severity { to: Severity::Urgent },
            Command::SetSeverity { by: by(), to: Severity::Urgent, why: None },
        ),
        (
            WhatIf::Pend { reason: PendReason::Customer },
            Command::Pend { by: name("li"), reason: PendReason::Customer, evidence: None },
        ),
        (WhatIf::Resume {}, Command::Resume { by: name("li") }),
        (
            WhatIf::Tier { terms: vip.clone() },
            Command::Bind { terms: vip.clone(), cause: TermsCause::Tier { by: by() } },
        ),
    ] {
        now += 60;
        let clocks = kept.ticket.open().unwrap().would(&change, at(now));
        kept.does(at(now), command);
        let done = kept.ticket.open().unwrap().board().view(at(now));
        let dues = |clocks: &[shared::sla::ClockView]| -> Vec<_> {
            clocks.iter().map(|clock| (clock.metric, clock.due, clock.spent)).collect()
        };
        assert_eq!(dues(&clocks), dues(&done), "{change:?}");
    }
}

#[test]
fn ten_thousand_clocks_are_recomputed_after_a_calendar_change_and_each_tells_everything_once() {
    // Four clocks of each run: the first response, and what is measured to the end.
    const TICKETS: u32 = 2_500;
    let before = terms("standard", 4, workdays(None));
    let mut tickets: Vec<Kept> =
        (0..TICKETS).map(|n| Kept::asked(n, at(9 * HOUR + i64::from(n) * 10), before.clone())).collect();
    let change = at(20 * HOUR);
    tickets.iter_mut().for_each(|kept| kept.sleeps_until(change));
    let after = terms("standard", 4, workdays(Some(1)));
    let started = Instant::now();
    for kept in &mut tickets {
        let cause = TermsCause::Calendar { by: Actor::Tenant {} };
        kept.does(change, Command::Bind { terms: after.clone(), cause });
        assert!(kept.ticket.wake_at().is_some());
    }
    let took = started.elapsed();
    let clocks: usize = tickets.iter().map(|kept| kept.ticket.open().unwrap().course.running().len()).sum();
    println!("{clocks} clocks recomputed and armed in {took:?}");
    assert_eq!(clocks, 10_000);
    let limit = if cfg!(debug_assertions) { 30 } else { 5 };
    assert!(took <= Duration::from_secs(limit), "{took:?}");
    for kept in &mut tickets {
        kept.sleeps_until(at(30 * DAY));
        let told = kept.told();
        assert!(told.values().all(|times| *times == 1), "{told:?}");
        for metric in [Metric::FirstResponse, Metric::Resolution, Metric::RequesterWait, Metric::AgentWork] {
            for level in [50, 75, 90, 100] {
                assert!(told.contains_key(&(metric, 1, level)), "{metric:?} {level} was never told");
            }
        }
        let stamped = kept.log.iter().find_map(|line| {
            let Event::Breached { metric: Metric::Resolution, stamped, .. } = line.event else { return None };
            Some(stamped)
        });
        let started = kept.ticket.open().unwrap().receipt.asked_at;
        assert_eq!(stamped.unwrap(), two_days_without_tuesday(started));
    }
}

/// Sixteen business hours after a moment on Monday: its rest, no Tuesday, all of Wednesday, and on Thursday what is left;
/// at closing if nothing is (S4).
fn two_days_without_tuesday(asked: Timestamp) -> Timestamp {
    let since_nine = asked.duration_since(at(9 * HOUR));
    if since_nine.is_zero() {
        return at(2 * DAY + 17 * HOUR);
    }
    at(3 * DAY + 9 * HOUR) + since_nine
}

#[test]
fn all_clocks_of_two_hundred_events_are_folded_in_no_time() {
    let mut kept = Kept::asked(1, at(9 * HOUR), terms("standard", 4, workdays(None)));
    let mut chance = Chance::new(5);
    let mut now = 9 * HOUR;
    while kept.log.len() < 200 {
        now += 240;
        let message = MessageId::new(1, chance.bytes());
        let author = if chance.percent(50) { Author::Customer {} } else { Author::Agent { id: name("li") } };
        kept.does(at(now), Command::Say { message, author, text: "…".into() });
    }
    let best = (0..50).map(|_| {
        let started = Instant::now();
        let ticket = Ticket::replay(kept.ticket.id(), &kept.log[..200]);
        let clocks = ticket.open().unwrap().board().view(at(now));
        assert_eq!(clocks.len(), 7);
        started.elapsed()
    });
    let best = best.min().unwrap();
    println!("200 events folded, and all clocks asked, in {best:?}");
    let limit = if cfg!(debug_assertions) { 5_000 } else { 50 };
    assert!(best <= Duration::from_micros(limit), "{best:?}");
}

#[test]
fn what_explains_a_clock_adds_up_to_its_target_and_ends_when_it_is_due() {
    for seed in 0..SEEDS {
        let kept = any_ticket(seed);
        for explained in kept.ticket.explain(&kept.log) {
            let counted = explained.lines.iter().filter(|line| matches!(line, SumLine::Counted { .. }));
            let sum = counted.map(|line| line.adds().as_mins()).sum::<i64>();
            let within = (explained.target.within - explained.left).as_mins();
            assert_eq!(sum, within, "seed {seed}: {explained:#?}");
            let end = explained.lines.iter().rev().find_map(|line| {
                let SumLine::Counted { to, .. } = line else { return None };
                Some(*to)
            });
            assert!(explained.due.is_none() || end == explained.due, "seed {seed}: {explained:#?}");
        }
    }
}
