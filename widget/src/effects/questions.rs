//! Asks the edge what the session wants to know, each question once.

use std::rc::Rc;

use shared::wire::{Card, Credential, Hello, NewCustomer};
use widget::http;
use widget::task::Task;
use yew::prelude::*;

use super::path;
use crate::link::Link;
use crate::session::{Action, Session};
use crate::start::Setup;

/// Who she is, what is open, and her tickets.
#[hook]
pub(crate) fn use_questions(setup: &Rc<Setup>, session: &Session, link: &Link) {
    let (page, told, token) = (Rc::clone(setup), link.clone(), session.token.clone());
    use_question(session.credential.asking, move || async move {
        let who = NewCustomer { token };
        told.tell(Action::Identified(http::post::<Credential>(&path(&page, "customers"), None, &who).await));
    });
    let (page, told) = (Rc::clone(setup), link.clone());
    let bearer = session.bearer().map(str::to_owned);
    let language = session.tags.first().map_or(session.words.tag(), |tag| tag.as_str()).to_owned();
    let place = ["hello?zone=", &session.zone, "&language=", &language].concat();
    use_question(session.hello.asking, move || async move {
        let answer = http::get::<Hello>(&path(&page, &place), bearer.as_deref()).await;
        if let Ok(hello) = &answer {
            told.clock.set(hello.now);
        }
        told.tell(Action::Greeted(answer));
    });
    let (page, told) = (Rc::clone(setup), link.clone());
    let bearer = session.bearer().map(str::to_owned);
    use_question(session.cards.asking, move || async move {
        told.tell(Action::Listed(http::get::<Vec<Card>>(&path(&page, "tickets"), bearer.as_deref()).await));
    });
}

/// Asks once for each number; a question that nobody waits for any more is dropped.
#[hook]
pub(super) fn use_question<F: Future<Output = ()> + 'static>(
    number: Option<u32>,
    ask: impl FnOnce() -> F + 'static,
) {
    use_effect_with(number, move |number| {
        let work = number.map(|_| Task::spawn(ask()));
        move || drop(work)
    });
}
