//! A page of one sentence for whoever is not inside: why, and what to do.

use shared::text::{Phrase, desk};
use widget::icon::icon;
use yew::prelude::*;

use super::Props;
use crate::state::{Action, Outside, Place};

#[component]
pub(super) fn Door(props: &Props) -> Html {
    let session = &props.session;
    let words = session.words;
    let outside = match &session.place {
        Place::Outside(outside) => outside,
        // The page's own skeleton goes on: nothing jumps when the list comes.
        Place::Entering { .. } | Place::Inside(_) => return waiting(words.say(desk::LOADING)),
    };
    let again = match outside {
        Outside::Unreached { .. } => {
            let knock = session.dispatcher();
            let onclick = move |_: MouseEvent| knock.dispatch(Action::Knock);
            html! { <button class="button" data-kind="primary" {onclick}>{ words.say(desk::TRY_AGAIN) }</button> }
        }
        Outside::NoLink | Outside::LinkUsed | Outside::Ended | Outside::Left => Html::default(),
    };
    let (title, text) = told(outside);
    html! {
        <main class="door">
            { icon("night-bell") }
            <h1 tabindex="-1">{ words.say(title) }</h1>
            <p>{ words.say(text) }</p>
            { again }
        </main>
    }
}

fn told(outside: &Outside) -> (Phrase, Phrase) {
    match outside {
        Outside::NoLink => (desk::SIGN_IN_TITLE, desk::SIGN_IN_TEXT),
        Outside::LinkUsed => (desk::SIGN_IN_USED_TITLE, desk::SIGN_IN_USED_TEXT),
        Outside::Ended => (desk::ENDED_TITLE, desk::ENDED_TEXT),
        Outside::Left => (desk::SIGNED_OUT_TITLE, desk::SIGNED_OUT_TEXT),
        Outside::Unreached { .. } => (desk::ERROR_TITLE, desk::ERROR_TEXT),
    }
}

fn waiting(loading: &'static str) -> Html {
    html! {
        <div class="desk" aria-busy="true">
            <div class="desk-notices" />
            <section class="inbox" aria-label={loading}>
                <header class="desk-head">{ icon("night-bell") }<p class="desk-head-tenant" /></header>
                <div class="inbox-list">{ super::inbox::skeleton() }</div>
            </section>
            <main class="pane" data-empty="" />
        </div>
    }
}
