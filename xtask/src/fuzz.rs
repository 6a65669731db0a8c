//! `cargo xtask fuzz policy`: the long run of a test that `cargo xtask test` runs for a moment.

use std::process::Command;

use anyhow::{Result, ensure};
use clap::ValueEnum;

use crate::place::Place;

/// What is fed.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Reader {
    /// The reader of tenant files.
    Policy,
}

impl Reader {
    fn test(self) -> &'static str {
        match self {
            Self::Policy => "fuzz_policy",
        }
    }
}

/// Says how many files were read; fails on the first that panics or takes too long, and shows it.
pub(crate) fn run(place: &Place, which: Reader, executions: u64) -> Result<()> {
    let mut test = Command::new("cargo");
    test.current_dir(place.join("")).args(["test", "--release", "--package", "shared", "--all-features"]);
    test.args(["--test", which.test(), "--", "--nocapture"]);
    let status = test.env("NIGHTBELL_FUZZ_EXECUTIONS", executions.to_string()).status()?;
    ensure!(status.success(), "a file was not read as it must be: see above");
    Ok(())
}
