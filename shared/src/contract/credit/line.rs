//! Reading one line of the ledger: every key is known, and what is wrong is told with its line, key and what was
//! found. Whoever has the JSON reads [`Fields`] with serde; what they mean is decided here.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use jiff::Timestamp;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use thiserror::Error;

use super::cycle::{Cancelled, Cycle, Excluded};
use crate::contract::Metric;
use crate::ids::excerpt;

/// One thing in a ledger that cannot stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[error("line {line}: {what}")]
pub struct LineError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong: key, what it must be, what was found.
    pub what: String,
}

/// The keys of a line and their values, as they were found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields(Vec<(String, Found)>);

/// A value of a line.
#[derive(Clone, Debug, PartialEq)]
enum Found {
    Null,
    Bool(bool),
    Whole(u64),
    Text(String),
    /// Nothing that a line holds; how people call it.
    Other(String),
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

impl Found {
    fn as_text(&self) -> Option<&str> {
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

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"ticket":"9QD4-18KX","company":"yunshan","metric":"first_response",
        "started":"2026-10-01T09:00:00+08:00","due":"2026-10-01T01:30:00Z","judged":null,"finished":null,
        "cancelled":null,"excluded":null}"#;

    fn read(json: &str) -> Result<Cycle, Vec<String>> {
        let fields: Fields = serde_json::from_str(json).unwrap();
        fields.cycle(7).map_err(|errors| errors.iter().map(ToString::to_string).collect())
    }

    #[track_caller]
    fn refused(old: &str, new: &str, mistake: &str) {
        assert_eq!(LINE.matches(old).count(), 1);
        assert_eq!(read(&LINE.replace(old, new)).unwrap_err(), [mistake]);
    }

    #[test]
    fn a_line_is_a_cycle() {
        let cycle = read(LINE).unwrap();
        assert_eq!(cycle.ticket, "9QD4-18KX");
        assert_eq!(cycle.company.as_deref(), Some("yunshan"));
        assert_eq!(cycle.started, "2026-10-01T01:00:00Z".parse().unwrap());
        assert_eq!(cycle.deadline(), cycle.due);
        assert_eq!((cycle.cancelled, cycle.excluded), (Cancelled::No, Excluded::No));
        assert_eq!(cycle.business_seconds, None);
    }

    #[test]
    fn what_may_be_said_in_several_ways_is_understood() {
        let with = |old: &str, new: &str| read(&LINE.replace(old, new)).unwrap();
        let cancelled = |value: &str| with("\"cancelled\":null", &format!("\"cancelled\":{value}")).cancelled;
        assert_eq!(cancelled("true"), Cancelled::Yes);
        assert_eq!(cancelled("false"), Cancelled::No);
        assert_eq!(cancelled("\"1970-01-01T00:00:01Z\""), Cancelled::At(Timestamp::constant(1, 0)));
        let excluded = |value: &str| with("\"excluded\":null", &format!("\"excluded\":{value}")).excluded;
        assert_eq!(excluded("true"), Excluded::Unexplained);
        assert_eq!(excluded("false"), Excluded::No);
        assert_eq!(excluded("\"maintenance\""), Excluded::For("maintenance".into()));
        assert_eq!(with("\"judged\":null,", "").judged, None);
        assert_eq!(with("\"yunshan\"", "null").company, None);
        let counted = with("\"judged\":null", "\"judged\":null,\"business_seconds\":90");
        assert_eq!(counted.business_seconds, Some(90));
    }

    #[test]
    fn a_mistake_names_line_key_and_what_was_found() {
        refused("\"ticket\":\"9QD4-18KX\",", "", "line 7: ticket is missing");
        refused("\"9QD4-18KX\"", "12", "line 7: ticket must be a text of 1 to 200 bytes, found 12");
        refused("\"9QD4-18KX\"", "\" \"", "line 7: ticket must be a text of 1 to 200 bytes, found \" \"");
        refused("\"yunshan\"", "[1,2]", "line 7: company must be a text of 1 to 200 bytes, found a list");
        refused("\"company\":\"yunshan\",", "", "line 7: company is missing: write null for nobody's");
        refused(
            "\"2026-10-01T01:30:00Z\"",
            "1791424800",
            "line 7: due must be an instant as 2026-10-01T09:00:00Z, found 1791424800",
        );
        refused(
            "\"finished\":null",
            "\"finished\":\"2026-10-01\"",
            "line 7: finished must be an instant as 2026-10-01T09:00:00Z, found \"2026-10-01\"",
        );
        refused(
            "\"finished\":null",
            "\"finished\":\"2026-10-01T00:59:59Z\"",
            "line 7: finished (2026-10-01T00:59:59Z) is before started (2026-10-01T01:00:00Z)",
        );
        refused(
            "\"cancelled\":null",
            "\"cancelled\":\"yes\"",
            "line 7: cancelled must be true, false, null or an instant as 2026-10-01T09:00:00Z, found \"yes\"",
        );
        refused(
            "\"excluded\":null",
            "\"excluded\":{}",
            "line 7: excluded must be a text of 1 to 200 bytes, found an object",
        );
        refused("\"judged\":null", "\"finished\":null", "line 7: finished stands twice");
        for (value, found) in [("-3", "-3"), ("1.5", "1.5"), ("\"3\"", "\"3\"")] {
            let line = format!("\"judged\":null,\"business_seconds\":{value}");
            let what = format!("line 7: business_seconds must be whole seconds, found {found}");
            refused("\"judged\":null", &line, &what);
        }
    }

    #[test]
    fn a_key_or_a_metric_that_there_is_not_is_refused_with_those_that_there_are() {
        let unknown = read(&LINE.replace("\"judged\"", "\"juged\"")).unwrap_err();
        assert_eq!(unknown.len(), 1);
        assert!(unknown[0].starts_with("line 7: unknown key \"juged\": a line has ticket, company, metric"));
        let metric = read(&LINE.replace("first_response", "first_reply")).unwrap_err();
        assert!(metric[0].starts_with("line 7: metric must be one of first_response, "));
        assert!(metric[0].ends_with(", found \"first_reply\""));
        assert!(read("{}").unwrap_err().len() >= 4, "every mistake at once");
        let list = serde_json::from_str::<Fields>("[]").unwrap_err().to_string();
        assert!(list.contains("expected one cycle in braces"), "{list}");
    }

    #[test]
    fn a_reply_at_the_start_took_no_time() {
        let at_once = LINE.replace("\"finished\":null", "\"finished\":\"2026-10-01T01:00:00Z\"");
        assert_eq!(read(&at_once).unwrap().wall_seconds(Timestamp::MAX), Some(0));
    }
}
