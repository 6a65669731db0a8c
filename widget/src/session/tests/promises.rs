//! What she is told of hours and promises, and the order of a ticket.

use super::*;

#[test]
fn j1_at_night_it_is_closed_until_the_eighth_and_the_promise_is_an_hour_later() {
    let hello = an_hour_of_service();
    let outlook = Outlook { hello: &hello, now: at(NIGHT) };
    assert_eq!(outlook.opening(), Opening::Opens(at("2026-10-08T01:00:00Z")));
    assert_eq!(outlook.promise(Severity::General), Some((at("2026-10-08T02:00:00Z"), false)));
    assert!(matches!(outlook.cause(at("2026-10-08T01:00:00Z")), Some(MarkKind::Holiday { .. })));
}

#[test]
fn j2_a_promise_that_ends_before_the_doors_open_means_that_somebody_is_called() {
    let hello = hello(Windows::always(), SignedDuration::from_mins(30));
    let outlook = Outlook { hello: &hello, now: at(NIGHT) };
    assert_eq!(outlook.opening(), Opening::OnCall);
    assert_eq!(outlook.promise(Severity::Urgent), Some((at("2026-10-01T15:40:00Z"), false)));
}

#[test]
fn a_word_beyond_what_may_be_claimed_is_promised_no_more_than_what_it_starts() {
    let mut hello = an_hour_of_service();
    let urgent = Covers { severity: Some(Severity::Urgent), ..Covers::default() };
    let major = Covers { severity: Some(Severity::Major), ..Covers::default() };
    let hour = hello.terms.targets.remove(0);
    let sooner =
        |covers, minutes| Target { covers, within: SignedDuration::from_mins(minutes), ..hour.clone() };
    hello.terms.targets = vec![sooner(major, 15), sooner(urgent, 30), hour];
    let promised = |hello: &Hello| {
        let outlook = Outlook { hello, now: at("2026-10-08T01:00:00Z") };
        Severity::ALL.map(|claimed| outlook.promise(claimed).unwrap().0.to_string()[11..16].to_owned())
    };
    assert_eq!(promised(&hello), ["02:00", "01:30", "01:15"]);
    hello.may_claim = Severity::Urgent;
    assert_eq!(promised(&hello), ["02:00", "01:30", "01:30"]);
}

#[test]
fn j1_of_eight_days_only_the_last_is_open() {
    let (hello, until) = (an_hour_of_service(), at("2026-11-01T00:00:00Z"));
    let windows = workdays();
    let bars = bars(&hello.local, shared::time::Hours::new(&windows, until), at(NIGHT), 8);
    assert!(bars.iter().take(7).all(|bar| bar.open.is_empty()));
    assert_eq!(bars[7].open, [(375, 750)]);
    assert_eq!((bars[0].now, bars[1].now), (Some(965), None));
    assert_eq!((per_cent(375), per_cent(750)), ("37.5%".into(), "75%".into()));
}

#[test]
fn the_first_answer_is_told_before_the_words_that_gave_it_and_what_waits_comes_last() {
    let (asked, answered) = (at(NIGHT), at("2026-10-01T15:12:00Z"));
    let said = |seq, at, author| Entry {
        seq,
        at,
        what: What::Said { message: MessageId::new(seq, [1; 10]), author, text: seq.to_string() },
    };
    let state = ClockState::Met { at: answered, early: SignedDuration::from_mins(28) };
    let within = SignedDuration::from_mins(30);
    let (metric, started, spent) = (Metric::FirstResponse, asked, within);
    let clock = ClockView { metric, cycle: 1, started, within, spent, due: None, promised: None, state };
    let ticket = TicketView {
        now: answered,
        id: ticket_id(),
        seq: 3,
        stage: Stage::Open {},
        receipt: accepted().receipt,
        clocks: vec![clock],
        entries: vec![
            said(2, asked, Author::Customer {}),
            said(3, answered, Author::Agent { id: "lin".parse().unwrap() }),
        ],
        people: vec![Named { id: "lin".parse().unwrap(), name: "林晓".into() }],
        unread: 0,
    };
    let outgoing = shared::wire::Outgoing::Say { ticket: ticket_id(), text: "thanks".into(), reopen: false };
    let id = MessageId::new(9, [2; 10]);
    let waiting = Parcel { id, outgoing, written_at: answered, failed: 0, unknown: 0, refused: None };
    let lines = thread(&ticket, std::iter::empty(), std::iter::once(&waiting));
    assert!(matches!(&lines[0], Line::Group { voice: Voice::Hers, .. }));
    assert!(matches!(&lines[1], Line::Answered { late: None, after, .. } if after.as_mins() == 2));
    assert!(matches!(&lines[2], Line::Group { voice: Voice::Team(Some(_)), .. }));
    assert!(
        matches!(&lines[3], Line::Group { voice: Voice::Hers, sayings, .. } if sayings[0].text == "thanks")
    );
    assert_eq!(lines.len(), 4);
}
