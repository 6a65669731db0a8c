//! The JSON Schema of a tenant's file.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::shape::Shape;

/// The JSON Schema (draft 2020-12) of a tenant's file, for editors. It is made of what the reader asks of
/// [`EVERY_KEY`](super::EVERY_KEY), so it knows the keys that the reader knows, and no other.
#[derive(Clone, Debug)]
pub struct Schema(Shape);

impl Schema {
    /// The schema of this version of the reader.
    #[must_use]
    pub fn new() -> Self {
        Self(super::shape())
    }
}

impl Default for Schema {
    fn default() -> Self {
        Self::new()
    }
}

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("$schema", "https://json-schema.org/draft/2020-12/schema")?;
        map.serialize_entry("title", "A tenant of Nightbell")?;
        self.0.describe(&mut map)?;
        map.end()
    }
}
