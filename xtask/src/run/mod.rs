//! The whole product on this machine: the edge, the demo host on another site, the receiver of webhooks,
//! and the minute's tick that Cloudflare's cron would give. `dev`, `test` and `bench` start the same one.

mod edge;
mod host;
mod ports;
mod receiver;
mod secrets;
mod server;
mod token;

use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Context, Result};
use jiff::Timestamp;
use shared::contract::policy::Hosts;

use crate::admin::Admin;
use crate::build::{self, Manifest};
use crate::clock;
use crate::place::Place;
use crate::tenant::Tenant;
pub(crate) use edge::Edge;
use edge::Setting;
pub(crate) use edge::quiet;
use host::Host;
pub(crate) use ports::Ports;
use receiver::Receiver;
use secrets::Secrets;
use server::Site;
use token::Signer;

/// The receiver's address as the demo tenants' files name it; where it really listens is put in its place.
const RECEIVER_IN_FILES: &str = "http://127.0.0.1:8789/";
/// The tenant of the demo host's pages.
const DEMO_TENANT: &str = "hesi";
const TICK: Duration = Duration::from_secs(60);

/// The edge's clock: the machine's, moved.
#[derive(Clone, Copy)]
pub(crate) struct Clock {
    offset_ms: i64,
}

impl Clock {
    /// A clock that shows `at` now; without it, the machine's.
    pub(crate) fn starting_at(at: Option<Timestamp>) -> Self {
        let ahead = |at: Timestamp| at.as_millisecond().saturating_sub(clock::now().as_millisecond());
        Self { offset_ms: at.map_or(0, ahead) }
    }

    pub(crate) fn now(self) -> Timestamp {
        let moved = clock::now().as_millisecond().saturating_add(self.offset_ms);
        Timestamp::from_millisecond(moved).unwrap_or(Timestamp::MAX)
    }
}

/// What to start.
pub(crate) struct Options {
    /// Where objects, secrets and logs are kept.
    pub(crate) data: PathBuf,
    pub(crate) ports: Ports,
    pub(crate) clock: Clock,
    /// Whether the minute's tick comes by itself; tests give it when they mean it.
    pub(crate) ticks: bool,
    /// What goes wrong from the edge's first request on, also after a restart; `{}`: nothing.
    pub(crate) faults: String,
}

/// A running product. Dropping it ends every process that it started.
pub(crate) struct Product {
    // Dropped in this order: nobody calls an edge that has ended.
    _cron: Option<Cron>,
    _host: Site,
    _receiver: Site,
    edge: Option<Edge>,
    secrets: Secrets,
    place: Place,
    options: Options,
    tenants: Vec<Tenant>,
}

impl Product {
    /// Starts what `cargo xtask build` laid out for tests, and publishes the demo tenants.
    pub(crate) fn start(place: &Place, manifest: &Manifest, options: Options) -> Result<Self> {
        std::fs::create_dir_all(&options.data)?;
        let mut secrets = Secrets::open(&options.data)?;
        let tenants = demo_tenants(place)?;
        let now = options.clock.now();
        let mut signers = Vec::new();
        let mut webhook_keys = Vec::new();
        for tenant in &tenants {
            signers.extend(Signer::of(tenant, &mut secrets, now)?);
            if let Some(webhook) = &tenant.policy.webhook {
                webhook_keys.push(secrets.value(&webhook.secret)?);
            }
        }
        signers.sort_by_key(|signer| signer.tenant != DEMO_TENANT);

        let receiver = Receiver::new(&webhook_keys, options.clock);
        let receiver = Site::start(options.ports.receiver, move |request| receiver.answer(request))?;
        let host = Host {
            folder: place.join("widget/host"),
            edge: format!("http://127.0.0.1:{}", options.ports.edge),
            integrity: manifest.embed_integrity.clone(),
            signers,
            clock: options.clock,
        };
        let host = Site::start(options.ports.host, move |request| host.answer(request))?;
        let edge = Edge::start(place, &setting(&options), &mut secrets)?;
        let cron = options.ticks.then(|| Cron::start(edge.origin()));
        let place = place.clone();
        let mut product = Self {
            _cron: cron,
            _host: host,
            _receiver: receiver,
            edge: Some(edge),
            secrets,
            place,
            options,
            tenants,
        };
        product.publish()?;
        Ok(product)
    }

    /// Ends the edge, by asking or because it was killed, and starts it again on the same data.
    pub(crate) fn restart_edge(&mut self) -> Result<()> {
        self.edge = None;
        self.edge = Some(Edge::start(&self.place, &setting(&self.options), &mut self.secrets)?);
        Ok(())
    }

    pub(crate) fn edge(&self) -> String {
        format!("http://127.0.0.1:{}", self.options.ports.edge)
    }

    pub(crate) fn is_healthy(&self) -> bool {
        self.edge.as_ref().is_some_and(Edge::is_healthy)
    }

    /// The process group of Node and its workerd.
    pub(crate) fn edge_group(&self) -> Option<u32> {
        self.edge.as_ref().map(Edge::group)
    }

    pub(crate) fn host(&self) -> String {
        format!("http://localhost:{}", self.options.ports.host)
    }

    pub(crate) fn receiver(&self) -> String {
        format!("http://127.0.0.1:{}", self.options.ports.receiver)
    }

    pub(crate) fn data(&self) -> &std::path::Path {
        &self.options.data
    }

    /// The operator's secret.
    pub(crate) fn operator(&mut self) -> Result<String> {
        self.secrets.value(secrets::OPERATOR)
    }

    /// A single-use link into the demo tenant's desk, for its first agent.
    pub(crate) fn desk_link(&mut self) -> Result<String> {
        let demo = self.tenants.iter().find(|tenant| tenant.id == DEMO_TENANT).context("no demo tenant")?;
        let agent = demo.policy.agents.first().context("the demo tenant has no agents")?.id.to_string();
        let operator = self.operator()?;
        Admin::new(&self.edge(), operator).sign_in_link(DEMO_TENANT, &agent)
    }

    fn publish(&mut self) -> Result<()> {
        let operator = self.operator()?;
        let admin = Admin::new(&self.edge(), operator);
        let receiver = format!("{}/", self.receiver());
        for tenant in &self.tenants {
            let known = tenant.secrets(|name| self.secrets.value(name).map(Some))?;
            let text = tenant.text.replace(RECEIVER_IN_FILES, &receiver);
            admin.publish(&tenant.id, &text, &known).with_context(|| format!("tenant {}", tenant.id))?;
        }
        Ok(())
    }
}

fn setting(options: &Options) -> Setting {
    Setting {
        data: options.data.clone(),
        port: options.ports.edge,
        offset_ms: options.clock.offset_ms,
        faults: options.faults.clone(),
    }
}

/// Every file of `edge/tenants/`, in the order of their names.
fn demo_tenants(place: &Place) -> Result<Vec<Tenant>> {
    let folder = place.join("edge/tenants");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    files.iter().map(|file| Tenant::read(file, Hosts::Development)).collect()
}

/// Builds what tests and `dev` run: the deployed programs, with a clock that can be moved.
pub(crate) fn build(place: &Place, speed: build::Speed) -> Result<Manifest> {
    build::build(place, build::Wish { speed, for_tests: true })
}

/// The tick of each minute, which no local runtime gives by itself.
struct Cron {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Cron {
    fn start(edge: &str) -> Self {
        // Not the runtime's own `/cdn-cgi/handler/scheduled`: it cannot call a worker that has assets.
        let address = format!("{edge}/test/sweep");
        let (stop, stopped) = mpsc::channel();
        let thread = thread::spawn(move || {
            let config = ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(30))).build();
            let agent: ureq::Agent = config.into();
            while stopped.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                // A tick that nobody heard is followed by another one.
                let _answer = agent.post(&address).send_empty();
            }
        });
        Self { stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Cron {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ended = thread.join();
        }
    }
}
