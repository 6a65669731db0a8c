//! The standard library for wasm32, built once per compiler into a folder that rustc takes as its
//! `--sysroot`: after that, plain cargo builds as if the target had been installed.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};

use anyhow::{Context, Result, bail};

use super::{Compiler, Panic, TARGET};
use crate::place::Place;
use crate::process as programs;
use crate::say;

/// The linker for wasm comes with rustup's compilers; Debian's compiler has none.
const LINKER: &str = "rust-lld";

/// The folder of the built library; builds it when this compiler has none yet.
pub(super) fn ensure(place: &Place, compiler: &Compiler, panic: Panic) -> Result<PathBuf> {
    let version = programs::output(Command::new(&compiler.rustc).arg("-vV"))?;
    let field = |name: &str| version.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let release = field("release:").context("rustc -vV names no release")?;
    let commit = field("commit-hash:").and_then(|hash| hash.get(..9)).unwrap_or("unknown");
    let host = field("host:").context("rustc -vV names no host")?;

    let folder = place.std_builds().join(format!("{release}-{commit}-{}", panic.name()));
    if !folder.exists() {
        say::line(format_args!(
            "building the {} standard library for {TARGET} (once, 1 to 2 min)",
            panic.name()
        ));
        say::timed("standard library", || build(place, compiler, panic, &folder))?;
    }
    link_linker(&folder, host)?;
    Ok(folder)
}

impl Panic {
    fn name(self) -> &'static str {
        match self {
            Self::Unwind => "unwind",
            Self::Abort => "abort",
        }
    }

    /// The crates of the library, and the flag that makes them unwind.
    fn recipe(self) -> (&'static str, &'static str) {
        match self {
            Self::Unwind => ("std,panic_unwind,proc_macro,test", " -Cpanic=unwind"),
            Self::Abort => ("std,panic_abort,proc_macro,test", ""),
        }
    }
}

/// Builds next to the final folder and renames at the end: an interrupted build leaves nothing that looks whole.
fn build(place: &Place, compiler: &Compiler, panic: Panic, folder: &Path) -> Result<()> {
    let work = place.std_builds().join(format!("work-{}-{}", panic.name(), process::id()));
    let seed = work.join("seed");
    fs::create_dir_all(seed.join("src"))?;
    fs::write(seed.join("src/lib.rs"), "")?;
    fs::write(
        seed.join("Cargo.toml"),
        "[package]\nname = \"seed\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n",
    )?;

    let (crates, flag) = panic.recipe();
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(&seed)
        .args(["build", "--release", "--target", TARGET])
        .arg(format!("-Zbuild-std={crates}"));
    let vendor = compiler.library.join("vendor");
    if vendor.is_dir() {
        cargo.args(["--offline", "--config", "source.crates-io.replace-with='library'"]);
        cargo.arg("--config").arg(format!("source.library.directory='{}'", vendor.display()));
    }
    cargo
        .env("RUSTC", &compiler.rustc)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", work.join("target"));
    cargo.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    // The flags of the distributed library: bitcode for our LTO, and private unless marked stable.
    cargo.env(super::RUSTFLAGS, format!("-Cembed-bitcode=yes -Zforce-unstable-if-unmarked{flag}"));
    programs::output(&mut cargo)?;

    let staged = work.join("sysroot");
    collect(
        &work.join("target").join(TARGET).join("release/deps"),
        &staged.join("lib/rustlib").join(TARGET).join("lib"),
    )?;
    // Somebody else may have finished the same build meanwhile; theirs is as good.
    if fs::rename(&staged, folder).is_err() && !folder.exists() {
        bail!("cannot move the standard library to {}", folder.display());
    }
    fs::remove_dir_all(&work)?;
    Ok(())
}

fn collect(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("no build output in {}", from.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        let ours = name.to_string_lossy().starts_with("libseed");
        if path.extension() == Some(OsStr::new("rlib")) && !ours {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

/// rustc looks for its linker inside the sysroot it was given.
fn link_linker(folder: &Path, host: &str) -> Result<()> {
    let bin = folder.join("lib/rustlib").join(host).join("bin");
    let link = bin.join(LINKER);
    if link.exists() {
        return Ok(());
    }
    let own = programs::output(Command::new("rustc").args(["--print", "sysroot"]))?;
    let linker = Path::new(own.trim()).join("lib/rustlib").join(host).join("bin").join(LINKER);
    if !linker.exists() {
        bail!(
            "the linker {LINKER} is missing: it comes with rustup's toolchains (looked for {})",
            linker.display()
        );
    }
    fs::create_dir_all(&bin)?;
    if link.is_symlink() {
        fs::remove_file(&link)?;
    }
    std::os::unix::fs::symlink(linker, link)?;
    Ok(())
}
