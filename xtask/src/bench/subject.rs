//! What a bench runs against: the whole product on free ports and a data folder of its own, as it is deployed but for
//! the test-only features, and what only a bench does to it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::build::Speed;
use crate::place::Place;
use crate::run::{self, Clock, Options, Ports, Product};

/// A running product that is measured or maltreated.
pub(crate) struct Subject {
    product: Product,
    edge: String,
}

impl Subject {
    /// Builds what is missing and starts it, with nothing left over from an earlier run.
    pub(crate) fn start(place: &Place, name: &str) -> Result<Self> {
        Self::start_with(place, name, &json!({}))
    }

    /// The same, with an edge that is broken on purpose from its first request on, and after every restart: whoever
    /// retries is faster than anybody who would break it later.
    pub(crate) fn start_with(place: &Place, name: &str, faults: &Value) -> Result<Self> {
        let manifest = run::build(place, Speed::Release)?;
        let data = place.join(".nightbell/bench").join(name);
        if data.exists() {
            fs::remove_dir_all(&data)?;
        }
        let options = Options {
            data,
            ports: Ports::free()?,
            clock: Clock::starting_at(None),
            ticks: true,
            faults: faults.to_string(),
        };
        let product = Product::start(place, &manifest, options)?;
        let edge = product.edge();
        Ok(Self { product, edge })
    }

    pub(crate) fn edge(&self) -> &str {
        &self.edge
    }

    pub(crate) fn host(&self) -> String {
        self.product.host()
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.product.data().to_owned()
    }

    /// `kill -9` of workerd itself: no handler runs, nothing is flushed by the program.
    pub(crate) fn kill_workerd(&self) -> Result<()> {
        let pids = self.workerd()?;
        if pids.is_empty() {
            bail!("no workerd is running");
        }
        for pid in pids {
            kill_process(pid, Signal::KILL).with_context(|| format!("kill -9 {pid:?}"))?;
        }
        Ok(())
    }

    pub(crate) fn restart(&mut self) -> Result<()> {
        self.product.restart_edge()
    }

    /// Resident memory of all workerd processes, in MB.
    pub(crate) fn workerd_rss_mb(&self) -> Result<u64> {
        let resident = |pid: Pid| -> Option<u64> {
            let status = fs::read_to_string(format!("/proc/{}/status", pid.as_raw_nonzero())).ok()?;
            let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
            line.split_whitespace().next()?.parse().ok()
        };
        Ok(self.workerd()?.into_iter().filter_map(resident).sum::<u64>() / 1024)
    }

    fn workerd(&self) -> Result<Vec<Pid>> {
        let group = self.product.edge_group().context("the edge is not running")?;
        workerd_of(group)
    }
}

/// The workerd processes of one process group.
pub(super) fn workerd_of(group: u32) -> Result<Vec<Pid>> {
    let processes = fs::read_dir("/proc").context("this machine has no /proc")?.flatten();
    let pids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    let ours = pids.filter(|pid| is_workerd_of(Path::new(&format!("/proc/{pid}/stat")), group));
    Ok(ours.filter_map(Pid::from_raw).collect())
}

/// A line of `stat`: `pid (name) state parent group …`.
fn is_workerd_of(stat: &Path, group: u32) -> bool {
    let text = fs::read_to_string(stat).unwrap_or_default();
    let Some((head, tail)) = text.rsplit_once(')') else { return false };
    let in_group = tail.split_whitespace().nth(2).and_then(|field| field.parse().ok()) == Some(group);
    head.ends_with("(workerd") && in_group
}
