//! What covers the page: for whom to wait, and which key does what. The browser's own dialog keeps the focus inside.

use shared::text::{Phrase, desk, planner};
use shared::ticket::PendReason;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::Props;
use super::changed::pending;
use crate::state::{Action, Session, Sheet};

#[component]
pub(super) fn Sheets(props: &Props) -> Html {
    let session = &props.session;
    match session.floor().and_then(|floor| floor.sheet) {
        None => Html::default(),
        Some(Sheet::Pending) => html! { <Pending session={session.clone()} /> },
        Some(Sheet::Keys) => html! { <Keys session={session.clone()} /> },
    }
}

/// A dialog that is shown as long as it is mounted, and gives the focus back to where it was.
#[hook]
fn use_dialog() -> NodeRef {
    let dialog = use_node_ref();
    use_effect_with(dialog.clone(), |dialog| {
        let dialog = dialog.cast::<HtmlDialogElement>();
        if let Some(dialog) = &dialog {
            // It is refused only while it is shown already.
            let _ = dialog.show_modal();
        }
        move || {
            if let Some(dialog) = dialog {
                dialog.close();
            }
        }
    });
    dialog
}

fn closed(session: &Session) -> Callback<Event> {
    let tell = session.dispatcher();
    Callback::from(move |_| tell.dispatch(Action::Sheet(None)))
}

const REASONS: [PendReason; 3] = [PendReason::Customer, PendReason::ThirdParty, PendReason::Appointment];

#[component]
fn Pending(props: &Props) -> Html {
    let session = &props.session;
    let words = session.words;
    let dialog = use_dialog();
    let chosen = use_state(|| PendReason::Customer);
    let pick = |reason: PendReason| {
        let set = chosen.setter();
        let onchange = move |_: Event| set.set(reason);
        html! {
            <label>
                <input class="visually-hidden" type="radio" name="why" checked={*chosen == reason} {onchange} />
                { words.say(pending(reason)) }
            </label>
        }
    };
    let (tell, reason) = (session.dispatcher(), *chosen);
    let onsubmit = move |event: SubmitEvent| {
        event.prevent_default();
        tell.dispatch(Action::Pend(reason));
    };
    let tell = session.dispatcher();
    let cancel = move |_: MouseEvent| tell.dispatch(Action::Sheet(None));
    html! {
        <dialog ref={dialog} class="dialog" aria-labelledby="pending-title" onclose={closed(session)}>
            <form class="dialog-body" {onsubmit}>
                <h2 id="pending-title">{ words.say(desk::PENDING_TITLE) }</h2>
                <p>{ words.say(desk::PENDING_TEXT) }</p>
                <fieldset class="field">
                    <legend class="field-label">{ words.say(desk::PENDING_REASON) }</legend>
                    <div class="picks">{ for REASONS.into_iter().map(pick) }</div>
                </fieldset>
                <div class="dialog-foot">
                    <button type="button" class="button" onclick={cancel}>{ words.say(desk::CANCEL) }</button>
                    <button class="button" data-kind="primary">{ words.say(desk::SET_PENDING) }</button>
                </div>
            </form>
        </dialog>
    }
}

const KEYS: [(&str, Phrase); 10] = [
    ("J K ↓ ↑", desk::KEY_MOVE),
    ("↵", desk::KEY_OPEN),
    ("R", desk::KEY_REPLY),
    ("N", desk::KEY_NOTE),
    ("P", desk::KEY_PENDING),
    ("S", desk::KEY_SOLVE),
    ("/", desk::KEY_FIND),
    ("Ctrl ↵", desk::KEY_SEND),
    ("L", planner::KEY),
    ("?", desk::KEY_KEYS),
];

#[component]
fn Keys(props: &Props) -> Html {
    let session = &props.session;
    let words = session.words;
    let dialog = use_dialog();
    let row = |(keys, phrase): (&str, Phrase)| {
        let keys = keys.split(' ').map(|key| html! { <kbd>{ key.to_owned() }</kbd> });
        html! { <><dt>{ for keys }</dt><dd>{ words.say(phrase) }</dd></> }
    };
    let tell = session.dispatcher();
    let close = move |_: MouseEvent| tell.dispatch(Action::Sheet(None));
    html! {
        <dialog ref={dialog} class="dialog" aria-labelledby="keys-title" onclose={closed(session)}>
            <div class="dialog-body">
                <h2 id="keys-title">{ words.say(desk::KEYS_TITLE) }</h2>
                <dl class="keys">{ for KEYS.into_iter().map(row) }</dl>
                <div class="dialog-foot">
                    <button class="button" data-kind="primary" onclick={close}>{ words.say(desk::CLOSE) }</button>
                </div>
            </div>
        </dialog>
    }
}
