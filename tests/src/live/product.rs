//! A product of one test's own, which may be killed: what the last build left, at an instant of the test's choice.

#![expect(clippy::disallowed_methods, reason = "its clock goes on while it is dead")]

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use jiff::Timestamp;
use serde_json::Value;

use super::http::variable;
use super::{Edge, fresh};
use crate::instant::instant;

/// A running product, its data in a folder that goes with it.
pub struct Product {
    data: PathBuf,
    port: u16,
    at: Timestamp,
    since: Instant,
    running: Option<Running>,
}

struct Running {
    xtask: Child,
    /// The process group of the runtime.
    group: u64,
    edge: Edge,
}

impl Product {
    /// Starts one whose clock shows `at`.
    pub fn start(at: &str) -> Self {
        let data = std::env::temp_dir().join(format!("nightbell-live-{:016x}", fresh()));
        let mut product =
            Self { data, port: three_ports(), at: instant(at), since: Instant::now(), running: None };
        product.go_on();
        product
    }

    pub fn edge(&self) -> Edge {
        self.running.as_ref().expect("it runs").edge.clone()
    }

    /// `kill -9` of everything, workerd first: nothing is flushed by any program.
    pub fn kill(&mut self) {
        let Some(mut running) = self.running.take() else { return };
        end(&format!("-{}", running.group));
        end(&running.xtask.id().to_string());
        let _ended = running.xtask.wait();
    }

    /// Starts it again on what is there.
    pub fn go_on(&mut self) {
        let now = self.at + self.since.elapsed();
        let mut xtask = Command::new(variable("NB_XTASK"));
        xtask.args([
            "dev",
            "--json",
            "--as-built",
            "--at",
            &now.to_string(),
            "--port",
            &self.port.to_string(),
            "--data",
        ]);
        xtask.arg(&self.data).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
        let mut xtask = xtask.spawn().expect("the product starts");
        let mut told = String::new();
        let out = xtask.stdout.take().expect("its answer");
        BufReader::new(out).read_line(&mut told).expect("its addresses");
        let told: Value = serde_json::from_str(&told).expect("the product did not start");
        let secrets = std::fs::read(self.data.join("secrets.json")).expect("its secrets");
        let secrets: Value = serde_json::from_slice(&secrets).expect("its secrets");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let edge = Edge::at(&text(&told["edge"]), &text(&secrets["NIGHTBELL_OPERATOR"]));
        let group = told["pids"]["edge"].as_u64().expect("a process group");
        self.running = Some(Running { xtask, group, edge });
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        self.kill();
        let _gone = std::fs::remove_dir_all(&self.data);
    }
}

fn end(whom: &str) {
    let killed = Command::new("kill").args(["-9", "--", whom]).status();
    assert!(killed.is_ok_and(|status| status.success()), "kill -9 {whom}");
}

/// The first of three ports in a row that nobody uses.
fn three_ports() -> u16 {
    let free = |port: u16| TcpListener::bind(("127.0.0.1", port)).ok();
    loop {
        let first = free(0).and_then(|held| held.local_addr().ok()).expect("a port").port();
        if first < 65_000 && (0..3).all(|step| free(first + step).is_some()) {
            return first;
        }
    }
}
