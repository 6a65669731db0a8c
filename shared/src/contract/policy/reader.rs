//! Reading a tenant file value by value: what is wrong is reported and reading goes on, so that a file's mistakes
//! are told all at once. A reader gives `None` only after it has reported why.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Display;
use core::ops::{Range, RangeInclusive};
use core::str::FromStr;

use toml::Spanned;
use toml::de::DeValue;

use super::mistake::{Report, meant};
use super::shape::{Kind, Shape};
pub(super) use super::table::{Key, Table};
use crate::ids::excerpt;

/// One value of the file, and where it stands.
#[derive(Clone)]
pub(super) struct Node<'a> {
    pub(super) report: &'a Report<'a>,
    pub(super) value: &'a DeValue<'a>,
    pub(super) span: Range<usize>,
    pub(super) place: String,
    pub(super) shape: Option<Shape>,
}

/// More rows than any tenant has: a list of a million is refused before anybody walks it.
const MOST_ROWS: usize = 5_000;

impl<'a> Node<'a> {
    fn asked_for(&self, kind: impl FnOnce() -> Kind) {
        if let Some(shape) = &self.shape {
            shape.asked_for(kind());
        }
    }

    /// Reports something wrong with this value, and what was found.
    pub(super) fn wrong(&self, what: impl Display) {
        let found = excerpt(self.report.source(&self.span).lines().next().unwrap_or_default());
        self.say(format!("{what}, found {found}"));
    }

    /// Reports something about this value that names what it found itself.
    pub(super) fn say(&self, what: impl Display) {
        self.report.add(&self.span, &self.place, &what);
    }

    pub(super) fn text(&self) -> Option<&'a str> {
        self.asked_for(|| Kind::Text);
        self.quoted()
    }

    fn quoted(&self) -> Option<&'a str> {
        let text = self.value.as_str();
        if text.is_none() {
            self.wrong("must be a text in quotes");
        }
        text
    }

    /// A text that people read: 1 to 100 characters, none of them a control character.
    pub(super) fn name(&self) -> Option<String> {
        self.asked_for(|| Kind::Name);
        let text = self.quoted()?;
        let readable = !text.trim().is_empty() && !text.chars().any(char::is_control);
        if readable && text.chars().count() <= 100 {
            return Some(text.into());
        }
        self.wrong("must have 1 to 100 characters and no control characters");
        None
    }

    /// A text in quotes that is more than a text.
    pub(super) fn parse<T: FromStr<Err: Display>>(&self) -> Option<T> {
        self.text()?.parse().map_err(|error: T::Err| self.say(error)).ok()
    }

    /// A date or an instant, in quotes or not; `what` says how to write it.
    pub(super) fn written<T: FromStr>(&self, what: &str) -> Option<T> {
        self.asked_for(|| Kind::Text);
        let source = self.value.as_str().unwrap_or_else(|| self.report.source(&self.span).trim());
        let read = source.parse().ok();
        if read.is_none() {
            self.wrong(what);
        }
        read
    }

    pub(super) fn whole(&self, range: RangeInclusive<u32>) -> Option<u32> {
        self.asked_for(|| Kind::Whole((&range).into()));
        let number = self.value.as_integer().filter(|integer| integer.radix() == 10);
        let number = number.and_then(|integer| integer.as_str().parse().ok()).filter(|n| range.contains(n));
        if number.is_none() {
            self.wrong(format!("must be a whole number from {} to {}", range.start(), range.end()));
        }
        number
    }

    pub(super) fn boolean(&self) -> Option<bool> {
        self.asked_for(|| Kind::Boolean);
        let found = self.value.as_bool();
        if found.is_none() {
            self.wrong("must be true or false");
        }
        found
    }

    pub(super) fn list(&self) -> Option<Vec<Self>> {
        let Some(array) = self.value.as_array() else {
            self.wrong("must be a list in brackets");
            return None;
        };
        if array.len() > MOST_ROWS {
            self.say(format!("has {} rows, more than {MOST_ROWS}", array.len()));
            return None;
        }
        let shape = self.shape.as_ref().map(Shape::item);
        let item = |(index, value): (usize, &'a Spanned<DeValue<'a>>)| Self {
            report: self.report,
            value: value.get_ref(),
            span: value.span(),
            place: format!("{}[{index}]", self.place),
            shape: shape.clone(),
        };
        Some(array.iter().enumerate().map(item).collect())
    }

    /// The rows of a list; what is no list is its only row.
    pub(super) fn one_or_more(&self) -> Option<Vec<Self>> {
        self.asked_for(|| Kind::One);
        let shape = self.shape.as_ref().map(Shape::item);
        if self.value.as_array().is_some() {
            return self.list();
        }
        Some([Self { shape, ..self.clone() }].into())
    }

    pub(super) fn table(&self) -> Option<Table<'a>> {
        let Some(table) = self.value.as_table() else {
            self.wrong("must be a table");
            return None;
        };
        if let Some(shape) = &self.shape {
            shape.table();
        }
        Some(Table::of(self, table))
    }

    /// The byte at which this value begins.
    pub(super) fn begins(&self) -> usize {
        self.span.start
    }

    /// The line in which it begins, for a mistake elsewhere that has to do with it.
    pub(super) fn line(&self) -> usize {
        self.report.line(self.span.start)
    }

    /// Remembers the `id` of a row that has a mistake.
    pub(super) fn broken_row(&self) {
        let id = self.value.as_table().and_then(|table| table.iter().find(|(key, _)| key.get_ref() == "id"));
        if let Some(id) = id.and_then(|(_, id)| id.get_ref().as_str()) {
            self.report.add_broken(id);
        }
    }

    /// The one of `known` that is named here, else a mistake: no `what` has that name.
    pub(super) fn one_of<T>(&self, what: &str, known: &'a [T], id: impl Fn(&T) -> &str) -> Option<&'a T> {
        let found = self.text()?;
        let one = known.iter().find(|one| id(one) == found);
        if one.is_none() {
            self.unknown(what, found, known.iter().map(id));
        }
        one
    }

    /// As [`Self::one_of`], of words that are the same for every tenant.
    pub(super) fn word<T: Copy>(&self, what: &str, known: &[(&'static str, T)]) -> Option<T> {
        self.asked_for(|| Kind::Words(known.iter().map(|word| word.0).collect()));
        let found = self.quoted()?;
        let one = known.iter().find(|one| one.0 == found);
        if one.is_none() {
            self.unknown(what, found, known.iter().map(|one| one.0));
        }
        one.map(|one| one.1)
    }

    /// Reports that nothing has the name that was found, and which name may have been meant.
    pub(super) fn unknown<'k>(&self, what: &str, found: &str, known: impl Iterator<Item = &'k str>) {
        if !self.report.is_full() && !self.report.is_broken(found) {
            self.say(nothing_called(what, found, known));
        }
    }
}

pub(super) fn nothing_called<'k>(what: &str, found: &str, known: impl Iterator<Item = &'k str>) -> String {
    let found = excerpt(found);
    match meant(&found, known) {
        Some(name) => format!("no {what} is called \"{found}\": did you mean \"{name}\"?"),
        None => format!("no {what} is called \"{found}\""),
    }
}
