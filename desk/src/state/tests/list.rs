//! What the list shows, in which order, and what is news in it.

use super::*;

#[test]
fn rows_stay_where_they_are_while_somebody_points_at_the_list() {
    let (soon, sooner) = (row(1, |r| r.due("10:00")), row(2, |r| r.due("09:20")));
    let world = World::inside([soon]).then(Action::Pointed(true)).tells([sooner]);
    assert_eq!(world.order(), [ticket(1)]);
    assert_eq!(world.floor().held_back(), 1);
    let world = world.then(Action::Pointed(false));
    assert_eq!(world.order(), [ticket(2), ticket(1)]);
    assert_eq!(world.floor().held_back(), 0);
}

#[test]
fn an_older_row_never_replaces_a_newer_one_and_known_words_stay() {
    let world = World::inside([row(1, |r| r.due("10:00").says("Stuck", "Li Hua").changed(5, "08:00"))])
        .tells([row(1, |r| r.due("11:00").changed(4, "07:30"))])
        .tells([row(1, |r| r.due("12:00").changed(6, "08:30"))]);
    let shown = world.floor().rows.get(&ticket(1)).unwrap();
    assert_eq!((shown.seq, shown.subject.as_deref()), (6, Some("Stuck")));
}

#[test]
fn a_new_ticket_is_news_and_the_first_list_is_not() {
    let world = World::inside([row(1, |r| r.due("10:00"))]);
    assert_eq!(world.floor().news, None);
    let world = world.tells([row(2, |r| r.due("10:00"))]);
    assert_eq!(world.floor().news, Some(floor::News::Ticket(ticket(2))));
}

#[test]
fn a_ticket_is_unread_until_it_is_opened_and_again_when_the_customer_writes() {
    let first = row(1, |r| r.due("10:00").changed(2, "08:00"));
    let world = World::inside([first.clone()]);
    assert!(world.floor().unread(&first));
    let world = world.reads(first.clone());
    assert!(!world.floor().unread(&first));
    assert!(world.floor().unread(&row(1, |r| r.due("10:00").changed(3, "08:30"))));
    assert!(!world.floor().unread(&row(1, |r| r.waiting(false).changed(4, "08:40"))));
}

#[test]
fn the_open_ticket_is_read_again_when_its_row_changes() {
    let world = World::inside([row(1, |r| r.due("10:00"))]).reads(row(1, |r| r.due("10:00")));
    assert!(!world.floor().stale());
    let before = world.floor().wanted();
    let world = world.tells([row(1, |r| r.due("10:00").changed(3, "08:30"))]);
    assert!(world.floor().stale());
    assert_ne!(world.floor().wanted(), before);
}

#[test]
fn a_refusal_of_the_list_leaves_the_list_that_is_shown() {
    let world = World::inside([row(1, |r| r.due("10:00"))]).then(Action::Listed(Err(LOST)));
    assert_eq!(world.order(), [ticket(1)]);
}
