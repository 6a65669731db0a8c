//! A small HTTP server for the two sites that stand around the edge in development.

use std::io::{Cursor, Read};
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use anyhow::{Result, anyhow};
use tiny_http::{Header, Method, Response, Server};

use crate::say;

/// What a site may be sent at most.
const LONGEST_BODY: u64 = 1_000_000;

pub(crate) type Answer = Response<Cursor<Vec<u8>>>;

/// A request, read to its end.
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    query: String,
    headers: Vec<Header>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &'static str) -> Option<&str> {
        self.headers.iter().find(|header| header.field.equiv(name)).map(|header| header.value.as_str())
    }

    /// A value of the query string. Ours are plain names: nothing is unescaped.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        let pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(its, _)| *its == name).map(|(_, value)| value.to_owned())
    }

    #[cfg(test)]
    pub(crate) fn for_test(method: Method, path: &str, headers: Vec<Header>, body: &[u8]) -> Self {
        Self { method, path: path.to_owned(), query: String::new(), headers, body: body.to_vec() }
    }

    fn read(from: &mut tiny_http::Request) -> Result<Self> {
        let (path, query) = from.url().split_once('?').unwrap_or((from.url(), ""));
        let (path, query) = (path.to_owned(), query.to_owned());
        let mut body = Vec::new();
        from.as_reader().take(LONGEST_BODY).read_to_end(&mut body)?;
        Ok(Self { method: from.method().clone(), path, query, headers: from.headers().to_vec(), body })
    }
}

/// A site that answers until it is dropped.
pub(crate) struct Site {
    server: Arc<Server>,
    thread: Option<JoinHandle<()>>,
}

impl Site {
    pub(crate) fn start(
        port: u16,
        answer: impl Fn(&Request) -> Result<Answer> + Send + 'static,
    ) -> Result<Self> {
        let server =
            Server::http((Ipv4Addr::LOCALHOST, port)).map_err(|why| anyhow!("port {port}: {why}"))?;
        let server = Arc::new(server);
        let listener = Arc::clone(&server);
        let thread = thread::spawn(move || {
            for mut request in listener.incoming_requests() {
                let outcome = Request::read(&mut request).and_then(|request| answer(&request));
                let answer = outcome.unwrap_or_else(|why| {
                    say::line(format_args!("port {port}: {why:#}"));
                    text(500, "text/plain; charset=utf-8", "this site has a fault")
                });
                // Who left before the answer came does not miss it.
                let _gone = request.respond(answer);
            }
        });
        Ok(Self { server, thread: Some(thread) })
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.unblock();
        if let Some(thread) = self.thread.take() {
            let _ended = thread.join();
        }
    }
}

pub(crate) fn text(status: u16, kind: &str, text: &str) -> Answer {
    let answer = Response::from_data(text.as_bytes().to_vec()).with_status_code(status);
    match header("Content-Type", kind) {
        Ok(kind) => answer.with_header(kind),
        Err(_) => answer,
    }
}

pub(crate) fn header(name: &str, value: &str) -> Result<Header> {
    Header::from_bytes(name, value).map_err(|()| anyhow!("not a header: {name}: {value}"))
}
