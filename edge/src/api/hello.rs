//! `GET /v1/{tenant}/hello`: what is open, and by when who answers.

use shared::wire::{ChannelHours, Hello, Limits};
use worker::Response;

use super::call::Call;
use crate::error::Failure;
use crate::tenants::{Standing, Tenant};

/// Without a bearer, what holds for a visitor; with one, what holds for her company.
pub(crate) async fn show(call: &Call, tenant: &str) -> Result<Response, Failure> {
    let tenant = call.tenant(tenant).await?;
    let now = call.now();
    let bearer = call.bearer()?.map(|bearer| call.open(&bearer, &tenant, now)).transpose()?;
    let local = tenant.local(&call.zone()?, now)?;
    let company = bearer.as_ref().and_then(|bearer| bearer.company.as_ref());
    let standing = tenant.standing(company, now)?;
    let vouched = bearer.is_some_and(|bearer| !bearer.customer.is_anonymous());
    let policy = &tenant.policy;
    call.answer(&Hello {
        now,
        tenant: tenant.id.clone(),
        name: policy.name.clone(),
        languages: policy.own_languages().cloned().collect(),
        local,
        tier_from: standing.staff.tier_from,
        channels: channels(&tenant, &standing),
        calls_from: standing.staff.calls_from.filter(|_| !standing.staff.on_call.is_empty()),
        limits: Limits { text_chars: policy.limits.text_chars, contact_required: !vouched },
        terms: standing.terms,
    })
}

fn channels(tenant: &Tenant, standing: &Standing) -> Vec<ChannelHours> {
    let until = standing.staff.until;
    let hours = |(id, windows): &(shared::ids::ChannelId, shared::time::Windows)| {
        let channel = tenant.policy.channel(id)?;
        Some(ChannelHours {
            id: id.clone(),
            writable: channel.kind.writable(),
            address: channel.address.clone(),
            windows: windows.clone(),
            until,
        })
    };
    standing.staff.channels.iter().filter_map(hours).collect()
}
