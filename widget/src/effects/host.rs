//! The host's page: what the panel tells it, and what it tells the panel.

use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::{Object, Reflect};
use shared::text::first as text;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, MessagePort};

use crate::link::Link;
use crate::session::{Action, Session};
use crate::start::{Setup, get};

/// What the host's page was told last.
pub(super) struct Host {
    setup: Rc<Setup>,
    ready: bool,
    busy: Option<bool>,
    unread: Option<u32>,
    _hears: Option<EventListener>,
}

impl Host {
    /// Listens to the host's page.
    pub(super) fn listen(setup: &Rc<Setup>, link: &Link) -> Self {
        let hears = setup.port.as_ref().map(|port| hear(port, link.clone()));
        Self { setup: Rc::clone(setup), ready: false, busy: None, unread: None, _hears: hears }
    }

    /// Tells it what is new: the first view is drawn, something waits, answers are unread.
    pub(super) fn follow(&mut self, session: &Session) {
        if !self.ready {
            self.ready = true;
            tell(&self.setup, "ready", &[]);
        }
        let busy = session.busy();
        if let Some(on) = busy.filter(|_| busy != self.busy) {
            self.busy = busy;
            tell(&self.setup, "bit", &[("on", JsValue::from_bool(on))]);
        }
        let unread = session.cards.here.as_ref().map(|_| session.unread());
        if let Some(n) = unread.filter(|_| unread != self.unread) {
            self.unread = unread;
            // What the button is called with it, for those who do not see the badge.
            let say = session.words.fill(text::UNREAD_COUNT, &[("n", &n.to_string())]);
            tell(&self.setup, "unread", &[("n", n.into()), ("say", say.into())]);
        }
    }
}

/// Says something to the host's page, if there is one.
pub(crate) fn tell(setup: &Setup, kind: &str, values: &[(&str, JsValue)]) {
    let Some(port) = &setup.port else { return };
    let message = Object::new();
    for (key, value) in [("type", kind.into())].iter().chain(values) {
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
