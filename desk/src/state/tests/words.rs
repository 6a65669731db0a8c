//! What was typed and done on a ticket, until it has arrived or was let go.

use super::*;

#[test]
fn an_answer_that_was_sent_empties_the_box_and_one_that_failed_does_not() {
    let open = row(1, |r| r.due("10:00"));
    let world = World::inside([open.clone()])
        .reads(open.clone())
        .then(Action::Typed("Done".into()))
        .then(Action::Send(message(1)));
    let lost = world.serial();
    let world = world.then(Action::Done(lost, Err(LOST)));
    assert_eq!(world.typed(), "Done");
    assert!(world.floor().failure().is_some());

    let world = world.then(Action::Send(message(2)));
    let again = world.serial();
    let reply = DeskCommand::Reply { id: message(1).to_string(), text: "Done".into() };
    assert_eq!(world.on_its_way(), [&reply], "the same words leave under the same id");
    let shown = desk_ticket(open, vec![said(3, message(1), "Done")]);
    let world = world.then(Action::Done(again, Ok(shown)));
    assert_eq!(world.typed(), "");
    assert!(world.floor().failure().is_none() && world.on_its_way().is_empty());
}

#[test]
fn a_lost_answer_that_had_arrived_is_found_in_the_ticket() {
    let open = row(1, |r| r.due("10:00"));
    let world = World::inside([open.clone()])
        .reads(open.clone())
        .then(Action::Typed("Done".into()))
        .then(Action::Send(message(1)));
    let tries = world.floor().wanted();
    let lost = world.serial();
    let world = world.then(Action::Done(lost, Err(LOST)));
    assert_ne!(world.floor().wanted(), tries, "the ticket is read again");
    let shown = desk_ticket(open, vec![said(3, message(1), "Done")]);
    let world = world.then(Action::Read(ticket(1), Ok(shown)));
    assert_eq!(world.typed(), "");
    assert!(world.floor().failure().is_none(), "what has arrived has not failed");
}

#[test]
fn typed_words_wait_for_their_ticket() {
    let (one, two) = (row(1, |r| r.due("10:00")), row(2, |r| r.due("11:00")));
    let world = World::inside([one.clone(), two.clone()])
        .reads(one)
        .then(Action::Typed("for one".into()))
        .reads(two)
        .then(Action::Write(Mode::Note))
        .then(Action::Typed("about two".into()));
    assert_eq!(world.typed(), "about two");
    let world = world.then(Action::Opened(Some(ticket(1))));
    assert_eq!(world.typed(), "for one");
}

#[test]
fn one_deed_at_a_time_on_a_ticket() {
    let open = row(1, |r| r.due("10:00"));
    let world = World::inside([open.clone()]).reads(open).then(Action::Solve).then(Action::Solve);
    assert_eq!(world.on_its_way(), [&DeskCommand::Solve {}]);
}

#[test]
fn nothing_waits_for_somebody_that_is_not_open_or_is_solved() {
    let pause = || Action::Sheet(Some(Sheet::PENDING));
    let world = World::inside([row(1, |r| r.due("10:00"))]);
    assert_eq!(world.then(pause()).floor().sheet, None);
    let solved = row(1, |r| r.stage(Stage::Solved { at: at("08:00") }));
    assert_eq!(World::inside([solved.clone()]).reads(solved).then(pause()).floor().sheet, None);
    let open = row(1, |r| r.due("10:00"));
    assert_eq!(World::inside([open.clone()]).reads(open).then(pause()).floor().sheet, Some(Sheet::PENDING));
}

#[test]
fn what_failed_on_one_ticket_is_tried_again_there_and_let_go_there() {
    let (one, two) = (row(1, |r| r.due("10:00")), row(2, |r| r.due("11:00")));
    let world = World::inside([one.clone(), two.clone()]).reads(one).then(Action::Solve);
    let serial = world.serial();
    let world = world.then(Action::Done(serial, Err(LOST))).reads(two);
    assert!(world.floor().failure().is_none(), "another ticket has nothing to do with it");
    let world = world.then(Action::Opened(Some(ticket(1))));
    assert!(world.floor().failure().is_some());
    let world = world.then(Action::Again);
    assert_eq!(world.on_its_way(), [&DeskCommand::Solve {}]);
    assert!(world.floor().failure().is_none());
}
