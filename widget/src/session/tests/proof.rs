//! Whether what she was promised is confirmed: asked once, asked again when another receipt holds, never left unsaid.

use shared::sla::Refuted;

use super::*;
use crate::session::Proof;

fn ticket(number: u32) -> TicketView {
    TicketView {
        now: at(NIGHT),
        id: ticket_id(),
        seq: 2,
        stage: Stage::Open {},
        receipt: Receipt { number, ..accepted().receipt },
        clocks: vec![],
        entries: vec![],
        people: vec![],
        unread: 0,
    }
}

/// She reads her ticket, and its receipts are looked at.
fn reading() -> Her {
    let mut her = Her::sending();
    her.does(Action::Pressed(Press::Go(View::Ticket(ticket_id()))));
    her.does(Action::Read(ticket_id(), Box::new(Ok(ticket(1)))));
    her
}

fn found(receipts: Vec<Result<Receipt, Refuted>>) -> Action {
    Action::Proved(Box::new(Ok(Proof { ticket: ticket_id(), receipts })))
}

#[test]
fn a_ticket_that_comes_is_checked_once_and_again_when_another_receipt_holds() {
    let mut her = reading();
    assert_eq!(her.session.proof.asking, Some(1));
    assert_eq!(her.session.word_on(&ticket(1)), Word::Checking);
    her.does(found(vec![Ok(ticket(1).receipt)]));
    her.does(Action::Read(ticket_id(), Box::new(Ok(ticket(1)))));
    assert_eq!((her.session.proof.asking, her.session.word_on(&ticket(1))), (None, Word::Holds));
    her.does(Action::Read(ticket_id(), Box::new(Ok(ticket(2)))));
    assert_eq!(her.session.word_on(&ticket(2)), Word::Checking);
    her.does(found(vec![Ok(ticket(1).receipt), Ok(ticket(2).receipt)]));
    assert_eq!(her.session.word_on(&ticket(2)), Word::Holds);
}

#[test]
fn what_does_not_hold_or_is_not_what_she_sees_or_was_never_signed_is_said() {
    let mut her = reading();
    let why = Refuted::Signature("1".parse().unwrap());
    her.does(found(vec![Err(why.clone())]));
    assert_eq!(her.session.word_on(&ticket(1)), Word::Refuted(&why));
    her.does(found(vec![Ok(ticket(2).receipt)]));
    assert_eq!(her.session.word_on(&ticket(1)), Word::Otherwise);
    her.does(found(vec![]));
    assert_eq!(her.session.word_on(&ticket(1)), Word::Unsigned);
}

#[test]
fn a_look_that_was_in_vain_is_said_and_repeated_when_she_asks_or_the_network_is_back() {
    let lost = || Action::Proved(Box::new(Err(Failure::SILENCE)));
    for again in [Action::Pressed(Press::Prove), Action::Online(true)] {
        let mut her = reading();
        her.does(lost());
        assert_eq!(her.session.word_on(&ticket(1)), Word::Lost);
        her.does(again);
        assert_eq!(her.session.word_on(&ticket(1)), Word::Checking);
    }
}

#[test]
fn what_was_found_of_one_ticket_says_nothing_of_another() {
    let mut her = reading();
    her.does(found(vec![Ok(ticket(1).receipt)]));
    let other = TicketView { id: TicketId::new(2, [8; 10]), ..ticket(1) };
    her.does(Action::Pressed(Press::Go(View::Ticket(other.id))));
    her.does(Action::Read(other.id, Box::new(Ok(other.clone()))));
    assert_eq!(her.session.word_on(&other), Word::Checking);
}

#[test]
fn another_ticket_is_asked_for_anew_while_the_first_is_on_its_way() {
    let mut her = Her::sending();
    her.does(Action::Pressed(Press::Go(View::Ticket(ticket_id()))));
    let first = her.session.ticket.asking;
    her.does(Action::Pressed(Press::Go(View::Ticket(TicketId::new(2, [8; 10])))));
    assert!(first.is_some() && her.session.ticket.asking != first);
}

#[test]
fn a_receipt_that_she_keeps_comes_or_is_said_not_to_have_come() {
    let mut her = reading();
    assert_eq!(her.does(Action::Pressed(Press::Save(1))).saving, Some(Saving::Runs(1)));
    assert_eq!(her.does(Action::Saved(1, Err(Failure::SILENCE))).saving, Some(Saving::Failed(1)));
    her.does(Action::Pressed(Press::Save(1)));
    assert_eq!(her.does(Action::Saved(1, Ok(()))).saving, None);
}
