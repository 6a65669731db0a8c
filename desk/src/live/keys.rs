//! Keys for those who never leave the keyboard. They are silent while somebody types, and while a sheet is open.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::address;
use crate::state::{Action, Desk, Mode, Session, Sheet};

#[hook]
pub(super) fn use_keys(session: &Session) {
    let tell = session.dispatcher();
    let listens = session.floor().is_some_and(|floor| floor.sheet.is_none());
    use_effect_with(listens, move |listens| {
        let document = web_sys::window().and_then(|window| window.document()).filter(|_| *listens);
        let listener = document.map(|document| {
            let options = gloo::events::EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document.clone(), "keydown", options, move |event| {
                if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                    pressed(event, &document, &tell);
                }
            })
        });
        move || drop(listener)
    });
}

fn pressed(event: &KeyboardEvent, document: &Document, tell: &UseReducerDispatcher<Desk>) {
    let held = event.ctrl_key() || event.meta_key() || event.alt_key();
    if held || event.is_composing() || typing(document) {
        return;
    }
    let action = match &*event.key() {
        "j" | "ArrowDown" if on_the_list(event, document) => return move_focus(event, document, 1),
        "k" | "ArrowUp" if on_the_list(event, document) => return move_focus(event, document, -1),
        "/" => return focus(event, document, "find-box"),
        "l" => {
            event.prevent_default();
            return address::to_planner();
        }
        "r" => Action::Write(Mode::Reply),
        "n" => Action::Write(Mode::Note),
        "p" => Action::Sheet(Some(Sheet::PENDING)),
        "s" => Action::Solve,
        "?" => Action::Sheet(Some(Sheet::Keys)),
        _ => return,
    };
    event.prevent_default();
    tell.dispatch(action);
}

fn typing(document: &Document) -> bool {
    let boxed = |element: web_sys::Element| matches!(&*element.tag_name(), "INPUT" | "TEXTAREA" | "SELECT");
    document.active_element().is_some_and(boxed)
}

/// Arrows scroll wherever else the focus is; letters always mean the list.
fn on_the_list(event: &KeyboardEvent, document: &Document) -> bool {
    let within = |element: web_sys::Element| element.closest(".inbox-list").ok().flatten().is_some();
    event.key().len() == 1 || document.active_element().is_none_or(|it| it.tag_name() == "BODY" || within(it))
}

/// Moves the focus along the rows, from the one that has it or the one that is open.
fn move_focus(event: &KeyboardEvent, document: &Document, by: i64) {
    let Ok(rows) = document.query_selector_all("a.inbox-row") else { return };
    let count = i64::from(rows.length());
    let row = |at: i64| u32::try_from(at).ok().and_then(|at| rows.item(at))?.dyn_into::<HtmlElement>().ok();
    let active = document.active_element();
    let is_active = |row: &HtmlElement| active.as_ref().is_some_and(|active| row.is_same_node(Some(active)));
    let is_open = |row: &HtmlElement| row.has_attribute("aria-current");
    let position = |wanted: &dyn Fn(&HtmlElement) -> bool| {
        (0..count).find(|at| row(*at).is_some_and(|row| wanted(&row)))
    };
    let from = position(&is_active).or_else(|| position(&is_open));
    let to = from.map_or(if by > 0 { 0 } else { count - 1 }, |from| (from + by).clamp(0, count - 1));
    if let Some(row) = row(to) {
        event.prevent_default();
        // An element that left the page meanwhile needs no focus.
        let _ = row.focus();
    }
}

fn focus(event: &KeyboardEvent, document: &Document, id: &str) {
    if let Some(element) = document.get_element_by_id(id).and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        let _ = element.focus();
    }
}
