//! `cargo xtask build`: puts exactly what is deployed into `dist/`.
//!
//! `dist/site/` is what the assets layer serves, `dist/worker/` the edge with its configuration,
//! `dist/manifest.json` says what was built, how, and under which names.

mod names;
mod program;
mod site;
mod split;
mod stamp;
mod worker;

use std::fs;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::place::Place;
use crate::say;
use crate::toolchain::{Panic, Toolchain};
use program::{Built, Program};

/// How much the compiler may think about it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speed {
    /// What is deployed.
    Release,
    /// Quick to build, large: for a look at a change, never for figures.
    Quick,
}

/// What to build.
#[derive(Clone, Copy)]
pub(crate) struct Wish {
    pub(crate) speed: Speed,
    /// With clocks that can be moved and faults that can be planted: for `dev`, `test` and `bench`.
    pub(crate) for_tests: bool,
}

/// What was built, for whoever starts, deploys or measures it.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// `unwind`, or `reject` where a panic ends the instance and the entry shim answers for it.
    pub(crate) panic: String,
    /// Where the browser programs' standard library comes from.
    pub(crate) browser_std: String,
    /// The folders of the programs' files, as paths on our origin.
    pub(crate) widget: String,
    pub(crate) desk: String,
    /// The script tag's immutable copy, and what `integrity` has to say about it.
    pub(crate) embed: String,
    pub(crate) embed_integrity: String,
    /// Whether test-only features are inside: such a build is never deployed.
    pub(crate) for_tests: bool,
}

/// Builds what changed since the last time.
pub(crate) fn build(place: &Place, wish: Wish) -> Result<Manifest> {
    let browser = Toolchain::for_browser(place)?;
    let widget = program::build(place, &browser, Program::Widget, wish)?;
    let desk = program::build(place, &browser, Program::Desk, wish)?;
    let dist = if wish.for_tests { place.dist_for_tests() } else { place.dist() };
    let site = site::lay_out(place, &dist, &widget, &desk)?;

    let edge = Toolchain::for_edge(place)?;
    let built = program::build(place, &edge, Program::Edge, wish)?;
    let manifest = Manifest {
        panic: panic_net(edge.panic).to_owned(),
        browser_std: browser.std.to_owned(),
        widget: site.widget,
        desk: site.desk,
        embed: site.embed,
        embed_integrity: site.embed_integrity,
        for_tests: wish.for_tests,
    };
    worker::lay_out(place, &dist, &built, &manifest)?;
    fs::write(dist.join("manifest.json"), serde_json::to_vec_pretty(&manifest)?)?;
    say::line(format_args!(
        "{} is ready: {}",
        dist.strip_prefix(place.root()).unwrap_or(&dist).display(),
        summary(&widget, &desk, &built)?
    ));
    Ok(manifest)
}

/// What receipts add to the customers' program as it is deployed, in bytes as they travel: every file with what checks
/// promises, less every file without, and their words in one language. (`start.js` names the script in both: 30 bytes.)
pub(crate) fn receipt_bytes(place: &Place) -> Result<u64> {
    let browser = Toolchain::for_browser(place)?;
    let wish = Wish { speed: Speed::Release, for_tests: false };
    let weigh = |program| site::weight(place, &program::build(place, &browser, program, wish)?, program);
    let programs = weigh(Program::Widget)?.saturating_sub(weigh(Program::Bare)?);
    Ok(programs + site::words_weight(place, "proof")?)
}

/// What the last build for tests left.
pub(crate) fn as_built(place: &Place) -> Result<Manifest> {
    let file = place.dist_for_tests().join("manifest.json");
    let json = fs::read(&file).with_context(|| format!("{} is missing: build first", file.display()))?;
    Ok(serde_json::from_slice(&json)?)
}

/// The edge's word for what happens when it panics.
fn panic_net(panic: Panic) -> &'static str {
    match panic {
        Panic::Unwind => "unwind",
        Panic::Abort => "reject",
    }
}

fn summary(widget: &Built, desk: &Built, edge: &Built) -> Result<String> {
    let kilobytes = |built: &Built| Ok::<_, anyhow::Error>(fs::metadata(&built.wasm)?.len() / 1000);
    Ok(format!(
        "wasm of widget {} kB, desk {} kB, edge {} kB",
        kilobytes(widget)?,
        kilobytes(desk)?,
        kilobytes(edge)?
    ))
}
