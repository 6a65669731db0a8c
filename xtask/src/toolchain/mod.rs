//! How this machine compiles for wasm32, found out in a fixed order:
//! 1. the compiler has the target: plain cargo;
//! 2. rustup may fetch it;
//! 3. Debian's compiler comes with the standard library's sources: built once, kept under `target/`;
//! 4. else a message that names the three ways.
//!
//! The edge wants one thing more: a standard library that unwinds, so that a panic is one refused
//! request. That one is always built from source (the compiler's own `rust-src`, or way 3);
//! where there is no source, the entry shim rejects what the panic left hanging.

mod std_build;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::place::Place;
use crate::process;
use crate::say;

const TARGET: &str = "wasm32-unknown-unknown";
const RUSTFLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";
const RUSTUP_LIMIT: Duration = Duration::from_secs(180);
/// The oldest compiler that `worker` takes, as 1.{this}.
const OLDEST_MINOR: u32 = 91;

/// What a panic does in a program.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Panic {
    /// It unwinds: one request fails.
    Unwind,
    /// It ends the instance: the browser's program stops; the edge's shim rejects what was in flight.
    Abort,
}

/// The variables that a wasm build needs, set for it alone.
#[derive(Clone)]
pub(crate) struct Toolchain {
    pub(crate) panic: Panic,
    /// Where the standard library comes from, for figures that depend on it.
    pub(crate) std: &'static str,
    variables: Vec<(&'static str, OsString)>,
    debian: bool,
}

/// A compiler and the sources of its standard library.
pub(crate) struct Compiler {
    pub(crate) rustc: PathBuf,
    pub(crate) library: PathBuf,
}

impl Toolchain {
    /// For programs that run in a browser: the ordinary standard library.
    pub(crate) fn for_browser(place: &Place) -> Result<Self> {
        if has_target() {
            return Ok(Self::plain());
        }
        Self::built(place, &debian_compiler()?, Panic::Abort)
    }

    /// For the edge: a standard library that unwinds, where it can be had.
    pub(crate) fn for_edge(place: &Place) -> Result<Self> {
        if !has_target() {
            return Self::built(place, &debian_compiler()?, Panic::Unwind);
        }
        let Some(compiler) = own_compiler_with_sources() else { return Ok(Self::plain()) };
        Self::built(place, &compiler, Panic::Unwind).or_else(|why| {
            say::line(format_args!("the edge will not unwind, its shim rejects instead: {why:#}"));
            Ok(Self::plain())
        })
    }

    /// A cargo command that compiles for wasm32. `command` is cargo's own, such as `build`.
    pub(crate) fn cargo(&self, place: &Place, command: &str) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(place.root()).arg(command).args(["--target", TARGET]);
        cargo.env("CARGO_TARGET_DIR", place.wasm_target()).env("WASM_BINDGEN_USE_JS_SYS", "1");
        cargo.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
        cargo.envs(self.variables.iter().map(|(name, value)| (name, value)));
        cargo
    }

    /// Clippy for wasm32: the driver must be of the same compiler as the standard library.
    pub(crate) fn clippy(&self, place: &Place) -> Result<Command> {
        if !self.debian {
            return Ok(self.cargo(place, "clippy"));
        }
        let driver = Path::new("/usr/bin/clippy-driver");
        if !driver.exists() && process::is_debian_root() {
            process::apt_install(&["rust-web-clippy"])?;
        }
        if !driver.exists() {
            bail!("clippy for {TARGET} is missing: apt-get install rust-web-clippy");
        }
        let mut check = self.cargo(place, "check");
        check.env("RUSTC_WORKSPACE_WRAPPER", driver);
        Ok(check)
    }

    fn plain() -> Self {
        Self { panic: Panic::Abort, std: "ordinary", variables: Vec::new(), debian: false }
    }

    fn built(place: &Place, compiler: &Compiler, panic: Panic) -> Result<Self> {
        let sysroot = std_build::ensure(place, compiler, panic)?;
        let mut flags = OsString::from("--sysroot ");
        flags.push(&sysroot);
        if panic == Panic::Unwind {
            flags.push(" -Cpanic=unwind");
        }
        let variables = vec![("RUSTC", compiler.rustc.clone().into_os_string()), (RUSTFLAGS, flags)];
        Ok(Self {
            panic,
            std: "built from the distribution's source",
            variables,
            debian: compiler.is_debian(),
        })
    }
}

impl Compiler {
    fn is_debian(&self) -> bool {
        self.rustc == Path::new("/usr/bin/rustc")
    }
}

/// Ways 1 and 2: the active compiler has the target, or rustup gives it.
fn has_target() -> bool {
    let installed = || {
        let folder = rustc(&["--print", "target-libdir", "--target", TARGET]);
        folder.is_ok_and(|folder| Path::new(folder.trim()).is_dir())
    };
    if installed() {
        return true;
    }
    let may_download = env::var_os("RUSTUP_AUTO_INSTALL").is_none_or(|value| value != "0");
    if !may_download || process::find("rustup").is_none() {
        return false;
    }
    say::line(format_args!("asking rustup for {TARGET}"));
    let mut rustup = Command::new("rustup");
    if let Err(why) = process::output_within(rustup.args(["target", "add", TARGET]), RUSTUP_LIMIT) {
        say::line(format_args!("rustup could not: {why:#}"));
    }
    installed()
}

/// Way 3: Debian's compiler with exactly its own sources.
fn debian_compiler() -> Result<Compiler> {
    let compiler = Compiler {
        rustc: PathBuf::from("/usr/bin/rustc"),
        library: PathBuf::from("/usr/lib/rustlib/src/rust/library"),
    };
    let complete = || recent_enough(&compiler.rustc) && compiler.library.join("std/Cargo.toml").exists();
    if !complete() && process::is_debian_root() {
        say::line("installing Debian's rustc-web and rust-web-src (137 MB, once)");
        process::apt_install(&["rustc-web", "rust-web-src"])?;
    }
    if !complete() {
        bail!(
            "this machine cannot compile for {TARGET} with Rust 1.{OLDEST_MINOR} or later. One of these is enough:\n  \
             1. a toolchain that has it: rustup target add {TARGET}\n  \
             2. let rustup fetch it: unset RUSTUP_AUTO_INSTALL, with a way to the internet\n  \
             3. on Debian, as root: apt-get install rustc-web rust-web-src"
        );
    }
    Ok(compiler)
}

/// Whether a compiler is there, and not one from before our oldest.
fn recent_enough(compiler: &Path) -> bool {
    let version = process::output(Command::new(compiler).arg("--version")).unwrap_or_default();
    minor(&version).is_some_and(|minor| minor >= OLDEST_MINOR)
}

/// The 91 of `rustc 1.91.0 (…)`.
fn minor(version: &str) -> Option<u32> {
    version.strip_prefix("rustc 1.")?.split('.').next()?.parse().ok()
}

/// The active compiler, when its component `rust-src` is installed.
fn own_compiler_with_sources() -> Option<Compiler> {
    let sysroot = PathBuf::from(rustc(&["--print", "sysroot"]).ok()?.trim());
    let library = sysroot.join("lib/rustlib/src/rust/library");
    library.join("std/Cargo.toml").exists().then(|| Compiler { rustc: sysroot.join("bin/rustc"), library })
}

fn rustc(arguments: &[&str]) -> Result<String> {
    process::output(Command::new("rustc").args(arguments))
        .context("rustc is not installed: https://rustup.rs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compiler_tells_how_old_it_is() {
        assert_eq!(minor("rustc 1.85.0 (4d91de4e4 2025-02-17) (built from a source tarball)\n"), Some(85));
        assert_eq!(minor("rustc 1.96.0"), Some(96));
        assert_eq!(minor(""), None);
    }

    #[test]
    fn a_compiler_that_is_not_there_is_not_recent_enough() {
        assert!(!recent_enough(Path::new("/no/such/rustc")));
    }
}
