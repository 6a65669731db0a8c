//! The holiday tables against the Python package `holidays`: its own environment under `target/`, its version pinned in
//! `tests/holidays/requirements.txt`. Python is no part of the product: only this check needs it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::place::Place;
use crate::process;

/// Fails with each date that only one side has.
pub(super) fn check(place: &Place) -> Result<()> {
    let python = environment(place)
        .context("the check of the holiday tables needs Python 3 with venv, and pip's access to PyPI; on Debian: apt-get install python3-venv")?;
    process::output(Command::new(python).arg(place.join("tests/holidays/check.py"))).map(drop)
}

/// Python with the pinned package, installed when it is not there.
fn environment(place: &Place) -> Result<PathBuf> {
    let folder = place.target().join("holidays");
    let (python, wanted) = (folder.join("bin/python"), place.join("tests/holidays/requirements.txt"));
    if is_installed(&folder, &wanted) {
        return Ok(python);
    }
    if make(&folder).is_err() && process::is_debian_root() {
        process::apt_install(&["python3", "python3-venv"])?;
        make(&folder)?;
    }
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
        .arg(&wanted);
    process::output(&mut pip)?;
    std::fs::copy(&wanted, folder.join("installed.txt"))?;
    Ok(python)
}

fn make(folder: &Path) -> Result<()> {
    process::output(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder)).map(drop)
}

/// Whether exactly what is wanted was installed to the end.
fn is_installed(folder: &Path, wanted: &Path) -> bool {
    let texts =
        [folder.join("installed.txt"), wanted.to_path_buf()].map(|file| std::fs::read_to_string(file).ok());
    matches!(texts, [Some(installed), Some(wanted)] if installed == wanted)
}
