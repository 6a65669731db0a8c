//! A tenant's published keys, and what a receipt has to say under them. Pure: keys are handed in, and a key inside a file
//! is never trusted. Whether a signature fits is asked elsewhere: of a browser, or of `signing`.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::ids::{KeyId, TenantId, TicketId};
use crate::sla::signed::base64url;
use crate::sla::{Discrepancy, Flaw, Receipt, SignedReceipt};

/// Bytes of a public key.
const KEY_BYTES: usize = 32;

/// Bytes of a signature.
const SIGNATURE_BYTES: usize = 64;

/// A published key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicKey {
    /// Its name, which receipts carry.
    pub kid: KeyId,
    /// Its 32 bytes.
    #[serde(with = "base64url")]
    pub ed25519: Vec<u8>,
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
    /// Another ticket's receipt.
    #[error("the receipt is of the ticket {}, not of {}", found.code(), expected.code())]
    Ticket {
        /// Of which it should be.
        expected: TicketId,
        /// Of which it is.
        found: TicketId,
    },
    /// The sum does not give what is promised.
    #[error(transparent)]
    Sum(Discrepancy),
}

impl PublicKeys {
    /// The key of this name.
    ///
    /// # Errors
    /// There is none, or the list has a mistake in it: then it is not one to trust.
    pub fn key(&self, kid: &KeyId) -> Result<&PublicKey, Refuted> {
        for (index, listed) in self.keys.iter().enumerate() {
            if self.keys.iter().take(index).any(|earlier| earlier.kid == listed.kid) {
                return Err(Refuted::KeyTwice(listed.kid.clone()));
            }
            if listed.ed25519.len() != KEY_BYTES {
                return Err(Refuted::NoKey(listed.kid.clone()));
            }
        }
        if self.keys.is_empty() {
            return Err(Refuted::NoKeys(self.tenant.clone()));
        }
        let found = self.keys.iter().find(|listed| listed.kid == *kid);
        found.ok_or_else(|| Refuted::UnknownKey(kid.clone()))
    }

    /// What a receipt says, if it holds: its key, its signature (`fits` is what Ed25519 says of it), its tenant, and every
    /// sum in it.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn judge(&self, signed: &SignedReceipt, fits: bool) -> Result<Receipt, Refuted> {
        self.key(&signed.kid)?;
        if signed.signature.len() != SIGNATURE_BYTES {
            return Err(Refuted::SignatureLength(signed.signature.len()));
        }
        if !fits {
            return Err(Refuted::Signature(signed.kid.clone()));
        }
        let receipt = signed.read().map_err(Refuted::Bytes)?;
        if receipt.tenant != self.tenant {
            let (expected, found) = (self.tenant.clone(), receipt.tenant);
            return Err(Refuted::Tenant { expected, found });
        }
        receipt.recompute().map_err(Refuted::Sum)?;
        Ok(receipt)
    }

    /// All receipts of one ticket, oldest first, each with what Ed25519 says of its signature: what each says, if it holds
    /// and keeps what it says was promised before it.
    pub fn judge_all<'a>(
        &self,
        ticket: TicketId,
        receipts: impl IntoIterator<Item = (&'a SignedReceipt, bool)>,
    ) -> Vec<Result<Receipt, Refuted>> {
        let mut judged: Vec<Result<Receipt, Refuted>> = Vec::new();
        for (signed, fits) in receipts {
            let receipt = self.judge(signed, fits).and_then(|receipt| {
                let (expected, found) = (ticket, receipt.ticket);
                if found != expected {
                    return Err(Refuted::Ticket { expected, found });
                }
                receipt.keeps(&judged.iter().flatten()).map_err(Refuted::Sum)?;
                Ok(receipt)
            });
            judged.push(receipt);
        }
        judged
    }
}
