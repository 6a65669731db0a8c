//! The box for a proposed file: pasted, dropped or chosen, compared, and forgotten.

use std::rc::Rc;

use shared::refusal::Refusal;
use shared::text::planner as text;
use shared::wire::{Outcome, PlanAnswer};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement, HtmlTextAreaElement};
use widget::http::Failure;
use widget::icon::small;
use widget::task::Task;
use widget::words::Words;
use yew::prelude::*;

use super::{Told, act, ask, compare, planned};
use crate::state::{Act, Action, Session};
use crate::view::{clocks, failing};

#[derive(Properties, PartialEq)]
pub(super) struct ProposalProps {
    pub(super) session: Session,
    pub(super) answer: Rc<PlanAnswer>,
}

#[component]
pub(super) fn Proposal(props: &ProposalProps) -> Html {
    let ProposalProps { session, answer } = props;
    let words = session.words;
    let (task, unread) = (use_mut_ref(|| None::<Task>), use_state(|| false));
    let Some(floor) = session.floor() else { return Html::default() };
    let read = {
        let (tell, unread) = (session.dispatcher(), unread.clone());
        move |file: Option<File>| {
            let Some(file) = file else { return };
            let (tell, unread) = (tell.clone(), unread.clone());
            task.replace(Some(Task::spawn(async move {
                let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
                unread.set(text.is_none());
                if let Some(text) = text {
                    tell.dispatch(Action::Planner(Act::Typed(text)));
                    tell.dispatch(Action::Planner(Act::Compare));
                }
            })));
        }
    };
    let (dropped, over) = {
        let read = read.clone();
        let dropped = move |event: DragEvent| {
            if let Some(file) = event.data_transfer().and_then(|it| it.files()).and_then(|files| files.get(0))
            {
                event.prevent_default();
                read(Some(file));
            }
        };
        (dropped, |event: DragEvent| event.prevent_default())
    };
    let chosen = move |event: Event| {
        let files = event.target_unchecked_into::<HtmlInputElement>().files();
        read(files.and_then(|files| files.get(0)));
    };
    let tell = session.dispatcher();
    let oninput = move |event: InputEvent| {
        let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
        tell.dispatch(Action::Planner(Act::Typed(text)));
    };
    let planner = &floor.planner;
    let (empty, busy) = (planner.typed.trim().is_empty(), planner.compares());
    let label = words.say(if busy { text::COMPARING } else { text::COMPARE });
    let refused = planner.refused.as_ref().map(|why| wrong(session, why));
    html! {
        <section class="planner-part">
            <h3>{ words.say(text::FILE_TITLE) }</h3>
            <p class="help">{ words.say(text::FILE_TEXT) }</p>
            <div class="field" data-error={refused.is_some().then_some("")}>
                <label class="field-label" for="planner-file">{ words.say(text::FILE_LABEL) }</label>
                <textarea id="planner-file" class="field-input planner-file" dir="ltr" spellcheck="false" rows="6"
                    value={planner.typed.to_string()} {oninput} ondrop={dropped} ondragover={over} />
                { for refused }
                if *unread { <p class="field-error" role="alert">{ small("alert") }{ words.say(text::FILE_UNREAD) }</p> }
            </div>
            <div class="planner-file-foot">
                <button type="button" class="button" data-kind="primary" disabled={empty}
                    aria-busy={busy.then_some("true")} onclick={act(session, Act::Compare)}>{ label }</button>
                <label class="button planner-pick">
                    { words.say(text::FILE_CHOOSE) }
                    <input class="visually-hidden" type="file" accept=".toml,text/plain" onchange={chosen} />
                </label>
                if !empty {
                    <button type="button" class="button" data-kind="quiet" onclick={act(session, Act::Discard)}>
                        { words.say(text::DISCARD) }
                    </button>
                }
            </div>
            { both(answer, words) }
        </section>
    }
}

/// Both answers side by side, or what the proposed file has no name for.
fn both(answer: &PlanAnswer, words: Words) -> Html {
    match (planned(&answer.published), &answer.proposed) {
        (Some(old), Some(Outcome::Planned { forecast })) => {
            compare::table(Told::of(old, words, answer), Told::of(forecast, words, answer))
        }
        (_, Some(Outcome::Unknown { names })) => {
            let name = |name| html! { <li class="field-error">{ small("alert") }{ ask::sentence(words, name) }</li> };
            html! { <section role="alert"><h4>{ words.say(text::PROPOSED) }</h4><ul>{ for names.iter().map(name) }</ul></section> }
        }
        (None, Some(Outcome::Planned { .. })) | (_, None) => Html::default(),
    }
}

/// Everything that is wrong with the file, each with its place.
fn wrong(session: &Session, why: &Refusal) -> Html {
    let words = session.words;
    let Refusal::Policy { mistakes } = why else {
        let Some(floor) = session.floor() else { return Html::default() };
        let told = failing::told(&Failure::Refused(why.clone()), clocks::dates(session, floor));
        return html! { <p class="field-error" role="alert">{ small("alert") }{ told }</p> };
    };
    let title = match mistakes.len() {
        1 => words.say(text::MISTAKE).to_owned(),
        n => words.fill(text::MISTAKES, &[("n", &n.to_string())]),
    };
    let mistake = |mistake: &String| html! { <li lang="en" dir="ltr">{ mistake.clone() }</li> };
    html! {
        <div class="planner-mistakes" role="alert">
            <p class="field-error">{ small("alert") }<b>{ title }</b></p>
            <p class="help">{ words.say(text::MISTAKES_TEXT) }</p>
            <ol>{ for mistakes.iter().map(mistake) }</ol>
        </div>
    }
}
