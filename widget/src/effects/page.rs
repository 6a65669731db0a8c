//! The page itself: its language and direction, and where the keyboard stands.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};
use widget::words::direction;
use yew::prelude::*;

use crate::session::{Session, View};
use crate::start::Setup;

/// Names the language, and moves the focus with what is shown.
#[hook]
pub(crate) fn use_page(setup: &Rc<Setup>, session: &Session) {
    let asked = setup.tags.first().map_or(session.words.tag(), |tag| tag.as_str());
    let turned = direction(asked);
    use_effect_with(session.words, move |words| {
        if let Some(root) = page().and_then(|page| page.document_element()) {
            let _ = root.set_attribute("lang", words.tag());
            let _ = root.set_attribute("dir", turned);
        }
    });
    let first = use_mut_ref(|| true);
    let shown = session.shown;
    use_effect_with((session.view, session.hello.here.is_some()), move |(view, ready)| {
        let began = first.replace(false);
        // At the start the keyboard is where the host's page has put it.
        if began || !shown || !*ready {
            return;
        }
        focus(match view {
            View::Form => "[name=severity]:checked",
            View::Home | View::Receipt(_) | View::Tickets | View::Ticket(_) => "[tabindex='-1']",
        });
    });
    use_effect_with(session.tries, |tries| {
        if *tries > 0 {
            focus("[aria-invalid=true]");
        }
    });
}

fn page() -> Option<Document> {
    web_sys::window()?.document()
}

fn focus(selector: &str) {
    let found = page().and_then(|page| page.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
