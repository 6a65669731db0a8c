//! `/desk/{tenant}/plan`: what would happen to a request that nobody has sent, by the published file and by one that is
//! only proposed. Nothing is kept.

use shared::refusal::Refusal;
use shared::wire::{PlanAnswer, PlanQuestion, Proposal};
use worker::Response;

use super::admin;
use super::call::Call;
use super::desk::enter;
use crate::error::Failure;
use crate::http;
use crate::tenants;

/// `GET`: the published file answers.
pub(crate) async fn show(call: &Call, tenant: &str) -> Result<Response, Failure> {
    let (tenant, _, now) = enter(call, tenant).await?;
    let question = asked(call)?;
    call.answer(&PlanAnswer::of((&tenant.id, &tenant.policy, tenant.number), None, question, now))
}

/// `POST`: a proposed file answers beside it, or everything that is wrong with it. It may be as large as one that is
/// published.
pub(crate) async fn propose(call: &mut Call, tenant: &str) -> Result<Response, Failure> {
    let (tenant, _, now) = enter(call, tenant).await?;
    let Proposal { file, question } = http::read(&mut call.request, admin::LIMITS).await?;
    let proposed = tenants::parse(&call.env, &file).map_err(|mistakes| Refusal::Policy {
        mistakes: mistakes.iter().map(ToString::to_string).collect(),
    })?;
    call.answer(&PlanAnswer::of((&tenant.id, &tenant.policy, tenant.number), Some(&proposed), question, now))
}

/// The question in the address.
fn asked(call: &Call) -> Result<PlanQuestion, Failure> {
    Ok(PlanQuestion {
        tier: call.query("tier")?,
        company: call.query("company")?,
        severity: call.query("severity")?,
        complexity: call.query("complexity")?,
        text: call.query("text")?,
        channel: call.query("channel")?,
        language: call.query("language")?,
        at: call.query("at")?,
        zone: call.query("zone")?,
        reader: call.query("reader")?,
    })
}
