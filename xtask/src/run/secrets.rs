//! Secrets of a machine that is not the deployed one: made at random, kept in the ignored data folder.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// With this the operator publishes tenants.
pub(crate) const OPERATOR: &str = "NIGHTBELL_OPERATOR";
/// With this the edge signs what it will read again.
pub(crate) const EDGE: &str = "NIGHTBELL_SECRET";
/// Standard Webhooks writes its keys so.
pub(crate) const WEBHOOK_PREFIX: &str = "whsec_";

/// Secrets by name: the edge's own, and those that tenant files name.
pub(crate) struct Secrets {
    file: PathBuf,
    known: BTreeMap<String, String>,
}

impl Secrets {
    pub(crate) fn open(data: &Path) -> Result<Self> {
        let file = data.join("secrets.json");
        let known = match fs::read(&file) {
            Ok(json) => {
                serde_json::from_slice(&json).with_context(|| format!("cannot read {}", file.display()))?
            }
            Err(_) => BTreeMap::new(),
        };
        Ok(Self { file, known })
    }

    /// The secret of this name; made and kept when nobody has asked for it before.
    pub(crate) fn value(&mut self, name: &str) -> Result<String> {
        if let Some(known) = self.known.get(name) {
            return Ok(known.clone());
        }
        let mut random = [0; 32];
        getrandom::fill(&mut random).map_err(|why| anyhow!("no randomness: {why}"))?;
        let value = if name.ends_with("_WEBHOOK") {
            format!("{WEBHOOK_PREFIX}{}", STANDARD.encode(random))
        } else {
            random.iter().map(|byte| format!("{byte:02x}")).collect()
        };
        self.known.insert(name.to_owned(), value.clone());
        self.keep()?;
        Ok(value)
    }

    fn keep(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file =
            fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&self.file)?;
        file.write_all(&serde_json::to_vec_pretty(&self.known)?)?;
        Ok(())
    }
}
