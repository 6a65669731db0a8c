//! Binary frames: one version byte, then postcard. JSON in a browser would cost more than the rest of the program.

use alloc::vec::Vec;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The version that this build speaks: the first byte of every frame.
pub const VERSION: u8 = 1;

/// The content type of a body that is one frame.
pub const CONTENT_TYPE: &str = "application/vnd.nightbell";

/// Why bytes are not a frame of the type asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Nothing was sent.
    #[error("a frame has at least its version byte, found nothing")]
    Empty,
    /// Another version, or no frame at all.
    #[error("a frame of version {VERSION} begins with byte {VERSION}, found {0}")]
    Version(u8),
    /// The bytes after the version do not fit the type.
    #[error("the frame's content does not fit what the route takes")]
    Content,
    /// More bytes than the type has.
    #[error("the frame has {0} bytes too many")]
    Surplus(usize),
}

/// A value as a frame.
#[must_use]
pub fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    // Serialising into memory fails only for types that cannot be serialised at all; the pinned formats cover each.
    postcard::to_extend(value, Vec::from([VERSION])).unwrap_or_default()
}

/// Reads a frame.
///
/// # Errors
/// Another version, bytes that do not fit, or bytes left over.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, FrameError> {
    let (version, content) = bytes.split_first().ok_or(FrameError::Empty)?;
    if *version != VERSION {
        return Err(FrameError::Version(*version));
    }
    match postcard::take_from_bytes(content) {
        Ok((value, [])) => Ok(value),
        Ok((_, rest)) => Err(FrameError::Surplus(rest.len())),
        Err(_) => Err(FrameError::Content),
    }
}
