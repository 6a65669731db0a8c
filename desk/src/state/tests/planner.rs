//! What the planner asks, and what each answer makes of it.

use shared::contract::{Complexity, Severity};
use shared::refusal::{Proof, Refusal};
use shared::routing::{Planned, Route};
use shared::wire::{Forecast, Outcome, PlanAnswer, PlanChoices, PlanField, PlanQuestion};

use super::super::planner::{Act, Which, Wish};
use super::*;

fn answer(proposed: bool) -> Box<PlanAnswer> {
    let outcome = |policy| {
        let plan = Planned {
            at: at("09:00"),
            zone: Zone::new("Asia/Shanghai").unwrap(),
            tier: "vip".parse().unwrap(),
            company: None,
            severity: Severity::Urgent,
            complexity: Complexity::Ordinary,
            channel: "chat".parse().unwrap(),
            policy,
            route: Route::Ticket { team: None, opens: None },
            account_manager: None,
            promises: vec![],
            steps: vec![],
        };
        let (cover, teams, people) = (vec![], vec![], vec![]);
        let forecast = Forecast { plan, reader: local(), home: local(), cover, teams, people };
        Outcome::Planned { forecast: Box::new(forecast) }
    };
    Box::new(PlanAnswer {
        now: at("09:00"),
        question: PlanQuestion::default(),
        choices: PlanChoices::default(),
        published: outcome(1),
        proposed: proposed.then(|| outcome(0)),
    })
}

impl World {
    fn plans(self, act: Act) -> Self {
        self.then(Action::Planner(act))
    }

    fn at_the_planner() -> Self {
        Self::inside([]).plans(Act::Shown(true))
    }

    fn wish(&self) -> Option<(u32, Wish)> {
        self.floor().planner.wish()
    }

    /// The edge answers what it was asked last.
    fn hears(self, answered: Result<Box<PlanAnswer>, Failure>) -> Self {
        let (serial, _) = self.wish().unwrap();
        self.plans(Act::Answered(serial, answered))
    }

    fn asks(&self) -> PlanQuestion {
        match self.wish().unwrap().1 {
            Wish::Published(question) => question,
            Wish::Proposed(proposal) => proposal.question,
        }
    }
}

#[test]
fn the_planner_asks_once_it_is_shown_and_in_the_readers_zone() {
    let closed = World::inside([]);
    assert_eq!(closed.wish(), None);
    let world = closed.plans(Act::Shown(true));
    assert_eq!(world.asks().reader.as_deref(), Some("Asia/Shanghai"));
    assert_eq!(world.hears(Ok(answer(false))).wish(), None);
}

#[test]
fn another_word_is_another_question_and_the_answer_to_the_older_one_comes_too_late() {
    let world = World::at_the_planner();
    let (old, _) = world.wish().unwrap();
    let world = world.plans(Act::Word(PlanField::Severity, "urgent".into()));
    assert_eq!(world.asks().severity.as_deref(), Some("urgent"));
    let world = world.plans(Act::Answered(old, Ok(answer(false))));
    assert!(world.floor().planner.answer.is_none());
    assert!(world.hears(Ok(answer(false))).floor().planner.answer.is_some());
}

#[test]
fn a_company_says_its_tier_and_a_tier_is_anybodys() {
    let world = World::at_the_planner()
        .plans(Act::Word(PlanField::Tier, "vip".into()))
        .plans(Act::Word(PlanField::Company, "yunshan".into()));
    assert_eq!((world.asks().tier, world.asks().company.as_deref()), (None, Some("yunshan")));
    let world = world.plans(Act::Word(PlanField::Tier, "standard".into()));
    assert_eq!((world.asks().tier.as_deref(), world.asks().company), (Some("standard"), None));
}

#[test]
fn an_emptied_moment_is_now_again() {
    let world = World::at_the_planner().plans(Act::Word(PlanField::At, "2026-10-01T23:10".into()));
    assert_eq!(world.asks().at.as_deref(), Some("2026-10-01T23:10"));
    assert_eq!(world.plans(Act::Word(PlanField::At, " ".into())).asks().at, None);
}

#[test]
fn a_proposed_file_is_sent_only_when_it_is_to_be_compared_and_goes_along_with_every_question_after() {
    let world = World::at_the_planner().hears(Ok(answer(false))).plans(Act::Typed("name = 1".into()));
    assert_eq!(world.wish(), None);
    let world = world.plans(Act::Compare);
    let Some((_, Wish::Proposed(proposal))) = world.wish() else { panic!("{:?}", world.wish()) };
    assert_eq!(proposal.file, "name = 1");
    let world = world.hears(Ok(answer(true))).plans(Act::Cover(Which::Proposed));
    let world = world.plans(Act::Word(PlanField::Severity, "major".into()));
    assert!(matches!(world.wish(), Some((_, Wish::Proposed(_)))));
    let world = world.plans(Act::Discard);
    assert!(matches!(world.wish(), Some((_, Wish::Published(_)))));
    assert_eq!((&*world.floor().planner.typed, world.floor().planner.cover), ("", Which::Published));
}

#[test]
fn mistakes_stand_beside_the_file_and_the_published_one_is_asked_again() {
    let mistakes = vec!["1:1: name: missing".to_owned()];
    let refusal = Refusal::Policy { mistakes };
    let world = World::at_the_planner().hears(Ok(answer(false)));
    let world = world.plans(Act::Typed("x".into())).plans(Act::Compare);
    let world = world.hears(Err(Failure::Refused(refusal.clone())));
    assert_eq!(world.floor().planner.refused, Some(refusal));
    assert_eq!(world.floor().planner.trouble, None);
    assert!(matches!(world.wish(), Some((_, Wish::Published(_)))));
    assert_eq!(world.plans(Act::Typed("y".into())).floor().planner.refused, None);
}

#[test]
fn a_lost_answer_keeps_what_is_shown_and_can_be_tried_again() {
    let world = World::at_the_planner().hears(Ok(answer(false))).plans(Act::Again).hears(Err(LOST));
    assert_eq!(world.floor().planner.trouble, Some(LOST));
    assert!(world.floor().planner.answer.is_some());
    assert_eq!(world.wish(), None);
    assert!(world.plans(Act::Again).wish().is_some());
}

#[test]
fn a_session_that_ended_at_the_planner_leads_outside() {
    let refusal = Refusal::Unauthorized { why: Proof::Session };
    let world = World::at_the_planner().hears(Err(Failure::Refused(refusal)));
    assert_eq!(world.0.place, Place::Outside(Outside::Ended));
}

#[test]
fn whoever_looks_again_asks_again_but_only_at_the_planner() {
    let world = World::at_the_planner().hears(Ok(answer(false))).then(Action::Resync);
    assert!(world.wish().is_some());
    let world = world.plans(Act::Shown(false)).then(Action::Resync);
    assert_eq!(world.wish(), None);
}
