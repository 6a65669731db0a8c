use super::*;
use crate::state::tests::{at, local, message};

fn by_customer(seq: u8, clock: &str) -> Entry {
    said_by(Author::Customer {}, seq, clock)
}

fn by_agent(seq: u8, clock: &str) -> Entry {
    said_by(Author::Agent { id: "zhou".parse().unwrap() }, seq, clock)
}

fn said_by(author: Author, seq: u8, clock: &str) -> Entry {
    let what = What::Said { message: message(seq), author, text: seq.to_string() };
    Entry { seq: seq.into(), at: at(clock), what }
}

fn shapes(entries: &[Entry], clocks: &[ClockView]) -> Vec<String> {
    let shape = |item: &Item<'_>| match item {
        Item::Day(day) => day.day().to_string(),
        Item::Group { texts, .. } => texts.join("+"),
        Item::Note { .. } => "note".into(),
        Item::Event { .. } => "event".into(),
        Item::Fulfilled(_) => "fulfilled".into(),
    };
    lay_out(entries, clocks, &local()).iter().map(shape).collect()
}

#[test]
fn words_of_one_person_stand_together_until_five_minutes_or_midnight_part_them() {
    let entries = [
        by_customer(1, "10:00"),
        by_customer(2, "10:04"),
        by_customer(3, "10:05"),
        by_agent(4, "10:06"),
        by_customer(5, "24:01"),
    ];
    assert_eq!(shapes(&entries, &[]), ["1", "1+2", "3", "4", "2", "5"]);
}

#[test]
fn the_first_reply_is_followed_by_its_verdict_and_later_replies_are_not() {
    let entries = [by_customer(1, "10:00"), by_agent(2, "10:10"), by_agent(3, "10:20")];
    let hour = SignedDuration::from_hours(1);
    let clock = ClockView {
        metric: Metric::FirstResponse,
        cycle: 1,
        due: None,
        promised: None,
        started: at("10:00"),
        within: hour,
        spent: SignedDuration::from_mins(10),
        state: ClockState::Met { at: at("10:10"), early: SignedDuration::from_mins(50) },
    };
    assert_eq!(shapes(&entries, &[clock]), ["1", "1", "2", "fulfilled", "3"]);
}
