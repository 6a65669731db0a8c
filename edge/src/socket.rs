//! Hibernating sockets: the object sleeps while they stay open. They only listen; who they are stands in their tags and
//! attachments, never in memory.

use serde::Serialize;
use shared::wire::frame;
use worker::{
    Request, Response, ResponseBuilder, State, WebSocket, WebSocketPair, WebSocketRequestResponsePair,
};

use crate::error::Fault;

/// What a program sends to see whether the line still stands, and what the platform answers without waking the object.
const HEARTBEAT: (&str, &str) = ("ping", "pong");

/// Takes a socket in: the object's end of it, and the answer for the caller.
pub(crate) fn accept(
    state: &State,
    request: &Request,
    tags: &[&str],
) -> Result<(WebSocket, Response), Fault> {
    let pair = WebSocketPair::new()?;
    let (ping, pong) = HEARTBEAT;
    let heartbeat = WebSocketRequestResponsePair::new(ping, pong).map_err(worker::Error::from)?;
    state.set_websocket_auto_response(&heartbeat);
    state.accept_websocket_with_tags(&pair.server, tags);
    let mut response = ResponseBuilder::new().with_websocket(pair.client).with_status(101);
    if let Some(protocol) = request.headers().get("Sec-WebSocket-Protocol")? {
        response = response.with_header("Sec-WebSocket-Protocol", &protocol)?;
    }
    Ok((pair.server, response.empty()))
}

/// Sends a frame, as well as it goes: a socket that has gone resumes when it comes back.
pub(crate) fn send<T: Serialize>(socket: &WebSocket, told: &T) {
    let _ = socket.send_with_bytes(frame::encode(told));
}

/// Ends a socket, and says why.
pub(crate) fn end(socket: &WebSocket, code: u16, why: &str) {
    let _ = socket.close(Some(code), Some(why));
}

/// Answers the other side's close. 1005 and 1006 say that no code was sent: they cannot be sent back.
pub(crate) fn close_back(socket: &WebSocket, code: usize) {
    let code = u16::try_from(code).ok().filter(|code| !matches!(code, 1005 | 1006)).unwrap_or(1000);
    let _ = socket.close(Some(code), Some(""));
}

/// The doors of an object whose sockets only listen: who speaks is shown out. The trait's own defaults panic.
macro_rules! only_tells {
    () => {
        async fn websocket_message(
            &self,
            socket: worker::WebSocket,
            _: worker::WebSocketIncomingMessage,
        ) -> worker::Result<()> {
            $crate::socket::end(&socket, $crate::error::close::MALFORMED, "this socket only listens");
            Ok(())
        }

        async fn websocket_close(
            &self,
            socket: worker::WebSocket,
            code: usize,
            _: String,
            _: bool,
        ) -> worker::Result<()> {
            $crate::socket::close_back(&socket, code);
            Ok(())
        }

        $crate::socket::takes_no_connections!();
    };
}

/// The doors of an object that never accepts a socket.
macro_rules! has_no_sockets {
    () => {
        async fn websocket_message(
            &self,
            _: worker::WebSocket,
            _: worker::WebSocketIncomingMessage,
        ) -> worker::Result<()> {
            Ok(())
        }

        async fn websocket_close(
            &self,
            _: worker::WebSocket,
            _: usize,
            _: String,
            _: bool,
        ) -> worker::Result<()> {
            Ok(())
        }

        $crate::socket::takes_no_connections!();
    };
}

macro_rules! takes_no_connections {
    () => {
        async fn websocket_error(&self, _: worker::WebSocket, _: worker::Error) -> worker::Result<()> {
            Ok(())
        }

        async fn connect(&self, _: worker::Socket) -> worker::Result<()> {
            Err("an object takes no connections".into())
        }
    };
}

pub(crate) use {has_no_sockets, only_tells, takes_no_connections};
