//! `cargo xtask tenant check|put FILE`: a tenant is one TOML file.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use shared::contract::policy::{self, Hosts, Policy};

use crate::admin::Admin;
use crate::say;

/// A tenant's file that holds.
pub(crate) struct Tenant {
    /// The file's name without `.toml`: the tenant's id.
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) policy: Policy,
}

impl Tenant {
    /// Reads a file, or says every mistake at once as `file:line:column: what`.
    pub(crate) fn read(file: &Path, hosts: Hosts) -> Result<Self> {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let id = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match Policy::parse(&text, hosts) {
            Ok(policy) => Ok(Self { id, text, policy }),
            Err(mistakes) => {
                let lines: Vec<String> =
                    mistakes.iter().map(|each| format!("{}:{each}", file.display())).collect();
                bail!("{} mistakes:\n{}", lines.len(), lines.join("\n"))
            }
        }
    }

    /// The secrets that the file names; one that `value` does not know stays at the edge as it is.
    pub(crate) fn secrets(
        &self,
        mut value: impl FnMut(&str) -> Result<Option<String>>,
    ) -> Result<BTreeMap<String, String>> {
        let webhook = self.policy.webhook.iter().map(|webhook| &webhook.secret);
        let keys = self.policy.identity_keys.iter().map(|key| &key.secret);
        let mut secrets = BTreeMap::new();
        for name in webhook.chain(keys) {
            if let Some(secret) = value(name)? {
                secrets.insert(name.clone(), secret);
            }
        }
        Ok(secrets)
    }
}

/// `tenant check`: every mistake, or one line that says all is well.
pub(crate) fn check(file: &Path) -> Result<()> {
    let tenant = Tenant::read(file, Hosts::Development)?;
    if Policy::parse(&tenant.text, Hosts::Public).is_err() {
        say::line("the file names addresses of this machine: good for `dev`, refused by a deployed edge");
    }
    say::line(format_args!("{}: no mistakes", file.display()));
    Ok(())
}

/// `tenant schema`: the shape of a tenant's file, as the reader knows it.
#[expect(clippy::print_stdout, reason = "this is the command's answer")]
pub(crate) fn schema() -> Result<()> {
    println!("{}", serde_json::to_string_pretty(&policy::Schema::new())?);
    Ok(())
}

/// `tenant put`: publishes the file at an edge, with the secrets that the environment holds.
pub(crate) fn put(file: &Path, edge: &str) -> Result<()> {
    let operator =
        env::var("NIGHTBELL_OPERATOR").context("NIGHTBELL_OPERATOR, the operator's secret, is not set")?;
    let tenant = Tenant::read(file, hosts_of(edge))?;
    let secrets = tenant.secrets(|name| Ok(env::var(name).ok()))?;
    let number = Admin::new(edge, operator).publish(&tenant.id, &tenant.text, &secrets)?;
    say::line(format_args!("{} is published at {edge} as policy {number}", tenant.id));
    Ok(())
}

/// Only an edge on this machine takes addresses of this machine.
fn hosts_of(edge: &str) -> Hosts {
    let local = ["http://127.0.0.1:", "http://localhost:"].iter().any(|prefix| edge.starts_with(prefix));
    if local { Hosts::Development } else { Hosts::Public }
}
