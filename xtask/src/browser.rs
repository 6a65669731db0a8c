//! Chromium and the packages that drive it, for the browser tests and for what is measured in a browser.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::place::Place;
use crate::{npm, process, say};

const CHROMIUM: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/// Debian's browser, and fonts for the scripts that our pages show.
const PACKAGES: [&str; 3] = ["chromium", "fonts-noto-cjk", "fonts-noto-core"];

/// Installs what is missing; returns the browser. Another one can be named in `NB_CHROMIUM`.
pub(crate) fn ready(place: &Place) -> Result<PathBuf> {
    npm::install(&place.join("tests/browser"))?;
    if let Some(chosen) = std::env::var_os("NB_CHROMIUM") {
        return Ok(chosen.into());
    }
    if find().is_none() && process::is_debian_root() {
        say::line(format_args!("installing {}", PACKAGES.join(" ")));
        process::apt_install(&PACKAGES)?;
    }
    match find() {
        Some(chromium) => Ok(chromium),
        None => bail!(
            "no Chromium: on Debian, as root: apt-get install {}; elsewhere name one in NB_CHROMIUM",
            PACKAGES.join(" ")
        ),
    }
}

fn find() -> Option<PathBuf> {
    CHROMIUM.iter().find_map(|name| process::find(name))
}

/// Every test file of `tests/browser/`, in the order of their names.
pub(crate) fn test_files(place: &Place) -> Result<Vec<String>> {
    let folder = place.join("tests/browser");
    let mut files: Vec<String> = std::fs::read_dir(&folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".test.mjs"))
        .collect();
    files.sort();
    if files.is_empty() {
        bail!("{} holds no *.test.mjs", folder.display());
    }
    Ok(files)
}
