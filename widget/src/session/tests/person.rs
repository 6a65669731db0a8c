//! Who she is: named late, refused, logged out, somebody else.

use super::*;

#[test]
fn a_bearer_that_has_ended_refuses_its_owner_and_not_her_words() {
    let mut her = Her::sending();
    let refusal = Refusal::Unauthorized { why: Proof::Expired };
    let session = her.does(Action::Answered(ticket_id().into(), Reply::Refused(refusal)));
    assert!(session.client.unsent());
    assert_eq!(session.who, Who::Nobody);
    assert!(her.later(60).does(Action::Tick).credential.asking.is_some());
    assert!(her.does(Action::Identified(Ok(anonymous()))).sending.is_some());
}

#[test]
fn j18_whoever_logs_out_leaves_nothing_behind() {
    let parcels: Vec<Parcel> = Her::sending().session.client.kept().cloned().collect();
    let mut her = Her::opens(None);
    let kept = Kept { who: Some(credential("user:li.hua")), draft: Some(her_words()), parcels };
    let session = her.does(Action::Recalled(Some(kept)));
    assert_eq!((session.draft.blank(Blank::Text), session.client.unsent()), ("", false));
    assert_eq!(session.bearer(), None);
}

#[test]
fn j13_whoever_signs_in_again_finds_what_was_not_sent_also_when_the_page_names_her_late() {
    let parcels: Vec<Parcel> = Her::sending().session.client.kept().cloned().collect();
    let who = Some(credential("user:demo-vip"));
    let token = "e30.eyJhdWQiOiJoZXNpIiwic3ViIjoiZGVtby12aXAiLCJleHAiOjF9.c2ln";
    let mut her = Her::opens(None);
    her.does(Action::Recalled(Some(Kept {
        who: who.clone(),
        draft: Some(her_words()),
        parcels: parcels.clone(),
    })));
    assert_eq!(her.session.busy(), None, "the page may still name her");
    let session = her.does(Action::Token(Some(token.into())));
    assert_eq!((session.draft.blank(Blank::Text), session.client.unsent()), ("secret", true));
    let mut her = Her::opens(Some("a.b.c"));
    her.does(Action::Recalled(Some(Kept { who, draft: Some(her_words()), parcels })));
    let session = her.does(Action::Identified(Ok(credential("user:another"))));
    assert!(!session.client.unsent() && session.left.is_none(), "another person sends nothing of hers");
}

#[test]
fn j18_another_persons_token_takes_over_nothing_of_the_first() {
    let mut her = Her::opens(Some("a.b.c"));
    her.does(Action::Woke(Found::Nothing));
    her.does(Action::Identified(Ok(credential("user:li.hua"))));
    her.does(Action::Typed(Blank::Text, "secret".into()));
    let session = her.does(Action::Token(Some("d.e.f".into())));
    assert_eq!((session.draft.blank(Blank::Text), session.bearer()), ("", None));
    assert!(session.cards.here.is_none() && session.credential.asking.is_some());
}

#[test]
fn a_token_that_is_refused_is_said_and_the_general_promises_apply() {
    let mut her = Her::opens(Some("not a token"));
    assert!(her.does(Action::Woke(Found::Nothing)).credential.asking.is_some());
    let refused = Failure::Refused(Refusal::Unauthorized { why: Proof::Signature });
    let session = her.does(Action::Identified(Err(refused)));
    assert!(session.token_refused && session.hello.asking.is_some());
}

#[test]
fn an_edge_that_does_not_say_who_she_is_is_asked_again_and_the_failure_is_told() {
    let mut her = Her::opens(Some("a.b.c"));
    her.does(Action::Woke(Found::Nothing));
    let session = her.does(Action::Identified(Err(Failure::SILENCE)));
    assert!(session.trouble().is_some() && session.credential.asking.is_none());
    assert!(her.later(5).does(Action::Tick).credential.asking.is_none(), "not at once");
    assert!(her.later(5).does(Action::Tick).credential.asking.is_some());
}

#[test]
fn what_was_kept_is_read_at_once_although_no_edge_has_told_the_time() {
    let mut her = Her::opens(None);
    her.session.later = Wanted::default();
    her.session.shown = false;
    her.now = Timestamp::UNIX_EPOCH;
    assert!(her.does(Action::Woke(Found::Something)).later.asking.is_some());
}
