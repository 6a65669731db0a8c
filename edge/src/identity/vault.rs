//! Secrets at rest: sealed with a key of the tenant, so that whoever copies a store has no key of any host.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

use super::{Key, base64url, from_base64url};
use crate::random;

const NONCE: usize = 24;

/// Seals a secret under its name: moved to another name, it does not open.
pub(crate) fn seal(key: &Key, name: &str, secret: &str) -> Option<String> {
    let nonce = random::bytes::<NONCE>();
    let payload = Payload { msg: secret.as_bytes(), aad: name.as_bytes() };
    let sealed = cipher(key).encrypt(&XNonce::from(nonce), payload).ok()?;
    Some(base64url(&[nonce.as_slice(), &sealed].concat()))
}

/// Opens what was sealed under this name with this key; `None` for anything else.
pub(crate) fn open(key: &Key, name: &str, sealed: &str) -> Option<String> {
    let bytes = from_base64url(sealed).ok()?;
    let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
    let payload = Payload { msg: sealed, aad: name.as_bytes() };
    String::from_utf8(cipher(key).decrypt(&XNonce::from(*nonce), payload).ok()?).ok()
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_under_its_own_name_and_key_only() {
        let (key, other) = (Key([1; 32]), Key([2; 32]));
        let sealed = seal(&key, "HESI_WEBHOOK", "whsec_abc").unwrap();
        assert!(!sealed.contains("abc"));
        assert_eq!(open(&key, "HESI_WEBHOOK", &sealed).as_deref(), Some("whsec_abc"));
        assert_eq!(open(&key, "HESI_IDENTITY", &sealed), None);
        assert_eq!(open(&other, "HESI_WEBHOOK", &sealed), None);
        assert_eq!(open(&key, "HESI_WEBHOOK", ""), None);
    }
}
