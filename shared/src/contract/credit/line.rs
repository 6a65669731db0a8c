//! Reading one line of the ledger: every key is known, and what is wrong is told with its line, key and what was
//! found. Whoever has the JSON reads [`Fields`] with serde; what they mean is decided here.

mod found;
#[cfg(test)]
mod tests;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;
use thiserror::Error;

use super::cycle::{Cancelled, Cycle, Excluded};
use crate::contract::Metric;
use crate::ids::excerpt;

pub use found::Fields;

use found::Found;

/// One thing in a ledger that cannot stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[error("line {line}: {what}")]
pub struct LineError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong: key, what it must be, what was found.
    pub what: String,
}

/// Every key of a line. All but `business_seconds` are written by every program; of the others only these must have a
/// value: ticket, metric, started.
pub const KEYS: [&str; 10] = [
    "ticket",
    "company",
    "metric",
    "started",
    "due",
    "judged",
    "finished",
    "cancelled",
    "excluded",
    "business_seconds",
];

impl Fields {
    /// The cycle that the line tells of.
    ///
    /// # Errors
    /// Everything that is wrong with the line.
    pub fn cycle(&self, line: usize) -> Result<Cycle, Vec<LineError>> {
        let mut reader = Reader { fields: self, wrong: Vec::new() };
        let cycle = reader.cycle();
        let line_error = |what| LineError { line, what };
        match cycle {
            Some(cycle) if reader.wrong.is_empty() => Ok(cycle),
            Some(_) | None => Err(reader.wrong.into_iter().map(line_error).collect()),
        }
    }
}

struct Reader<'a> {
    fields: &'a Fields,
    wrong: Vec<String>,
}

impl Reader<'_> {
    fn cycle(&mut self) -> Option<Cycle> {
        self.keys();
        let ticket = self.required("ticket").and_then(|found| self.text("ticket", &found));
        let company = self.optional("company").map(|found| self.text("company", &found));
        let metric = self.required("metric").and_then(|found| self.metric(&found));
        let started = self.required("started").and_then(|found| self.instant("started", &found));
        let [due, judged, finished] = ["due", "judged", "finished"].map(|key| self.moment(key));
        let cancelled = self.cancelled();
        let excluded = self.excluded();
        let business_seconds = self.seconds();
        if let (Some(started), Some(Some(finished))) = (started, finished)
            && finished < started
        {
            self.wrong.push(format!("finished ({finished}) is before started ({started})"));
        }
        Some(Cycle {
            ticket: ticket?,
            company: company.map_or(Some(None), |company| company.map(Some))?,
            metric: metric?,
            started: started?,
            due: due?,
            judged: judged?,
            finished: finished?,
            cancelled: cancelled?,
            excluded: excluded?,
            business_seconds: business_seconds?,
        })
    }

    fn keys(&mut self) {
        for (place, (key, _)) in self.fields.0.iter().enumerate() {
            if !KEYS.contains(&key.as_str()) {
                let known = KEYS.join(", ");
                self.wrong.push(format!("unknown key {:?}: a line has {known}", excerpt(key)));
            } else if self.fields.0.iter().take(place).any(|(other, _)| other == key) {
                self.wrong.push(format!("{key} stands twice"));
            }
        }
        if !self.fields.0.iter().any(|(key, _)| key == "company") {
            self.wrong.push("company is missing: write null for nobody's".into());
        }
    }

    /// The value of a key; none when it is absent or null.
    fn optional(&self, key: &str) -> Option<Found> {
        let (_, found) = self.fields.0.iter().find(|(name, _)| name == key)?;
        (*found != Found::Null).then(|| found.clone())
    }

    fn required(&mut self, key: &str) -> Option<Found> {
        let found = self.optional(key);
        if found.is_none() {
            self.wrong.push(format!("{key} is missing"));
        }
        found
    }

    fn must<T>(&mut self, key: &str, form: &str, found: &Found) -> Option<T> {
        self.wrong.push(format!("{key} must be {form}, found {found}"));
        None
    }

    fn text(&mut self, key: &str, found: &Found) -> Option<String> {
        match found {
            Found::Text(text) if !text.trim().is_empty() && text.len() <= LONGEST => Some(text.clone()),
            Found::Text(_) | Found::Null | Found::Bool(_) | Found::Whole(_) | Found::Other(_) => {
                self.must(key, "a text of 1 to 200 bytes", found)
            }
        }
    }

    fn metric(&mut self, found: &Found) -> Option<Metric> {
        let named = |text: &str| Metric::ALL.into_iter().find(|metric| metric.as_str() == text);
        let metric = found.as_text().and_then(named);
        metric.or_else(|| {
            let known: Vec<&str> = Metric::ALL.into_iter().map(Metric::as_str).collect();
            self.must("metric", &format!("one of {}", known.join(", ")), found)
        })
    }

    fn instant(&mut self, key: &str, found: &Found) -> Option<Timestamp> {
        let instant = found.as_text().and_then(|text| text.parse().ok());
        instant.or_else(|| self.must(key, "an instant as 2026-10-01T09:00:00Z", found))
    }

    /// An instant or none; the outer none is a mistake.
    fn moment(&mut self, key: &str) -> Option<Option<Timestamp>> {
        self.optional(key).map_or(Some(None), |found| self.instant(key, &found).map(Some))
    }

    fn cancelled(&mut self) -> Option<Cancelled> {
        match self.optional("cancelled") {
            None | Some(Found::Bool(false)) => Some(Cancelled::No),
            Some(Found::Bool(true)) => Some(Cancelled::Yes),
            Some(found) => {
                let since = found.as_text().and_then(|text| text.parse().ok());
                let form = "true, false, null or an instant as 2026-10-01T09:00:00Z";
                since.map(Cancelled::At).or_else(|| self.must("cancelled", form, &found))
            }
        }
    }

    fn excluded(&mut self) -> Option<Excluded> {
        match self.optional("excluded") {
            None | Some(Found::Bool(false)) => Some(Excluded::No),
            Some(Found::Bool(true)) => Some(Excluded::Unexplained),
            Some(found) => self.text("excluded", &found).map(Excluded::For),
        }
    }

    fn seconds(&mut self) -> Option<Option<u64>> {
        match self.optional("business_seconds") {
            None => Some(None),
            Some(Found::Whole(seconds)) => Some(Some(seconds)),
            Some(found) => self.must("business_seconds", "whole seconds", &found),
        }
    }
}

/// The longest text of a line, in bytes.
const LONGEST: usize = 200;
