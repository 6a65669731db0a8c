//! A receipt as it is kept and handed out: the exact bytes, and the signature over them. Nobody encodes them again.

use alloc::string::String;
use alloc::vec::Vec;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::ids::{KeyId, TicketId};
use crate::sla::Receipt;
use crate::sla::readable::{self, Unwritable};

/// What a signature under a receipt begins with: it can stand under nothing else.
pub(super) const CONTEXT: &[u8] = b"nightbell receipt v1\n";

/// The first byte of a receipt: how the rest is written.
const FORMAT: u8 = 1;

/// More bytes than any receipt has; what is longer is not looked at.
const LONGEST: usize = 1 << 16;

/// The signed bytes of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedReceipt {
    /// Which of the tenant's keys has signed.
    pub kid: KeyId,
    /// One byte that says how the rest is written, then the receipt.
    #[serde(with = "base64url")]
    pub bytes: Vec<u8>,
    /// Ed25519 over the context and the bytes.
    #[serde(with = "base64url")]
    pub signature: Vec<u8>,
}

/// Why bytes are no receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Nothing is there.
    #[error("a receipt has at least the byte that says how it is written, found nothing")]
    Empty,
    /// Longer than any receipt.
    #[error("a receipt has at most {LONGEST} bytes, found {0}")]
    Long(usize),
    /// Written in another way.
    #[error("a receipt begins with byte {FORMAT}, found {0}")]
    Format(u8),
    /// Cut, or not written by us.
    #[error("the bytes are no receipt: cut, or of another kind")]
    Content,
    /// More follows.
    #[error("{0} bytes follow the receipt")]
    Surplus(usize),
}

impl SignedReceipt {
    /// The bytes that stand for a receipt for ever.
    #[must_use]
    pub fn bytes_of(receipt: &Receipt) -> Vec<u8> {
        // Serialising into memory fails only for types that cannot be serialised at all; the pinned formats cover it.
        postcard::to_extend(receipt, Vec::from([FORMAT])).unwrap_or_default()
    }

    /// The receipt in the bytes. Says nothing of the signature.
    ///
    /// # Errors
    /// Bytes that are no receipt.
    pub fn read(&self) -> Result<Receipt, Flaw> {
        if self.bytes.len() > LONGEST {
            return Err(Flaw::Long(self.bytes.len()));
        }
        let (format, content) = self.bytes.split_first().ok_or(Flaw::Empty)?;
        if *format != FORMAT {
            return Err(Flaw::Format(*format));
        }
        match postcard::take_from_bytes(content) {
            Ok((receipt, [])) => Ok(receipt),
            Ok((_, rest)) => Err(Flaw::Surplus(rest.len())),
            Err(_) => Err(Flaw::Content),
        }
    }

    /// What is signed.
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        [CONTEXT, &self.bytes].concat()
    }

    /// The receipt as a file for people and programs: the bytes, and the same in words that follow from them. Each
    /// build writes the same text.
    ///
    /// # Errors
    /// A value that has no text: none that a receipt can hold.
    pub fn file(&self, receipt: &Receipt) -> Result<String, Unwritable> {
        #[derive(Serialize)]
        struct File<'a> {
            kid: &'a KeyId,
            #[serde(with = "base64url")]
            bytes: &'a [u8],
            #[serde(with = "base64url")]
            signature: &'a [u8],
            receipt: &'a Receipt,
        }
        let (kid, bytes, signature) = (&self.kid, self.bytes.as_slice(), self.signature.as_slice());
        readable::text(&File { kid, bytes, signature, receipt })
    }

    /// What the file is called: the ticket's code, and the receipt's number.
    #[must_use]
    pub fn file_name(receipt: &Receipt) -> String {
        Self::name(receipt.ticket, receipt.number)
    }

    /// The same, of a receipt that is not read.
    #[must_use]
    pub fn name(ticket: TicketId, number: u32) -> String {
        alloc::format!("nightbell-{}-{number}.json", ticket.code())
    }
}

/// `#[serde(with = "base64url")]`: text where people read it, bytes in a frame.
pub(super) mod base64url {
    use super::{Engine, String, URL_SAFE_NO_PAD, Vec};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub(in crate::sla) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.serialize_str(&URL_SAFE_NO_PAD.encode(bytes));
        }
        bytes.serialize(serializer)
    }

    pub(in crate::sla) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<u8>, D::Error> {
        if !deserializer.is_human_readable() {
            return Vec::deserialize(deserializer);
        }
        let text = String::deserialize(deserializer)?;
        URL_SAFE_NO_PAD.decode(text).map_err(|_| D::Error::custom("no base64url without padding"))
    }
}
