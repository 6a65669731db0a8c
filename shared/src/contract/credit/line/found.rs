//! What stands in a line, as serde finds it: keys in their order, values of any kind.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::ids::excerpt;

/// The keys of a line and their values, as they were found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields(pub(super) Vec<(String, Found)>);

/// A value of a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Found {
    Null,
    Bool(bool),
    Whole(u64),
    Text(String),
    /// Nothing that a line holds; how people call it.
    Other(String),
}

impl Found {
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Bool(_) | Self::Whole(_) | Self::Other(_) => None,
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(found) => write!(f, "{found}"),
            Self::Whole(found) => write!(f, "{found}"),
            Self::Text(found) => write!(f, "{:?}", excerpt(found)),
            Self::Other(found) => f.write_str(found),
        }
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Keys)
    }
}

/// Keys in the order of the line; one that stands twice is kept twice, to be refused by name.
struct Keys;

impl<'de> Visitor<'de> for Keys {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one cycle in braces")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Fields::default();
        while let Some(field) = map.next_entry()? {
            fields.0.push(field);
        }
        Ok(fields)
    }
}

impl<'de> Deserialize<'de> for Found {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Anything)
    }
}

struct Anything;

impl<'de> Visitor<'de> for Anything {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Found, E> {
        Ok(Found::Null)
    }

    fn visit_bool<E>(self, found: bool) -> Result<Found, E> {
        Ok(Found::Bool(found))
    }

    fn visit_u64<E>(self, found: u64) -> Result<Found, E> {
        Ok(Found::Whole(found))
    }

    fn visit_i64<E>(self, found: i64) -> Result<Found, E> {
        Ok(u64::try_from(found).map_or_else(|_| Found::Other(found.to_string()), Found::Whole))
    }

    fn visit_f64<E>(self, found: f64) -> Result<Found, E> {
        Ok(Found::Other(found.to_string()))
    }

    fn visit_str<E>(self, found: &str) -> Result<Found, E> {
        Ok(Found::Text(found.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Found, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Found::Other("a list".into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Found::Other("an object".into()))
    }
}
