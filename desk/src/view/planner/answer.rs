//! The plan: the promise first, then who is told, what is promised, and why, each step with its rule.

use jiff::Timestamp;
use shared::contract::Metric;
use shared::ids::TeamId;
use shared::routing::{Commitment, Planned, Route, Step, Why};
use shared::sla::Promised;
use shared::text::planner as text;
use widget::dates::{self, Dates, rfc3339};
use widget::icon::small;
use widget::reasons::{self, channel_name, severity_phrase};
use widget::words::{Words, listed};
use yew::prelude::*;

use super::{Told, told};
use crate::view::clocks;

/// One file's plan.
pub(super) fn told(view: Told<'_>) -> Html {
    let words = view.dates.words;
    html! {
        <>
            <section class="planner-answer" aria-live="polite">
                <p class="planner-hero">{ route(view) }{ " " }{ promise(view) }</p>
                <p class="promise-number">{ beside(view) }</p>
            </section>
            <div class="planner-columns">
                <section>
                    <h3>{ words.say(text::WHO) }</h3>
                    <ol class="planner-who">{ for who(view) }</ol>
                </section>
                <section>
                    <h3>{ words.say(text::PROMISES) }</h3>
                    <ul class="planner-promises">
                        { for view.forecast.plan.promises.iter().map(|one| commitment(one, view.dates)) }
                    </ul>
                </section>
                <section>
                    <h3>{ words.say(text::WHY) }</h3>
                    <ol class="reason-list">{ for view.forecast.plan.steps.iter().map(|step| because(step, view.dates)) }</ol>
                </section>
            </div>
        </>
    }
}

fn team<'v>(view: Told<'v>, id: Option<&'v TeamId>) -> Option<&'v str> {
    id.map(|id| told::team(view.forecast, id))
}

/// Who gets it, as a sentence.
pub(super) fn route(view: Told<'_>) -> String {
    let words = view.dates.words;
    match &view.forecast.plan.route {
        Route::Live { name, .. } => words.fill(text::ROUTE_LIVE, &[("team", name)]),
        Route::Region { name, .. } => words.fill(text::ROUTE_REGION, &[("team", name)]),
        Route::OnCall { agents } => {
            let names = listed(words, agents.iter().map(|agent| agent.name.as_str()));
            words.fill(text::ROUTE_ON_CALL, &[("name", &names)])
        }
        Route::Ticket { team: id, .. } => match team(view, id.as_ref()) {
            Some(team) => words.fill(text::ROUTE_TICKET, &[("team", team)]),
            None => words.say(text::ROUTE_TICKET_NOBODY).to_owned(),
        },
        Route::SelfService { team: id, .. } => {
            words.fill(text::ROUTE_ARTICLES, &[("team", team(view, id.as_ref()).unwrap_or_default())])
        }
    }
}

fn first(plan: &Planned) -> Option<&Commitment> {
    plan.promises.iter().find(|one| one.metric == Metric::FirstResponse)
}

fn promise(view: Told<'_>) -> Html {
    let words = view.dates.words;
    match first(&view.forecast.plan) {
        None => words.say(text::PROMISE_NONE).into(),
        Some(Commitment { promised: None, .. }) => words.say(text::PROMISE_NEVER).into(),
        Some(Commitment { promised: Some(promised), .. }) => html! {
            <>
                { words.html(text::PROMISE, &[("time", instant(promised.at, view.dates))]) }
                { for provisional(*promised, words) }
            </>
        },
    }
}

/// The instant with its date, today as well: another day may be asked about.
pub(super) fn instant(at: Timestamp, dates: Dates<'_>) -> Html {
    html! { <time datetime={rfc3339(at)}>{ dates.full(at) }</time> }
}

pub(super) fn provisional(promised: Promised, words: Words) -> Option<Html> {
    promised.provisional.then(|| {
        html! {
            <span class="clock-state" data-state="provisional">{ small("provisional") }{ words.say(text::PROVISIONAL) }</span>
        }
    })
}

/// How long it takes, whose clock that is, and what other clocks show then: each zone is named once.
fn beside(view: Told<'_>) -> Html {
    let Told { forecast, dates } = view;
    let (words, plan) = (dates.words, &forecast.plan);
    let mut parts = Vec::new();
    if let Some(Commitment { promised: Some(promised), .. }) = first(plan) {
        let left = Dates { now: plan.at, ..dates }.left(promised.at);
        parts.push(words.fill(text::AFTER, &[("duration", &left)]));
        parts.push(dates.zone());
        if forecast.home.zone() != forecast.reader.zone() {
            let zone = told::zone(words, forecast.home.zone());
            let home = told::shown(dates, forecast.home.civil(promised.at));
            parts.push([home, " ".into(), words.fill(text::HOME_ZONE, &[("zone", &zone)])].concat());
        }
        if plan.zone != *forecast.reader.zone() && plan.zone != *forecast.home.zone() {
            let zone = told::zone(words, &plan.zone);
            let hers = told::shown(dates, promised.civil);
            parts.push([hers, " ".into(), words.fill(text::CUSTOMER_ZONE, &[("zone", &zone)])].concat());
        }
    } else {
        parts.push(dates.zone());
    }
    parts.join(" · ").into()
}

fn who(view: Told<'_>) -> Vec<Html> {
    let words = view.dates.words;
    let row = |name: &str, told: String| html! { <li><b dir="auto">{ name.to_owned() }</b><span>{ told }</span></li> };
    let plan = &view.forecast.plan;
    let waits = |id: Option<&TeamId>, opens: Option<Timestamp>| {
        let opens = opens.map(|at| words.fill(text::TEAM_OPENS, &[("time", &view.dates.full(at))]));
        team(view, id).map(|name| row(name, opens.unwrap_or_default()))
    };
    let mut rows: Vec<Html> = match &plan.route {
        Route::Live { name, .. } | Route::Region { name, .. } => {
            Vec::from([row(name, words.say(text::TEAM_NOW).to_owned())])
        }
        Route::OnCall { agents } => {
            agents.iter().map(|agent| row(&agent.name, words.say(text::ORDER_CALLED).to_owned())).collect()
        }
        Route::Ticket { team, opens } | Route::SelfService { team, opens, .. } => {
            waits(team.as_ref(), *opens).into_iter().collect()
        }
    };
    let manager = plan.account_manager.as_ref();
    rows.extend(manager.map(|manager| row(&manager.name, words.say(text::MANAGER_TOLD).to_owned())));
    rows
}

fn commitment(one: &Commitment, dates: Dates<'_>) -> Html {
    let words = dates.words;
    let within = [("duration", &*dates::open_time(words, one.within)), ("calendar", one.calendar.as_str())];
    let when = one.promised.map_or_else(|| words.say(text::NEVER_DUE).into(), |it| instant(it.at, dates));
    html! {
        <li>
            <span>{ clocks::metric(words, one.metric) }</span><b>{ when }</b>
            <small>{ words.fill(text::WITHIN, &within) }{ " " }{ for one.promised.and_then(|it| provisional(it, words)) }</small>
            <code class="planner-rule">{ one.rule.clone() }</code>
        </li>
    }
}

/// One step, what it adds, and the rule of the file behind it.
fn because(step: &Step, dates: Dates<'_>) -> Html {
    let (told, sum, result) = why(&step.why, dates);
    let rule = (!step.rule.is_empty()).then(|| {
        html! { <code class="planner-rule" title={dates.words.fill(text::RULE, &[("rule", &step.rule)])}>{ step.rule.clone() }</code> }
    });
    html! {
        <li class="reason" data-kind={result.then_some("result")}>
            <span>{ told }</span><span class="reason-sum">{ sum }</span>{ for rule }
        </li>
    }
}

fn why(why: &Why, dates: Dates<'_>) -> (String, String, bool) {
    let words = dates.words;
    let severity = |one| words.say(severity_phrase(one));
    let alone = |told: String| (told, String::new(), false);
    match why {
        Why::Told { reason } => {
            let line = reasons::lines(std::slice::from_ref(reason), dates).into_iter().next();
            line.map_or_else(|| alone(String::new()), |line| (line.told, line.sum, line.result))
        }
        Why::Calls { from } => alone(words.fill(text::CALLS, &[("severity", severity(*from))])),
        Why::CallsNobody {} => alone(words.say(text::CALLS_NOBODY).to_owned()),
        Why::Articles { channel } => {
            alone(words.fill(text::ARTICLES_FIRST, &[("channel", &channel_name(words, channel))]))
        }
        Why::NoChannel { channel } => {
            alone(words.fill(text::NO_CHANNEL, &[("channel", &channel_name(words, channel))]))
        }
        Why::HandOver { name, at, .. } => {
            (words.fill(text::HAND_OVER, &[("team", name)]), dates.full(*at), false)
        }
    }
}
