//! What she sees. Each view takes the session and returns nodes; nothing is decided here.

mod bar;
mod days;
mod form;
mod home;
mod notices;
mod receipt;
mod refused;
mod ticket;
mod tickets;

use shared::text::widget as text;
use widget::icon::icon;
use yew::prelude::*;

pub(crate) use bar::bar;
pub(crate) use form::form;
pub(crate) use home::home;
pub(crate) use notices::notices;
pub(crate) use receipt::receipt;
pub(crate) use ticket::ticket;
pub(crate) use tickets::tickets;

use crate::link::Link;
use crate::session::{Action, Session, View};

/// The two places that are always one step away.
fn tabs(session: &Session, link: &Link) -> Html {
    let words = session.words;
    let here = |view: View| (session.view == view).then_some("page");
    let unread = session.unread();
    html! {
        <nav class="tabs" aria-label={words.say(text::SUPPORT)}>
            <button class="tab" aria-current={here(View::Home)} onclick={link.to(View::Home)}>
                { icon("home") }{ words.say(text::HOME) }
            </button>
            <button class="tab" aria-current={here(View::Tickets)} onclick={link.to(View::Tickets)}>
                { icon("ticket") }{ words.say(text::TICKETS) }
                if unread > 0 {
                    <span class="badge">
                        <span class="visually-hidden">{ words.say(text::UNREAD) }</span>{ unread }
                    </span>
                }
            </button>
        </nav>
    }
}

/// What did not come, and the way out.
fn broken(session: &Session, link: &Link, fault: Option<&str>) -> Html {
    let words = session.words;
    html! {
        <div class="blank" role="alert">
            <h2>{ words.say(text::ERROR_TITLE) }</h2>
            <p>{ words.say(text::ERROR_TEXT) }</p>
            if let Some(fault) = fault { <p>{ words.fill(text::ERROR_FAULT, &[("id", fault)]) }</p> }
            <button class="button" onclick={link.on(|| Action::Retry(None))}>{ words.say(text::RETRY) }</button>
        </div>
    }
}

/// The shape of what comes.
fn skeleton() -> Html {
    html! {
        <section class="now">
            <p class="now-state"><span class="skeleton" data-length="short"></span></p>
            <p class="promise-sentence">
                <span class="skeleton"></span><span class="skeleton" data-length="half"></span>
            </p>
            <span class="skeleton"></span>
            <p class="now-note"><span class="skeleton" data-length="half"></span></p>
        </section>
    }
}
