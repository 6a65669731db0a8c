//! What `start.js` had asked for before the program was here: what is open, and whether this browser keeps anything.

use std::rc::Rc;

use js_sys::{Promise, Uint8Array};
use shared::wire::{Hello, frame};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use widget::http::Failure;
use widget::task::Task;

use crate::link::Link;
use crate::session::{Action, Found, Session};
use crate::start::{Setup, get};

/// What it handed over.
pub(super) struct Given {
    hello: Option<JsValue>,
    _look: Task,
}

impl Given {
    /// Takes it, and tells the session what was found in the store.
    pub(super) fn take(setup: &Rc<Setup>, link: &Link) -> Self {
        let (kept, link) = (setup.kept.clone(), link.clone());
        let look = Task::spawn(async move {
            let told = JsFuture::from(Promise::resolve(&kept)).await.ok().and_then(|told| told.as_string());
            link.tell(Action::Woke(match told.as_deref() {
                Some("none") => Found::Nothing,
                Some("some") => Found::Something,
                Some(_) | None => Found::Refused,
            }));
        });
        Self { hello: setup.hello.clone(), _look: look }
    }

    /// The first greeting, once, for a visitor whom nobody knows; others are answered by what the later part asks.
    pub(super) fn greeting(&mut self, session: &Session, link: &Link) -> Option<Task> {
        let hello = self.hello.take().filter(|_| session.bearer().is_none())?;
        let link = link.clone();
        Some(Task::spawn(async move {
            match heard(hello, &link).await {
                Some(hello) => link.tell(Action::Greeted(Ok(hello))),
                None => {
                    link.tell(Action::Greeted(Err(Failure::SILENCE)));
                    link.tell(Action::Hurry);
                }
            }
        }))
    }
}

/// The clock is set to when the answer came, not to when the program could read it.
async fn heard(hello: JsValue, link: &Link) -> Option<Hello> {
    let told = JsFuture::from(Promise::resolve(&hello)).await.ok()?;
    let hello: Hello = frame::decode(&Uint8Array::new(&get(&told, "bytes")).to_vec()).ok()?;
    link.clock.set_at(hello.now, get(&told, "at").as_f64()?);
    Some(hello)
}
