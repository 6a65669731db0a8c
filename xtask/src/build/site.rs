//! `dist/site/`: what the assets layer serves, under names that change with the content.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};
use shared::text::Tongue;

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
    let start = fs::read(place.join(start)).with_context(|| format!("{start} is missing"))?;
    let (sheets, words, parts) = (sheets(place, program)?, words(program), parts(program));
    let texts = sheets.iter().chain(&words);
    let inputs = Inputs::of("bundle 5").bytes(&built.hash).bytes(&start);
    let inputs = texts.clone().fold(inputs, |inputs, (_, text)| inputs.bytes(text));
    let inputs = parts.iter().try_fold(inputs, |inputs, part| inputs.file(&place.join(part.source)))?;
    let inputs = inputs.file(&place.npm().join("package-lock.json"))?;
    let folder = place.wasm_target().join("bundles").join(program.kept_as());
    let glue = format!("{name}.js");
    stamp::once(&folder, inputs, |folder| {
        bundle_glue(place, built, program, &folder.join(&glue))?;
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
        words.iter().try_for_each(|(file, words)| fs::write(folder.join(file), words))?;
        Ok(())
    })?;
    let texts = texts.map(|(file, _)| folder.join(file));
    let scripts = ["start.js", &glue].into_iter().chain(parts.iter().map(|part| part.name));
    let mut files = scripts.map(|file| folder.join(file)).chain(texts);
    let hash = files.try_fold(Inputs::of(name), |hash, file| hash.file(&file))?;
    let mut wasm = built.later.iter().chain([&built.wasm]);
    let hash = wasm.try_fold(hash, |hash, file| hash.file(file))?.hex();
    Ok(Bundle { folder, path: format!("/a/{}/", short(&hash)) })
}

/// What all files of a browser's program weigh, as they travel, but for its words.
pub(super) fn weight(place: &Place, built: &Built, program: Program) -> Result<u64> {
    let folder = bundle(place, built, program, WIDGET_START)?.folder;
    let mut bytes = 0;
    for file in fs::read_dir(&folder)? {
        let path = file?.path();
        let program = path.extension().is_some_and(|end| end != "txt");
        bytes += if program { brotli_length(&path)? } else { 0 };
    }
    Ok(bytes)
}

/// What the words of one section weigh, in the language where it is more.
pub(super) fn words_weight(place: &Place, section: &str) -> Result<u64> {
    let mut most = 0;
    for tongue in Tongue::all() {
        let file = place.join(format!("shared/text/{}.toml", tongue.tag()));
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let lines = text.lines().skip_while(|line| *line != format!("[{section}]")).skip(1);
        let values =
            lines.take_while(|line| !line.starts_with('[')).filter_map(|line| line.split_once(" = "));
        let words: Vec<&str> = values.map(|(_, value)| value.trim_matches('"')).collect();
        let kept = place.wasm_target().join(format!("words-{section}.txt"));
        fs::write(&kept, words.join("\n"))?;
        most = most.max(brotli_length(&kept)?);
        fs::remove_file(&kept)?;
    }
    Ok(most)
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

/// The glue as one small file that exports what the page's script calls: a customer's compiles the program itself, while
/// the glue is on its way, so the glue needs no fetching of its own.
fn bundle_glue(place: &Place, built: &Built, program: Program, to: &Path) -> Result<()> {
    let called = match program {
        Program::Widget | Program::Bare => "initSync",
        Program::Desk | Program::Edge => "default",
    };
    let glue = built.folder.join(format!("{}.js", program.name()));
    let entry = to.with_extension("entry.js");
    fs::write(&entry, format!("export {{ {called} as default }} from {:?};", glue.display().to_string()))?;
    pack(place, &entry, to)?;
    Ok(fs::remove_file(entry)?)
}

/// A customer's words, two files per language: what the first views say, and what the later ones do.
fn words(program: Program) -> Vec<(String, Vec<u8>)> {
    let files = |tongue: Tongue| {
        let file = |kind: &str, words: String| (format!("{kind}-{}.txt", tongue.tag()), words.into_bytes());
        [file("words", tongue.early()), file("later", tongue.later())]
    };
    match program {
        Program::Widget => Tongue::all().flat_map(files).collect(),
        Program::Bare | Program::Desk | Program::Edge => Vec::new(),
    }
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
