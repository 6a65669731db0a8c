//! `POST /v1/{tenant}/customers`: who am I? The answer is a bearer that can be checked while no object answers.

use jiff::{SignedDuration, Timestamp};
use shared::ids::CustomerId;
use shared::refusal::{Proof, Refusal};
use shared::wire::{Credential, NewCustomer};
use worker::Response;

use super::call::Call;
use crate::error::{Failure, Fault};
use crate::identity::{Bearer, keys};
use crate::tenants::Tenant;
use crate::{perform, random};

/// How long a visitor is the same one.
const ANONYMOUS: SignedDuration = SignedDuration::from_hours(90 * 24);

/// How long the host's word holds at most.
const SIGNED: SignedDuration = SignedDuration::from_hours(24);

/// With a token of the host's server, the customer it names; without one, somebody new.
pub(crate) async fn create(call: &mut Call, tenant: &str) -> Result<Response, Failure> {
    let tenant = call.tenant(tenant).await?;
    call.count(&tenant, None, call.now())?;
    let asked: NewCustomer = call.read(&tenant).await?;
    let now = call.now();
    let bearer = match asked.token {
        Some(token) => signed(call, &tenant, token, now).await?,
        None if tenant.policy.identity_required => {
            return Err(Refusal::Unauthorized { why: Proof::Missing }.into());
        }
        None => anonymous(&tenant, now),
    };
    let key = keys(&call.env).map_err(Fault::at("keys"))?.of("bearer", &tenant.id);
    call.answer(&Credential { bearer: bearer.seal(&key), customer: bearer.customer, expires: bearer.expires })
}

fn anonymous(tenant: &Tenant, now: Timestamp) -> Bearer {
    let customer = CustomerId::anonymous(u128::from_be_bytes(random::bytes()));
    Bearer { tenant: tenant.id.clone(), customer, company: None, expires: after(now, ANONYMOUS) }
}

async fn signed(call: &Call, tenant: &Tenant, token: String, now: Timestamp) -> Result<Bearer, Failure> {
    let claims = perform::access(&call.env, &tenant.id)?.verify(token, now).await??;
    if claims.company.is_some() && tenant.known(claims.company.as_ref()).is_none() {
        return Err(Refusal::Unauthorized { why: Proof::Company }.into());
    }
    Ok(Bearer {
        tenant: tenant.id.clone(),
        customer: claims.customer,
        company: claims.company,
        expires: claims.expires.min(after(now, SIGNED)),
    })
}

fn after(now: Timestamp, time: SignedDuration) -> Timestamp {
    now.saturating_add(time).unwrap_or(Timestamp::MAX)
}
