//! Who covers which hour in the four weeks to come: the map with its switches, its legend, and the hour that is pointed
//! at in words.

use std::rc::Rc;

use shared::routing::{CoverDay, Covered, Fare};
use shared::text::planner as text;
use shared::time::Day;
use shared::wire::{Forecast, Outcome, PlanAnswer};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use widget::dates::Dates;
use widget::icon::small;
use widget::reasons::{severity_phrase, tier_name};
use widget::words::Words;
use yew::prelude::*;

use super::cells::{self, Cell, Cells};
use super::{act, forecast, holes, told};
use crate::state::planner::{Which, Whose};
use crate::state::{Act, Session};

const DAYS: usize = 28;

#[derive(Properties, PartialEq)]
pub(super) struct MapProps {
    pub(super) session: Session,
    pub(super) answer: Rc<PlanAnswer>,
}

#[component]
pub(super) fn Map(props: &MapProps) -> Html {
    let MapProps { session, answer } = props;
    let words = session.words;
    let (which, whose) = session
        .floor()
        .map_or((Which::Published, Whose::Reader), |floor| (floor.planner.cover, floor.planner.zone));
    let days =
        use_memo((answer.clone(), which, whose), |(answer, which, whose)| days(answer, *which, *whose));
    let pointed = use_state(|| None::<Cell>);
    let reached = use_state(|| None::<Cell>);
    let Some(forecast) = forecast(answer, which) else { return Html::default() };
    let dates = Dates { words, local: cells::local(forecast, whose), now: answer.now };
    let start = (0, usize::from(dates.civil(forecast.plan.at).hour));
    let told = pointed.and_then(|cell| said(forecast, &days, cell, dates));
    let over = {
        let pointed = pointed.clone();
        move |event: PointerEvent| pointed.set(cell_of(event.target()))
    };
    let focus = {
        let (pointed, reached) = (pointed.clone(), reached.clone());
        move |event: FocusEvent| {
            if let Some(cell) = cell_of(event.target()) {
                pointed.set(Some(cell));
                reached.set(Some(cell));
            }
        }
    };
    html! {
        <section class="planner-part">
            <header class="planner-map-head">
                <h3>{ words.say(text::MAP_TITLE) }</h3>
                <p>{ case(forecast, words) }</p>
                { files(session, answer, which) }
                { zones(session, forecast, whose) }
            </header>
            <div class="map-scroll" onpointerover={over} onfocusin={focus} onkeydown={|event: KeyboardEvent| moved(&event)}>
                <Cells answer={answer.clone()} {which} {whose} {days} reached={reached.unwrap_or(start)} {words} />
            </div>
            <p class="map-told">{ told.unwrap_or_else(|| words.say(text::MAP_HINT).to_owned()) }</p>
            { legend(forecast, words) }
            { holes::listed(&holes::ahead(forecast), dates) }
        </section>
    }
}

fn days(answer: &PlanAnswer, which: Which, whose: Whose) -> Vec<CoverDay> {
    let Some(forecast) = forecast(answer, which) else { return Vec::new() };
    let local = cells::local(forecast, whose);
    let first = local.civil(forecast.plan.at).day;
    let days = std::iter::successors(Some(first), |day: &Day| Some(day.tomorrow())).take(DAYS);
    Covered::by_hour(&forecast.cover, forecast.plan.severity, local, days)
}

fn said(forecast: &Forecast, days: &[CoverDay], (row, column): Cell, dates: Dates<'_>) -> Option<String> {
    let day = days.get(row)?;
    let hour = day.hours.get(column)?;
    Some(cells::sentence(forecast, (day.day, column), hour.as_ref(), dates))
}

/// `VIP, urgent`.
fn case(forecast: &Forecast, words: Words) -> String {
    let tier = tier_name(words, &forecast.plan.tier);
    let severity = words.say(severity_phrase(forecast.plan.severity));
    words.fill(text::MAP_CASE, &[("tier", &tier), ("severity", severity)])
}

/// Which cell an event comes from.
fn cell_of(target: Option<web_sys::EventTarget>) -> Option<Cell> {
    let element = target?.dyn_into::<Element>().ok()?.closest("[data-cell]").ok()??;
    let place = element.get_attribute("data-cell")?;
    let (row, column) = place.split_once('-')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

/// Arrows move the focus as the table is seen: along the line means against it where lines run from right to left.
fn moved(event: &KeyboardEvent) {
    let Some((row, column)) = cell_of(event.target()) else { return };
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let mirrored = target.is_some_and(|cell| cell.closest("[dir=rtl]").ok().flatten().is_some());
    let (back, forth) = (column.checked_sub(1), Some(column + 1));
    let (left, right) = if mirrored { (forth, back) } else { (back, forth) };
    let to = match &*event.key() {
        "ArrowUp" => row.checked_sub(1).map(|row| (row, column)),
        "ArrowDown" => Some((row + 1, column)),
        "ArrowLeft" => left.map(|column| (row, column)),
        "ArrowRight" => right.map(|column| (row, column)),
        "Home" => Some((row, 0)),
        "End" => Some((row, 23)),
        _ => return,
    };
    event.prevent_default();
    let id = to.map(|(row, column)| format!("cell-{row}-{column}"));
    let document = web_sys::window().and_then(|window| window.document());
    let cell = id.and_then(|id| document?.get_element_by_id(&id)?.dyn_into::<HtmlElement>().ok());
    if let Some(cell) = cell {
        // At the edge of the map there is no such cell, and the focus stays.
        let _ = cell.focus();
    }
}

fn pick(session: &Session, chosen: bool, told: String, next: Act) -> Html {
    let onclick = act(session, next);
    let pressed = if chosen { "true" } else { "false" };
    html! { <button type="button" class="filter" aria-pressed={pressed} {onclick}>{ told }</button> }
}

/// Whose cover is shown, once there are two.
fn files(session: &Session, answer: &PlanAnswer, which: Which) -> Html {
    let Some(Outcome::Planned { .. }) = answer.proposed else { return Html::default() };
    let words = session.words;
    let one = |file, phrase| pick(session, which == file, words.say(phrase).to_owned(), Act::Cover(file));
    html! {
        <div class="filters" role="group" aria-label={words.say(text::MAP_OF)}>
            { one(Which::Published, text::PUBLISHED) }{ one(Which::Proposed, text::PROPOSED) }
        </div>
    }
}

/// Whose hours are shown; where both zones are one there is nothing to choose.
fn zones(session: &Session, forecast: &Forecast, whose: Whose) -> Html {
    let words = session.words;
    let reader = told::zone(words, forecast.reader.zone());
    if forecast.reader.zone() == forecast.home.zone() {
        return html! { <p>{ words.fill(text::HOURS_IN, &[("zone", &reader)]) }</p> };
    }
    let home = words.fill(text::HOME_ZONE, &[("zone", &told::zone(words, forecast.home.zone()))]);
    html! {
        <div class="filters" role="group" aria-label={words.say(text::HOURS_OF)}>
            { pick(session, whose == Whose::Reader, reader, Act::Zone(Whose::Reader)) }
            { pick(session, whose == Whose::Tenant, home, Act::Zone(Whose::Tenant)) }
        </div>
    }
}

fn legend(forecast: &Forecast, words: Words) -> Html {
    let sample = |fare: Fare, mark: Html, told: Html| {
        html! { <li><span class="map-sample" data-fare={cells::name(fare)} aria-hidden="true">{ mark }</span>{ told }</li> }
    };
    let team = |(number, team): (usize, &shared::wire::TeamName)| {
        sample(Fare::Live, number.into(), html! { <span dir="auto">{ team.name.clone() }</span> })
    };
    html! {
        <ul class="map-legend" aria-label={words.say(text::LEGEND)}>
            { for (1..).zip(&forecast.teams).map(team) }
            { sample(Fare::OnCall, small("phone"), words.say(text::LEGEND_ON_CALL).into()) }
            { sample(Fare::Nobody, Html::default(), words.say(text::LEGEND_NOBODY).into()) }
            { sample(Fare::Hole, "!".into(), words.say(text::LEGEND_HOLE).into()) }
            <li><span class="map-sample" data-mixed="" aria-hidden="true" />{ words.say(text::LEGEND_MIXED) }</li>
            <li><span class="map-sample" data-asked="" aria-hidden="true" />{ words.say(text::LEGEND_ASKED) }</li>
        </ul>
    }
}
