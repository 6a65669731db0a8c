//! The edge, asked by frames. What comes back is an answer, a refusal that a person can read, or silence that is worth
//! another try.

use jiff::SignedDuration;
use js_sys::{Reflect, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::refusal::Refusal;
use shared::wire::frame;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The edge says no: theirs to mend.
    Refused(Refusal),
    /// No answer, or one that promises another try.
    Lost {
        /// The wait that the edge asked for.
        wait: Option<SignedDuration>,
        /// The fault's id, if the edge named one.
        fault: Option<String>,
    },
}

impl Failure {
    /// No answer at all.
    pub const SILENCE: Self = Self::Lost { wait: None, fault: None };

    /// The fault's id, if the edge named one.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        match self {
            Self::Refused(_) => None,
            Self::Lost { fault, .. } => fault.as_deref(),
        }
    }
}

/// Asks for something.
///
/// # Errors
/// A refusal, or silence.
pub async fn get<A: DeserializeOwned>(path: &str, bearer: Option<&str>) -> Result<A, Failure> {
    read(&exchange("GET", path, bearer, None).await?)
}

/// Asks for a change.
///
/// # Errors
/// A refusal, or silence: then nobody knows whether it happened, so every retry carries the same id.
pub async fn post<A: DeserializeOwned>(
    path: &str,
    bearer: Option<&str>,
    body: &impl Serialize,
) -> Result<A, Failure> {
    read(&exchange("POST", path, bearer, Some(&frame::encode(body))).await?)
}

/// Asks for a change whose answer has no body.
///
/// # Errors
/// A refusal, or silence.
pub async fn tell(path: &str, bearer: Option<&str>, body: &impl Serialize) -> Result<(), Failure> {
    exchange("POST", path, bearer, Some(&frame::encode(body))).await.map(|_| ())
}

/// Asks for something to end.
///
/// # Errors
/// A refusal, or silence.
pub async fn delete(path: &str) -> Result<(), Failure> {
    exchange("DELETE", path, None, None).await.map(|_| ())
}

fn read<A: DeserializeOwned>(bytes: &[u8]) -> Result<A, Failure> {
    frame::decode(bytes).map_err(|_| Failure::SILENCE)
}

/// One request, whatever it carries. The part that is compiled once.
///
/// # Errors
/// A refusal, or silence.
pub async fn exchange(
    method: &str,
    path: &str,
    bearer: Option<&str>,
    body: Option<&[u8]>,
) -> Result<Vec<u8>, Failure> {
    let response = send(method, path, bearer, body).await.map_err(|_| Failure::SILENCE)?;
    if response.ok() {
        return bytes(&response).await.map_err(|_| Failure::SILENCE);
    }
    let header = |name: &str| response.headers().get(name).ok().flatten();
    let wait = header("retry-after").and_then(|text| text.parse().ok()).map(SignedDuration::from_secs);
    if response.status() >= 500 || wait.is_some() {
        return Err(Failure::Lost { wait, fault: fault(&response).await });
    }
    let refusal = bytes(&response).await.ok().and_then(|bytes| frame::decode(&bytes).ok());
    Err(refusal.map_or(Failure::SILENCE, Failure::Refused))
}

/// A fault's id. Faults come as JSON whatever was asked for: the browser has a parser for it.
async fn fault(response: &Response) -> Option<String> {
    let told = JsFuture::from(response.json().ok()?).await.ok()?;
    let get = |from: &JsValue, key: &str| Reflect::get(from, &JsValue::from_str(key)).ok();
    get(&get(&told, "error")?, "id")?.as_string()
}

async fn send(
    method: &str,
    path: &str,
    bearer: Option<&str>,
    body: Option<&[u8]>,
) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", frame::CONTENT_TYPE)?;
    if let Some(bearer) = bearer {
        headers.set("authorization", &["Bearer ", bearer].concat())?;
    }
    let wish = RequestInit::new();
    wish.set_method(method);
    if let Some(body) = body {
        headers.set("content-type", frame::CONTENT_TYPE)?;
        wish.set_body(&Uint8Array::from(body));
    }
    wish.set_headers(&headers);
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    JsFuture::from(window.fetch_with_str_and_init(path, &wish)).await?.dyn_into()
}

async fn bytes(response: &Response) -> Result<Vec<u8>, JsValue> {
    Ok(Uint8Array::new(&JsFuture::from(response.array_buffer()?).await?).to_vec())
}
