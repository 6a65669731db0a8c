//! What Nightbell's people run: `cargo xtask dev`, `build`, `test`, `bench`, `tenant`, `deploy`.

mod build;
mod clock;
mod npm;
mod place;
mod process;
mod say;
mod toolchain;

use anyhow::Result;
use clap::{Parser, Subcommand};

use build::{Speed, Wish};
use place::Place;

/// Builds, runs and checks Nightbell.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Xtask {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Puts exactly what is deployed into `dist/`.
    Build {
        /// Quick to build, large, with clocks that can be moved; never deployed.
        #[arg(long)]
        dev: bool,
    },
}

fn main() -> Result<()> {
    let place = Place::of_this_tree();
    match Xtask::parse().task {
        Task::Build { dev } => {
            let speed = if dev { Speed::Quick } else { Speed::Release };
            build::build(&place, Wish { speed, for_tests: dev }).map(drop)
        }
    }
}
