//! `dist/site/`: what the assets layer serves, under names that change with the content.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};

use super::program::{Built, Program, brotli_length};
use super::stamp::{self, Inputs};
use crate::place::Place;
use crate::{npm, process};

/// Rules of the assets layer. The script tag is loaded by foreign pages (`integrity` needs CORS); a frame's
/// files must also load where the host page isolates itself.
const HEADERS: &str = "\
/embed.js
  Access-Control-Allow-Origin: *
  Content-Type: text/javascript; charset=utf-8
  Cache-Control: public, max-age=300, stale-while-revalidate=86400
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff

/embed-*
  Access-Control-Allow-Origin: *
  Content-Type: text/javascript; charset=utf-8
  Cache-Control: public, max-age=31536000, immutable
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff

/a/*
  Cache-Control: public, max-age=31536000, immutable
  Cross-Origin-Embedder-Policy: require-corp
  Cross-Origin-Resource-Policy: cross-origin
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
";

/// The script that starts the customers' program.
const WIDGET_START: &str = "widget/frame/start.js";

/// Where the files ended up, as paths on our origin.
pub(super) struct Site {
    pub(super) widget: String,
    pub(super) desk: String,
    pub(super) embed: String,
    pub(super) embed_integrity: String,
}

/// Lays out the whole site anew; the bundles behind it are kept as long as their inputs are.
pub(super) fn lay_out(place: &Place, dist: &Path, widget: &Built, desk: &Built) -> Result<Site> {
    let widget = bundle(place, widget, Program::Widget, WIDGET_START)?;
    let desk = bundle(place, desk, Program::Desk, "desk/page/start.js")?;
    let embed =
        minify(place, fs::read(place.join("widget/embed.js")).context("widget/embed.js is missing")?, "js")?;
    let embed_hash = Inputs::of("embed").bytes(&embed).hex();
    let embed_integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(&embed)));

    // The edge reads this folder while it runs: replace it in one move.
    let site = dist.join("site");
    let staged = dist.join("site.new");
    if staged.exists() {
        fs::remove_dir_all(&staged)?;
    }
    let copy_in = |bundle: &Bundle| copy_folder(&bundle.folder, &staged.join(bundle.path.trim_matches('/')));
    copy_in(&widget)?;
    copy_in(&desk)?;
    let embed_path = format!("/embed-{}.js", short(&embed_hash));
    fs::write(staged.join("embed.js"), &embed)?;
    fs::write(staged.join(embed_path.trim_start_matches('/')), &embed)?;
    fs::write(staged.join("_headers"), HEADERS)?;
    if site.exists() {
        fs::remove_dir_all(&site)?;
    }
    fs::rename(&staged, &site)?;
    Ok(Site { widget: widget.path, desk: desk.path, embed: embed_path, embed_integrity })
}

/// A program's files as a browser loads them: the page's script, the glue, the wasm, one style sheet.
struct Bundle {
    folder: PathBuf,
    /// `/a/{hash}/`: never the same path for other content.
    path: String,
}

fn bundle(place: &Place, built: &Built, program: Program, start: &str) -> Result<Bundle> {
    let name = program.name();
    let sheets = sheets(place, program)?;
    let start = fs::read(place.join(start)).with_context(|| format!("{start} is missing"))?;
    let inputs = Inputs::of("bundle 4").bytes(&built.hash).bytes(&start);
    let inputs = sheets.iter().fold(inputs, |inputs, (_, css)| inputs.bytes(css));
    let parts = parts(program);
    let inputs = parts.iter().try_fold(inputs, |inputs, part| inputs.file(&place.join(part.source)))?;
    let inputs = inputs.file(&place.npm().join("package-lock.json"))?;
    let folder = place.wasm_target().join("bundles").join(program.kept_as());
    stamp::once(&folder, inputs, |folder| {
        pack(place, &built.folder.join(format!("{name}.js")), &folder.join(format!("{name}.js")))?;
        for part in parts {
            pack(place, &place.join(part.source), &folder.join(part.name))?;
        }
        fs::write(folder.join("start.js"), minify(place, start, "js")?)?;
        for (sheet, css) in sheets.iter().cloned() {
            fs::write(folder.join(sheet), minify(place, css, "css")?)?;
        }
        for wasm in built.later.iter().chain([&built.wasm]) {
            fs::copy(wasm, folder.join(wasm.file_name().unwrap_or_default()))?;
        }
        Ok(())
    })?;
    let scripts = ["start.js".to_owned(), format!("{name}.js")];
    let scripts = scripts.iter().map(String::as_str).chain(parts.iter().map(|part| part.name));
    let files: Vec<PathBuf> =
        scripts.chain(sheets.iter().map(|(sheet, _)| sheet.as_str())).map(|file| folder.join(file)).collect();
    let wasm = built.later.iter().chain([&built.wasm]);
    let hash = files.iter().chain(wasm).try_fold(Inputs::of(name), |hash, file| hash.file(file))?.hex();
    Ok(Bundle { folder, path: format!("/a/{}/", short(&hash)) })
}

/// What all files of a browser's program weigh, as they travel.
pub(super) fn weight(place: &Place, built: &Built, program: Program) -> Result<u64> {
    let folder = bundle(place, built, program, WIDGET_START)?.folder;
    let mut bytes = 0;
    for file in fs::read_dir(&folder)? {
        let path = file?.path();
        let stamp = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        bytes += if stamp { 0 } else { brotli_length(&path)? };
    }
    Ok(bytes)
}

/// A script that a program loads when it needs it.
struct Part {
    name: &'static str,
    source: &'static str,
}

fn parts(program: Program) -> &'static [Part] {
    match program {
        Program::Widget => &[Part { name: "ed25519.js", source: "widget/frame/ed25519.js" }],
        Program::Bare | Program::Desk | Program::Edge => &[],
    }
}

/// One script out of a script and all that it imports, from the pinned packages too.
fn pack(place: &Place, from: &Path, to: &Path) -> Result<()> {
    let mut esbuild = Command::new(npm::tool(place, "esbuild")?);
    esbuild.env("NODE_PATH", place.npm().join("node_modules"));
    esbuild.args(["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"]);
    esbuild.arg(from).arg(format!("--outfile={}", to.display()));
    process::output(&mut esbuild).map(drop)
}

/// A program's style sheets, by the names that its page knows. Tokens first, then the parts that both programs use, then
/// the program's own; what a customer's first views do without is a sheet of its own.
fn sheets(place: &Place, program: Program) -> Result<Vec<(String, Vec<u8>)>> {
    let sheets: &[(&str, &[&str])] = match program {
        Program::Widget => {
            &[("widget.css", &["tokens", "parts", "widget"]), ("later.css", &["ticket", "later", "proof"])]
        }
        Program::Bare => {
            &[("widget.css", &["tokens", "parts", "widget"]), ("later.css", &["ticket", "later"])]
        }
        Program::Desk => &[("desk.css", &["tokens", "parts", "ticket", "../../desk/styles/desk"])],
        Program::Edge => &[],
    };
    let sheet = |styles: &[&str]| -> Result<Vec<u8>> {
        let mut css = Vec::new();
        for style in styles.iter().map(|style| format!("widget/styles/{style}.css")) {
            css.extend(fs::read(place.join(&style)).with_context(|| format!("{style} is missing"))?);
            css.push(b'\n');
        }
        Ok(css)
    };
    sheets.iter().map(|(name, styles)| Ok(((*name).to_owned(), sheet(styles)?))).collect()
}

/// esbuild comes with the runtime's packages; it reads from a file, so that no pipe can fill up.
fn minify(place: &Place, source: Vec<u8>, kind: &str) -> Result<Vec<u8>> {
    let folder = place.wasm_target();
    fs::create_dir_all(&folder)?;
    let file = folder.join(format!("minify-{}.{kind}", std::process::id()));
    fs::write(&file, source)?;
    let mut esbuild = Command::new(npm::tool(place, "esbuild")?);
    esbuild.args(["--minify", "--charset=utf8", "--target=es2022", "--log-level=warning"]).arg(&file);
    let minified = process::output(&mut esbuild)?;
    fs::remove_file(&file)?;
    Ok(minified.into_bytes())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        if !name.to_string_lossy().starts_with('.') {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

/// 48 bits tell builds apart.
fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}
