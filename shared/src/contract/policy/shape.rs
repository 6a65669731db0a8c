//! The shape of a tenant file, learnt from the reader: while it reads the file that holds every key, each question it
//! asks is written down. So the schema for editors can name no key that the reader does not know, and misses none.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::ops::RangeInclusive;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// What the reader asks of one value. Serialises as a JSON Schema (draft 2020-12).
#[derive(Clone, Debug, Default)]
pub(super) struct Shape(Rc<RefCell<Asked>>);

/// What was asked so far.
#[derive(Debug, Default)]
struct Asked {
    kinds: BTreeSet<Kind>,
    /// How often a table was read here, and how often each key was required.
    reads: usize,
    keys: BTreeMap<&'static str, (usize, Shape)>,
    /// What stands under names that the tenant gives.
    names: Option<Shape>,
    /// What stands in a list.
    items: Option<Shape>,
}

impl Asked {
    /// The keys that hold what stands in `shape`.
    fn names_of<'a>(&'a self, shape: &'a Shape) -> impl Iterator<Item = &'static str> + 'a {
        let same = self.keys.iter().filter(|(_, (_, other))| Rc::ptr_eq(&shape.0, &other.0));
        same.map(|(key, _)| *key)
    }
}

/// What a value may be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Text,
    /// A text that people read.
    Name,
    Words(Vec<&'static str>),
    Whole(RangeInclusiveOrd),
    Boolean,
    /// What may stand in the list, alone.
    One,
    List,
    Table,
}

/// The first and the last whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RangeInclusiveOrd(u32, u32);

impl From<&RangeInclusive<u32>> for RangeInclusiveOrd {
    fn from(range: &RangeInclusive<u32>) -> Self {
        Self(*range.start(), *range.end())
    }
}

impl Shape {
    pub(super) fn asked_for(&self, kind: Kind) {
        self.0.borrow_mut().kinds.insert(kind);
    }

    pub(super) fn table(&self) {
        let mut asked = self.0.borrow_mut();
        asked.kinds.insert(Kind::Table);
        asked.reads += 1;
    }

    pub(super) fn key(&self, key: &'static str) -> Self {
        self.0.borrow_mut().keys.entry(key).or_default().1.clone()
    }

    /// The key of a table in which several keys hold the same, under the first one's name.
    pub(super) fn key_like(&self, key: &'static str, first: &'static str) -> Self {
        let shape = self.key(first);
        self.0.borrow_mut().keys.insert(key, (0, shape.clone()));
        shape
    }

    pub(super) fn required(&self, key: &'static str) {
        self.0.borrow_mut().keys.entry(key).or_default().0 += 1;
    }

    pub(super) fn name(&self) -> Self {
        self.0.borrow_mut().names.get_or_insert_default().clone()
    }

    pub(super) fn item(&self) -> Self {
        let mut asked = self.0.borrow_mut();
        asked.kinds.insert(Kind::List);
        asked.items.get_or_insert_default().clone()
    }

    /// Writes what a table here may hold into a schema.
    pub(super) fn describe<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        of_table(map, &self.0.borrow())
    }

    /// Keys that were asked for and never found, as `tiers.*.may_claim`: what the file with every key lacks.
    #[cfg(test)]
    pub(super) fn unseen(&self) -> Vec<String> {
        let mut unseen = Vec::new();
        self.walk("", &mut |path, asked| {
            if asked.kinds.is_empty() {
                unseen.push(path.into());
            }
        });
        unseen
    }

    #[cfg(test)]
    fn walk(&self, path: &str, visit: &mut impl FnMut(&str, &Asked)) {
        let asked = self.0.borrow();
        visit(path, &asked);
        for (key, (_, shape)) in &asked.keys {
            shape.walk(&format!("{path}.{key}"), visit);
        }
        for (mark, shape) in [(".*", &asked.names), ("[]", &asked.items)] {
            if let Some(shape) = shape {
                shape.walk(&format!("{path}{mark}"), visit);
            }
        }
    }
}

impl Serialize for Shape {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let asked = self.0.borrow();
        let mut kinds = asked.kinds.iter();
        match (kinds.next(), kinds.len()) {
            (None, _) => to.serialize_map(Some(0))?.end(),
            (Some(kind), 0) => Is(kind, &asked).serialize(to),
            (Some(_), _) => {
                let mut map = to.serialize_map(Some(1))?;
                map.serialize_entry("anyOf", &AnyOf(&asked))?;
                map.end()
            }
        }
    }
}

struct AnyOf<'a>(&'a Asked);

impl Serialize for AnyOf<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut list = to.serialize_seq(Some(self.0.kinds.len()))?;
        for kind in &self.0.kinds {
            list.serialize_element(&Is(kind, self.0))?;
        }
        list.end()
    }
}

/// A value of one kind.
struct Is<'a>(&'a Kind, &'a Asked);

impl Serialize for Is<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(kind, asked) = self;
        if **kind == Kind::One {
            return asked.items.serialize(to);
        }
        let mut map = to.serialize_map(None)?;
        match kind {
            Kind::Text => map.serialize_entry("type", "string")?,
            Kind::Name => {
                map.serialize_entry("type", "string")?;
                map.serialize_entry("minLength", &1)?;
                map.serialize_entry("maxLength", &100)?;
            }
            Kind::Words(words) => map.serialize_entry("enum", words)?,
            Kind::Whole(range) => {
                map.serialize_entry("type", "integer")?;
                map.serialize_entry("minimum", &range.0)?;
                map.serialize_entry("maximum", &range.1)?;
            }
            Kind::Boolean => map.serialize_entry("type", "boolean")?,
            Kind::List | Kind::One => {
                map.serialize_entry("type", "array")?;
                map.serialize_entry("items", &asked.items)?;
            }
            Kind::Table => of_table(&mut map, asked)?,
        }
        map.end()
    }
}

/// Keys that hold the same stand in one pattern: a schema with every metric at every severity would be a book.
fn of_table<M: SerializeMap>(map: &mut M, asked: &Asked) -> Result<(), M::Error> {
    map.serialize_entry("type", "object")?;
    let mut own = BTreeMap::new();
    let mut patterns = BTreeMap::new();
    for (key, (_, shape)) in &asked.keys {
        let names: Vec<String> = asked.names_of(shape).map(|key| key.replace('*', "\\*")).collect();
        if names.len() == 1 {
            own.insert(*key, shape);
        } else {
            patterns.insert(format!("^({})$", names.join("|")), shape);
        }
    }
    let required = asked.keys.iter().filter(|(_, (times, _))| *times > 0 && *times == asked.reads);
    let required: Vec<_> = required.map(|(key, _)| key).collect();
    map.serialize_entry("properties", &own)?;
    if !patterns.is_empty() {
        map.serialize_entry("patternProperties", &patterns)?;
    }
    map.serialize_entry("required", &required)?;
    match &asked.names {
        Some(shape) => map.serialize_entry("additionalProperties", shape),
        None => map.serialize_entry("additionalProperties", &false),
    }
}
