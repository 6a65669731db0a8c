//! The bar at the top: where she is, the way back, the way out.

use std::rc::Rc;

use shared::text::first as text;
use shared::wire::What;
use widget::icon::{along, icon};
use widget::node::{Node, of};
use yew::prelude::*;

use crate::effects::tell_host;
use crate::link::Link;
use crate::session::{Session, View};
use crate::start::Setup;

/// The bar.
pub(crate) fn bar(session: &Session, link: &Link, setup: &Rc<Setup>) -> Node {
    let words = session.words;
    let name = || {
        session.hello.here.as_ref().map_or(words.say(text::SUPPORT).to_owned(), |hello| hello.name.clone())
    };
    let (inner, title) = match session.view {
        View::Home => (None, of("p", "bar-title").told(name())),
        View::Tickets => (None, title(words.say(text::TICKETS_TITLE).to_owned())),
        View::Form => (Some(View::Home), title(words.say(text::FORM_TITLE).to_owned())),
        // The promise is this view's own heading.
        View::Receipt(_) => (Some(View::Home), of("p", "bar-title").phrase(words, &text::RECEIPT_TITLE)),
        View::Ticket(id) => {
            let code = of("small", "code").told(id.code());
            (Some(View::Tickets), title(subject(session).unwrap_or_else(name)).child(code))
        }
    };
    let tool = |label: &'static str, picture: Html| {
        of("button", "button").set("data-kind", "icon").set("aria-label", label).with(picture)
    };
    let page = Rc::clone(setup);
    let close = Callback::from(move |_| tell_host(&page, "close", &[]));
    let close = || tool(words.say(text::CLOSE), icon("close")).on_click(close);
    of("header", "bar")
        .set_if(inner.is_none(), "data-plain", "")
        .set_if(inner.is_some(), "data-back", "")
        .child(match inner {
            Some(back) => tool(words.say(text::BACK), along("back")).on_click(link.to(back)),
            None => of("span", "bar-mark").with(icon("night-bell")),
        })
        .child(title)
        .maybe(setup.port.is_some().then(close))
}

fn title(text: String) -> Node {
    of("h1", "bar-title cut-line").set("tabindex", "-1").put("title", text.clone()).told(text)
}

/// A ticket that was opened just now is not on the list yet.
fn first_words(session: &Session) -> Option<String> {
    let ticket = session.ticket.here.as_deref()?;
    ticket.entries.iter().find_map(|entry| {
        let What::Said { text, .. } = &entry.what else { return None };
        text.lines().next().map(str::to_owned)
    })
}

fn subject(session: &Session) -> Option<String> {
    let View::Ticket(id) = session.view else { return None };
    let card = session.cards.here.iter().flat_map(|cards| cards.iter()).find(|card| card.id == id);
    card.and_then(|card| card.subject.clone()).or_else(|| first_words(session))
}
