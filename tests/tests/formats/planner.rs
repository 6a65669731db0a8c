//! The desk's planner.

use jiff::SignedDuration;
use shared::contract::{Complexity, Metric, Severity};
use shared::routing::{Commitment, Cover, Covered, Planned, Step, Why};
use shared::time::Window;
use shared::wire::{
    CompanyName, Forecast, Outcome, PlanAnswer, PlanChoices, PlanField, PlanQuestion, Proposal, TeamName,
    UnknownName,
};

use super::samples::*;

pub(crate) fn plan_question() -> PlanQuestion {
    let some = |word: &str| Some(word.to_owned());
    PlanQuestion {
        tier: some("vip"),
        company: None,
        severity: some("urgent"),
        complexity: some("ordinary"),
        text: some("报销系统登录不了"),
        channel: some("chat"),
        language: some("zh"),
        at: some("2026-10-01T23:10"),
        zone: some("Europe/Berlin"),
        reader: some("Asia/Shanghai"),
    }
}

pub(crate) fn proposal() -> Proposal {
    Proposal { file: "name = \"合思\"\n".into(), question: plan_question() }
}

fn whys() -> Vec<Why> {
    vec![
        Why::Told { reason: reasons().remove(0) },
        Why::Calls { from: Severity::Urgent },
        Why::CallsNobody {},
        Why::Articles { channel: name("articles") },
        Why::HandOver { team: name("support"), name: "客服一组".into(), at: at(60) },
    ]
}

fn planned() -> Planned {
    Planned {
        at: at(0),
        zone: zone(),
        tier: name("vip"),
        company: Some(name("yunshan")),
        severity: Severity::Urgent,
        complexity: Complexity::Complex,
        channel: name("chat"),
        policy: 3,
        route: routes().remove(0),
        account_manager: Some(named()),
        promises: vec![Commitment {
            metric: Metric::FirstResponse,
            promised: Some(promised()),
            within: SignedDuration::from_mins(30),
            calendar: name("always"),
            rule: "targets.vip.first_response.urgent".into(),
        }],
        steps: whys().into_iter().map(|why| Step { why, rule: "tiers.vip.calls_from".into() }).collect(),
    }
}

fn covers() -> Vec<Covered> {
    let covers = [
        Cover::Live { teams: vec![name("support")] },
        Cover::OnCall { agents: vec![li()], from: Severity::Urgent },
        Cover::Nobody {},
    ];
    let covered = |(from, cover)| Covered {
        window: Window::new(at(from), at(from + 60)).unwrap(),
        cover,
        uncovered: vec![Severity::General],
    };
    [0, 60, 120].into_iter().zip(covers).map(covered).collect()
}

pub(crate) fn outcomes() -> Vec<Outcome> {
    let forecast = Forecast {
        plan: planned(),
        reader: local(),
        home: local(),
        cover: covers(),
        teams: vec![TeamName { id: name("support"), name: "客服一组".into() }],
        people: vec![named()],
    };
    let unknown = UnknownName {
        field: PlanField::Tier,
        found: "vipp".into(),
        meant: Some("vip".into()),
        known: vec!["standard".into(), "vip".into()],
    };
    vec![Outcome::Planned { forecast: Box::new(forecast) }, Outcome::Unknown { names: vec![unknown] }]
}

pub(crate) fn plan_fields() -> Vec<PlanField> {
    vec![
        PlanField::Tier,
        PlanField::Company,
        PlanField::Severity,
        PlanField::Complexity,
        PlanField::Channel,
        PlanField::Language,
        PlanField::At,
        PlanField::Zone,
        PlanField::Reader,
    ]
}

pub(crate) fn plan_answer() -> PlanAnswer {
    let mut outcomes = outcomes();
    let choices = PlanChoices {
        tiers: vec![name("standard"), name("vip")],
        companies: vec![CompanyName { id: name("yunshan"), name: "云杉集团".into() }],
        channels: vec![name("chat")],
        languages: vec!["zh-CN".into()],
        zones: vec!["Asia/Shanghai".into()],
    };
    PlanAnswer {
        now: at(1),
        question: plan_question(),
        choices,
        proposed: outcomes.pop(),
        published: outcomes.remove(0),
    }
}
