//! Bodies in, answers out. What comes in is read up to the tenant's limit, judged for its depth, and parsed strictly;
//! JSON and frames are the same types, chosen by `Content-Type` on the way in and by `Accept` on the way out.

use futures_util::StreamExt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::refusal::Refusal;
use shared::wire::frame;
use worker::{Headers, Request, Response, ResponseBuilder};

use crate::error::{self, Failure, Fault};

const JSON: &str = "application/json";

/// Characters of an error that an answer repeats: some of them are the sender's.
const TOLD: usize = 240;

/// The header with a fault's id: programs that speak frames need not read its JSON.
const FAULT: &str = "nightbell-fault";

/// Bytes of a refused body that are read and dropped before the connection is cut.
const PATIENCE: u64 = 33_554_432;

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Frame,
}

impl Format {
    /// What an answer should be: JSON, unless frames are asked for by name.
    pub(crate) fn of_accept(request: &Request) -> Self {
        let accept = header(request, "accept").unwrap_or_default();
        if accept.split([',', ';']).any(|part| part.trim() == frame::CONTENT_TYPE) {
            Self::Frame
        } else {
            Self::Json
        }
    }

    fn of_content_type(found: &str) -> Result<Self, Refusal> {
        let kind = found.split(';').next().unwrap_or_default().trim();
        if kind.eq_ignore_ascii_case(JSON) {
            Ok(Self::Json)
        } else if kind.eq_ignore_ascii_case(frame::CONTENT_TYPE) {
            Ok(Self::Frame)
        } else {
            Err(Refusal::ContentType { found: shared::ids::excerpt(found) })
        }
    }
}

/// What a body may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BodyLimits {
    pub(crate) bytes: u32,
    pub(crate) depth: u32,
}

/// A header's value; a name that cannot be one has none.
pub(crate) fn header(request: &Request, name: &str) -> Option<String> {
    request.headers().get(name).ok().flatten()
}

/// Reads the body as a value of the type that the route takes.
pub(crate) async fn read<T: DeserializeOwned>(
    request: &mut Request,
    limits: BodyLimits,
) -> Result<T, Failure> {
    let format = Format::of_content_type(&header(request, "content-type").unwrap_or_default())?;
    let bytes = bytes(request, limits.bytes).await?;
    Ok(parse(format, &bytes, limits.depth)?)
}

/// Keeps at most `limit` bytes: whoever sends more is refused.
async fn bytes(request: &mut Request, limit: u32) -> Result<Vec<u8>, Failure> {
    let announced = header(request, "content-length").and_then(|length| length.parse::<u64>().ok());
    let too_large = |found: u64| Refusal::TooLarge { limit, found: u32::try_from(found).unwrap_or(u32::MAX) };
    if let Some(length) = announced {
        if length > u64::from(limit) {
            return Err(too_large(length).into());
        }
        return request.bytes().await.map_err(|error| cut(&error));
    }
    let mut bytes = Vec::new();
    let found = each_chunk(request, |chunk, sum| {
        if sum <= u64::from(limit) {
            bytes.extend(chunk);
        }
    })
    .await?;
    if found > u64::from(limit) { Err(too_large(u64::from(limit) + 1).into()) } else { Ok(bytes) }
}

/// Lets an unread body run out: whoever sends all of it before reading our answer would otherwise find the connection
/// cut, and never learn why.
pub(crate) async fn drain(request: &mut Request) {
    if !request.inner().body_used() {
        // A sender who is gone is owed nothing.
        let _ = each_chunk(request, |_, _| ()).await;
    }
}

/// Hands over each part of the body, with the sum of bytes so far, until [`PATIENCE`] is over.
async fn each_chunk(request: &mut Request, mut take: impl FnMut(Vec<u8>, u64)) -> Result<u64, Failure> {
    if request.inner().body().is_none() {
        return Ok(0);
    }
    let mut stream = request.stream().map_err(Fault::at("http.body"))?;
    let mut sum = 0;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|error| cut(&error))?;
        sum += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        if sum > PATIENCE {
            break;
        }
        take(chunk, sum);
    }
    Ok(sum)
}

/// The sender went away in the middle: theirs, and nobody is left to read the answer.
fn cut(error: &worker::Error) -> Failure {
    Refusal::Malformed { found: told(&format!("the body ends too soon: {error}")) }.into()
}

fn told(error: &str) -> String {
    error.chars().take(TOLD).collect()
}

fn parse<T: DeserializeOwned>(format: Format, bytes: &[u8], depth: u32) -> Result<T, Refusal> {
    match format {
        Format::Json => {
            if deeper_than(depth, bytes) {
                return Err(Refusal::TooDeep { limit: depth });
            }
            serde_json::from_slice(bytes)
                .map_err(|error| Refusal::Malformed { found: told(&error.to_string()) })
        }
        Format::Frame => {
            frame::decode(bytes).map_err(|error| Refusal::Malformed { found: error.to_string() })
        }
    }
}

/// Whether a JSON text nests deeper than allowed. It is asked before any parser, and needs no memory to answer.
fn deeper_than(limit: u32, json: &[u8]) -> bool {
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    for byte in json {
        match (quoted, *byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => quoted = !quoted,
            (false, b'{' | b'[') => depth = depth.saturating_add(1),
            (false, b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limit {
            return true;
        }
    }
    false
}

/// An answer with a value.
pub(crate) fn answer<T: Serialize>(format: Format, value: &T) -> Result<Response, Failure> {
    Ok(write(format, 200, value)?)
}

/// An answer that has nothing to say.
pub(crate) fn done() -> Result<Response, Failure> {
    Ok(builder("application/json", 204)?.empty())
}

/// An answer of lines, each of them JSON.
pub(crate) fn lines(lines: String) -> Result<Response, Fault> {
    Ok(builder("application/x-ndjson", 200)?.fixed(lines.into_bytes()))
}

fn write<T: Serialize>(format: Format, status: u16, value: &T) -> Result<Response, Fault> {
    match format {
        Format::Json => {
            let json = serde_json::to_vec(value).map_err(Fault::at("http.answer"))?;
            Ok(builder(JSON, status)?.fixed(json))
        }
        Format::Frame => Ok(builder(frame::CONTENT_TYPE, status)?.fixed(frame::encode(value))),
    }
}

/// The answer to what failed: a refusal in the format asked for, a fault always in JSON.
pub(crate) fn failed(format: Format, failure: &Failure) -> Result<Response, Fault> {
    match failure {
        Failure::Refused(refusal) => {
            let status = error::status(refusal);
            let response = match format {
                Format::Json => write(format, status, &error::refused(refusal))?,
                Format::Frame => write(format, status, refusal)?,
            };
            if let Some((name, value)) = error::headers(refusal) {
                response.headers().set(name, &value).map_err(Fault::at("http.headers"))?;
            }
            Ok(response)
        }
        Failure::Broken(fault) => {
            let id = fault.log();
            let response = write(Format::Json, error::BROKEN, &error::broken(&id))?;
            response.headers().set(FAULT, &id)?;
            Ok(response)
        }
    }
}

/// Headers of every answer of the API. Pages have their own.
const API_HEADERS: [(&str, &str); 5] = [
    ("cache-control", "no-store"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("referrer-policy", "no-referrer"),
    ("strict-transport-security", HSTS),
    ("x-content-type-options", "nosniff"),
];

/// Two years, as browsers' preload lists ask.
pub(crate) const HSTS: &str = "max-age=63072000; includeSubDomains";

fn builder(content_type: &str, status: u16) -> Result<ResponseBuilder, Fault> {
    let headers: Headers = API_HEADERS.into_iter().chain([("content-type", content_type)]).collect();
    Ok(ResponseBuilder::new().with_status(status).with_headers(headers))
}

#[cfg(test)]
mod tests {
    use shared::wire::RawMessage;

    use super::*;

    fn message(json: &[u8]) -> Result<RawMessage, Refusal> {
        parse(Format::Json, json, 4)
    }

    #[track_caller]
    fn refused(json: &[u8], because: &str) {
        match message(json) {
            Err(Refusal::Malformed { found }) => assert!(found.contains(because), "said: {found}"),
            other => panic!("{} gave {other:?}", String::from_utf8_lossy(json)),
        }
    }

    #[test]
    fn what_is_no_json_of_the_type_is_refused_with_its_place() {
        assert!(message(br#"{"id": "a", "text": "b"}"#).is_ok());
        refused(b"", "EOF while parsing a value at line 1 column 0");
        refused(br#"{"id": "a", "text": "b""#, "EOF");
        refused(br#"{"id": "a", "text": 1}"#, "invalid type: integer `1`, expected a string at line 1");
        refused(br#"{"id": "a", "text": "b", "tenant": "x"}"#, "unknown field `tenant`");
        refused(br#"{"id": "a", "id": "a", "text": "b"}"#, "duplicate field `id`");
        refused(br#"{"id": "a"}"#, "missing field `text`");
        refused(br#"{"id": "a", "text": "\ud800"}"#, "at line 1 column");
        refused(b"{\"id\": \"a\", \"text\": \"\xff\"}", "invalid unicode");
        refused(br#"{"id": "a", "text": "b"} {}"#, "trailing characters");
    }

    #[test]
    fn depth_is_judged_before_any_parser_and_brackets_in_words_do_not_count() {
        let nested = |depth: usize| [b"[".repeat(depth), b"]".repeat(depth)].concat();
        assert!(!deeper_than(4, &nested(4)));
        assert!(deeper_than(4, &nested(5)));
        assert!(deeper_than(4, &b"[".repeat(10_000)));
        assert!(!deeper_than(1, br#"{"text": "[[[[ \" [[[["}"#));
        assert_eq!(message(&b"[".repeat(10_000)), Err(Refusal::TooDeep { limit: 4 }));
    }

    #[test]
    fn a_body_says_what_it_is() {
        assert_eq!(Format::of_content_type("Application/JSON; charset=utf-8"), Ok(Format::Json));
        assert_eq!(Format::of_content_type("application/vnd.nightbell"), Ok(Format::Frame));
        for found in ["", "text/plain", "application/jsonp", "multipart/form-data"] {
            assert!(matches!(Format::of_content_type(found), Err(Refusal::ContentType { .. })), "{found}");
        }
    }

    #[test]
    fn a_frame_of_another_version_is_refused() {
        let good = RawMessage { id: "a".into(), text: "b".into(), reopen: false };
        let mut bytes = frame::encode(&good);
        assert_eq!(parse::<RawMessage>(Format::Frame, &bytes, 4), Ok(good));
        bytes.insert(0, 9);
        assert!(parse::<RawMessage>(Format::Frame, &bytes, 4).is_err());
        assert!(parse::<RawMessage>(Format::Frame, &[], 4).is_err());
    }
}
