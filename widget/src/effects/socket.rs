//! A ticket's socket. While there is none, the session asks every few seconds instead.

use gloo::events::EventListener;
use js_sys::{Array, Uint8Array};
use shared::ids::TicketId;
use shared::wire::{ToApp, frame};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BinaryType, MessageEvent, WebSocket};

use crate::later;
use crate::link::Link;
use crate::session::Action;

/// An open socket; it closes with its owner.
pub(super) struct Socket {
    socket: WebSocket,
    _hears: EventListener,
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = self.socket.close();
    }
}

impl Socket {
    /// Listens to a ticket. The bearer goes as the second protocol: a browser sends no headers with a socket, and no
    /// address may carry it.
    pub(super) fn open(path: &str, bearer: &str, id: TicketId, link: &Link) -> Option<Self> {
        let origin = web_sys::window()?.location().origin().ok()?;
        let protocols: Array = ["nightbell", bearer].into_iter().map(JsValue::from_str).collect();
        let address = ["ws", origin.strip_prefix("http")?, path].concat();
        let socket = WebSocket::new_with_str_sequence(&address, &protocols).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let link = link.clone();
        let hears = EventListener::new(&socket, "message", move |event| {
            let Some(message) = event.dyn_ref::<MessageEvent>() else { return };
            let frame = Uint8Array::new(&message.data()).to_vec();
            if later::here().is_none_or(|later| (later.stirs)(&frame)) {
                link.tell(Action::Stirred(id));
            }
        });
        Some(Self { socket, _hears: hears })
    }
}

/// Whether a frame tells something new: one of a newer version does, too. In the second file.
pub(crate) fn stirs(frame: &[u8]) -> bool {
    !matches!(frame::decode(frame), Ok(ToApp::Entries { entries, .. }) if entries.is_empty())
}
