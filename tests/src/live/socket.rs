//! A browser's socket.

use std::io::ErrorKind;
use std::net::TcpStream;
use std::time::Duration;

use serde::de::DeserializeOwned;
use shared::wire::frame;
use tungstenite::client::IntoClientRequest;
use tungstenite::http::HeaderValue;
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Error, Message, WebSocket};

use super::Edge;

/// An open socket.
pub struct Socket(WebSocket<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Opens one, or says with which status it was refused.
    pub fn open(edge: &Edge, path: &str, headers: &[(&'static str, &str)]) -> Result<Self, u16> {
        let address = format!("ws://{}{path}", edge.host());
        let mut request = address.into_client_request().expect("an address");
        for (name, value) in headers {
            request.headers_mut().insert(*name, HeaderValue::from_str(value).expect("a header"));
        }
        match tungstenite::connect(request) {
            Ok((socket, _)) => {
                if let MaybeTlsStream::Plain(stream) = socket.get_ref() {
                    stream.set_read_timeout(Some(Duration::from_millis(200))).expect("a timeout");
                }
                Ok(Self(socket))
            }
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{path}: {error}"),
        }
    }

    /// What arrives within so many seconds: a frame, or the code with which the socket was closed.
    fn next(&mut self, seconds: u32) -> Option<Result<Vec<u8>, u16>> {
        for _ in 0..seconds * 5 {
            match self.0.read() {
                Ok(Message::Binary(bytes)) => return Some(Ok(bytes.to_vec())),
                Ok(Message::Close(close)) => return Some(Err(close.map_or(1005, |close| close.code.into()))),
                Ok(Message::Text(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => {}
                Err(Error::Io(error))
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(_) => return Some(Err(1006)),
            }
        }
        None
    }

    /// The next frame that this looks for.
    #[track_caller]
    pub fn hears<T: DeserializeOwned, R>(&mut self, what: &str, mut look: impl FnMut(T) -> Option<R>) -> R {
        loop {
            match self.next(5) {
                Some(Ok(bytes)) => {
                    let said = frame::decode(&bytes).unwrap_or_else(|error| panic!("{what}: {error}"));
                    if let Some(found) = look(said) {
                        return found;
                    }
                }
                other => panic!("{what} was not heard: {other:?}"),
            }
        }
    }

    /// The code with which the other side closes it within so many seconds; none if it does not.
    pub fn closed_within(&mut self, seconds: u32) -> Option<u16> {
        loop {
            match self.next(seconds) {
                Some(Ok(_)) => {}
                Some(Err(code)) => return Some(code),
                None => return None,
            }
        }
    }

    pub fn says(&mut self, text: &str) {
        self.0.send(Message::text(text)).expect("sent");
    }
}
