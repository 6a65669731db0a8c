//! The planner: what would happen to a request that nobody has sent, who covers the weeks to come, and what a proposed
//! file would change.

mod answer;
mod ask;
mod cells;
mod compare;
mod holes;
mod map;
mod proposal;
mod told;

use shared::text::{desk, planner as text};
use shared::wire::{Forecast, Outcome, PlanAnswer};
use web_sys::HtmlElement;
use widget::dates::Dates;
use widget::icon::{along, icon};
use widget::words::Words;
use yew::prelude::*;

use super::{Props, clocks, failing};
use crate::state::planner::Which;
use crate::state::{Act, Action, Floor, Planner, Session};

/// One file's answer, told to one reader.
#[derive(Clone, Copy)]
struct Told<'a> {
    forecast: &'a Forecast,
    dates: Dates<'a>,
}

impl<'a> Told<'a> {
    fn of(forecast: &'a Forecast, words: Words, answer: &PlanAnswer) -> Self {
        Self { forecast, dates: Dates { words, local: &forecast.reader, now: answer.now } }
    }
}

fn planned(outcome: &Outcome) -> Option<&Forecast> {
    match outcome {
        Outcome::Planned { forecast } => Some(forecast),
        Outcome::Unknown { .. } => None,
    }
}

fn forecast(answer: &PlanAnswer, which: Which) -> Option<&Forecast> {
    match which {
        Which::Published => planned(&answer.published),
        Which::Proposed => answer.proposed.as_ref().and_then(planned),
    }
}

fn act(session: &Session, act: Act) -> Callback<MouseEvent> {
    let tell = session.dispatcher();
    Callback::from(move |_| tell.dispatch(Action::Planner(act.clone())))
}

#[component]
pub(super) fn Page(props: &Props) -> Html {
    let session = &props.session;
    let words = session.words;
    let title = use_node_ref();
    use_effect_with(title.clone(), |title| {
        if let Some(title) = title.cast::<HtmlElement>() {
            // Whoever comes by key or link reads on from here.
            let _ = title.focus();
        }
    });
    let Some(floor) = session.floor() else { return Html::default() };
    html! {
        <main class="planner" aria-busy={floor.planner.waits().then_some("true")}>
            <header class="planner-head">
                <a class="button" data-kind="icon" href="#" aria-label={words.say(desk::BACK)}>{ along("back") }</a>
                <h2 ref={title} tabindex="-1">{ words.say(text::TITLE) }</h2>
                <p>{ words.say(text::LEAD) }</p>
            </header>
            { body(session, floor, &floor.planner) }
        </main>
    }
}

fn body(session: &Session, floor: &Floor, planner: &Planner) -> Html {
    let words = session.words;
    let again = |why| {
        let told = failing::told(why, clocks::dates(session, floor));
        let onclick = act(session, Act::Again);
        (told, html! { <button class="button" {onclick}>{ words.say(desk::TRY_AGAIN) }</button> })
    };
    let Some(answer) = &planner.answer else {
        return match &planner.trouble {
            Some(why) => {
                let (told, again) = again(why);
                html! {
                    <div class="blank" role="alert">
                        <h2>{ words.say(text::ERROR_TITLE) }</h2><p>{ told }</p>{ again }
                    </div>
                }
            }
            None => skeleton(words.say(text::LOADING)),
        };
    };
    let trouble = planner.trouble.as_ref().map(again).map(|(told, again)| {
        html! {
            <p class="notice" data-kind="trouble" role="alert">
                { icon("offline") }<span><b>{ told }</b>{ " " }{ words.say(text::STALE) }</span>{ again }
            </p>
        }
    });
    html! {
        <>
            { for trouble }
            <ask::Ask session={session.clone()} answer={answer.clone()} />
            if let Some(published) = planned(&answer.published) {
                { answer::told(Told::of(published, words, answer)) }
                <map::Map session={session.clone()} answer={answer.clone()} />
            }
            <proposal::Proposal session={session.clone()} answer={answer.clone()} />
        </>
    }
}

/// The shape of what comes, so that nothing jumps.
fn skeleton(loading: &'static str) -> Html {
    let column = |_| {
        html! { <div><span class="skeleton" data-length="half" /><span class="skeleton" /><span class="skeleton" /></div> }
    };
    html! {
        <div class="planner-waiting" role="status" aria-label={loading}>
            <span class="skeleton" data-length="half" />
            <span class="skeleton" data-length="hero" />
            <div class="planner-columns">{ for (0..3).map(column) }</div>
            <span class="skeleton" data-length="map" />
        </div>
    }
}
