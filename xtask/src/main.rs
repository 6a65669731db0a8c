//! What Nightbell's people run: `cargo xtask dev`, `build`, `test`, `bench`, `plan`, `tenant`, `deploy`.

mod admin;
mod bench;
mod browser;
mod build;
mod clock;
mod credits;
mod deploy;
mod dev;
mod fuzz;
mod npm;
mod place;
mod plan;
mod process;
mod receipt;
mod run;
mod say;
mod tenant;
mod test;
mod toolchain;
mod vectors;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand, ValueEnum};
use jiff::Timestamp;

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
        /// Quick to build, large, with a clock that can be moved; kept beside `dist/` and never deployed.
        #[arg(long)]
        dev: bool,
    },
    /// Builds and starts everything on this machine; Ctrl-C ends it.
    Dev {
        /// Prints one line of JSON when ready.
        #[arg(long)]
        json: bool,
        /// Starts at this moment, as 2026-10-01T23:10+08:00.
        #[arg(long, value_name = "RFC3339")]
        at: Option<Timestamp>,
        /// The edge's port; the host and the receiver take the next two.
        #[arg(long)]
        port: Option<u16>,
        /// Builds quickly: large programs, for a look at a change.
        #[arg(long)]
        quick: bool,
        /// Runs what the last build left.
        #[arg(long, conflicts_with = "quick")]
        as_built: bool,
        /// Keeps objects, secrets and logs here instead of in `.nightbell/`.
        #[arg(long, value_name = "FOLDER")]
        data: Option<PathBuf>,
    },
    /// Checks everything: text, lints, tests, a running product, browsers.
    Test {
        /// Only what needs no running product.
        #[arg(long)]
        still: bool,
    },
    /// Runs tables of business-time cases.
    Vectors {
        #[arg(long = "in", value_enum, default_value = "native")]
        place: Runtime,
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Computes what a company's contract gives back for a month.
    Credits(credits::Wish),
    /// Feeds a reader with files that nobody wrote: no panic, no hang.
    Fuzz {
        which: fuzz::Reader,
        /// How many files.
        #[arg(long, default_value_t = 10_000_000)]
        executions: u64,
    },
    /// Measures what BENCHMARKS.md reports; without a name, everything.
    Bench {
        which: Option<bench::Bench>,
        /// Prints flat JSON objects.
        #[arg(long)]
        json: bool,
        /// A fault that `bench kill` must find.
        #[arg(long)]
        plant: Option<bench::Plant>,
    },
    /// What would happen to a request, why, and by which rule; or who covers which hour.
    Plan(Box<plan::Wish>),
    /// Builds and deploys with wrangler.
    Deploy {
        /// Checks everything that can be checked without an account; works offline.
        #[arg(long)]
        dry_run: bool,
    },
    /// A receipt is a file that anybody can check.
    #[command(subcommand)]
    Receipt(ReceiptTask),
    /// A tenant is one TOML file under `edge/tenants/`.
    #[command(subcommand)]
    Tenant(TenantTask),
}

#[derive(Subcommand)]
enum ReceiptTask {
    /// Checks, offline, the signature and every sum; exit code 1: it does not hold; 2: a file cannot be read.
    Verify {
        file: PathBuf,
        /// The tenant's public keys, as `GET /v1/{tenant}/keys` answers them.
        #[arg(long)]
        keys: PathBuf,
        /// Prints one line of JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum TenantTask {
    /// Prints every mistake at once, with line and column.
    Check { file: PathBuf },
    /// Prints the JSON Schema of a tenant's file, for editors: what `edge/tenants/schema.json` holds.
    Schema,
    /// Publishes the file; the operator's secret is in NIGHTBELL_OPERATOR, the tenant's under the names in the file.
    Put {
        file: PathBuf,
        /// The edge's address.
        #[arg(long, default_value = "http://127.0.0.1:8787")]
        edge: String,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Runtime {
    Native,
    Wasm,
}

fn main() -> ExitCode {
    let task = Xtask::parse().task;
    if let Task::Receipt(ReceiptTask::Verify { file, keys, json }) = task {
        return receipt::verify(&file, &keys, json);
    }
    match run(task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            say::line(format_args!("{why:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    let place = Place::of_this_tree();
    match task {
        Task::Build { dev } => build::build(&place, Wish { speed: speed(dev), for_tests: dev }).map(drop),
        Task::Dev { json, at, port, quick, as_built, data } => {
            let speed = if as_built { None } else { Some(speed(quick)) };
            dev::dev(&place, dev::Wish { json, at, port, speed, data })
        }
        Task::Test { still } => test::test(&place, still),
        Task::Vectors { place: Runtime::Native, files } => vectors::run(vectors::Where::Native, &files),
        Task::Vectors { place: Runtime::Wasm, files } => vectors::run_in_own_edge(&place, &files),
        Task::Credits(wish) => credits::run(&place, &wish),
        Task::Fuzz { which, executions } => fuzz::run(&place, which, executions),
        Task::Bench { which, json, plant } => bench::run(&place, which, plant, json),
        Task::Plan(wish) => plan::run(&place, &wish),
        Task::Deploy { dry_run } => deploy::deploy(&place, dry_run),
        // It has exit codes of its own.
        Task::Receipt(_) => Ok(()),
        Task::Tenant(TenantTask::Check { file }) => tenant::check(&file),
        Task::Tenant(TenantTask::Schema) => tenant::schema(),
        Task::Tenant(TenantTask::Put { file, edge }) => tenant::put(&file, &edge),
    }
}

fn speed(quick: bool) -> Speed {
    if quick { Speed::Quick } else { Speed::Release }
}
