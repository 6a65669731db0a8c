//! The language a person reads, as a BCP 47 tag.

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

/// A language tag such as `zh-CN`: 2 to 16 letters, digits and hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Language(String);

impl Language {
    /// The tag as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tag's first part: `zh` of `zh-CN`.
    #[must_use]
    pub fn base(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

/// A text that is no language tag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a language is a tag such as \"zh-CN\", found \"{found}\"")]
pub struct LanguageError {
    /// The text that was given, cut at 60 characters.
    pub found: String,
}

impl FromStr for Language {
    type Err = LanguageError;
    fn from_str(text: &str) -> Result<Self, LanguageError> {
        let letters = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let starts = text.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
        if (2..=16).contains(&text.len()) && letters && starts && !text.ends_with('-') {
            Ok(Self(text.to_owned()))
        } else {
            Err(LanguageError { found: crate::ids::excerpt(text) })
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}
