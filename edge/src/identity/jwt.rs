//! The word of the host's server: a JWT, signed with HS256 and a key of the tenant (RFC 7519, RFC 8725). The header
//! chooses among our keys and nothing else; where it says that a key could be found is not even read.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use shared::ids::{CompanyId, CustomerId, TenantId};
use shared::refusal::Proof;
use shared::time::instant::millis;

use super::{fits, from_base64url};

/// Clocks of servers differ by this much.
const LEEWAY: SignedDuration = SignedDuration::from_secs(60);

/// A token says at most so far ahead who somebody is.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// Longer texts are not even decoded.
const LONGEST_TEXT: usize = 8_192;

/// A key of the tenant.
#[derive(Clone)]
pub(crate) struct KnownKey {
    pub(crate) kid: String,
    pub(crate) secret: Vec<u8>,
}

/// What a token says, once it is believed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Claims {
    pub(crate) customer: CustomerId,
    /// As the token names it; whether the tenant has it, its file says.
    pub(crate) company: Option<CompanyId>,
    #[serde(with = "millis")]
    pub(crate) expires: Timestamp,
}

#[derive(Deserialize)]
struct Header {
    alg: Value,
    kid: Option<Value>,
    /// Extensions that the reader must understand: none is understood here.
    crit: Option<Value>,
}

/// Reads a token for a tenant. Nothing of its claims is looked at before its signature fits.
pub(crate) fn verify(
    token: &str,
    known: &[KnownKey],
    tenant: &TenantId,
    now: Timestamp,
) -> Result<Claims, Proof> {
    if token.trim().is_empty() {
        return Err(Proof::Missing);
    }
    let (signed, signature) =
        token.rsplit_once('.').filter(|_| token.len() <= LONGEST_TEXT).ok_or(Proof::Malformed)?;
    let (header, claims) = signed.split_once('.').ok_or(Proof::Malformed)?;
    let header: Header = json(header)?;
    if header.alg != "HS256" {
        return Err(Proof::Algorithm);
    }
    if header.crit.is_some() {
        return Err(Proof::Malformed);
    }
    let kid = header.kid.as_ref().and_then(Value::as_str).ok_or(Proof::Key)?;
    let key = known.iter().find(|key| key.kid == kid && !key.secret.is_empty()).ok_or(Proof::Key)?;
    let signature = from_base64url(signature)?;
    if !fits(&key.secret, signed.as_bytes(), &signature) {
        return Err(Proof::Signature);
    }
    believe(&json(claims)?, tenant, now)
}

fn json<T: serde::de::DeserializeOwned>(part: &str) -> Result<T, Proof> {
    serde_json::from_slice(&from_base64url(part)?).map_err(|_| Proof::Malformed)
}

/// The claims of a token whose signature fits.
fn believe(claims: &Value, tenant: &TenantId, now: Timestamp) -> Result<Claims, Proof> {
    let names_us = |value: &Value| value.as_str() == Some(tenant.as_str());
    let ours = match claims.get("aud") {
        Some(Value::Array(all)) => all.iter().any(names_us),
        Some(one) => names_us(one),
        None => false,
    };
    if !ours {
        return Err(Proof::Audience);
    }
    let expires = expiry(claims.get("exp"), now)?;
    begun(claims.get("nbf"), now)?;
    let sub = claims.get("sub").and_then(Value::as_str).ok_or(Proof::Subject)?;
    let customer = CustomerId::signed(sub).map_err(|_| Proof::Subject)?;
    let company = match claims.get("company") {
        None | Some(Value::Null) => None,
        Some(value) => Some(value.as_str().and_then(|company| company.parse().ok()).ok_or(Proof::Company)?),
    };
    Ok(Claims { customer, company, expires })
}

/// A token need not say from when on it holds; what it says is kept to.
fn begun(nbf: Option<&Value>, now: Timestamp) -> Result<(), Proof> {
    let Some(nbf) = nbf else { return Ok(()) };
    if !(nbf.is_i64() || nbf.is_u64()) {
        return Err(Proof::Malformed);
    }
    // What no `i64` holds lies further ahead than any instant does.
    let seconds = nbf.as_i64().ok_or(Proof::NotYet)?;
    if seconds > now.as_second().saturating_add(LEEWAY.as_secs()) { Err(Proof::NotYet) } else { Ok(()) }
}

fn expiry(exp: Option<&Value>, now: Timestamp) -> Result<Timestamp, Proof> {
    let exp = exp.filter(|exp| exp.is_i64() || exp.is_u64()).ok_or(Proof::NoExpiry)?;
    let seconds = exp.as_i64().ok_or(Proof::TooLong)?;
    // Only beyond the year 9999, or before -9999, is a second no instant.
    let expires = Timestamp::from_second(seconds)
        .map_err(|_| if seconds > 0 { Proof::TooLong } else { Proof::Expired })?;
    let left = expires.duration_since(now);
    if left <= -LEEWAY {
        Err(Proof::Expired)
    } else if left > LONGEST + LEEWAY {
        Err(Proof::TooLong)
    } else {
        Ok(expires)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{base64url, sign};
    use super::*;

    const NOW: i64 = 1_791_000_000;
    const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";

    fn token(header: &Value, claims: &Value, secret: &[u8]) -> String {
        let part = |value: &Value| base64url(value.to_string().as_bytes());
        let signed = format!("{}.{}", part(header), part(claims));
        format!("{signed}.{}", base64url(&sign(secret, signed.as_bytes())))
    }

    fn header() -> Value {
        json!({ "alg": "HS256", "typ": "JWT", "kid": "k1" })
    }

    fn claims() -> Value {
        json!({ "aud": "hesi", "sub": "li.hua", "exp": NOW + 3_600, "company": "yunshan" })
    }

    fn with(mut value: Value, name: &str, new: Value) -> Value {
        value[name] = new;
        value
    }

    fn check(token: &str) -> Result<Claims, Proof> {
        let known = [
            KnownKey { kid: "k1".into(), secret: SECRET.into() },
            KnownKey { kid: "k0".into(), secret: vec![] },
        ];
        verify(token, &known, &"hesi".parse().unwrap(), Timestamp::from_second(NOW).unwrap())
    }

    #[track_caller]
    fn claimed(claims: &Value) -> Result<Claims, Proof> {
        check(&token(&header(), claims, SECRET))
    }

    #[test]
    fn a_token_of_the_hosts_server_is_believed() {
        let good = claimed(&claims()).unwrap();
        assert_eq!(good.customer.as_str(), "user:li.hua");
        assert_eq!(good.company.unwrap().as_str(), "yunshan");
        assert!(claimed(&with(claims(), "aud", json!(["other", "hesi"]))).is_ok());
        assert_eq!(claimed(&with(claims(), "company", Value::Null)).unwrap().company, None);
    }

    #[test]
    fn only_hs256_with_a_known_key_is_believed() {
        let headed = |header: &Value| check(&token(header, &claims(), SECRET));
        for alg in ["none", "NoNe", "hs256", "HS384", "RS256", ""] {
            assert_eq!(headed(&with(header(), "alg", json!(alg))), Err(Proof::Algorithm), "{alg}");
        }
        assert_eq!(headed(&with(header(), "alg", json!(["HS256"]))), Err(Proof::Algorithm));
        assert_eq!(headed(&with(header(), "kid", json!("k2"))), Err(Proof::Key));
        assert_eq!(headed(&with(header(), "kid", json!(1))), Err(Proof::Key));
        assert_eq!(headed(&json!({ "alg": "HS256" })), Err(Proof::Key));
        assert_eq!(headed(&with(header(), "crit", json!(["b64"]))), Err(Proof::Malformed));
        for pointer in ["jku", "x5u", "jwk"] {
            assert!(headed(&with(header(), pointer, json!("https://evil.example/key"))).is_ok());
        }
        let empty = token(&with(header(), "kid", json!("k0")), &claims(), b"");
        assert_eq!(check(&empty), Err(Proof::Key), "an empty key is no key");
    }

    #[test]
    fn a_signature_that_is_missing_cut_or_foreign_is_refused() {
        let good = token(&header(), &claims(), SECRET);
        let (signed, signature) = good.rsplit_once('.').unwrap();
        assert_eq!(check(""), Err(Proof::Missing));
        assert_eq!(check("a.b"), Err(Proof::Malformed));
        assert_eq!(check(signed), Err(Proof::Malformed));
        assert_eq!(check(&format!("{signed}.")), Err(Proof::Signature));
        assert_eq!(check(&format!("{signed}.{}", &signature[..20])), Err(Proof::Signature));
        assert_eq!(check(&format!("{signed}.%20")), Err(Proof::Malformed));
        assert_eq!(
            check(&token(&header(), &claims(), b"another key of thirty-two bytes!")),
            Err(Proof::Signature)
        );
    }

    #[test]
    fn a_token_says_when_it_ends_in_whole_seconds_at_most_a_day_ahead() {
        let ending = |exp: Value| claimed(&with(claims(), "exp", exp)).map(|_| ());
        assert_eq!(ending(json!(NOW + 86_400)), Ok(()));
        assert_eq!(ending(json!(NOW - 30)), Ok(()), "clocks differ by up to a minute");
        assert_eq!(ending(json!(NOW - 60)), Err(Proof::Expired));
        assert_eq!(ending(json!(i64::MIN)), Err(Proof::Expired));
        assert_eq!(ending(json!(NOW + 86_400 + 61)), Err(Proof::TooLong));
        assert_eq!(ending(json!(9_223_372_036_854_775_808_u64)), Err(Proof::TooLong));
        for exp in [Value::Null, json!("1791003600"), json!(1_791_003_600.5), json!([NOW]), json!(true)] {
            assert_eq!(ending(exp.clone()), Err(Proof::NoExpiry), "{exp}");
        }
    }

    #[test]
    fn a_token_that_says_from_when_on_it_holds_is_not_believed_before() {
        let holding = |nbf: Value| claimed(&with(claims(), "nbf", nbf)).map(|_| ());
        for nbf in [NOW - 3_600, NOW, NOW + 60, 0, i64::MIN] {
            assert_eq!(holding(json!(nbf)), Ok(()), "{nbf}: clocks differ by up to a minute");
        }
        for nbf in [NOW + 61, NOW + 3_600, i64::MAX] {
            assert_eq!(holding(json!(nbf)), Err(Proof::NotYet), "{nbf}");
        }
        assert_eq!(holding(json!(u64::MAX)), Err(Proof::NotYet));
        for nbf in [Value::Null, json!("0"), json!(0.5), json!([NOW]), json!(false), json!({})] {
            assert_eq!(holding(nbf.clone()), Err(Proof::Malformed), "{nbf}");
        }
    }

    #[test]
    fn a_token_names_this_tenant_a_person_and_perhaps_a_company() {
        for aud in [json!("global"), json!(""), Value::Null, json!(["global"]), json!({ "hesi": 1 })] {
            assert_eq!(claimed(&with(claims(), "aud", aud)), Err(Proof::Audience));
        }
        for sub in [json!(""), json!(" a"), json!(7), Value::Null, json!("a\u{0}"), json!("x".repeat(129))] {
            assert_eq!(claimed(&with(claims(), "sub", sub)), Err(Proof::Subject));
        }
        for company in [json!(""), json!("Yun Shan"), json!(1), json!(["yunshan"])] {
            assert_eq!(claimed(&with(claims(), "company", company)), Err(Proof::Company));
        }
    }
}
