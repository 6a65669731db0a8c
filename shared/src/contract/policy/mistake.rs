//! Mistakes of a tenant file: every one, with line and column, what, where and found.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::RefCell;
use core::fmt;
use core::ops::Range;

/// One thing in a tenant file that cannot stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// Line in the file, from 1.
    pub line: usize,
    /// Column in the line, in characters, from 1.
    pub column: usize,
    /// Which key it is about, as `calendars.workdays.zone`; empty for the file itself.
    pub place: String,
    /// What is wrong, and what was found.
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.line, self.column)?;
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        f.write_str(&self.what)
    }
}

/// The file that is read, and what was wrong with it so far.
pub(super) struct Report<'a> {
    text: &'a str,
    /// Where each line begins.
    lines: Vec<usize>,
    mistakes: RefCell<Vec<Mistake>>,
    broken: RefCell<Vec<String>>,
}

/// A file with more mistakes is no tenant's file: the first so many are told.
const MOST: usize = 1_000;

impl<'a> Report<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let after = text.bytes().zip(1..).filter(|(byte, _)| *byte == b'\n').map(|(_, after)| after);
        let lines = core::iter::once(0).chain(after).collect();
        Self { text, lines, mistakes: RefCell::default(), broken: RefCell::default() }
    }

    pub(super) fn add(&self, span: &Range<usize>, place: &str, what: &impl ToString) {
        if self.is_full() {
            return;
        }
        let line = self.line(span.start);
        let begins = self.lines.get(line - 1).copied().unwrap_or_default();
        let before = self.text.get(begins..span.start).unwrap_or_default();
        let column = before.chars().count() + 1;
        self.mistakes.borrow_mut().push(Mistake {
            line,
            column,
            place: place.into(),
            what: what.to_string(),
        });
    }

    /// In which line a byte of the file stands, from 1.
    pub(super) fn line(&self, byte: usize) -> usize {
        self.lines.partition_point(|begins| *begins <= byte).max(1)
    }

    /// Whether so much is wrong that nobody reads on.
    pub(super) fn is_full(&self) -> bool {
        self.mistakes.borrow().len() >= MOST
    }

    /// Remembers that something of this name stands in the file, with a mistake: whoever names it makes none.
    pub(super) fn add_broken(&self, name: &str) {
        self.broken.borrow_mut().push(name.into());
    }

    /// Whether something of this name stands in the file, with a mistake.
    pub(super) fn is_broken(&self, name: &str) -> bool {
        self.broken.borrow().iter().any(|broken| broken == name)
    }

    /// What stands in the file at a place.
    pub(super) fn source(&self, span: &Range<usize>) -> &'a str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// The mistakes in the order of the file; empty when there is none.
    pub(super) fn into_mistakes(self) -> Vec<Mistake> {
        let mut mistakes = self.mistakes.into_inner();
        mistakes.sort();
        mistakes
    }
}

/// The name among `known` that was probably meant: at most two letters away, and at most half of them.
pub(crate) fn meant<'k>(found: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    // A key as long as the file is nobody's slip, and comparing it letter by letter would take long.
    let near = known
        .into_iter()
        .filter(|name| found.len().abs_diff(name.len()) <= 8)
        .map(|name| (distance(found, name), name))
        .filter(|(far, _)| *far <= 2 && far * 2 <= found.len());
    near.min_by_key(|(far, _)| *far).map(|(_, name)| name)
}

/// How many letters must be put in, taken out or changed (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (above, letter) in (1..).zip(a.chars()) {
        let (mut diagonal, mut left) = (above - 1, above);
        for (cell, other) in row.iter_mut().skip(1).zip(b.chars()) {
            let changed = diagonal + usize::from(letter != other);
            diagonal = *cell;
            *cell = changed.min(left + 1).min(diagonal + 1);
            left = *cell;
        }
        if let Some(first) = row.first_mut() {
            *first = above;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognised() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(meant("zoen", ["name", "zone"]), Some("zone"));
        assert_eq!(meant("colour", ["name", "zone"]), None);
    }
}
