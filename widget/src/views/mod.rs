//! What she sees. Each view takes the session and returns nodes; nothing is decided here.

mod bar;
mod days;
mod doubts;
mod form;
mod home;
mod notices;
mod promises;
mod receipt;
mod refused;
mod ticket;
mod tickets;

use shared::text::Phrase;
use shared::text::first as text;
use widget::icon::icon;
use widget::node::{Node, el, of};
use yew::prelude::*;

pub(crate) use bar::bar;
pub(crate) use notices::notices;

use crate::link::Link;
use crate::session::{Press, Session, View};

pub(crate) use refused::field;

/// The view that she is in: its body, and what stands below it.
pub(crate) fn view(session: &Session, link: &Link) -> [Node; 2] {
    match session.view {
        View::Home => home::home(session, link),
        View::Form => form::form(session, link),
        View::Receipt(_) | View::Tickets | View::Ticket(_) => match &session.later.here {
            Some(later) => (later.view)(session, link),
            None => coming(session, link),
        },
    }
}

/// The views that come later; reached through [`crate::later::Later`] only.
pub(crate) fn later(session: &Session, link: &Link) -> [Node; 2] {
    match session.view {
        View::Receipt(id) => receipt::receipt(session, link, id),
        View::Tickets => tickets::tickets(session, link),
        View::Ticket(id) => ticket::ticket(session, link, id),
        View::Home | View::Form => coming(session, link),
    }
}

/// What stands above one of them.
pub(crate) fn above(session: &Session) -> Option<Node> {
    match session.view {
        View::Ticket(id) => ticket::under_bar(session, id),
        View::Home | View::Form | View::Receipt(_) | View::Tickets => None,
    }
}

/// A view whose part of the program is on its way, or did not come.
fn coming(session: &Session, link: &Link) -> [Node; 2] {
    let shown = if session.later.failed.is_some() { broken(session, link, None) } else { skeleton() };
    [body("coming").child(shown), tabs(session, link)]
}

/// The part of a view that scrolls.
fn body(view: &'static str) -> Node {
    of("main", "body").set("data-view", view)
}

/// A button with words on it.
fn button(session: &Session, phrase: Phrase, called: Callback<MouseEvent>) -> Node {
    of("button", "button").say(session.words.say(phrase)).on_click(called)
}

/// One of the buttons at a view's foot.
fn wide(session: &Session, phrase: Phrase, called: Callback<MouseEvent>) -> Node {
    button(session, phrase, called).set("data-wide", "")
}

/// The two places that are always one step away.
fn tabs(session: &Session, link: &Link) -> Node {
    let words = session.words;
    let tab = |view: View, name: &str, phrase: Phrase| {
        of("button", "tab")
            .set_if(session.view == view, "aria-current", "page")
            .on_click(link.to(view))
            .with(icon(name))
            .say(words.say(phrase))
    };
    of("nav", "tabs")
        .label("aria-label", words, &text::SUPPORT)
        .child(tab(View::Home, "home", text::HOME))
        .child(tab(View::Tickets, "ticket", text::TICKETS).maybe(unread(session, session.unread())))
}

/// How many answers she has not read: a number, and the word for it.
fn unread(session: &Session, count: u32) -> Option<Node> {
    let word = of("span", "visually-hidden").phrase(session.words, &text::UNREAD).say(" ");
    (count > 0).then(|| of("span", "badge").child(word).told(count.to_string()))
}

/// What did not come, and the way out.
fn broken(session: &Session, link: &Link, fault: Option<&str>) -> Node {
    let words = session.words;
    let fault = fault.map(|id| el("p").told(words.fill(text::ERROR_FAULT, &[("id", id)])));
    of("div", "blank")
        .set("role", "alert")
        .child(el("h2").phrase(words, &text::ERROR_TITLE))
        .child(el("p").phrase(words, &text::ERROR_TEXT))
        .maybe(fault)
        .child(button(session, text::RETRY, link.press(Press::Hurry)))
}

/// The shape of what comes.
fn skeleton() -> Node {
    let bone = |length: &'static str| of("span", "skeleton").set("data-length", length);
    of("section", "now")
        .child(of("p", "now-state").child(bone("short")))
        .child(of("p", "promise-sentence").child(bone("full")).child(bone("half")))
        .child(bone("full"))
        .child(of("p", "now-note").child(bone("half")))
}
