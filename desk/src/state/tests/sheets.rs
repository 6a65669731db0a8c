//! What covers the page, and what the edge says that a change would do.

use super::*;
use crate::state::sheet::Wonder;
use shared::contract::Severity;
use shared::refusal::Unfit;
use shared::ticket::{Discard, PendReason};
use shared::wire::{Foresight, Wondered};

fn open() -> Row {
    row(1, |r| r.due("10:00"))
}

fn at_the_sheet(sheet: Sheet) -> World {
    World::inside([open()]).reads(open()).then(Action::Sheet(Some(sheet)))
}

fn wonder(world: &World) -> Wonder {
    world.floor().wonder().unwrap()
}

fn foresight() -> Box<Foresight> {
    Box::new(Foresight { now: at("09:00"), seq: 2, before: open().clocks, after: vec![] })
}

#[test]
fn a_choice_is_asked_about_and_its_answer_is_not_shown_beside_another_choice() {
    let world = at_the_sheet(Sheet::Severity(Severity::Urgent));
    let asked = wonder(&world);
    assert_eq!(asked.change, Wondered::Severity { to: Severity::Urgent });
    let world = world.then(Action::Foreseen(asked, Ok(foresight())));
    assert_eq!(world.floor().foreseen(), Some(Ok(&*foresight())));
    let world = world.then(Action::Sheet(Some(Sheet::Severity(Severity::Major))));
    assert_eq!(world.floor().foreseen(), None);
}

#[test]
fn an_answer_stands_for_a_minute_and_falls_with_the_next_line_of_the_log() {
    let world = at_the_sheet(Sheet::PENDING);
    let asked = wonder(&world);
    let world = world.then(Action::Foreseen(asked.clone(), Ok(foresight())));
    let later = world.then(Action::Ticked(at("09:01")));
    assert_ne!(wonder(&later), asked, "a minute later it is asked again");
    assert!(later.floor().foreseen().is_some(), "and shown until then");
    let newer = row(1, |r| r.due("10:00").changed(3, "09:01"));
    let later = later.then(Action::Read(ticket(1), Ok(desk_ticket(newer, vec![]))));
    assert_eq!(later.floor().foreseen(), None);
}

#[test]
fn a_ticket_that_waits_is_asked_about_going_on_without_a_sheet() {
    let since = at("08:00");
    let waiting = row(1, |r| r.paused().stage(Stage::Pending { since, reason: PendReason::Customer }));
    let world = World::inside([waiting.clone()]).reads(waiting);
    assert_eq!(wonder(&world).change, Wondered::Resume {});
    assert_eq!(World::inside([open()]).reads(open()).floor().wonder(), None);
}

#[test]
fn what_cannot_be_done_is_not_asked_for() {
    let merged = row(1, |r| r.stage(Stage::Merged { at: at("08:00") }));
    let world = World::inside([merged.clone()]).reads(merged);
    for sheet in [Sheet::Severity(Severity::Major), Sheet::Team, Sheet::Merge, Sheet::Discard] {
        let world = World(world.0.clone()).then(Action::Sheet(Some(sheet.clone())));
        assert_eq!(world.floor().sheet, None, "{sheet:?}");
    }
}

#[test]
fn a_change_closes_its_sheet_and_is_on_its_way() {
    let discard = DeskCommand::Discard { why: Discard::Spam };
    let world = at_the_sheet(Sheet::Discard).then(Action::Change(discard.clone()));
    assert_eq!((world.floor().sheet.clone(), world.on_its_way()), (None, vec![&discard]));
}

#[test]
fn another_customers_ticket_is_merged_once_somebody_confirms_it() {
    let merge = |confirmed| DeskCommand::Merge { into: "7K2M-94HS".into(), confirmed };
    let world = at_the_sheet(Sheet::Merge).then(Action::Change(merge(false)));
    let why = Unfit::OtherCustomer { code: "7K2M-94HS".into() };
    let serial = world.serial();
    let world = world.then(Action::Done(serial, Err(Failure::Refused(Refusal::Unfit { why }))));
    assert!(world.floor().failure().is_some() && world.on_its_way().is_empty());
    assert_eq!(world.then(Action::Confirm).on_its_way(), [&merge(true)]);
}
