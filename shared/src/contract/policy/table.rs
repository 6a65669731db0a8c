//! Reading a table of a tenant file key by key.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Display;
use core::ops::Range;
use core::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistake::{Report, meant};
use super::reader::{Node, nothing_called};
use super::shape::Shape;
use crate::ids::excerpt;

/// A table of the file: keys are asked for one by one, and what nobody asked for is a mistake.
pub(super) struct Table<'a> {
    report: &'a Report<'a>,
    entries: Vec<(&'a Spanned<Cow<'a, str>>, &'a Spanned<DeValue<'a>>)>,
    asked: Vec<&'static str>,
    span: Range<usize>,
    place: String,
    shape: Option<Shape>,
}

impl<'a> Table<'a> {
    /// The table that a value is.
    pub(super) fn of(node: &Node<'a>, table: &'a DeTable<'a>) -> Self {
        let new = Self::new(node.report, table, node.span.clone());
        Self { place: node.place.clone(), shape: node.shape.clone(), ..new }
    }

    fn new(report: &'a Report<'a>, table: &'a DeTable<'a>, span: Range<usize>) -> Self {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        Self { report, entries, asked: Vec::new(), span, place: String::new(), shape: None }
    }

    /// The file itself.
    pub(super) fn file(report: &'a Report<'a>, table: &'a DeTable<'a>, shape: Option<Shape>) -> Self {
        if let Some(shape) = &shape {
            shape.table();
        }
        Self { shape, ..Self::new(report, table, 0..0) }
    }

    pub(super) fn optional(&mut self, key: &'static str) -> Option<Node<'a>> {
        self.asked.push(key);
        let shape = self.shape.as_ref().map(|shape| shape.key(key));
        self.found(key, shape)
    }

    /// A key of a table in which several keys hold the same; `first` is the first of them.
    pub(super) fn optional_like(&mut self, key: &'static str, first: &'static str) -> Option<Node<'a>> {
        self.asked.push(key);
        let shape = self.shape.as_ref().map(|shape| shape.key_like(key, first));
        self.found(key, shape)
    }

    fn found(&self, key: &'static str, shape: Option<Shape>) -> Option<Node<'a>> {
        let (_, value) = self.entries.iter().find(|(name, _)| name.get_ref() == key)?;
        Some(self.node(key, value, shape))
    }

    pub(super) fn required(&mut self, key: &'static str) -> Option<Node<'a>> {
        let node = self.optional(key);
        if let Some(shape) = &self.shape {
            shape.required(key);
        }
        if node.is_none() {
            self.say(format!("\"{key}\" is missing"));
        }
        node
    }

    /// Every entry, in the order of the file: for tables whose keys are names that the tenant gave.
    pub(super) fn entries(&self) -> impl Iterator<Item = (Key<'a>, Node<'a>)> + use<'a, '_> {
        let shape = self.shape.as_ref().map(Shape::name);
        self.entries
            .iter()
            .map(move |(key, value)| (self.key(key), self.node(key.get_ref(), value, shape.clone())))
    }

    /// How many entries it has.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Reports something wrong with the table as a whole.
    pub(super) fn say(&self, what: impl Display) {
        self.report.add(&self.span, &self.place, &what);
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(self) {
        for (name, _) in
            self.entries.iter().filter(|(name, _)| !self.asked.contains(&name.get_ref().as_ref()))
        {
            if self.report.is_full() {
                return;
            }
            let key = self.key(name);
            match meant(key.name, self.asked.iter().copied()) {
                Some(name) => key.say(format!("unknown key: did you mean \"{name}\"?")),
                None => key.say("unknown key"),
            }
        }
    }

    fn key(&self, key: &'a Spanned<Cow<'a, str>>) -> Key<'a> {
        Key {
            report: self.report,
            name: key.get_ref(),
            span: key.span(),
            place: self.place_of(key.get_ref()),
        }
    }

    fn node(&self, key: &str, value: &'a Spanned<DeValue<'a>>, shape: Option<Shape>) -> Node<'a> {
        let place = self.place_of(key);
        Node { report: self.report, value: value.get_ref(), span: value.span(), place, shape }
    }

    fn place_of(&self, key: &str) -> String {
        let key = excerpt(key);
        if self.place.is_empty() { key } else { format!("{}.{key}", self.place) }
    }
}

/// A key that the tenant chose.
pub(super) struct Key<'a> {
    report: &'a Report<'a>,
    pub(super) name: &'a str,
    span: Range<usize>,
    place: String,
}

impl Key<'_> {
    /// Remembers that what has this name has a mistake.
    pub(super) fn broken(&self) {
        self.report.add_broken(self.name);
    }

    /// Reports something wrong with the key itself.
    pub(super) fn say(&self, what: impl Display) {
        self.report.add(&self.span, &self.place, &what);
    }

    /// Reports that nothing has this name, and which name may have been meant.
    pub(super) fn unknown<'k>(&self, what: &str, known: impl Iterator<Item = &'k str>) {
        if !self.report.is_full() && !self.report.is_broken(self.name) {
            self.say(nothing_called(what, self.name, known));
        }
    }

    /// The key as an id.
    pub(super) fn parse<T: FromStr<Err: Display>>(&self) -> Option<T> {
        self.name.parse().map_err(|error: T::Err| self.say(error)).ok()
    }
}
