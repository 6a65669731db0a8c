//! `cargo xtask deploy [--dry-run]`: builds what is deployed and hands it to wrangler.

use std::process::Command;

use anyhow::{Result, bail};

use crate::build::{self, Speed, Wish};
use crate::place::Place;
use crate::{npm, process, run, say};

/// The dry run works offline: it checks everything that can be checked without an account.
pub(crate) fn deploy(place: &Place, dry_run: bool) -> Result<()> {
    let manifest = build::build(place, Wish { speed: Speed::Release, for_tests: false })?;
    if manifest.for_tests {
        bail!("this build has test-only features inside");
    }
    let worker = place.dist().join("worker");
    let data = place.data();
    std::fs::create_dir_all(&data)?;
    let mut wrangler = Command::new(npm::tool(place, "wrangler")?);
    wrangler.current_dir(&worker).args(["deploy", "--config", "wrangler.toml"]);
    if dry_run {
        run::quiet(&mut wrangler, &data);
        let out = data.join("dry-run");
        wrangler.arg("--dry-run").arg("--outdir").arg(&out);
        let said = process::output(&mut wrangler)?;
        let uploaded =
            said.lines().find(|line| line.contains("Total Upload")).unwrap_or("nothing was refused");
        say::line(format_args!("deploy (dry run), a panic will {}: {}", manifest.panic, uploaded.trim()));
        return Ok(());
    }
    let status = wrangler.status()?;
    if status.success() { Ok(()) } else { bail!("wrangler ended with {status}") }
}
