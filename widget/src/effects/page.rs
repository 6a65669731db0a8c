//! The page itself: its language and direction, and where the keyboard stands.

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};
use widget::words::{Words, direction};

use crate::session::{Session, View};

/// What the page was told last.
#[derive(Default)]
pub(super) struct Page {
    words: Option<Words>,
    place: Option<(View, bool)>,
    tries: u32,
}

impl Page {
    /// Names the language, and moves the focus with what is shown.
    pub(super) fn follow(&mut self, session: &Session) {
        if self.words != Some(session.words) {
            self.words = Some(session.words);
            if let Some(root) = page().and_then(|page| page.document_element()) {
                let _ = root.set_attribute("lang", session.words.tag());
                let _ = root.set_attribute("dir", direction(session.language()));
            }
        }
        let place = Some((session.view, session.hello.here.is_some()));
        if place != self.place {
            // At the start the keyboard is where the host's page has put it.
            let began = self.place.is_none();
            self.place = place;
            if !began && session.shown {
                focus(if session.view == View::Form { ":checked" } else { "[tabindex='-1']" });
            }
        }
        if session.tries != self.tries {
            self.tries = session.tries;
            focus("[aria-invalid=true]");
        }
    }
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
