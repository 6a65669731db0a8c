//! `cargo xtask vectors [--in native|wasm] FILE…`: the same table of cases, run by the same code, natively or
//! inside workerd (the edge's test build answers `POST /test/vectors`).

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use shared::time::vectors::{Vectors, failures};

use crate::build::Speed;
use crate::place::Place;
use crate::run::{self, Clock, Options, Ports, Product};
use crate::say;

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

/// Runs every file; an error lists the cases that came out differently.
pub(crate) fn run(place_of_work: Where<'_>, files: &[PathBuf]) -> Result<()> {
    for file in files {
        let json = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let vectors: Vectors =
            serde_json::from_slice(&json).with_context(|| format!("in {}", file.display()))?;
        let (where_, wrong) = match place_of_work {
            Where::Native => ("natively", failures(&vectors)),
            Where::Wasm { edge, operator } => ("as wasm", in_wasm(edge, operator, &json)?),
        };
        let (name, all) = (file.display(), vectors.cases.len());
        say::line(format_args!("vectors: {name}: {} of {all} wrong {where_}", wrong.len()));
        if !wrong.is_empty() {
            bail!("{name}, {where_}:\n{}", wrong.join("\n"));
        }
    }
    Ok(())
}

/// For `--in wasm` without a running product.
pub(crate) fn run_in_own_edge(place: &Place, files: &[PathBuf]) -> Result<()> {
    let manifest = run::build(place, Speed::Release)?;
    let data = place.join(".nightbell/vectors");
    let options = Options { data, ports: Ports::free()?, clock: Clock::starting_at(None), ticks: false };
    let mut product = Product::start(place, &manifest, options)?;
    let operator = product.operator()?;
    run(Where::Wasm { edge: &product.edge(), operator: &operator }, files)
}

fn in_wasm(edge: &str, operator: &str, json: &[u8]) -> Result<Vec<String>> {
    let request = ureq::post(format!("{edge}/test/vectors"));
    let request = request
        .header("Authorization", format!("Bearer {operator}"))
        .header("Content-Type", "application/json");
    let mut answer = request.send(json).context("POST /test/vectors")?;
    let verdict: Value = answer.body_mut().read_json()?;
    let wrong =
        verdict.get("failures").and_then(Value::as_array).context("the verdict has no \"failures\"")?;
    Ok(wrong.iter().map(|each| each.as_str().map_or_else(|| each.to_string(), str::to_owned)).collect())
}
