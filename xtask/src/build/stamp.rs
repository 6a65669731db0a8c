//! Work that is not done again: a step's inputs are hashed, and a stamp beside its output remembers the hash.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Grows with every input of a step.
pub(super) struct Inputs(Sha256);

impl Inputs {
    /// `recipe` changes when the step itself does.
    pub(super) fn of(recipe: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(recipe);
        Self(hash)
    }

    pub(super) fn bytes(mut self, bytes: impl AsRef<[u8]>) -> Self {
        let length = bytes.as_ref().len().to_string();
        self.0.update(length);
        self.0.update(bytes);
        self
    }

    pub(super) fn file(self, path: &Path) -> Result<Self> {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(self.bytes(bytes))
    }

    pub(super) fn hex(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Runs `step` into an empty folder, unless the folder already holds what these inputs give.
pub(super) fn once(folder: &Path, inputs: Inputs, step: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let hash = inputs.hex();
    let stamp = folder.join(".inputs");
    if fs::read_to_string(&stamp).is_ok_and(|known| known == hash) {
        return Ok(());
    }
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    step(folder)?;
    fs::write(stamp, hash)?;
    Ok(())
}
