//! npm packages, pinned by lock files; installed again only when a lock file changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::place::Place;
use crate::{process, say};

/// The oldest Node that the pinned runtime works with.
const OLDEST_NODE: (u32, u32) = (20, 3);

/// Installs exactly what a folder's lock file names.
pub(crate) fn install(folder: &Path) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("{} has no package-lock.json", folder.display()))?;
    let stamp = folder.join("node_modules/.nightbell-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    check_node()?;
    say::line(format_args!("npm ci in {}", folder.file_name().unwrap_or_default().to_string_lossy()));
    let mut npm = Command::new("npm");
    npm.current_dir(folder).args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel",
        "error",
    ]);
    process::output(&mut npm)?;
    fs::write(stamp, lock)?;
    Ok(())
}

/// A program of the packages that xtask itself runs.
pub(crate) fn tool(place: &Place, name: &str) -> Result<PathBuf> {
    install(&place.npm())?;
    Ok(place.npm().join("node_modules/.bin").join(name))
}

fn check_node() -> Result<()> {
    let (major, minor) = OLDEST_NODE;
    let version = process::output(Command::new("node").arg("--version"))
        .context("Node is not installed: https://nodejs.org")?;
    let mut numbers =
        version.trim().trim_start_matches('v').split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    if (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) < OLDEST_NODE {
        bail!("Node {major}.{minor} or newer is needed, found {}", version.trim());
    }
    Ok(())
}
