//! The edge on this machine: the deployed files and configuration, in the runtime that Cloudflare uses.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::secrets::{self, Secrets};
use crate::clock::Stopwatch;
use crate::npm;
use crate::place::Place;
use crate::process::Group;

const FIRST_ANSWER: Duration = Duration::from_secs(60);

/// What the runtime is started with.
pub(crate) struct Setting {
    pub(crate) data: PathBuf,
    pub(crate) port: u16,
    /// How far the edge's clock is ahead of the machine's.
    pub(crate) offset_ms: i64,
    /// What goes wrong from its first request on, as JSON of `edge/src/faults/asked.rs`; `{}`: nothing.
    pub(crate) faults: String,
}

/// A running edge; dropping it ends the runtime.
pub(crate) struct Edge {
    group: Group,
    origin: String,
}

impl Edge {
    /// Starts the runtime and waits for the first healthy answer.
    pub(crate) fn start(place: &Place, setting: &Setting, secrets: &mut Secrets) -> Result<Self> {
        let worker = stage(place, &setting.data)?;
        npm::install(&place.npm())?;
        let log = setting.data.join("edge.log");
        let mut node = Command::new("node");
        node.arg(place.npm().join("edge.mjs"));
        quiet(&mut node, &setting.data);
        let log_file = File::create(&log)?;
        node.stdin(Stdio::piped()).stdout(log_file.try_clone()?).stderr(log_file);
        let mut edge =
            Self { group: Group::start(&mut node)?, origin: format!("http://127.0.0.1:{}", setting.port) };
        edge.group.tell(&order(setting, &worker, secrets)?)?;
        edge.wait(&log)?;
        Ok(edge)
    }

    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// The process group of the runtime: Node, and the workerd that it started.
    pub(crate) fn group(&self) -> u32 {
        self.group.id()
    }

    pub(crate) fn is_healthy(&self) -> bool {
        let agent: ureq::Agent =
            ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(3))).build().into();
        agent.get(format!("{}/v1/health", self.origin)).call().is_ok()
    }

    fn wait(&mut self, log: &Path) -> Result<()> {
        let watch = Stopwatch::start();
        while !self.is_healthy() {
            if let Some(status) = self.group.ended() {
                bail!("the edge did not start ({status}):\n{}", last_lines(log));
            }
            if watch.elapsed() > FIRST_ANSWER {
                bail!("the edge did not answer within {} s:\n{}", FIRST_ANSWER.as_secs(), last_lines(log));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

/// What `edge.mjs` is told. Secrets go through the pipe: they stand in no command line and in no further file.
fn order(setting: &Setting, worker: &Path, secrets: &mut Secrets) -> Result<String> {
    let order = json!({
        "config": worker.join("wrangler.toml"),
        "port": setting.port,
        "keep": setting.data.join("edge"),
        "variables": {
            secrets::OPERATOR: secrets.value(secrets::OPERATOR)?,
            secrets::EDGE: secrets.value(secrets::EDGE)?,
            "NB_CLOCK_OFFSET_MS": setting.offset_ms.to_string(),
            "NB_DEVELOPMENT": "1",
            "NB_FAULTS": setting.faults,
        },
    });
    Ok(order.to_string())
}

/// A copy of what is deployed: a build meanwhile does not touch what is running.
fn stage(place: &Place, data: &Path) -> Result<PathBuf> {
    let stage = data.join("stage");
    if stage.exists() {
        fs::remove_dir_all(&stage)?;
    }
    copy_tree(&place.dist_for_tests(), &stage)?;
    Ok(stage.join("worker"))
}

/// Offline, and with everything that it writes inside the data folder.
pub(crate) fn quiet(program: &mut Command, data: &Path) {
    program.envs([
        ("WRANGLER_SEND_METRICS", "false"),
        ("WRANGLER_SEND_ERROR_REPORTS", "false"),
        ("CLOUDFLARE_CF_FETCH_ENABLED", "false"),
        ("WRANGLER_HIDE_BANNER", "true"),
        ("CI", "1"),
        ("NO_COLOR", "1"),
    ]);
    program.env("WRANGLER_LOG_PATH", data.join("wrangler-logs"));
    program
        .env("WRANGLER_REGISTRY_PATH", data.join("registry"))
        .env("MINIFLARE_REGISTRY_PATH", data.join("registry"));
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("{} is missing", from.display()))? {
        let path = entry?.path();
        let copy = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_tree(&path, &copy)?;
        } else {
            fs::copy(&path, copy)?;
        }
    }
    Ok(())
}

fn last_lines(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines.get(lines.len().saturating_sub(25)..).unwrap_or_default().join("\n")
}
