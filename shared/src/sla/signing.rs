//! Receipts signed, and checked by whoever has the tenant's public keys. Pure: keys are handed in, and a key inside a
//! file is never trusted.

use alloc::string::String;
use alloc::vec::Vec;

use ed25519_dalek::{Signature, Signer, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::ids::{KeyId, TenantId, excerpt};
use crate::sla::signed::{from_base64url, to_base64url};
use crate::sla::{Discrepancy, Flaw, Receipt, SignedReceipt};

/// A key that signs one tenant's receipts.
pub struct SigningKey {
    kid: KeyId,
    key: ed25519_dalek::SigningKey,
}

impl SigningKey {
    /// The key that a seed makes.
    #[must_use]
    pub fn new(kid: KeyId, seed: &[u8; 32]) -> Self {
        Self { kid, key: ed25519_dalek::SigningKey::from_bytes(seed) }
    }

    /// The key that checks what this one signs.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey { kid: self.kid.clone(), ed25519: to_base64url(self.key.verifying_key().as_bytes()) }
    }

    /// Signs a receipt. The same receipt gives the same bytes and the same signature.
    #[must_use]
    pub fn sign(&self, receipt: &Receipt) -> SignedReceipt {
        let bytes = SignedReceipt::bytes_of(receipt);
        let mut signed = SignedReceipt { kid: self.kid.clone(), bytes, signature: Vec::new() };
        signed.signature = self.key.sign(&signed.message()).to_bytes().to_vec();
        signed
    }
}

/// A published key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicKey {
    /// Its name, which receipts carry.
    pub kid: KeyId,
    /// Its 32 bytes as base64url.
    pub ed25519: String,
}

/// `GET /v1/{tenant}/keys`: all keys of a tenant, the one that signs first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicKeys {
    /// Whose.
    pub tenant: TenantId,
    /// The keys.
    pub keys: Vec<PublicKey>,
}

/// Why a receipt does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refuted {
    /// The list of keys is empty.
    #[error("the tenant \"{0}\" has no keys: nothing can be checked")]
    NoKeys(TenantId),
    /// Two keys have one name.
    #[error("the key \"{0}\" is listed twice")]
    KeyTwice(KeyId),
    /// A published key is none.
    #[error("the key \"{0}\" is no public key of Ed25519")]
    NoKey(KeyId),
    /// A published key under which anybody can sign.
    #[error("the key \"{0}\" is weak: anybody can sign with it")]
    WeakKey(KeyId),
    /// Signed with a key that is not among the tenant's.
    #[error("signed with the key \"{0}\", which is not among the tenant's keys")]
    UnknownKey(KeyId),
    /// Bytes that are no receipt.
    #[error(transparent)]
    Bytes(Flaw),
    /// Another tenant's receipt.
    #[error("the receipt is of the tenant \"{found}\", the keys are of \"{expected}\"")]
    Tenant {
        /// Whose keys.
        expected: TenantId,
        /// Whose receipt.
        found: TenantId,
    },
    /// The signature is not 64 bytes long.
    #[error("a signature has 64 bytes, found {0}")]
    SignatureLength(usize),
    /// The signature does not fit.
    #[error("the signature does not fit the bytes under the key \"{0}\"")]
    Signature(KeyId),
    /// What stands in words beside the bytes is not what the bytes say.
    #[error(
        "line {line} does not say what the signed bytes say: \"{expected}\" follows from them, found \"{found}\""
    )]
    Rendering {
        /// The first line that differs, from 1.
        line: usize,
        /// By the bytes.
        expected: String,
        /// In the file.
        found: String,
    },
    /// The sum does not give what is promised.
    #[error(transparent)]
    Sum(Discrepancy),
}

impl PublicKeys {
    /// Checks a receipt: its key, its signature, its tenant, and every sum in it.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn check(&self, signed: &SignedReceipt) -> Result<Receipt, Refuted> {
        let key = self.key(&signed.kid)?;
        let signature: &[u8; 64] = signed
            .signature
            .as_slice()
            .try_into()
            .map_err(|_| Refuted::SignatureLength(signed.signature.len()))?;
        // Strict: neither a signature that could be written otherwise, nor a point of small order.
        key.verify_strict(&signed.message(), &Signature::from_bytes(signature))
            .map_err(|_| Refuted::Signature(signed.kid.clone()))?;
        let receipt = signed.read().map_err(Refuted::Bytes)?;
        if receipt.tenant != self.tenant {
            let (expected, found) = (self.tenant.clone(), receipt.tenant);
            return Err(Refuted::Tenant { expected, found });
        }
        receipt.recompute().map_err(Refuted::Sum)?;
        Ok(receipt)
    }

    /// Checks a receipt, and that the file it came in says what its bytes say, letter by letter.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn check_file(&self, signed: &SignedReceipt, file: &str) -> Result<Receipt, Refuted> {
        let receipt = self.check(signed)?;
        let expected = signed.file(&receipt).unwrap_or_default();
        if file.strip_suffix('\n').unwrap_or(file) == expected {
            return Ok(receipt);
        }
        let (mut ours, mut theirs) = (expected.split('\n'), file.split('\n'));
        let pairs = core::iter::from_fn(|| match (ours.next(), theirs.next()) {
            (None, None) => None,
            (ours, theirs) => Some((ours.unwrap_or_default(), theirs.unwrap_or_default())),
        });
        let differs = (1..).zip(pairs).find(|(_, (ours, theirs))| ours != theirs);
        let (line, (expected, found)) = differs.unwrap_or_default();
        Err(Refuted::Rendering { line, expected: excerpt(expected.trim()), found: excerpt(found.trim()) })
    }

    /// The key of this name. All are looked at: a list with a mistake in it is not one to trust.
    fn key(&self, kid: &KeyId) -> Result<VerifyingKey, Refuted> {
        let mut found = None;
        for (index, listed) in self.keys.iter().enumerate() {
            if self.keys.iter().take(index).any(|earlier| earlier.kid == listed.kid) {
                return Err(Refuted::KeyTwice(listed.kid.clone()));
            }
            let key = listed.read()?;
            if listed.kid == *kid {
                found = Some(key);
            }
        }
        if self.keys.is_empty() {
            return Err(Refuted::NoKeys(self.tenant.clone()));
        }
        found.ok_or_else(|| Refuted::UnknownKey(kid.clone()))
    }
}

impl PublicKey {
    fn read(&self) -> Result<VerifyingKey, Refuted> {
        let none = || Refuted::NoKey(self.kid.clone());
        let bytes: [u8; 32] =
            from_base64url(&self.ed25519).and_then(|bytes| bytes.try_into().ok()).ok_or_else(none)?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| none())?;
        if key.is_weak() { Err(Refuted::WeakKey(self.kid.clone())) } else { Ok(key) }
    }
}
