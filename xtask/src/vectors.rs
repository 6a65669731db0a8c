//! `cargo xtask vectors [--in native|wasm] FILE…`: the same tables of cases, run by the same code, natively or inside
//! workerd (the edge's test build answers `POST /test/vectors`).

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use shared::vectors::{File, Report, SCHEMA, judge};

use crate::build::Speed;
use crate::place::Place;
use crate::run::{self, Clock, Options, Ports, Product};
use crate::say;

/// So many cases go to the edge at once: its bodies have a limit, files have none.
const BATCH: usize = 256;

/// Where the cases are computed.
#[derive(Clone, Copy)]
pub(crate) enum Where<'a> {
    Native,
    /// By a running edge.
    Wasm {
        edge: &'a str,
        operator: &'a str,
    },
}

/// Runs every file and prints what came out; an error when anything failed, or when nothing was there to be run.
pub(crate) fn run(place_of_work: Where<'_>, files: &[PathBuf]) -> Result<()> {
    let (mut passed, mut failed, mut amiss) = (0, 0, false);
    for file in files {
        let report = read(file).and_then(|cases| cases_in(place_of_work, &cases));
        let report = report.unwrap_or_else(|why| {
            say::line(format_args!("{}: {why:#}", file.display()));
            amiss = true;
            Report::default()
        });
        tell(&format!("{}", file.display()), &report);
        passed += report.passed;
        failed += report.failures.len();
    }
    sum(passed, failed);
    ensure!(!amiss && failed == 0, "not every case of every file holds");
    Ok(())
}

/// For `--in wasm` without a running product.
pub(crate) fn run_in_own_edge(place: &Place, files: &[PathBuf]) -> Result<()> {
    let manifest = run::build(place, Speed::Release)?;
    let data = place.join(".nightbell/vectors");
    let options = Options {
        data,
        ports: Ports::free()?,
        clock: Clock::starting_at(None),
        ticks: false,
        faults: "{}".to_owned(),
    };
    let mut product = Product::start(place, &manifest, options)?;
    let operator = product.operator()?;
    run(Where::Wasm { edge: &product.edge(), operator: &operator }, files)
}

#[expect(clippy::print_stdout, reason = "this is the command's answer")]
fn tell(name: &str, report: &Report) {
    for failure in &report.failures {
        println!("{failure}");
    }
    println!("{name}: {} passed, {} failed", report.passed, report.failures.len());
}

#[expect(clippy::print_stdout, reason = "this is the command's answer")]
fn sum(passed: usize, failed: usize) {
    println!("{passed} passed, {failed} failed");
}

/// The cases of a file, each as it stands: one with a mistake fails alone.
fn read(file: &Path) -> Result<Vec<Value>> {
    let json = fs::read(file).context("cannot be read")?;
    let File { schema, cases } =
        serde_json::from_slice::<File<Value>>(&json).context("is no file of vectors")?;
    ensure!(schema == SCHEMA, "schema: expected {SCHEMA}, got {schema}");
    ensure!(!cases.is_empty(), "cases: expected at least one, got none");
    Ok(cases)
}

fn cases_in(place_of_work: Where<'_>, cases: &[Value]) -> Result<Report> {
    let (edge, operator) = match place_of_work {
        Where::Native => return Ok(judge(cases, 0)),
        Where::Wasm { edge, operator } => (edge, operator),
    };
    let mut report = Report::default();
    for (batch, before) in cases.chunks(BATCH).zip((0..).step_by(BATCH)) {
        let named = batch.iter().zip(before + 1..).map(|(case, number)| with_name(case, number));
        let of_batch = in_wasm(edge, operator, &File { schema: SCHEMA, cases: named.collect() })?;
        let answered = of_batch.passed + of_batch.failures.len();
        ensure!(answered == batch.len(), "{answered} of {} cases were judged", batch.len());
        report.passed += of_batch.passed;
        report.failures.extend(of_batch.failures);
    }
    Ok(report)
}

/// A case without a name is called by its place in the file, which the edge does not know.
fn with_name(case: &Value, number: usize) -> Value {
    let mut case = case.clone();
    if let Some(keys) = case.as_object_mut().filter(|keys| !keys.get("name").is_some_and(Value::is_string)) {
        keys.insert("name".to_owned(), Value::from(format!("case {number}")));
    }
    case
}

fn in_wasm(edge: &str, operator: &str, file: &File<Value>) -> Result<Report> {
    let request = ureq::post(format!("{edge}/test/vectors"));
    let request = request.header("Authorization", format!("Bearer {operator}"));
    let mut answer = request.send_json(file).context("POST /test/vectors")?;
    Ok(answer.body_mut().read_json()?)
}
