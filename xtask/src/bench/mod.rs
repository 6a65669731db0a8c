//! `cargo xtask bench`: the figures of `BENCHMARKS.md`, one flat JSON object each. Ratios count, taken in one run: this
//! machine is never alone.

mod customer;
mod floor;
mod history;
mod intake;
mod kill;
mod promise;
mod subject;

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::browser;
use crate::place::Place;
use crate::process;
use crate::say;
use floor::Floor;
pub(crate) use kill::Plant;
use subject::Subject;

/// What to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Bench {
    /// Bytes, as Chromium really transferred them.
    Weight,
    /// What the widget costs a host's page, and how soon the form is usable.
    Page,
    /// The edge beside the floor.
    Edge,
    /// kill -9 of workerd under load.
    Kill,
    /// What a promise costs: due instants, windows, plans, clocks.
    Promise,
}

impl Bench {
    const ALL: [Self; 5] = [Self::Weight, Self::Page, Self::Edge, Self::Kill, Self::Promise];

    fn name(self) -> &'static str {
        match self {
            Self::Weight => "weight",
            Self::Page => "page",
            Self::Edge => "edge",
            Self::Kill => "kill",
            Self::Promise => "promise",
        }
    }
}

/// Measures one thing, or all of them.
pub(crate) fn run(place: &Place, which: Option<Bench>, plant: Option<Plant>, as_json: bool) -> Result<()> {
    for bench in which.map_or(Bench::ALL.to_vec(), |one| Vec::from([one])) {
        let figures = say::timed(bench.name(), || measure(place, bench, plant))?;
        print(bench, &figures, as_json);
    }
    Ok(())
}

fn measure(place: &Place, bench: Bench, plant: Option<Plant>) -> Result<Value> {
    match bench {
        Bench::Weight | Bench::Page => in_chromium(place, bench),
        Bench::Kill => kill::run(place, plant),
        Bench::Promise => promise::run(place),
        Bench::Edge => {
            let subject = Subject::start(place, "edge")?;
            let floor = Floor::start(place, &subject.data())?;
            intake::run(&subject, floor.origin())
        }
    }
}

/// Chromium and its driver are those of the browser tests.
fn in_chromium(place: &Place, bench: Bench) -> Result<Value> {
    let chromium = browser::ready(place)?;
    let subject = Subject::start(place, bench.name())?;
    let mut node = Command::new("node");
    node.arg(place.join("xtask/bench/browser.mjs")).arg(bench.name());
    node.env("NB_HOST", subject.host()).env("NB_EDGE", subject.edge()).env("CHROMIUM", chromium);
    let answer = process::output(&mut node)?;
    let figures: Value = serde_json::from_str(answer.trim()).context("the browser's figures")?;
    Ok(figures)
}

#[expect(clippy::print_stdout, reason = "this is the command's answer")]
fn print(bench: Bench, figures: &Value, as_json: bool) {
    let none = Map::new();
    let rows = figures.as_object().unwrap_or(&none);
    if as_json {
        let named: Map<String, Value> =
            [("bench".to_owned(), json!(bench.name()))].into_iter().chain(rows.clone()).collect();
        println!("{}", Value::Object(named));
        return;
    }
    println!("{}", bench.name());
    for (name, figure) in rows {
        println!("  {name:<24} {figure}");
    }
}
