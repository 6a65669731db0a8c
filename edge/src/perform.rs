//! Typed calls to objects. A call is one JSON value in one internal request; its answer is JSON of
//! `Result<T, Refusal>`. What broke in an object was logged there, and comes back as its id.

mod access;
mod customers;
mod desks;
mod tickets;

pub(crate) use access::{AccessCall, Enrolled, Entered, Invitation, Roll, Signed, access};
pub(crate) use customers::{CustomerCall, customer};
pub(crate) use desks::{Binding, DeskCall, Extended, OfCompany, Published, desk};
pub(crate) use tickets::{
    Asker, Attempt, DeskParts, Holding, Opened, Outcome, TicketCall, TicketStub, ticket,
};

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::refusal::Refusal;
use worker::js_sys::Reflect;
use worker::wasm_bindgen::JsValue;
use worker::{Env, Headers, Method, ObjectNamespace, Request, RequestInit, Response, Url};

use crate::error::Fault;
use crate::faults;
use crate::names::Place;

/// What an object says: yes, or no with a reason, unless something broke.
pub(crate) type Answer<T> = Result<Result<T, Refusal>, Fault>;

/// Where internal requests go; the address never leaves the worker.
const INSIDE: &str = "https://inside/";

/// The name of a call in the address of a socket's request, which has no body.
const CALL: &str = "call";

/// The socket protocol that programs ask for; what follows it in the header is their bearer, and stays outside.
pub(crate) const PROTOCOL: &str = "nightbell";

/// An object, under its binding.
pub(crate) struct Object {
    namespace: ObjectNamespace,
    name: String,
}

/// The object with this name.
pub(crate) fn object(env: &Env, binding: &str, place: &Place) -> Result<Object, Fault> {
    faults::reach(place)?;
    Ok(Object { namespace: env.durable_object(binding)?, name: place.to_string() })
}

impl Object {
    /// Asks once, and once more where the platform says that a retry may succeed: what is asked carries its ids, so the
    /// second time changes nothing that the first one did. Who is overloaded is left alone.
    async fn fetch(&self, request: impl Fn() -> worker::Result<Request>) -> worker::Result<Response> {
        match self.once(request()?).await {
            Err(error) if may_succeed_again(&error) => self.once(request()?).await,
            answer => answer,
        }
    }

    /// A stub that has seen an exception is broken: each attempt has its own.
    async fn once(&self, request: Request) -> worker::Result<Response> {
        faults::call(&self.name)?;
        self.namespace.get_by_name(&self.name)?.fetch_with_request(request).await
    }
}

/// Whether the platform marked the error of an object as `.retryable`, and not as `.overloaded`.
fn may_succeed_again(error: &worker::Error) -> bool {
    let thrown = error.to_js_value();
    let marked =
        |mark: &str| Reflect::get(&thrown, &JsValue::from_str(mark)).is_ok_and(|value| value.is_truthy());
    marked("retryable") && !marked("overloaded")
}

/// Asks an object something.
pub(crate) async fn ask<C: Serialize, T: DeserializeOwned>(object: &Object, call: &C) -> Answer<T> {
    let body = serde_json::to_string(call)?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(JsValue::from_str(&body)));
    let mut response = object.fetch(|| Request::new_with_init(INSIDE, &init)).await?;
    let text = response.text().await?;
    if response.status_code() != 200 {
        return Err(Fault::Logged { id: text });
    }
    Ok(serde_json::from_str(&text)?)
}

/// Asks an object to listen to a socket. The upgrade request is made anew: nothing of the outer one's headers goes in
/// but the wish for a protocol.
pub(crate) async fn listen<C: Serialize>(object: &Object, outer: &Request, call: &C) -> Answer<Response> {
    let mut url: Url = INSIDE.parse().map_err(Fault::at("perform"))?;
    url.query_pairs_mut().append_pair(CALL, &serde_json::to_string(call)?);
    let headers = Headers::new();
    headers.set("Upgrade", "websocket")?;
    if outer.headers().get("Sec-WebSocket-Protocol")?.is_some() {
        headers.set("Sec-WebSocket-Protocol", PROTOCOL)?;
    }
    let mut init = RequestInit::new();
    init.with_headers(headers);
    let mut response = object.fetch(|| Request::new_with_init(url.as_str(), &init)).await?;
    match response.status_code() {
        101 => Ok(Ok(response)),
        200 => match serde_json::from_str::<Result<(), Refusal>>(&response.text().await?)? {
            Err(refusal) => Ok(Err(refusal)),
            Ok(()) => Err(Fault::new("perform.listen", "an object gave neither a socket nor a refusal")),
        },
        _ => Err(Fault::Logged { id: response.text().await? }),
    }
}

/// What an object was asked.
pub(crate) async fn read<C: DeserializeOwned>(request: &mut Request) -> Result<C, Fault> {
    if request.method() == Method::Post {
        return Ok(serde_json::from_str(&request.text().await?)?);
    }
    let url = request.url()?;
    let call = url.query_pairs().find(|(name, _)| name == CALL);
    let (_, call) = call.ok_or_else(|| Fault::new("perform.read", "a socket's request without its call"))?;
    Ok(serde_json::from_str(&call)?)
}

/// An object's answer.
pub(crate) fn json<T: Serialize>(answer: &Result<T, Refusal>) -> Result<Response, Fault> {
    Ok(Response::ok(serde_json::to_string(answer)?)?)
}

/// Logs what broke in an object, here and only here, and answers with its id.
pub(crate) fn answer(answer: Result<Response, Fault>) -> worker::Result<Response> {
    answer.or_else(|fault| Response::error(fault.log(), crate::error::BROKEN))
}
