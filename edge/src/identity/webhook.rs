//! Signatures of Standard Webhooks 1.0.0: the person on call can trust who rings.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::sign;

/// The key inside a `whsec_…` secret: base64 of at least 24 bytes.
pub(crate) fn key(secret: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD.decode(secret.strip_prefix("whsec_")?).ok()?;
    (bytes.len() >= 24).then_some(bytes)
}

/// One signature, as it stands in the header `webhook-signature`.
pub(crate) fn signature(key: &[u8], id: &str, sent_at: i64, body: &str) -> String {
    let signed = format!("{id}.{sent_at}.{body}");
    format!("v1,{}", STANDARD.encode(sign(key, signed.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's reference libraries.
    #[test]
    fn a_signature_is_the_one_that_the_standard_shows() {
        let key = key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed =
            signature(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_that_is_short_or_no_secret_is_none() {
        for secret in ["", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%%"] {
            assert_eq!(key(secret), None, "{secret}");
        }
    }
}
