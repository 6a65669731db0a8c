//! The socket: what changes elsewhere, as it changes. A lost line is dialled again, later and later, never by all desks
//! at once; a line that only seems to live is found out by asking it.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::{Interval, Timeout};
use js_sys::{ArrayBuffer, Uint8Array};
use shared::wire::{ToDesk, frame};
use wasm_bindgen::JsCast;
use web_sys::{BinaryType, MessageEvent, WebSocket};
use yew::prelude::*;

use super::Edge;
use crate::state::{Action, Desk, Line, Session};

const FIRST_REST_MS: u32 = 1_000;
const LONGEST_REST_MS: u32 = 30_000;
const HEARTBEAT_MS: u32 = 25_000;

type Tell = UseReducerDispatcher<Desk>;

#[hook]
pub(super) fn use_line(session: &Session, edge: &Edge) {
    let (tell, edge) = (session.dispatcher(), edge.clone());
    let in_vain = session.floor().map_or(0, |floor| floor.dialled_in_vain);
    use_effect_with(session.floor().map(|floor| floor.dials), move |dial| {
        let open = Rc::new(Cell::new(None));
        let rest = dial.map(|_| {
            let open = Rc::clone(&open);
            Timeout::new(rest_ms(in_vain), move || open.set(Some(Socket::dial(&edge, &tell))))
        });
        move || drop((rest, open))
    });
}

/// How long to rest before the next dial: doubled each time, and never the same for two desks.
fn rest_ms(in_vain: u32) -> u32 {
    let Some(doublings) = in_vain.checked_sub(1) else { return 0 };
    let rest = FIRST_REST_MS.checked_shl(doublings.min(16)).unwrap_or(LONGEST_REST_MS).min(LONGEST_REST_MS);
    rest / 2 + super::ids::below(rest / 2)
}

/// An open socket, and everything that listens to it.
struct Socket {
    socket: Option<WebSocket>,
    _listeners: Vec<EventListener>,
    _heartbeat: Interval,
}

impl Socket {
    fn dial(edge: &Edge, tell: &Tell) -> Self {
        let socket = WebSocket::new(&edge.socket()).ok();
        let answered = Rc::new(Cell::new(true));
        let listeners =
            socket.as_ref().map(|socket| listen(socket, edge, tell, &answered)).unwrap_or_default();
        let heartbeat = heartbeat(socket.clone(), edge, tell, answered);
        Self { socket, _listeners: listeners, _heartbeat: heartbeat }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if let Some(socket) = &self.socket {
            // It may be closed already; then there is nothing to do.
            let _ = socket.close();
        }
    }
}

fn listen(socket: &WebSocket, edge: &Edge, tell: &Tell, answered: &Rc<Cell<bool>>) -> Vec<EventListener> {
    socket.set_binary_type(BinaryType::Arraybuffer);
    let opened = {
        let tell = tell.clone();
        EventListener::new(socket, "open", move |_| tell.dispatch(Action::Line(Line::Live)))
    };
    let closed = {
        let (tell, edge) = (tell.clone(), edge.clone());
        EventListener::new(socket, "close", move |_| tell.dispatch(lost(&edge)))
    };
    let (tell, edge, answered) = (tell.clone(), edge.clone(), Rc::clone(answered));
    let heard = EventListener::new(socket, "message", move |event| {
        answered.set(true);
        if let Some(told) = event.dyn_ref().and_then(read) {
            if let ToDesk::Rows { now, .. } = &told {
                edge.heard(*now);
            }
            tell.dispatch(Action::Told(told));
        }
    });
    vec![opened, closed, heard]
}

/// Asks the line whether it lives. A train in a tunnel closes no socket.
fn heartbeat(socket: Option<WebSocket>, edge: &Edge, tell: &Tell, answered: Rc<Cell<bool>>) -> Interval {
    let (tell, edge) = (tell.clone(), edge.clone());
    Interval::new(HEARTBEAT_MS, move || {
        let asked = socket.as_ref().is_some_and(|socket| socket.send_with_str("ping").is_ok());
        if !asked || !answered.replace(false) {
            tell.dispatch(lost(&edge));
        }
    })
}

fn lost(edge: &Edge) -> Action {
    Action::Line(Line::Lost { since: edge.now() })
}

/// A frame that this build does not know is news for a newer one: it is left alone.
fn read(event: &MessageEvent) -> Option<ToDesk> {
    let bytes = event.data().dyn_into::<ArrayBuffer>().ok()?;
    frame::decode(&Uint8Array::new(&bytes).to_vec()).ok()
}
