//! `GET /admin/tenants/{tenant}/plan?severity=…&channel=…&language=…`: what would happen to such a request, by the file
//! that is published. Nothing is written.

use shared::ids::excerpt;
use shared::refusal::Refusal;
use shared::routing::Query;
use worker::Response;

use super::call::Call;
use crate::error::Failure;

pub(crate) async fn show(call: &Call, tenant: &str) -> Result<Response, Failure> {
    let tenant = call.tenant(tenant).await?;
    let query = query(call)?;
    let planned = query.answer(&tenant.id, &tenant.policy, tenant.number).map_err(|unknown| {
        let sentences: Vec<String> = unknown.iter().map(ToString::to_string).collect();
        malformed(sentences.join("; "))
    })?;
    call.answer(&planned)
}

/// The question as the address asks it; without a moment, now.
fn query(call: &Call) -> Result<Query, Failure> {
    let at = match call.query("at")? {
        Some(at) => {
            at.parse().map_err(|_| malformed(format!("\"at\" is no instant: \"{}\"", excerpt(&at))))?
        }
        None => call.now(),
    };
    let required = |name: &str| -> Result<String, Failure> {
        Ok(call.query(name)?.ok_or_else(|| malformed(format!("the query names no \"{name}\"")))?)
    };
    Ok(Query {
        at,
        tier: call.query("tier")?,
        company: call.query("company")?,
        severity: required("severity")?,
        complexity: call.query("complexity")?,
        text: call.query("text")?,
        channel: required("channel")?,
        language: required("language")?,
        zone: call.query("zone")?,
    })
}

fn malformed(found: String) -> Refusal {
    Refusal::Malformed { found }
}
