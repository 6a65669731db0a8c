//! What a host's server does for its signed-in customers: signs who they are, by the edge's clock.

use anyhow::{Context, Result, anyhow};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use serde_json::json;
use sha2::Sha256;

use super::secrets::Secrets;
use crate::tenant::Tenant;

/// A demo token holds for half a day.
const LASTS_SECONDS: i64 = 12 * 3600;

/// Signs the demo customers' tokens of one tenant.
pub(crate) struct Signer {
    pub(crate) tenant: String,
    kid: String,
    key: String,
    /// The first company of each tier, as the tier is now.
    companies: Vec<(String, String)>,
}

impl Signer {
    /// `None` for a tenant whose file names no identity key.
    pub(crate) fn of(tenant: &Tenant, secrets: &mut Secrets, now: Timestamp) -> Result<Option<Self>> {
        let Some(key) = tenant.policy.identity_keys.first() else { return Ok(None) };
        let companies = tenant.policy.companies.iter();
        Ok(Some(Self {
            tenant: tenant.id.clone(),
            kid: key.kid.clone(),
            key: secrets.value(&key.secret)?,
            companies: companies.map(|each| (each.tier(now).to_string(), each.id.to_string())).collect(),
        }))
    }

    /// The token of a customer whose company has this tier; `None` when no company has.
    pub(crate) fn token(&self, tier: &str, now: Timestamp) -> Result<Option<String>> {
        let Some((_, company)) = self.companies.iter().find(|(its, _)| its == tier) else { return Ok(None) };
        let header = json!({ "alg": "HS256", "kid": self.kid, "typ": "JWT" });
        let expires = now.as_second().checked_add(LASTS_SECONDS).context("no time is left")?;
        let claims =
            json!({ "aud": self.tenant, "sub": format!("demo-{tier}"), "company": company, "exp": expires });
        let part = |json: &serde_json::Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let signed = format!("{}.{}", part(&header), part(&claims));
        let mut mac =
            Hmac::<Sha256>::new_from_slice(self.key.as_bytes()).map_err(|why| anyhow!("bad key: {why}"))?;
        mac.update(signed.as_bytes());
        Ok(Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))))
    }
}
