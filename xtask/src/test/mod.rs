//! `cargo xtask test`: everything that is checked, in the order of what it costs: text, lints, `shared` and its
//! simulated days, the programs' own tests, then one running product for the live tests and the browsers.

mod holidays;
mod tally;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::browser;
use crate::build::Speed;
use crate::place::Place;
use crate::run::{self, Clock, Options, Ports, Product};
use crate::say;
use crate::toolchain::Toolchain;
use crate::vectors::{self, Where};
use tally::{Dialect, Tally};

/// The night in which the live and the browser tests live: a holiday, ten past eleven in Shanghai.
const NIGHT: &str = "2026-10-01T23:10:00+08:00";
/// Packages that are compiled for this machine.
const NATIVE: [&str; 3] = ["shared", "tests", "xtask"];
/// Programs that become wasm.
const WASM: [&str; 3] = ["edge", "widget", "desk"];

/// Runs everything; says how much passed; fails when anything did. `still` leaves out what needs a running product.
pub(crate) fn test(place: &Place, still: bool) -> Result<()> {
    let mut tally = Tally::default();
    texts_and_lints(place, &mut tally);
    native(place, &mut tally);
    tally.note("holidays", say::timed("test: holidays", || holidays::check(place)));
    second_opinion(place, &mut tally);
    if !still {
        let running = say::timed("test: the running product", || live(place, &mut tally));
        tally.note("the running product", running);
    }
    tally.close()
}

fn texts_and_lints(place: &Place, tally: &mut Tally) {
    tally.check("format", cargo(place, "fmt").args(["--all", "--", "--check"]));
    for package in NATIVE {
        let mut clippy = cargo(place, "clippy");
        clippy.args(["--package", package, "--all-targets", "--all-features", "--", "-Dwarnings"]);
        tally.check(&format!("clippy {package}"), &mut clippy);
    }
    let wasm = wasm_lints(place, tally);
    tally.note("clippy for wasm", wasm);
}

fn wasm_lints(place: &Place, tally: &mut Tally) -> Result<()> {
    for program in WASM {
        let toolchain =
            if program == "edge" { Toolchain::for_edge(place)? } else { Toolchain::for_browser(place)? };
        let mut clippy = toolchain.clippy(place)?;
        clippy.args(["--package", program]);
        if program == "edge" {
            clippy.args(["--all-features"]);
        }
        tally.check(&format!("clippy {program} (wasm)"), &mut clippy);
    }
    Ok(())
}

/// Tests that need nothing but cargo. Of the programs, what decides is tested here; what they do, in their runtimes.
fn native(place: &Place, tally: &mut Tally) {
    for package in NATIVE.iter().chain(&WASM) {
        let mut test = cargo(place, "test");
        test.args(["--no-fail-fast", "--package", package]);
        if *package == "shared" {
            test.arg("--all-features");
        }
        if WASM.contains(package) {
            test.arg("--tests");
        }
        tally.run(&format!("tests of {package}"), &mut test, Dialect::Cargo);
    }
}

/// Another crate's answers: by itself, because it lends other packages jiff's defaults.
fn second_opinion(place: &Place, tally: &mut Tally) {
    let package = ["--package", "second-opinion"];
    let mut clippy = cargo(place, "clippy");
    tally.check("clippy second-opinion", clippy.args(package).args(["--all-targets", "--", "-Dwarnings"]));
    tally.run("second opinion", cargo(place, "test").args(package).arg("--tests"), Dialect::Cargo);
}

/// Everything that asks a running product.
fn live(place: &Place, tally: &mut Tally) -> Result<()> {
    let manifest = run::build(place, Speed::Release)?;
    let data = place.join(".nightbell/test");
    if data.exists() {
        std::fs::remove_dir_all(&data)?;
    }
    let clock = Clock::starting_at(Some(NIGHT.parse().context("the night of the tests")?));
    let options = Options { data, ports: Ports::free()?, clock, ticks: true, faults: "{}".to_owned() };
    let mut product = Product::start(place, &manifest, options)?;
    let variables = variables(&mut product)?;

    let operator = product.operator()?;
    let in_wasm = Where::Wasm { edge: &product.edge(), operator: &operator };
    let same_tables = vectors::run(in_wasm, &all_vectors(place));
    tally.note("vectors in wasm", same_tables);

    let mut live = cargo(place, "test");
    live.args([
        "--no-fail-fast",
        "--package",
        "tests",
        "--features",
        "live",
        "--test",
        "live",
        "--test",
        "hostile",
    ]);
    live.envs(variables.clone());
    tally.run("live tests", &mut live, Dialect::Cargo);

    let browsers = browsers(place, tally, variables);
    tally.note("browser tests", browsers);
    Ok(())
}

/// Node's own runner. One file at a time: browsers side by side would measure each other.
fn browsers(place: &Place, tally: &mut Tally, variables: Vec<(&'static str, String)>) -> Result<()> {
    let chromium = browser::ready(place)?;
    let mut node = Command::new("node");
    node.current_dir(place.join("tests/browser"));
    node.args(["--test", "--test-reporter=spec", "--test-concurrency=1"]).args(browser::test_files(place)?);
    node.env("NB_CHROMIUM", chromium).envs(variables);
    tally.run("browser tests", &mut node, Dialect::Node);
    Ok(())
}

/// How the tests find the product.
fn variables(product: &mut Product) -> Result<Vec<(&'static str, String)>> {
    Ok(vec![
        ("NB_EDGE", product.edge()),
        ("NB_HOST", product.host()),
        ("NB_RECEIVER", product.receiver()),
        ("NB_DATA", product.data().display().to_string()),
        ("NB_OPERATOR", product.operator()?),
        ("NB_DESK", product.desk_link()?),
        // Journeys start products of their own, each at its instant.
        ("NB_XTASK", std::env::current_exe()?.display().to_string()),
    ])
}

fn all_vectors(place: &Place) -> Vec<PathBuf> {
    ["clock", "own", "metrics", "credits"]
        .map(|table| place.join(format!("tests/vectors/{table}.json")))
        .into()
}

fn cargo(place: &Place, command: &str) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(place.root()).arg(command);
    cargo
}
