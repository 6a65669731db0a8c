//! The host's server: it signs who somebody is.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::Tenant;

/// A token for this tenant that ends in an hour of the edge's clock.
pub fn jwt(tenant: &Tenant, sub: &str, company: Option<&str>) -> String {
    let mut claims = json!({ "aud": tenant.id, "sub": sub, "exp": now(tenant) + 3_600 });
    if let Some(company) = company {
        claims["company"] = json!(company);
    }
    jwt_with(&json!({ "alg": "HS256", "typ": "JWT", "kid": tenant.kid }), &claims, tenant.key.as_bytes())
}

/// A token of any header and claims.
pub fn jwt_with(header: &Value, claims: &Value, key: &[u8]) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(hmac(key, signed.as_bytes())))
}

pub(super) fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length is a key");
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

/// The edge's clock, in seconds: a host's server and the edge agree on the time, and tests may move the edge's.
pub fn now(tenant: &Tenant) -> i64 {
    let hello = tenant.edge.get(&tenant.path("hello?zone=Etc/UTC")).send().value();
    hello["now"].as_i64().unwrap_or_else(|| panic!("hello says no time: {hello}")) / 1_000
}
