//! The page around the program: its language, its title, and the moment at which somebody looks at it again.

use gloo::events::EventListener;
use shared::text::desk;
use web_sys::VisibilityState;
use yew::prelude::*;

use crate::state::{Action, Session};

#[hook]
pub(super) fn use_page(session: &Session) {
    let words = session.words;
    use_effect_with(words.tag(), |tag| {
        let root = web_sys::window().and_then(|window| window.document()?.document_element());
        if let Some(root) = root {
            // Both names are valid attributes: nothing can fail.
            let _ = root.set_attribute("lang", tag);
            let _ = root.set_attribute("dir", widget::words::direction(tag));
        }
    });
    let tenant = session.floor().map(|floor| floor.hello.name.clone());
    use_effect_with(tenant.map(|name| format!("{} · {name}", words.say(desk::DESK))), |title| {
        let document = web_sys::window().and_then(|window| window.document());
        if let (Some(title), Some(document)) = (title, document) {
            document.set_title(title);
        }
    });
    let tell = session.dispatcher();
    use_effect_with(session.floor().is_some(), move |inside| {
        let listeners = inside.then(|| looked_at(tell));
        move || drop(listeners)
    });
}

/// Timers sleep with a hidden page, and sockets with a lost network: what was missed is asked for.
fn looked_at(tell: UseReducerDispatcher<crate::state::Desk>) -> Option<[EventListener; 2]> {
    let window = web_sys::window()?;
    let document = window.document()?;
    let shown = {
        let (tell, document) = (tell.clone(), document.clone());
        move |_: &Event| {
            if document.visibility_state() == VisibilityState::Visible {
                tell.dispatch(Action::Resync);
            }
        }
    };
    let online = move |_: &Event| tell.dispatch(Action::Resync);
    Some([
        EventListener::new(&document, "visibilitychange", shown),
        EventListener::new(&window, "online", online),
    ])
}
