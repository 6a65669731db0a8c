//! `dist/worker/`: the edge as it is deployed, one module and its wasm, beside the configuration that names them.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Manifest;
use super::program::Built;
use super::stamp::{self, Inputs};
use crate::place::Place;
use crate::{npm, process};

/// wasm-bindgen writes a source-phase import, which esbuild does not know; as a plain import it is what
/// workerd gives for a wasm module.
const SOURCE_IMPORT: &str = "import source ";

/// Bundles shim and glue, and copies the configuration with the names of this build.
pub(super) fn lay_out(place: &Place, dist: &Path, edge: &Built, manifest: &Manifest) -> Result<()> {
    let shim = place.join("edge/shim/entry.js");
    let folder = place.wasm_target().join("bundles/edge");
    let inputs = Inputs::of("worker 2").bytes(&edge.hash).file(&shim)?;
    stamp::once(&folder, inputs, |folder| {
        let glue = edge.folder.join("edge.js");
        let text = fs::read_to_string(&glue)?;
        fs::write(&glue, text.replace(SOURCE_IMPORT, "import "))?;
        fs::copy(&shim, edge.folder.join("entry.js"))?;
        let mut esbuild = Command::new(npm::tool(place, "esbuild")?);
        esbuild.args(["--bundle", "--format=esm", "--target=es2022", "--log-level=warning"]);
        esbuild.args(["--external:./edge_bg.wasm", "--external:cloudflare:*"]);
        esbuild
            .arg(edge.folder.join("entry.js"))
            .arg(format!("--outfile={}", folder.join("edge.js").display()));
        process::output(&mut esbuild)?;
        fs::copy(&edge.wasm, folder.join("edge_bg.wasm"))?;
        Ok(())
    })?;

    let worker = dist.join("worker");
    fs::create_dir_all(&worker)?;
    for file in ["edge.js", "edge_bg.wasm"] {
        fs::copy(folder.join(file), worker.join(file))?;
    }
    fs::write(worker.join("wrangler.toml"), configuration(place, manifest)?)?;
    Ok(())
}

/// The configuration of `edge/`, with the paths of this build's files in the place it keeps for them.
fn configuration(place: &Place, manifest: &Manifest) -> Result<String> {
    let source = place.join("edge/wrangler.toml");
    let text = fs::read_to_string(&source).with_context(|| format!("cannot read {}", source.display()))?;
    let values = [("WIDGET", &manifest.widget), ("DESK", &manifest.desk)];
    values.iter().try_fold(text, |text, (name, value)| {
        let blank = format!("NB_{name} = \"\"");
        if !text.contains(&blank) {
            bail!("edge/wrangler.toml has no line {blank}");
        }
        Ok(text.replace(&blank, &format!("NB_{name} = \"{value}\"")))
    })
}
