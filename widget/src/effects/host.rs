//! The host's page: what the panel tells it, and what it tells the panel.

use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, MessagePort};
use yew::prelude::*;

use crate::link::Link;
use crate::session::{Action, Session};
use crate::start::{Setup, get};

/// Everything that crosses the port.
#[hook]
pub(crate) fn use_host(setup: &Rc<Setup>, session: &Session, link: &Link) {
    let (page, link) = (Rc::clone(setup), link.clone());
    use_effect_with((), move |()| {
        let hears = page.port.as_ref().map(|port| hear(port, link));
        tell(&page, "ready", &[]);
        move || drop(hears)
    });
    let page = Rc::clone(setup);
    use_effect_with(session.busy(), move |busy| {
        if let Some(on) = busy {
            tell(&page, "bit", &[("on", JsValue::from_bool(*on))]);
        }
    });
    let page = Rc::clone(setup);
    use_effect_with(session.cards.here.as_ref().map(|_| session.unread()), move |unread| {
        if let Some(n) = unread {
            tell(&page, "unread", &[("n", JsValue::from(*n))]);
        }
    });
}

/// Says something to the host's page, if there is one.
pub(crate) fn tell(setup: &Setup, kind: &str, values: &[(&str, JsValue)]) {
    let Some(port) = &setup.port else { return };
    let message = Object::new();
    let kind = [("type", JsValue::from_str(kind))];
    for (key, value) in kind.iter().chain(values) {
        let _ = Reflect::set(&message, &JsValue::from_str(key), value);
    }
    let _ = port.post_message(&message);
}

fn hear(port: &MessagePort, link: Link) -> EventListener {
    let listener = EventListener::new(port, "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        let told = event.data();
        match get(&told, "type").as_string().as_deref() {
            Some("open") => link.tell(Action::Shown(true)),
            Some("closed") => link.tell(Action::Shown(false)),
            Some("token") => link.tell(Action::Token(get(&told, "token").as_string())),
            Some(_) | None => {}
        }
    });
    port.start();
    listener
}
