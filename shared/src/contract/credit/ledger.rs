//! The ledger: every cycle once, in one order whatever order the lines came in.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

use super::cycle::Cycle;
use super::line::{Fields, LineError};

/// Cycles, each ticket's metric and start once, sorted by what is judged first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger(Vec<Cycle>);

impl Ledger {
    /// Reads numbered lines.
    ///
    /// # Errors
    /// Every mistake of every line, by line; a cycle that two lines tell of names both.
    pub fn read(lines: impl IntoIterator<Item = (usize, Fields)>) -> Result<Self, Vec<LineError>> {
        let (mut cycles, mut errors): (Vec<(usize, Cycle)>, _) = (Vec::new(), Vec::new());
        for (line, fields) in lines {
            match fields.cycle(line) {
                Ok(cycle) => cycles.push((line, cycle)),
                Err(wrong) => errors.extend(wrong),
            }
        }
        errors.extend(repeated(&cycles));
        if errors.is_empty() {
            return Ok(Self::sorted(cycles.into_iter().map(|(_, cycle)| cycle).collect()));
        }
        errors.sort();
        Err(errors)
    }

    /// In the order of the ledger, whatever order they came in.
    pub(super) fn sorted(mut cycles: Vec<Cycle>) -> Self {
        let order = |a: &Cycle, b: &Cycle| {
            let key = |cycle: &Cycle| (cycle.metric, cycle.deadline(), cycle.started);
            key(a).cmp(&key(b)).then_with(|| a.ticket.cmp(&b.ticket))
        };
        cycles.sort_by(order);
        Self(cycles)
    }

    /// The cycles of one company.
    pub fn of<'a>(&'a self, company: &'a str) -> impl Iterator<Item = &'a Cycle> {
        self.0.iter().filter(move |cycle| cycle.company.as_deref() == Some(company))
    }

    /// How many cycles it holds, of all companies.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Lines that tell of a cycle that a line above told of already.
fn repeated(cycles: &[(usize, Cycle)]) -> Vec<LineError> {
    let mut first = BTreeMap::new();
    let mut errors = Vec::new();
    for (line, cycle) in cycles {
        let above = *first.entry((&cycle.ticket, cycle.metric, cycle.started)).or_insert(line);
        if above != line {
            let metric = cycle.metric.as_str();
            let what = format!(
                "{metric} of ticket {:?} started {} stands on line {above} already",
                cycle.ticket, cycle.started
            );
            errors.push(LineError { line: *line, what });
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};

    use super::*;

    fn line(ticket: &str, company: &str, started: &str) -> Fields {
        let json = format!(
            r#"{{"ticket":"{ticket}","company":"{company}","metric":"first_response","started":"{started}"}}"#
        );
        serde_json::from_str(&json).unwrap()
    }

    #[test]
    fn a_cycle_that_two_lines_tell_of_is_refused_with_both_lines() {
        let lines = [
            (1, line("a", "x", "2026-10-01T01:00:00Z")),
            (2, line("b", "x", "2026-10-01T01:00:00Z")),
            (4, line("a", "x", "2026-10-01T02:00:00Z")),
            (5, line("a", "y", "2026-10-01T09:00:00+08:00")),
        ];
        let errors = Ledger::read(lines).unwrap_err();
        assert_eq!(
            errors.iter().map(ToString::to_string).collect::<Vec<String>>(),
            ["line 5: first_response of ticket \"a\" started 2026-10-01T01:00:00Z stands on line 1 already"]
        );
    }

    #[test]
    fn every_mistake_of_every_line_is_told_in_order() {
        let lines = [
            (1, line("a", "x", "2026-10-01T01:00:00Z")),
            (2, line("a", "x", "2026-10-01T01:00:00Z")),
            (3, line("", "x", "noon")),
        ];
        let lines_named: Vec<usize> =
            Ledger::read(lines).unwrap_err().iter().map(|error| error.line).collect();
        assert_eq!(lines_named, [2, 3, 3]);
    }

    #[test]
    fn the_order_of_lines_changes_nothing_and_other_companies_are_left_out() {
        let (a, b) = (line("a", "x", "2026-10-01T01:00:00Z"), line("b", "y", "2026-10-01T01:00:00Z"));
        let ledger = Ledger::read([(1, a.clone()), (2, b.clone())]).unwrap();
        assert_eq!(ledger, Ledger::read([(1, b), (2, a)]).unwrap());
        assert_eq!((ledger.len(), ledger.of("x").count(), ledger.of("z").count()), (2, 1, 0));
        assert!(!ledger.is_empty() && Ledger::default().is_empty());
    }
}
