//! What the browser tells: network, sight, and time passing.

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use web_sys::{VisibilityState, Window};

use crate::link::Link;
use crate::session::{Action, Session};

/// How often the countdown moves, and what is asked for again is looked at.
const BEAT_MS: u32 = 5_000;

/// Listens to the browser.
pub(super) struct Browser {
    beat: Option<Interval>,
    _listeners: Option<[EventListener; 3]>,
}

impl Browser {
    /// Listens from here on.
    pub(super) fn listen(link: &Link) -> Self {
        Self { beat: None, _listeners: web_sys::window().map(|window| listen(&window, link)) }
    }

    /// Time passes only while somebody looks, or something waits.
    pub(super) fn follow(&mut self, session: &Session, link: &Link) {
        let awake = session.shown || session.busy() == Some(true);
        if awake != self.beat.is_some() {
            let link = link.clone();
            self.beat = awake.then(|| Interval::new(BEAT_MS, move || beat(&link, Action::Tick)));
        }
    }
}

/// A page that nobody sees asks for nothing.
fn beat(link: &Link, action: Action) {
    let page = web_sys::window().and_then(|window| window.document());
    if page.is_none_or(|page| page.visibility_state() == VisibilityState::Visible) {
        link.tell(action);
    }
}

fn listen(window: &Window, link: &Link) -> [EventListener; 3] {
    let on = |name: &'static str, heard: fn(&Link)| {
        let link = link.clone();
        EventListener::new(window, name, move |_| heard(&link))
    };
    [
        on("online", |link| link.tell(Action::Online(true))),
        on("offline", |link| link.tell(Action::Online(false))),
        on("visibilitychange", |link| beat(link, Action::Hurry)),
    ]
}
