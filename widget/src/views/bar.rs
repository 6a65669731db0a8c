//! The bar at the top: where she is, the way back, the way out.

use std::rc::Rc;

use shared::text::widget as text;
use widget::icon::{along, icon};
use yew::prelude::*;

use crate::effects::tell_host;
use crate::link::Link;
use crate::session::{Session, View};
use crate::start::Setup;

/// The bar.
pub(crate) fn bar(session: &Session, link: &Link, setup: &Rc<Setup>) -> Html {
    let words = session.words;
    let name = session.hello.here.as_ref().map_or(words.say(text::SUPPORT).into(), |hello| {
        AttrValue::from(hello.name.clone())
    });
    let (inner, title) = match session.view {
        View::Home => (None, html! { <p class="bar-title">{ name }</p> }),
        View::Tickets => (None, title(words.say(text::TICKETS_TITLE).into(), Html::default())),
        View::Form => (Some(View::Home), title(words.say(text::FORM_TITLE).into(), Html::default())),
        View::Receipt(_) => (Some(View::Home), plain(words.say(text::RECEIPT_TITLE))),
        View::Ticket(id) => {
            let code = html! { <small><span class="code">{ id.code() }</span></small> };
            (Some(View::Tickets), title(subject(session).unwrap_or(name), code))
        }
    };
    let page = Rc::clone(setup);
    let close = Callback::from(move |_| tell_host(&page, "close", &[]));
    html! {
        <header class="bar" data-plain={inner.is_none().then_some("")} data-back={inner.map(|_| "")}>
            if let Some(back) = inner {
                <button class="button" data-kind="icon" aria-label={words.say(text::BACK)} onclick={link.to(back)}>
                    { along("back") }
                </button>
            } else {
                <span class="bar-mark">{ icon("night-bell") }</span>
            }
            { title }
            if setup.port.is_some() {
                <button class="button" data-kind="icon" aria-label={words.say(text::CLOSE)} onclick={close}>
                    { icon("close") }
                </button>
            }
        </header>
    }
}

fn title(text: AttrValue, below: Html) -> Html {
    html! { <h1 class="bar-title cut-line" tabindex="-1" title={text.clone()}>{ text }{ below }</h1> }
}

/// A title above a view that has its own heading.
fn plain(text: &'static str) -> Html {
    html! { <p class="bar-title">{ text }</p> }
}

fn subject(session: &Session) -> Option<AttrValue> {
    let View::Ticket(id) = session.view else { return None };
    let card = session.cards.here.as_ref()?.iter().find(|card| card.id == id)?;
    card.subject.clone().map(AttrValue::from)
}
