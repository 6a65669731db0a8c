//! One attempt to ring whoever is on call, as Standard Webhooks 1.0.0 says: signed, with an id that stays the same over
//! all attempts; a redirect is a failure, 410 ends it, and the answer's body is never read.

use std::time::Duration;

use futures_util::future::{Either, select};
use serde_json::json;
use shared::contract::policy::check_url;
use shared::ids::TenantId;
use shared::ticket::Ring;
use worker::wasm_bindgen::JsValue;
use worker::{AbortController, Delay, Env, Fetch, Headers, Method, Request, RequestInit, RequestRedirect};

use crate::clock;
use crate::error::Fault;
use crate::hosts::hosts;
use crate::perform::{access, desk};
use crate::store::outbox::Sent;

/// How long a receiver may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// The receiver wants no more of it.
const GONE: u16 = 410;

/// Rings once. A tenant without a webhook has nobody to ring.
pub(crate) async fn send(env: &Env, tenant: &TenantId, id: &str, ring: &Ring) -> Result<Sent, Fault> {
    let Ok(Some(url)) = desk(env, tenant)?.webhook().await? else { return Ok(Sent::GivenUp) };
    // Checked when the file was published, and again now: the rules may have become stricter since.
    check_url(&url, hosts(env)).map_err(Fault::at("webhook.url"))?;
    let now = clock::now(env);
    let body =
        json!({ "type": ring.occasion.kind(), "timestamp": now.to_string(), "data": ring }).to_string();
    let signed = access(env, tenant)?.sign_webhook(id, now.as_second(), &body).await?;
    let Ok(Some(signature)) = signed else {
        return Err(Fault::new("webhook.sign", "the tenant has published no secret for its webhook"));
    };
    let headers = Headers::new();
    headers.set("content-type", "application/json")?;
    headers.set("webhook-id", id)?;
    headers.set("webhook-timestamp", &now.as_second().to_string())?;
    headers.set("webhook-signature", &signature)?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_headers(headers).with_body(Some(JsValue::from_str(&body)));
    init.with_redirect(RequestRedirect::Manual);
    Ok(judge(post(Request::new_with_init(&url, &init)?).await))
}

/// The status of the answer, if one came in time.
async fn post(request: Request) -> Result<u16, Fault> {
    let cut = AbortController::default();
    let (signal, fetch) = (cut.signal(), Fetch::Request(request));
    let sending = std::pin::pin!(fetch.send_with_signal(&signal));
    match select(sending, Delay::from(PATIENCE)).await {
        Either::Left((answer, _)) => Ok(answer?.status_code()),
        Either::Right(((), _)) => {
            cut.abort();
            Err(Fault::new("webhook", "the receiver took more than 15 s"))
        }
    }
}

fn judge(status: Result<u16, Fault>) -> Sent {
    let came = status.as_ref().map_or(Sent::Failed, |status| means(*status));
    match status {
        Ok(status) if came == Sent::Failed => {
            Fault::new("webhook", format!("the receiver answered {status}")).log();
        }
        Ok(_) => {}
        Err(fault) => {
            fault.log();
        }
    }
    came
}

/// Only 2xx is an arrival: what redirects has not taken it, and is not followed.
fn means(status: u16) -> Sent {
    match status {
        200..=299 => Sent::Arrived,
        GONE => Sent::GivenUp,
        _ => Sent::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_2xx_arrives_and_only_410_ends_it() {
        assert_eq!([200, 204, 299].map(means), [Sent::Arrived; 3]);
        assert_eq!([101, 302, 307, 400, 404, 429, 500, 503].map(means), [Sent::Failed; 8]);
        assert_eq!(means(410), Sent::GivenUp);
    }
}
