//! What a promise costs: criterion's benches over the public functions of `shared`, and the race against workclock.
//! The figures are medians that criterion left in its folder; ratios are of one run. `receipt_br` is what receipts add to
//! the widget: its files with what checks promises, less those without.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use crate::build;
use crate::place::Place;
use crate::process;

/// A figure: its name, the bench, and what its nanoseconds are divided by.
const FIGURES: [(&str, &str, f64); 6] = [
    ("due_ns", "due", 1.0),
    ("resolve_400d_us", "resolve_400d", 1000.0),
    ("cold_resolve_us", "cold_resolve", 1000.0),
    ("plan_us", "plan", 1000.0),
    ("plan_raised_us", "plan_raised", 1000.0),
    ("fold_200_us", "fold_200", 1000.0),
];

/// A ratio: its name, and the two benches.
const RATIOS: [(&str, &str, &str); 3] = [
    ("workclock_ratio", "race_workclock", "race_resolved"),
    ("cold_ratio", "race_workclock", "race_cold"),
    ("year_over_day_ratio", "due_year", "due_day"),
];

pub(super) fn run(place: &Place) -> Result<Value> {
    // One by one: workclock enables jiff's defaults, and must not lend them to `shared`.
    bench(place, &["--package", "shared", "--all-features", "--bench", "time", "--bench", "ticket"])?;
    bench(place, &["--package", "second-opinion", "--bench", "beside"])?;
    let mut figures = Map::new();
    for (name, bench, unit) in FIGURES {
        figures.insert(name.to_owned(), rounded(nanoseconds(place, bench)? / unit));
    }
    for (name, above, below) in RATIOS {
        figures.insert(name.to_owned(), rounded(nanoseconds(place, above)? / nanoseconds(place, below)?));
    }
    figures.insert("receipt_br".to_owned(), Value::from(build::receipt_bytes(place)?));
    Ok(Value::Object(figures))
}

fn bench(place: &Place, packages: &[&str]) -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(place.root()).arg("bench").args(packages).args(["--", "--noplot"]);
    process::output(&mut cargo).map(drop)
}

/// The median of one bench, as criterion wrote it down.
fn nanoseconds(place: &Place, bench: &str) -> Result<f64> {
    let file = place.target().join("criterion").join(bench).join("new/estimates.json");
    let json = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let estimates: Value = serde_json::from_slice(&json).with_context(|| format!("in {}", file.display()))?;
    let median = estimates.pointer("/median/point_estimate").and_then(Value::as_f64);
    median.with_context(|| format!("no median in {}", file.display()))
}

fn rounded(figure: f64) -> Value {
    Value::from((figure * 100.0).round() / 100.0)
}
