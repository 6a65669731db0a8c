//! What the browser tells: network, sight, and time passing.

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use web_sys::{VisibilityState, Window};
use yew::prelude::*;

use crate::link::Link;
use crate::session::{Action, Session};

/// How often the countdown moves, and what is asked for again is looked at.
const BEAT_MS: u32 = 5_000;

/// Listens to the browser.
#[hook]
pub(crate) fn use_browser(session: &Session, link: &Link) {
    let told = link.clone();
    use_effect_with((), move |()| {
        let listeners = web_sys::window().map(|window| listen(&window, &told));
        move || drop(listeners)
    });
    let link = link.clone();
    use_effect_with(session.shown || session.busy() == Some(true), move |awake| {
        let beat = awake.then(|| Interval::new(BEAT_MS, move || beat(&link)));
        move || drop(beat)
    });
}

/// A page that nobody sees asks for nothing.
fn beat(link: &Link) {
    if seen() {
        link.tell(Action::Tick);
    }
}

fn seen() -> bool {
    let page = web_sys::window().and_then(|window| window.document());
    page.is_none_or(|page| page.visibility_state() == VisibilityState::Visible)
}

fn listen(window: &Window, link: &Link) -> [EventListener; 3] {
    if !window.navigator().on_line() {
        link.tell(Action::Online(false));
    }
    let on = |name: &'static str, action: fn() -> Option<Action>| {
        let link = link.clone();
        EventListener::new(window, name, move |_| action().into_iter().for_each(|action| link.tell(action)))
    };
    [
        on("online", || Some(Action::Online(true))),
        on("offline", || Some(Action::Online(false))),
        on("visibilitychange", || seen().then_some(Action::Retry(None))),
    ]
}
