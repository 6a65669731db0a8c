//! Who is asking. A bearer is the edge's own word, checkable while no object answers; a JWT is the word of the host's
//! server, checked by the access object, which alone has its keys. A missing value fails closed, like a wrong one.

mod bearer;
mod jwt;
mod keys;
mod receipts;
pub(crate) mod session;
pub(crate) mod vault;
pub(crate) mod webhook;

pub(crate) use bearer::Bearer;
pub(crate) use jwt::{Claims, KnownKey, verify as verify_jwt};
pub(crate) use keys::{Keys, keys, unfit};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use shared::refusal::Proof;

/// A secret of the edge, or one derived from it for a single use.
#[derive(Clone)]
pub(crate) struct Key([u8; 32]);

impl Key {
    /// A key for one use and one tenant: what one key has signed, no other accepts.
    pub(crate) fn derive(&self, purpose: &str) -> Self {
        Self(mac(&self.0, purpose.as_bytes()).finalize().into_bytes().into())
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// HMAC-SHA-256 over a message, to be finished or to be compared in constant time.
fn mac(key: &[u8], message: &[u8]) -> Hmac<Sha256> {
    // HMAC takes keys of any length; hashing one that is too long for a block is its own first step.
    let mut mac = Hmac::<Sha256>::new_from_slice(key)
        .unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha256>>::default()));
    mac.update(message);
    mac
}

/// The signature of a message under a key of any length.
pub(crate) fn sign(key: &[u8], message: &[u8]) -> [u8; 32] {
    mac(key, message).finalize().into_bytes().into()
}

/// Whether a signature fits a message, in a time that depends on neither.
fn fits(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    mac(key, message).verify_slice(signature).is_ok()
}

/// The digest under which a token is kept: whoever reads the store learns no token.
pub(crate) fn digest(token: &str) -> String {
    base64url(&Sha256::digest(token.as_bytes()))
}

/// Whether two texts are the same, in a time that depends on neither: their digests are compared, so that not even
/// a wrong length is told.
pub(crate) fn same(found: &str, expected: &str) -> bool {
    const KEY: &[u8] = b"nightbell/same";
    fits(KEY, found.as_bytes(), &sign(KEY, expected.as_bytes()))
}

/// Bytes as base64url without padding.
pub(crate) fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn from_base64url(text: &str) -> Result<Vec<u8>, Proof> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Proof::Malformed)
}
