//! Receipts signed, and their signatures checked by whoever has no browser for that.

use alloc::vec::Vec;

use ed25519_dalek::{Signature, Signer, VerifyingKey};

use crate::ids::{KeyId, excerpt};
use crate::sla::{PublicKey, PublicKeys, Receipt, Refuted, SignedReceipt};

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
        PublicKey { kid: self.kid.clone(), ed25519: self.key.verifying_key().as_bytes().to_vec() }
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

impl PublicKeys {
    /// Checks a receipt: its key, its signature, its tenant, and every sum in it.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn check(&self, signed: &SignedReceipt) -> Result<Receipt, Refuted> {
        let key = self.key(&signed.kid)?;
        // All are looked at: a list with a mistake in it is not one to trust.
        self.keys.iter().try_for_each(|listed| listed.point().map(drop))?;
        self.judge(signed, key.signed(signed)?)
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
}

impl PublicKey {
    /// Strict: neither a signature that could be written otherwise, nor a point of small order.
    fn signed(&self, signed: &SignedReceipt) -> Result<bool, Refuted> {
        let point = self.point()?;
        let fits = |signature| point.verify_strict(&signed.message(), &signature).is_ok();
        Ok(Signature::from_slice(&signed.signature).is_ok_and(fits))
    }

    fn point(&self) -> Result<VerifyingKey, Refuted> {
        let none = || Refuted::NoKey(self.kid.clone());
        let bytes: &[u8; 32] = self.ed25519.as_slice().try_into().map_err(|_| none())?;
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| none())?;
        if key.is_weak() { Err(Refuted::WeakKey(self.kid.clone())) } else { Ok(key) }
    }
}
