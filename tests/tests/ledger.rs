//! A ticket's cycles as lines of a ledger: what one side writes, the other reads.

use shared::contract::Metric;
use shared::contract::credit::{Cancelled, Cycle, Excluded, Fields, KEYS};
use shared::ids::MessageId;
use shared::ticket::{Author, Command, Discard};
use shared::time::{FOREVER, Window, Windows};
use tests::kept::{DAY, HOUR, Kept, at, id, name, terms};

fn always(since: i64) -> Window {
    Window::new(at(since), FOREVER).unwrap()
}

/// A ticket of Monday noon with targets of four hours, answered after one.
fn answered() -> Kept {
    let mut kept = Kept::asked(1, at(12 * HOUR), terms("standard", 1, Windows::always()));
    let by = name("li");
    let say = Command::Say {
        message: MessageId::new(0, [1; 10]),
        author: Author::Agent { id: by },
        text: "…".into(),
    };
    kept.does(at(13 * HOUR), say);
    kept
}

/// Its lines, as a ledger reads them.
fn lines(kept: &Kept, month: Window, now: i64) -> Vec<Cycle> {
    let line = |cycle| {
        let text = serde_json::to_string(&cycle).unwrap();
        assert!(KEYS.iter().all(|key| text.contains(&format!("\"{key}\":"))), "{text}");
        serde_json::from_str::<Fields>(&text).unwrap().cycle(1).unwrap()
    };
    kept.ticket.cycles_of(month, at(now)).into_iter().map(line).collect()
}

fn of(lines: &[Cycle], metric: Metric) -> &Cycle {
    lines.iter().find(|line| line.metric == metric).expect("a line")
}

#[test]
fn a_line_says_when_it_was_due_and_what_came_of_it() {
    let lines = lines(&answered(), always(0), 14 * HOUR);
    let first = of(&lines, Metric::FirstResponse);
    assert_eq!((first.ticket.clone(), first.company.clone()), (id(1).to_string(), None));
    assert_eq!(
        (first.started, first.due, first.judged),
        (at(12 * HOUR), Some(at(16 * HOUR)), Some(at(16 * HOUR)))
    );
    assert_eq!((first.finished, first.business_seconds), (Some(at(13 * HOUR)), Some(3_600)));
    assert_eq!((first.cancelled, &first.excluded), (Cancelled::No, &Excluded::No));
    let running = of(&lines, Metric::Resolution);
    assert_eq!((running.finished, running.business_seconds), (None, None));
}

#[test]
fn what_nobody_waits_for_any_more_says_since_when() {
    let mut kept = answered();
    let by = tests::kept::name("li");
    kept.does(
        at(14 * HOUR),
        Command::Discard { by: shared::ticket::Actor::Agent { id: by }, why: Discard::Spam },
    );
    let lines = lines(&kept, always(0), 15 * HOUR);
    assert_eq!(of(&lines, Metric::Resolution).cancelled, Cancelled::At(at(14 * HOUR)));
    assert_eq!(of(&lines, Metric::FirstResponse).cancelled, Cancelled::No);
}

#[test]
fn a_cycle_belongs_to_the_month_in_which_it_is_due_up_to_its_first_instant_after() {
    let month = |from: i64, to: i64| Window::new(at(from), at(to)).unwrap();
    let has = |month| {
        let lines = lines(&answered(), month, 2 * DAY);
        lines.iter().any(|line| line.metric == Metric::FirstResponse)
    };
    assert!(has(month(0, 16 * HOUR + 1)) && has(month(16 * HOUR, DAY)));
    assert!(!has(month(0, 16 * HOUR)) && !has(month(16 * HOUR + 1, DAY)));
}
