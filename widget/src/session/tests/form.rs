//! The form: its mistakes, its way to the edge, and back when the edge refuses it.

use super::*;

#[test]
fn a_visitor_without_a_request_needs_no_name_and_is_not_busy() {
    let mut her = Her::opens(None);
    let session = her.does(Action::Woke(Found::Nothing));
    assert_eq!(session.credential.asking, None);
    assert!(session.hello.asking.is_some());
    assert_eq!(session.busy(), Some(false));
}

#[test]
fn every_mistake_of_the_form_stands_beside_its_field_and_nothing_is_sent() {
    let mut her = Her::with_a_form();
    her.does(Action::Typed(Blank::Text, "  ".into()));
    her.does(Action::Typed(Blank::Contact, "lihua.yunshan.example".into()));
    let session = her.does(Action::Submitted(ticket_id()));
    let fields: Vec<Field> = session.errors.iter().map(|error| error.field).collect();
    assert_eq!((fields, session.tries), (vec![Field::Text, Field::Contact], 1));
    assert!(!session.client.unsent());
    let session = her.does(Action::Typed(Blank::Contact, "l".into()));
    assert_eq!(session.errors.len(), 1, "a field that is being mended is not blamed");
}

#[test]
fn a_request_waits_until_the_edge_knows_who_asks_and_then_leaves_under_its_own_id() {
    let mut her = Her::with_a_form();
    let session = her.does(Action::Submitted(ticket_id()));
    assert_eq!(session.view, View::Receipt(ticket_id()));
    assert!(session.sending.is_none() && session.credential.asking.is_some());
    assert_eq!(session.busy(), Some(true));
    let session = her.does(Action::Identified(Ok(anonymous())));
    assert_eq!(session.sending.as_deref().and_then(Parcel::ticket), Some(ticket_id()));
}

#[test]
fn j13_a_lost_answer_is_asked_for_again_with_the_same_id_and_never_at_once() {
    let mut her = Her::sending();
    let id = MessageId::from(ticket_id());
    assert!(her.does(Action::Answered(id, Reply::Lost(None))).sending.is_none());
    assert!(her.session.unreached && her.session.client.wake_at().is_some());
    let again = her.later(2).does(Action::Tick).sending.as_deref().cloned();
    assert_eq!(again.map(|parcel| (parcel.id, parcel.failed)), Some((id, 1)));
}

#[test]
fn j13_after_a_reload_what_was_kept_leaves_again_under_the_same_id() {
    let parcels: Vec<Parcel> = Her::sending().session.client.kept().cloned().collect();
    let mut her = Her::opens(None);
    let kept = Kept { who: Some(anonymous()), draft: None, parcels };
    let sending = her.does(Action::Recalled(Some(kept))).sending.as_deref().cloned();
    assert_eq!(sending.map(|parcel| parcel.id), Some(ticket_id().into()));
}

#[test]
fn what_was_acknowledged_is_forgotten_and_its_receipt_is_shown() {
    let mut her = Her::sending();
    let reply = Reply::Taken(Sent::Opened(Box::new(accepted())));
    let session = her.does(Action::Answered(ticket_id().into(), reply));
    assert!(!session.client.unsent() && session.receipt(ticket_id()).is_some());
    assert_eq!(session.view, View::Receipt(ticket_id()));
    assert_eq!(session.draft.blank(Blank::Text), "");
    assert_eq!(session.draft.blank(Blank::Contact), "lihua@yunshan.example", "kept for the next request");
}

#[test]
fn a_form_that_the_edge_refuses_comes_back_with_its_words_and_its_errors() {
    let mut her = Her::sending();
    let errors = vec![FieldError { field: Field::Text, problem: Problem::TooLong { limit: 5, found: 9 } }];
    let session = her.does(Action::Answered(ticket_id().into(), Reply::Refused(Refusal::Form { errors })));
    assert_eq!((session.view, session.errors.len()), (View::Form, 1));
    assert_eq!(session.draft.blank(Blank::Text), "发票一直显示验真中");
}

#[test]
fn a_browser_that_keeps_nothing_still_starts() {
    let mut her = Her::opens(None);
    let session = her.does(Action::Woke(Found::Refused));
    assert_eq!(session.keeping, Keeping::Refused);
    assert!(session.hello.asking.is_some());
}

#[test]
fn a_draft_comes_back_after_a_reload() {
    let mut her = Her::opens(None);
    let session = her.does(Action::Recalled(Some(Kept { draft: Some(her_words()), ..Kept::default() })));
    assert!(session.draft_restored);
    assert_eq!(session.draft.blank(Blank::Text), "secret");
}

#[test]
fn what_she_sends_before_the_later_part_is_here_is_sent_once_when_it_comes() {
    let mut her = Her::opens(None);
    her.session.later = Wanted::default();
    her.does(Action::Woke(Found::Nothing));
    her.does(Action::Greeted(Ok(an_hour_of_service())));
    her.does(Action::Pressed(Press::Go(View::Form)));
    assert!(her.session.later.asking.is_none());
    her.does(Action::Typed(Blank::Text, "发票一直显示验真中".into()));
    her.does(Action::Typed(Blank::Contact, "lihua@yunshan.example".into()));
    assert!(her.session.later.asking.is_some());
    her.does(Action::Submitted(ticket_id()));
    her.does(Action::Submitted(TicketId::new(2, [8; 10])));
    let failed = her.does(Action::Loaded(Err(Failure::SILENCE)));
    assert!(failed.draft.worth_telling() && failed.later.failed.is_some());
    her.does(Action::Pressed(Press::Hurry));
    let words = her.session.words;
    let session = her.does(Action::Loaded(Ok(Later::here(words))));
    assert_eq!(session.client.kept().count(), 1);
    assert!(session.errors.is_empty() && session.put_off.is_empty());
}
