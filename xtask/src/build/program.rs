//! One wasm program: cargo, wasm-bindgen, wasm-opt.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::stamp::{self, Inputs};
use super::{Speed, Wish, panic_net};
use super::{names, split};
use crate::place::Place;
use crate::toolchain::Toolchain;
use crate::{npm, process, say};

/// What worker-build lets the optimiser use: all of it runs in workerd and in every browser that we support.
const WASM_FEATURES: [&str; 7] = [
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-reference-types",
    "--enable-exception-handling",
];

/// The three programs that become wasm. They are built one by one, so that no feature leaks into another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Program {
    Edge,
    Widget,
    /// The widget without what checks promises: it is weighed, never served.
    Bare,
    Desk,
}

/// A finished program: `{name}.js`, `{name}_bg.wasm` and perhaps `snippets/` in one folder.
pub(super) struct Built {
    pub(super) folder: PathBuf,
    pub(super) wasm: PathBuf,
    /// What a split program loads when it is first used.
    pub(super) later: Vec<PathBuf>,
    /// Changes when any byte of the program does.
    pub(super) hash: String,
}

impl Program {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Edge => "edge",
            Self::Widget | Self::Bare => "widget",
            Self::Desk => "desk",
        }
    }

    /// What its files are kept under.
    pub(super) fn kept_as(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Edge | Self::Widget | Self::Desk => self.name(),
        }
    }

    /// Whether a part of it is loaded later: customers wait for it, agents keep it open all day.
    fn is_split(self) -> bool {
        match self {
            Self::Widget | Self::Bare => true,
            Self::Edge | Self::Desk => false,
        }
    }

    fn profile(self, speed: Speed) -> &'static str {
        match (speed, self) {
            (Speed::Quick, Self::Edge | Self::Widget | Self::Bare | Self::Desk) => "dev",
            (Speed::Release, Self::Edge) => "edge",
            (Speed::Release, Self::Widget | Self::Bare | Self::Desk) => "browser",
        }
    }
}

/// Builds one program; what did not change is not done again.
pub(super) fn build(place: &Place, toolchain: &Toolchain, program: Program, wish: Wish) -> Result<Built> {
    let name = program.name();
    let compiled = say::timed(name, || compile(place, toolchain, program, wish))?;
    let wasm_bytes = fs::read(&compiled)?;
    let life = if wish.for_tests { "tests" } else { "deployed" };
    let kept_as = [program.kept_as(), program.profile(wish.speed), life].join("-");
    let folder = place.wasm_target().join("programs").join(kept_as);
    let inputs = Inputs::of("bindgen 3").bytes(&wasm_bytes);
    stamp::once(&folder, inputs, |folder| {
        let wasm_bytes = if program.is_split() { split::cut(name, &wasm_bytes, folder)? } else { wasm_bytes };
        say::timed("wasm-bindgen", || bind(program, wasm_bytes, folder))?;
        if wish.speed == Speed::Quick {
            return Ok(());
        }
        say::timed("wasm-opt", || optimise(place, program, folder))
    })?;
    let wasm = folder.join(format!("{name}_bg.wasm"));
    let later = split::parts(&folder)?;
    let hash = Inputs::of(name).file(&wasm)?.file(&folder.join(format!("{name}.js")))?;
    let hash = later.iter().try_fold(hash, |hash, part| hash.file(part))?.hex();
    Ok(Built { folder, wasm, later, hash })
}

/// cargo's part: returns the wasm file.
fn compile(place: &Place, toolchain: &Toolchain, program: Program, wish: Wish) -> Result<PathBuf> {
    let (name, profile) = (program.name(), program.profile(wish.speed));
    let command = if program.is_split() { "rustc" } else { "build" };
    let mut cargo = toolchain.cargo(place, command);
    cargo.args(["--package", name, "--profile", profile]);
    match program {
        Program::Edge => {
            cargo.arg("--lib").env("NIGHTBELL_PANIC", panic_net(toolchain.panic));
            if wish.for_tests {
                cargo.args(["--features", "test-clock,test-faults"]);
            }
        }
        Program::Widget | Program::Desk => {
            cargo.args(["--bin", name]);
        }
        Program::Bare => {
            cargo.args(["--bin", name, "--no-default-features"]);
        }
    }
    if program.is_split() {
        cargo.args(["--", split::LINKED_FOR]);
    }
    process::run(&mut cargo)?;
    let folder = if profile == "dev" { "debug" } else { profile };
    Ok(place.wasm_target().join("wasm32-unknown-unknown").join(folder).join(format!("{name}.wasm")))
}

/// wasm-bindgen's part, with the library of the version that the lock file names.
fn bind(program: Program, wasm: Vec<u8>, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes(program.name(), wasm).typescript(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    match program {
        // As worker-build does: an instance that was lost can be made anew.
        Program::Edge => bindgen.module(true)?.reset_state_function(true).force_enable_abort_handler(true),
        Program::Widget | Program::Bare | Program::Desk => {
            bindgen.web(true)?.keep_lld_exports(program.is_split())
        }
    };
    let name = program.name();
    let mut bound = bindgen.generate_output().with_context(|| format!("wasm-bindgen of {name}"))?;
    match program {
        Program::Edge => bound.emit(folder),
        Program::Widget | Program::Bare | Program::Desk => {
            let glue = names::shorten(&mut bound);
            bound.emit(folder)?;
            fs::write(folder.join(format!("{name}.js")), glue).map_err(Into::into)
        }
    }
}

/// Keeps the optimiser's result where it pays: always at the edge, in browsers when fewer bytes travel.
fn optimise(place: &Place, program: Program, folder: &Path) -> Result<()> {
    let before = folder.join(format!("{}_bg.wasm", program.name()));
    let after = folder.join("optimised.wasm");
    let mut wasm_opt = Command::new(npm::tool(place, "wasm-opt")?);
    wasm_opt.arg("-Os").args(WASM_FEATURES).arg(&before).arg("-o").arg(&after);
    process::output(&mut wasm_opt)?;
    let keep = match program {
        Program::Edge => true,
        Program::Widget | Program::Bare | Program::Desk => brotli_length(&after)? < brotli_length(&before)?,
    };
    if keep {
        fs::rename(&after, &before)?;
    } else {
        fs::remove_file(&after)?;
    }
    Ok(())
}

/// What a file weighs on its way to a browser: brotli at its strongest, by Node's own zlib.
pub(crate) fn brotli_length(file: &Path) -> Result<u64> {
    const SCRIPT: &str = "const z=require('zlib'),b=require('fs').readFileSync(process.argv[1]);\
        console.log(z.brotliCompressSync(b,{params:{[z.constants.BROTLI_PARAM_QUALITY]:11}}).length)";
    let length = process::output(Command::new("node").args(["-e", SCRIPT]).arg(file))?;
    length.trim().parse().with_context(|| format!("brotli of {}", file.display()))
}
