//! Requests and answers, byte by byte: nothing is followed, kept or added that a test did not ask for, except the
//! `Origin` that a browser adds to a change.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use shared::wire::frame;

/// The edge, at the address of the environment.
#[derive(Clone, Debug)]
pub struct Edge {
    pub origin: String,
    operator: String,
    agent: ureq::Agent,
}

/// A request that is being put together.
#[derive(Clone, Debug)]
pub struct Ask<'e> {
    edge: &'e Edge,
    method: String,
    path: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// How `cargo xtask test` tells where things are.
#[track_caller]
pub fn variable(name: &str) -> String {
    std::env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: run `cargo xtask test`, or start a product"))
}

impl Edge {
    /// The one that `cargo xtask test` started.
    pub fn running() -> Self {
        Self::at(&variable("NB_EDGE"), &variable("NB_OPERATOR"))
    }

    pub fn at(origin: &str, operator: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(30)))
            .allow_non_standard_methods(true);
        let origin = origin.trim_end_matches('/').to_owned();
        Self { origin, operator: operator.into(), agent: config.build().into() }
    }

    pub fn operator(&self) -> &str {
        &self.operator
    }

    pub fn host(&self) -> &str {
        self.origin.split("//").nth(1).unwrap_or_default()
    }

    /// A request; a change comes from our own pages, as a browser would say.
    pub fn ask(&self, method: &str, path: &str) -> Ask<'_> {
        let ask = Ask {
            edge: self,
            method: method.into(),
            path: path.into(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        if method == "GET" || path.starts_with("/admin") { ask } else { ask.header("origin", &self.origin) }
    }

    pub fn get(&self, path: &str) -> Ask<'_> {
        self.ask("GET", path)
    }

    pub fn post(&self, path: &str) -> Ask<'_> {
        self.ask("POST", path)
    }

    /// A request of the operator's.
    pub fn admin(&self, method: &str, path: &str) -> Ask<'_> {
        self.ask(method, path).bearer(&self.operator)
    }

    /// What the platform's cron does each minute.
    pub fn sweep(&self) {
        let swept = self.post("/test/sweep").send();
        assert_eq!(swept.status, 204, "the sweeper did not run");
    }
}

impl Ask<'_> {
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.into(), value.into()));
        self
    }

    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    #[must_use]
    pub fn bearer(self, bearer: &str) -> Self {
        self.header("authorization", &format!("Bearer {bearer}"))
    }

    #[must_use]
    pub fn cookie(self, cookie: &str) -> Self {
        self.header("cookie", cookie)
    }

    #[must_use]
    pub fn json(self, body: &impl Serialize) -> Self {
        self.text(&serde_json::to_string(body).unwrap())
    }

    /// A body that calls itself JSON, whatever it is.
    #[must_use]
    pub fn text(self, body: &str) -> Self {
        self.bytes("application/json", body.as_bytes())
    }

    /// A frame, which asks for a frame.
    #[must_use]
    pub fn frame(self, body: &impl Serialize) -> Self {
        self.header("accept", frame::CONTENT_TYPE).bytes(frame::CONTENT_TYPE, &frame::encode(body))
    }

    #[must_use]
    pub fn bytes(mut self, content_type: &str, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self.header("content-type", content_type)
    }

    #[track_caller]
    pub fn send(self) -> Answer {
        let mut request = ureq::http::Request::builder()
            .method(self.method.as_str())
            .uri(format!("{}{}", self.edge.origin, self.path));
        for (name, value) in &self.headers {
            request = request.header(name.as_str(), value.as_slice());
        }
        let sent = if self.body.is_empty() && self.method == "GET" {
            self.edge.agent.run(request.body(()).unwrap())
        } else {
            self.edge.agent.run(request.body(self.body).unwrap())
        };
        let mut response = sent.unwrap_or_else(|error| panic!("{} {}: {error}", self.method, self.path));
        let text = |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers =
            response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let body = response.body_mut().read_to_vec().unwrap_or_default();
        Answer { status: response.status().as_u16(), headers, body }
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; null if it is none.
    pub fn value(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The answer to what went well.
    #[track_caller]
    pub fn read<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, 200, "{}", self.text());
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    #[track_caller]
    pub fn frame<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.header("content-type"), Some(frame::CONTENT_TYPE));
        frame::decode(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }

    /// The code of a refusal; empty if it is none.
    pub fn code(&self) -> String {
        self.value()["error"]["code"].as_str().unwrap_or_default().into()
    }
}
