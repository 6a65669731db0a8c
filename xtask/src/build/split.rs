//! Cuts a wasm program in two where its source says so: what the first view needs, and what is loaded later. What goes
//! where, and how a view moves, is told in `widget/src/later.rs`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use wasm_split_cli_support::{Options, transform};

use crate::say;

/// What the linker leaves in the program so that it can be cut: where its functions name each other.
pub(super) const LINKED_FOR: &str = "-Clink-args=--emit-relocs";

/// The script that loads the later parts; it becomes a part of the glue.
const LOADER: &str = "./__wasm_split.js";

/// Puts the later parts and their loader into `folder`; returns the program that starts.
pub(super) fn cut(name: &str, wasm: &[u8], folder: &Path) -> Result<Vec<u8>> {
    let first = folder.join("first.wasm");
    let glue = format!("./{name}.js");
    let mut options = Options::new(wasm);
    options.output_dir = folder;
    options.main_out_path = &first;
    options.link_name = LOADER;
    options.main_module = &glue;
    say::timed("wasm-split", || transform(options).map_err(|why| anyhow!("wasm-split of {name}: {why:#}")))?;
    let bytes = fs::read(&first)?;
    fs::remove_file(&first)?;
    Ok(bytes)
}

/// The later parts of a program that was built.
pub(super) fn parts(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut parts = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_wasm = path.extension().is_some_and(|end| end == "wasm");
        if is_wasm && !path.to_string_lossy().ends_with("_bg.wasm") {
            parts.push(path);
        }
    }
    parts.sort();
    Ok(parts)
}
