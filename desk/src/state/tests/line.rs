//! The line to the edge: lost, dialled again, and who may be on it.

use super::*;

#[test]
fn a_session_that_ended_leads_outside() {
    let why = Failure::Refused(Refusal::Unauthorized { why: Proof::Session });
    let world = World::inside([]).then(Action::Listed(Err(why)));
    assert_eq!(world.0.place, Place::Outside(Outside::Ended));
}

#[test]
fn a_lost_line_counts_from_its_first_loss() {
    let world = World::inside([])
        .then(Action::Line(Line::Lost { since: at("09:00") }))
        .then(Action::Line(Line::Lost { since: at("09:05") }));
    assert_eq!(world.floor().line, Line::Lost { since: at("09:00") });
}

#[test]
fn each_dial_in_vain_rests_longer_and_a_live_line_begins_anew() {
    let lost = || Action::Line(Line::Lost { since: at("09:00") });
    let world = World::inside([]).then(lost()).then(lost());
    assert_eq!((world.floor().dials, world.floor().dialled_in_vain), (2, 2));
    let asked = world.floor().resyncs;
    let world = world.then(Action::Line(Line::Live));
    assert_eq!(
        (world.floor().dials, world.floor().dialled_in_vain),
        (2, 0),
        "a live line is not dialled again"
    );
    assert_eq!(world.floor().resyncs, asked + 1, "what was said unheard is asked for");
}

#[test]
fn whoever_looks_at_the_page_again_waits_for_no_rest() {
    let world = World::inside([]).then(Action::Line(Line::Lost { since: at("09:00") }));
    let (dials, asked) = (world.floor().dials, world.floor().resyncs);
    let world = world.then(Action::Resync);
    assert_eq!((world.floor().dials, world.floor().dialled_in_vain), (dials + 1, 0));
    assert_eq!(world.floor().resyncs, asked + 1);
}

#[test]
fn a_link_that_met_no_network_is_tried_again_with_its_token() {
    let unreached = Outside::Unreached { token: Some("token".into()), tries: 0, trouble: LOST };
    let world = World::outside().then(Action::Kept(unreached)).then(Action::Knock);
    assert_eq!(world.0.place, Place::Entering { token: Some("token".into()), tries: 1 });
}
