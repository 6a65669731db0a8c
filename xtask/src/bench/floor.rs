//! The floor: the least that a plain-JavaScript worker must do for the same promise, in the same runtime, on the same
//! disk. It lives in `xtask/floor/`.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::clock::Stopwatch;
use crate::npm;
use crate::place::Place;
use crate::process::Group;
use crate::run::{Ports, quiet};

/// A running floor; dropping it ends its runtime.
pub(crate) struct Floor {
    _group: Group,
    origin: String,
}

impl Floor {
    pub(crate) fn start(place: &Place, data: &Path) -> Result<Self> {
        let (port, data) = (Ports::free()?.edge, data.join("floor"));
        let stage = data.join("stage");
        fs::create_dir_all(&stage)?;
        for file in ["floor.js", "wrangler.jsonc"] {
            fs::copy(place.join("xtask/floor").join(file), stage.join(file))?;
        }
        let mut wrangler = Command::new(npm::tool(place, "wrangler")?);
        wrangler.current_dir(&stage).args([
            "dev",
            "--config",
            "wrangler.jsonc",
            "--local",
            "--ip",
            "127.0.0.1",
        ]);
        wrangler.args(["--port", &port.to_string(), "--inspector-port", "0"]).arg("--persist-to").arg(&data);
        quiet(&mut wrangler, &data);
        wrangler.stdout(File::create(data.join("floor.log"))?).stderr(std::process::Stdio::null());
        let floor = Self { _group: Group::start(&mut wrangler)?, origin: format!("http://127.0.0.1:{port}") };
        floor.wait()?;
        Ok(floor)
    }

    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    fn wait(&self) -> Result<()> {
        let watch = Stopwatch::start();
        while ureq::get(format!("{}/hello", self.origin)).call().is_err() {
            if watch.seconds() > 30.0 {
                bail!("the floor does not answer at {}", self.origin);
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}
