//! The ticket that she reads: its lines, its socket, and how far she has read.

use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::{Array, Uint8Array};
use shared::ids::TicketId;
use shared::wire::{Seen, TicketView, ToApp, frame};
use wasm_bindgen::JsCast;
use web_sys::{BinaryType, MessageEvent, WebSocket};
use widget::http;
use widget::task::Task;
use yew::prelude::*;

use super::path;
use super::questions::use_question;
use crate::link::Link;
use crate::session::{Action, Session, View};
use crate::start::Setup;

/// Reads the open ticket, listens to it while it is seen, and says what was read.
#[hook]
pub(crate) fn use_ticket(setup: &Rc<Setup>, session: &Session, link: &Link) {
    let open = match session.view {
        View::Ticket(id) => Some(id),
        View::Home | View::Form | View::Receipt(_) | View::Tickets => None,
    };
    let bearer = session.bearer().map(str::to_owned);
    let (page, told, asker) = (Rc::clone(setup), link.clone(), bearer.clone());
    use_question(session.ticket.asking, move || async move {
        let Some(id) = open else { return };
        let place = path(&page, &["tickets/", &id.to_string()].concat());
        let answer = http::get::<TicketView>(&place, asker.as_deref()).await;
        if let Ok(ticket) = &answer {
            told.clock.set(ticket.now);
        }
        told.tell(Action::Read(id, answer));
    });
    let heard = open.filter(|_| session.shown && session.online).zip(bearer.clone());
    let known = session.ticket.here.as_ref().map_or(0, |ticket| ticket.seq);
    let (page, told) = (Rc::clone(setup), link.clone());
    use_effect_with(heard, move |heard| {
        let line = heard.as_ref().and_then(|(id, bearer)| listen(&page, &told, (*id, known), bearer));
        move || drop(line)
    });
    let unread = session.ticket.here.as_ref().filter(|ticket| session.shown && Some(ticket.id) == open);
    let unread = unread.filter(|ticket| ticket.unread > 0).map(|ticket| (ticket.id, ticket.seq));
    let page = Rc::clone(setup);
    use_effect_with(unread, move |unread| {
        let work = unread.map(|(id, upto)| {
            Task::spawn(async move {
                let place = path(&page, &["tickets/", &id.to_string(), "/seen"].concat());
                let _ = http::tell(&place, bearer.as_deref(), &Seen { upto }).await;
            })
        });
        move || drop(work)
    });
}

/// A socket that closes with its owner. While there is none, the session asks every few seconds instead.
struct Wire {
    socket: WebSocket,
    _hears: EventListener,
}

impl Drop for Wire {
    fn drop(&mut self) {
        let _ = self.socket.close();
    }
}

/// The bearer goes as the second protocol: a browser sends no headers with a socket, and no address may carry it.
fn listen(setup: &Setup, link: &Link, (id, known): (TicketId, u64), bearer: &str) -> Option<Wire> {
    let origin = web_sys::window()?.location().origin().ok()?;
    let place = ["tickets/", &id.to_string(), "/socket?after=", &known.to_string()].concat();
    let address = [origin.replacen("http", "ws", 1), path(setup, &place)].concat();
    let protocols: Array = ["nightbell", bearer].into_iter().map(wasm_bindgen::JsValue::from_str).collect();
    let socket = WebSocket::new_with_str_sequence(&address, &protocols).ok()?;
    socket.set_binary_type(BinaryType::Arraybuffer);
    let link = link.clone();
    let hears = EventListener::new(&socket, "message", move |event| {
        let Some(message) = event.dyn_ref::<MessageEvent>() else { return };
        let told = frame::decode::<ToApp>(&Uint8Array::new(&message.data()).to_vec());
        // A frame of a newer version, too, means that something is new.
        if !matches!(told, Ok(ToApp::Entries { entries, .. }) if entries.is_empty()) {
            link.tell(Action::Stirred(id));
        }
    });
    Some(Wire { socket, _hears: hears })
}
