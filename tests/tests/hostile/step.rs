//! One request of a case.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use tests::live::{Answer, jwt_with};

use crate::cast::Cast;

/// A request; texts may name the cast (`Cast::fill`).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    #[serde(default = "post")]
    method: String,
    pub(crate) path: String,
    /// Headers beside those of the actor; `null` takes one away.
    #[serde(default)]
    headers: Map<String, Value>,
    body: Option<Body>,
}

fn post() -> String {
    "POST".into()
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Body {
    /// JSON of this value.
    Json(Value),
    /// A customer's filled-in form, with these fields instead.
    Form(Map<String, Value>),
    /// Exactly this text.
    Text(String),
    /// Exactly these bytes.
    Hex(String),
    /// A text that repeats in the middle.
    Long { before: String, unit: String, times: usize, after: String },
    /// A token of the host's server.
    Token(Box<Token>),
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Token {
    /// Instead of the usual header's.
    header: Map<String, Value>,
    /// Instead of the usual claims; null takes one away.
    claims: Map<String, Value>,
    /// Ends so many seconds from now.
    ends_in: Option<i64>,
    /// Holds from so many seconds from now on.
    begins_in: Option<i64>,
    /// Signed with B's key.
    key_of_b: bool,
    /// Signed with nothing.
    empty_key: bool,
    /// Cut so many characters off the signature.
    cut: usize,
}

impl Step {
    /// Sends it as `actor`: `a1`, `a2`, `b`, `agent_a`, `agent_b`, `operator` or `nobody`.
    pub(crate) fn take(&self, cast: &Cast, actor: &str) -> Answer {
        let edge = &cast.a.edge;
        let mut ask = edge.ask(&self.method, &cast.fill(&self.path));
        if let Some(bearer) = cast.bearer(actor) {
            ask = ask.bearer(bearer);
        }
        if let Some(cookie) = cast.cookie(actor) {
            ask = ask.cookie(cookie);
        }
        if actor == "operator" {
            ask = ask.bearer(edge.operator());
        }
        if let Some(body) = &self.body {
            ask = ask.bytes("application/json", &body.bytes(cast));
        }
        for (name, value) in &self.headers {
            ask = match value.as_str() {
                Some(value) => ask.header(name, &cast.fill(value)),
                None => ask.without(name),
            };
        }
        ask.send()
    }
}

impl Body {
    fn bytes(&self, cast: &Cast) -> Vec<u8> {
        match self {
            Self::Json(value) => cast.fill(&value.to_string()).into_bytes(),
            Self::Form(fields) => cast.fill(&form(fields).to_string()).into_bytes(),
            Self::Text(text) => cast.fill(text).into_bytes(),
            Self::Hex(hex) => {
                (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect()
            }
            Self::Long { before, unit, times, after } => {
                cast.fill(&format!("{before}{}{after}", unit.repeat(*times))).into_bytes()
            }
            Self::Token(token) => json!({ "token": token.sign(cast) }).to_string().into_bytes(),
        }
    }
}

fn form(fields: &Map<String, Value>) -> Value {
    let mut form = json!({
        "id": "{fresh}", "channel": "chat", "severity": "general", "text": "你好", "contact": "mei@example.com",
        "language": "zh-CN", "zone": "Asia/Shanghai",
    });
    for (name, value) in fields {
        form[name] = value.clone();
    }
    form
}

impl Token {
    fn sign(&self, cast: &Cast) -> String {
        let mut header = json!({ "alg": "HS256", "typ": "JWT", "kid": "k1" });
        let ends = cast.now + self.ends_in.unwrap_or(3_600);
        let mut claims = json!({ "aud": cast.a.id, "sub": "eve", "exp": ends });
        if let Some(seconds) = self.begins_in {
            claims["nbf"] = json!(cast.now + seconds);
        }
        for (part, changes) in [(&mut header, &self.header), (&mut claims, &self.claims)] {
            for (name, value) in changes {
                let value: Value = serde_json::from_str(&cast.fill(&value.to_string())).unwrap();
                if value.is_null() {
                    part.as_object_mut().unwrap().remove(name);
                } else {
                    part[name] = value;
                }
            }
        }
        let key = match (self.empty_key, self.key_of_b) {
            (true, _) => "",
            (false, true) => &cast.b.key,
            (false, false) => &cast.a.key,
        };
        let token = jwt_with(&header, &claims, key.as_bytes());
        token[..token.len() - self.cut].into()
    }
}
