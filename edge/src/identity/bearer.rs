//! The edge's own word for who a customer is: `base64url(payload).base64url(HMAC)`, in a header, never in an address.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::ids::{CompanyId, CustomerId, TenantId};
use shared::refusal::Proof;
use shared::time::instant::millis;

use super::{Key, base64url, fits, from_base64url, sign};

/// Longer texts are no bearers of ours, and are not even decoded.
const LONGEST: usize = 1_024;

/// Who a customer is, until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bearer {
    pub(crate) tenant: TenantId,
    pub(crate) customer: CustomerId,
    /// The company that the host's server named.
    pub(crate) company: Option<CompanyId>,
    #[serde(with = "millis")]
    pub(crate) expires: Timestamp,
}

impl Bearer {
    /// The bearer as text, signed with the tenant's key.
    pub(crate) fn seal(&self, key: &Key) -> String {
        let payload = base64url(&serde_json::to_vec(self).unwrap_or_default());
        let signature = base64url(&sign(key.bytes(), payload.as_bytes()));
        format!("{payload}.{signature}")
    }

    /// Reads a bearer. Nothing of it is looked at before its signature fits.
    pub(crate) fn open(text: &str, key: &Key, tenant: &TenantId, now: Timestamp) -> Result<Self, Proof> {
        if text.trim().is_empty() {
            return Err(Proof::Missing);
        }
        let (payload, signature) =
            text.split_once('.').filter(|_| text.len() <= LONGEST).ok_or(Proof::Malformed)?;
        let signature = from_base64url(signature)?;
        if !fits(key.bytes(), payload.as_bytes(), &signature) {
            return Err(Proof::Signature);
        }
        let bearer: Self = serde_json::from_slice(&from_base64url(payload)?).map_err(|_| Proof::Malformed)?;
        if bearer.tenant != *tenant {
            return Err(Proof::Audience);
        }
        if bearer.expires <= now {
            return Err(Proof::Expired);
        }
        Ok(bearer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::constant(1_791_000_000, 0);

    fn key(tenant: &str) -> Key {
        Key([7; 32]).derive(tenant)
    }

    fn bearer() -> Bearer {
        Bearer {
            tenant: "hesi".parse().unwrap(),
            customer: CustomerId::anonymous(5),
            company: None,
            expires: NOW + jiff::SignedDuration::from_secs(1),
        }
    }

    fn open(text: &str) -> Result<Bearer, Proof> {
        Bearer::open(text, &key("hesi"), &"hesi".parse().unwrap(), NOW)
    }

    #[test]
    fn a_bearer_is_read_back() {
        assert_eq!(open(&bearer().seal(&key("hesi"))), Ok(bearer()));
    }

    /// Bearers outlive deploys by 90 days.
    #[test]
    fn a_bearer_of_an_older_build_is_still_read() {
        let payload = r#"{"tenant":"hesi","customer":"anon:00000000000000000000000000000005","company":null,"expires":1791000001000}"#;
        assert_eq!(serde_json::to_string(&bearer()).unwrap(), payload);
        let sealed = concat!(
            "eyJ0ZW5hbnQiOiJoZXNpIiwiY3VzdG9tZXIiOiJhbm9uOjAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA1Iiwi",
            "Y29tcGFueSI6bnVsbCwiZXhwaXJlcyI6MTc5MTAwMDAwMTAwMH0.G8mPTWwcAEzyUkij4CUZCqMtru79lYmUCvYuYtdBlyk",
        );
        assert_eq!(open(sealed), Ok(bearer()));
    }

    #[test]
    fn a_missing_value_fails_closed_like_a_wrong_one() {
        let good = bearer().seal(&key("hesi"));
        let (payload, signature) = good.split_once('.').unwrap();
        let longer = base64url(&[0; 64]);
        let cases = [
            (String::new(), Proof::Missing),
            (" ".into(), Proof::Missing),
            (payload.into(), Proof::Malformed),
            (format!("{payload}."), Proof::Signature),
            (format!(".{signature}"), Proof::Signature),
            (format!("{payload}.{}", signature.get(..20).unwrap()), Proof::Signature),
            (format!("{payload}.{longer}"), Proof::Signature),
            (format!("{payload}.%20"), Proof::Malformed),
            (format!("{payload}.{signature}="), Proof::Malformed),
            (format!("{payload}.{signature}.{signature}"), Proof::Malformed),
            (format!("{}.{signature}", base64url(b"{}")), Proof::Signature),
            ("x".repeat(2_000), Proof::Malformed),
        ];
        for (text, why) in cases {
            assert_eq!(open(&text), Err(why), "{text}");
        }
    }

    #[test]
    fn a_bearer_of_another_tenant_or_of_yesterday_is_refused() {
        assert_eq!(open(&bearer().seal(&key("global"))), Err(Proof::Signature));
        let misled = Bearer { tenant: "global".parse().unwrap(), ..bearer() };
        assert_eq!(open(&misled.seal(&key("hesi"))), Err(Proof::Audience));
        let ended = Bearer { expires: NOW, ..bearer() };
        assert_eq!(open(&ended.seal(&key("hesi"))), Err(Proof::Expired));
    }
}
