//! The runner of vectors: cases with a question and an answer, in the schema of `tests/vectors/README.md`. It reads
//! values that serde has parsed, so that the same cases run natively and as wasm.
//!
//! A kind is a name and a check. To add one, write `fn(case, &zones) -> Result<(), String>`, which reads what it needs of
//! the case with [`read`] and says with [`same`] what came out differently, and give it a line in [`kinds`].

mod bound;
mod calendar;
mod clocks;
mod credits;
mod happening;
mod time;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, de::Error};

use crate::time::calendar::Zones;

/// The only version of the schema.
pub const SCHEMA: u32 = 1;

/// A file of cases; a case is any value that serde can read twice. Keys that are not named here are ignored.
#[derive(Debug, Deserialize, Serialize)]
pub struct File<Case> {
    /// Version of the schema.
    pub schema: u32,
    /// The cases, in the order of the file.
    pub cases: Vec<Case>,
}

/// What became of some cases.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Report {
    /// How many gave their answer.
    pub passed: usize,
    /// Each that did not: its name, what was expected, and what was found instead.
    pub failures: Vec<String>,
}

/// A check of one kind of case.
type Check<Case> = fn(Case, &Zones) -> Result<(), String>;

/// Every kind that is known: the question's name, and who asks it.
fn kinds<'de, Case: Deserializer<'de> + Copy>() -> [(&'static str, Check<Case>); 10] {
    [
        ("due", time::due),
        ("elapsed", time::elapsed),
        ("pause", time::pause),
        ("next_open", time::next_open),
        ("change", time::change),
        ("attainment", credits::judge),
        ("credits", credits::judge),
        ("metrics", clocks::metrics),
        ("warnings", clocks::metrics),
        ("ordering", clocks::metrics),
    ]
}

/// Judges cases; `before` of them were judged already, so that one without a name is called by its number.
pub fn judge<'de, Case>(cases: impl IntoIterator<Item = Case>, before: usize) -> Report
where
    Case: Deserializer<'de> + Copy,
{
    let zones = Zones::bundled();
    let mut report = Report::default();
    for (case, number) in cases.into_iter().zip(before.saturating_add(1)..) {
        match judge_one(case, &zones) {
            Ok(()) => report.passed = report.passed.saturating_add(1),
            Err(why) => report.failures.push(format!("{}: {why}", name(case, number))),
        }
    }
    report
}

fn judge_one<'de, Case: Deserializer<'de> + Copy>(case: Case, zones: &Zones) -> Result<(), String> {
    #[derive(Deserialize)]
    #[serde(expecting = "a case with its kind")]
    struct Asked {
        kind: String,
    }
    let Asked { kind } = read(case)?;
    let known = kinds::<Case>();
    let Some((_, check)) = known.iter().find(|(name, _)| *name == kind) else {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        return Err(format!("kind: expected one of {}, got {kind:?}", names.join(", ")));
    };
    check(case, zones)
}

/// What a case is called; by its number when it has no name.
fn name<'de, Case: Deserializer<'de> + Copy>(case: Case, number: usize) -> String {
    #[derive(Deserialize)]
    struct Named {
        name: String,
    }
    read(case).map_or_else(|_| format!("case {number}"), |Named { name }| name)
}

/// The part of a case that a check needs.
fn read<'de, T: Deserialize<'de>, Case: Deserializer<'de>>(case: Case) -> Result<T, String> {
    T::deserialize(case).map_err(|error| error.to_string())
}

/// An answer as it is written in a file.
trait Answer: PartialEq {
    fn shown(&self) -> String;
}

impl Answer for i64 {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Answer for bool {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Answer for Option<Timestamp> {
    fn shown(&self) -> String {
        self.map_or_else(|| "null".into(), |instant| instant.to_string())
    }
}

/// Compares what came out with the case's answer.
fn same<T: Answer>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    if found == expected {
        return Ok(());
    }
    Err(format!("{what}: expected {}, got {}", expected.shown(), found.shown()))
}

/// An instant written in RFC 3339.
#[derive(Clone, Copy, Debug)]
struct Instant(Timestamp);

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = |_| D::Error::custom(format!("not an instant as 2026-10-01T00:00:00Z: {text:?}"));
        text.parse().map(Self).map_err(wrong)
    }
}

/// An instant that may be `null`, but not left out: an answer that was forgotten is no answer.
fn instant_or_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(Option::<Instant>::deserialize(deserializer)?.map(|instant| instant.0))
}
