//! The runner of `tests/vectors/credits.json`, kinds `attainment` and `credits`: cases that were written down by hand
//! before any program computed them. It reads values that serde has parsed; the schema is in `tests/vectors/README.md`.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Debug;
use core::str::FromStr;

use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::cycle::{Cancelled, Cycle, Excluded};
use super::statement::Line;
use super::{Asked, Contract, Currency, Fields, Ledger, Month, Rate, Statement, Step, Steps};
use crate::contract::Metric;
use crate::ids::CompanyId;
use crate::time::Zone;
use crate::time::calendar::Zones;

/// The file: `schema` must be 1.
#[derive(Debug, Deserialize)]
pub struct Vectors {
    /// Version of the schema.
    pub schema: u32,
    /// The cases, in the order of the file.
    pub cases: Vec<Case>,
}

/// One case: a month, its cycles, a question and the answer. Keys that are not named here are ignored.
#[derive(Debug, Deserialize)]
pub struct Case {
    /// What it is called.
    pub name: String,
    month: Text<Month>,
    at: Text<Timestamp>,
    company: CompanyId,
    #[serde(default)]
    cycles: Vec<Fields>,
    #[serde(default)]
    counts: BTreeMap<Metric, Counts>,
    refused: Option<String>,
    #[serde(flatten)]
    question: Question,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Question {
    Attainment {
        zone: Zone,
        #[serde(default)]
        exclusions: Vec<String>,
        #[serde(default)]
        metrics: BTreeMap<Metric, Expected>,
    },
    Credits {
        contract: Terms,
        #[serde(flatten)]
        owed: Option<Owed>,
    },
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Counts {
    met: u64,
    missed: u64,
}

#[derive(Debug, Deserialize)]
struct Expected {
    met: u64,
    missed: u64,
    percent: Option<String>,
    overdue: Option<u64>,
    running: Option<u64>,
    cancelled: Option<u64>,
    excluded: Option<u64>,
    finished: Option<u64>,
    seconds: Option<String>,
    p50: Option<u64>,
    p75: Option<u64>,
    p90: Option<u64>,
    p95: Option<u64>,
}

#[derive(Debug, Deserialize)]
struct Terms {
    zone: Zone,
    currency: Text<Currency>,
    monthly_fee: String,
    from: Text<Month>,
    ceiling: Text<Rate>,
    credits: Vec<Row>,
    #[serde(default)]
    exclusions: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Row {
    metric: Metric,
    below: Text<Rate>,
    credit: Text<Rate>,
}

#[derive(Debug, Deserialize)]
struct Owed {
    credits: BTreeMap<Metric, String>,
    before_ceiling: String,
    ceiling: String,
    credit: String,
}

/// A value that is written as a text.
#[derive(Clone, Copy, Debug)]
struct Text<T>(T);

impl<'de, T: FromStr<Err: core::fmt::Display>> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map(Self).map_err(D::Error::custom)
    }
}

/// Every case that does not give its answer, as a line for people; empty when all hold.
#[must_use]
pub fn failures(vectors: &Vectors) -> Vec<String> {
    let wrong = |case: &Case| check(case).err().map(|why| format!("{}: {why}", case.name));
    vectors.cases.iter().filter_map(wrong).collect()
}

/// Whether a case gives its answer.
///
/// # Errors
/// What was expected and what was found.
pub fn check(case: &Case) -> Result<(), String> {
    let found = case.statement();
    if let Some(sentence) = &case.refused {
        return same("refusal", &found.err().as_ref(), &Some(sentence));
    }
    let found = found?;
    match &case.question {
        Question::Attainment { metrics, .. } => attained(&found, metrics),
        Question::Credits { owed, .. } => owed.as_ref().ok_or("no answer")?.check(&found),
    }
}

impl Case {
    fn statement(&self) -> Result<Statement, String> {
        let contract = match &self.question {
            Question::Attainment { zone, exclusions, .. } => measured(zone, exclusions),
            Question::Credits { contract, .. } => contract.read(),
        }?;
        let (month, at) = (self.month.0, self.at.0);
        let tenant = "vectors".parse().map_err(|error: crate::ids::IdError| error.to_string())?;
        let asked = Asked { tenant, company: self.company.clone(), month, at };
        let statement = contract.statement(&Zones::bundled(), &asked, &self.ledger()?);
        statement.map_err(|error| error.to_string())
    }

    fn ledger(&self) -> Result<Ledger, String> {
        if self.counts.is_empty() {
            let read = Ledger::read((1..).zip(self.cycles.iter().cloned()));
            let joined = |errors: Vec<super::LineError>| {
                errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
            };
            return read.map_err(joined);
        }
        let middle = format!("{}-15T00:00:00Z", self.month.0).parse::<Timestamp>();
        let middle = middle.map_err(|error| error.to_string())?;
        let cycles = self.counts.iter().flat_map(|(metric, counts)| {
            let verdicts = (0..counts.met).map(|_| true).chain((0..counts.missed).map(|_| false));
            verdicts.zip(0_u64..).map(|(met, number)| self.counted(*metric, middle, number, met))
        });
        Ok(Ledger::sorted(cycles.collect()))
    }

    fn counted(&self, metric: Metric, middle: Timestamp, number: u64, met: bool) -> Cycle {
        let late = jiff::SignedDuration::from_secs(1);
        Cycle {
            ticket: number.to_string(),
            company: Some(self.company.to_string()),
            metric,
            started: middle,
            due: Some(middle),
            judged: Some(middle),
            finished: Some(if met { middle } else { middle + late }),
            cancelled: Cancelled::No,
            excluded: Excluded::No,
            business_seconds: None,
        }
    }
}

/// A contract that only measures.
fn measured(zone: &Zone, exclusions: &[String]) -> Result<Contract, String> {
    let cent = "XAF".parse::<Currency>().and_then(|francs| francs.amount("1"));
    Ok(Contract {
        zone: zone.clone(),
        monthly_fee: cent.map_err(|error| error.to_string())?,
        from: "0001-01".parse().map_err(|error: super::MonthError| error.to_string())?,
        ceiling: Rate::ZERO,
        credits: Steps::default(),
        exclusions: exclusions.to_vec(),
        caps: Vec::new(),
    })
}

impl Terms {
    fn read(&self) -> Result<Contract, String> {
        let mut credits = Steps::default();
        for row in &self.credits {
            let step = Step { metric: row.metric, below: row.below.0, credit: row.credit.0 };
            credits.push(step).map_err(|error| error.to_string())?;
        }
        Ok(Contract {
            zone: self.zone.clone(),
            monthly_fee: self.currency.0.amount(&self.monthly_fee).map_err(|error| error.to_string())?,
            from: self.from.0,
            ceiling: self.ceiling.0,
            credits,
            exclusions: self.exclusions.clone(),
            caps: Vec::new(),
        })
    }
}

fn attained(found: &Statement, expected: &BTreeMap<Metric, Expected>) -> Result<(), String> {
    let metrics: Vec<Metric> = found.metrics.iter().map(|line| line.attainment.metric).collect();
    same("metrics", &metrics, &expected.keys().copied().collect())?;
    found.metrics.iter().zip(expected.values()).try_for_each(|(line, expected)| expected.check(line))
}

impl Expected {
    fn check(&self, line: &Line) -> Result<(), String> {
        let (found, took) = (&line.attainment, &line.attainment.percentiles);
        same("met", &found.met, &self.met)?;
        same("missed", &found.missed, &self.missed)?;
        same("percent", &found.attainment_percent, &self.percent)?;
        let seconds = took.seconds.map(|seconds| seconds.as_str().to_string());
        if self.seconds.is_some() {
            same("seconds", &seconds, &self.seconds)?;
        }
        let given = [
            ("overdue", Some(found.overdue), self.overdue),
            ("running", Some(found.running), self.running),
            ("cancelled", Some(found.cancelled), self.cancelled),
            ("excluded", Some(found.excluded), self.excluded),
            ("finished", Some(took.finished), self.finished),
            ("p50", took.p50, self.p50),
            ("p75", took.p75, self.p75),
            ("p90", took.p90, self.p90),
            ("p95", took.p95, self.p95),
        ];
        let given = given.iter().filter(|(_, _, expected)| expected.is_some());
        given.into_iter().try_for_each(|(what, found, expected)| same(what, found, expected))
    }
}

impl Owed {
    fn check(&self, found: &Statement) -> Result<(), String> {
        let credit = |line: &Line| (line.attainment.metric, line.credit.to_string());
        same("credits", &found.metrics.iter().map(credit).collect(), &self.credits)?;
        same("before the ceiling", &found.credit_before_ceiling.to_string(), &self.before_ceiling)?;
        same("ceiling", &found.ceiling.to_string(), &self.ceiling)?;
        same("credit", &found.credit.to_string(), &self.credit)
    }
}

fn same<T: PartialEq + Debug>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what} is {expected:?}, found {found:?}")) }
}
