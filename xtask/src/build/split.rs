//! The widget's second file: what only `widget/src/later.rs` can reach is moved out of the program, before wasm-bindgen
//! sees it.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};
use wasm_split_cli_support::{Options, transform};

use crate::place::Place;
use crate::{npm, process};

/// The second file's name, beside the program's own.
pub(super) const LATER: &str = "widget_later.wasm";

/// What the linker must leave in the program, so that it can be taken apart.
pub(super) const LINK: &str = "-Clink-args=--emit-relocs";

/// Takes the program apart in `folder`; returns what is left of it. The script that fetches the second file stays in
/// the folder, where the glue imports it.
pub(super) fn take_apart(wasm: &[u8], folder: &Path) -> Result<Vec<u8>> {
    let main = folder.join("main.wasm");
    let mut options = Options::new(wasm);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = "./widget.js";
    let split = transform(options).map_err(|why| anyhow!("{why:#}")).context("the widget's second file")?;
    let [later] = split.split_modules.as_slice() else {
        bail!("the widget has one second file, found {}", split.split_modules.len());
    };
    let name = later.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let script = folder.join("__wasm_split.js");
    let text = fs::read_to_string(&script)?;
    if !text.contains(&name) {
        bail!("{} does not fetch {name}", script.display());
    }
    fs::write(&script, text.replace(&name, LATER))?;
    fs::rename(later, folder.join(LATER))?;
    let left = fs::read(&main)?;
    fs::remove_file(main)?;
    Ok(left)
}

/// The second file without the names that only a debugger reads: wasm-bindgen, which strips the first, never sees it.
pub(super) fn strip(place: &Place, folder: &Path, features: &[&str]) -> Result<()> {
    let (whole, stripped) = (folder.join(LATER), folder.join("stripped.wasm"));
    let mut wasm_opt = Command::new(npm::tool(place, "wasm-opt")?);
    wasm_opt.args(["--strip-debug", "--strip-producers"]).args(features).arg(&whole).arg("-o").arg(&stripped);
    process::output(&mut wasm_opt)?;
    fs::rename(stripped, whole)?;
    Ok(())
}
