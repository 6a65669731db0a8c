//! `GET /v1/{tenant}/keys`: with what a tenant's receipts can be checked. Anybody may read it, from any page.

use worker::Response;

use super::call::Call;
use crate::error::{Failure, Fault};
use crate::http;
use crate::identity::keys;

/// How long a list may be kept: a new key signs nothing before it is listed.
const KEPT: &str = "public, max-age=300";

/// All keys, the one that signs first.
pub(crate) async fn show(call: &Call, tenant: &str) -> Result<Response, Failure> {
    let tenant = call.tenant(tenant).await?;
    let keys = keys(&call.env).map_err(Fault::at("keys"))?;
    let response = http::answer(call.format, &keys.published(&tenant.id, &tenant.policy.receipt_keys))?;
    response.headers().set("access-control-allow-origin", "*")?;
    response.headers().set("cache-control", KEPT)?;
    Ok(response)
}
