//! Where things are: one place for every path that xtask reads or writes.

use std::env;
use std::path::{Path, PathBuf};

/// The project's folder and what lies in it.
#[derive(Clone)]
pub(crate) struct Place {
    root: PathBuf,
}

impl Place {
    /// The work tree this xtask was built from.
    pub(crate) fn of_this_tree() -> Self {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self { root: manifest.parent().unwrap_or(manifest).to_path_buf() }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn join(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root.join(path)
    }

    /// Cargo's output, in the folder that the caller's environment names.
    pub(crate) fn target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.join("target"), |folder| self.root.join(folder))
    }

    /// The wasm programs' own cargo output: another compiler may build them, so they share nothing.
    pub(crate) fn wasm_target(&self) -> PathBuf {
        self.target().join("wasm")
    }

    /// Standard libraries built from source. One per compiler, whatever cargo's output folder is.
    pub(crate) fn std_builds(&self) -> PathBuf {
        self.join("target/wasm-std")
    }

    /// Exactly what is deployed.
    pub(crate) fn dist(&self) -> PathBuf {
        env::var_os("NIGHTBELL_DIST").map_or_else(|| self.join("dist"), |folder| self.root.join(folder))
    }

    /// The same with a clock that can be moved and faults that can be planted: for `dev`, `test` and `bench`.
    pub(crate) fn dist_for_tests(&self) -> PathBuf {
        self.wasm_target().join("dist-for-tests")
    }

    /// npm packages that xtask runs.
    pub(crate) fn npm(&self) -> PathBuf {
        self.join("xtask/npm")
    }

    /// What `cargo xtask dev` keeps: objects, secrets, logs.
    pub(crate) fn data(&self) -> PathBuf {
        self.join(".nightbell")
    }
}
