//! Other programs: run to the end and judged, or kept running in a group of their own and ended.

use std::io::{Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};

use crate::clock::Stopwatch;

/// How long a program may take to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(3);

/// Runs a command whose own progress lines are worth seeing.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let name = describe(command);
    let status = command.stdout(Stdio::null()).status().with_context(|| format!("cannot start {name}"))?;
    if !status.success() {
        bail!("{name}: ended with {status}");
    }
    Ok(())
}

/// Runs a command silently; what it wrote is shown only if it fails. Returns its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let name = describe(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {name}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        bail!("{name}: ended with {}\n{text}{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(text)
}

/// Runs a command silently and ends it when it takes too long.
pub(crate) fn output_within(command: &mut Command, limit: Duration) -> Result<()> {
    let name = describe(command);
    let mut group = Group::start(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()))?;
    let watch = Stopwatch::start();
    loop {
        if let Some(status) = group.child.try_wait()? {
            let mut why = String::new();
            if let Some(mut stderr) = group.child.stderr.take() {
                stderr.read_to_string(&mut why)?;
            }
            return if status.success() { Ok(()) } else { bail!("{name}: ended with {status}\n{why}") };
        }
        if watch.elapsed() > limit {
            bail!("{name}: not done after {} s", limit.as_secs());
        }
        thread::sleep(Duration::from_millis(100));
    }
}

/// Where a program of this name is.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Whether we may install Debian packages.
pub(crate) fn is_debian_root() -> bool {
    rustix::process::geteuid().is_root()
        && Path::new("/etc/debian_version").exists()
        && find("apt-get").is_some()
}

/// Installs Debian packages, the newest that the mirror has: the lists of a fresh machine may be months old, and an old
/// list installs an old compiler. Without a way to the mirror, what the old lists lead to is tried.
pub(crate) fn apt_install(packages: &[&str]) -> Result<()> {
    let updated = output(Command::new("apt-get").arg("update"));
    let mut install = Command::new("apt-get");
    install.args(["install", "--yes", "--no-install-recommends"]).args(packages);
    let installed = output(install.env("DEBIAN_FRONTEND", "noninteractive"));
    installed.or_else(|why| updated.and(Err(why))).map(drop)
}

/// A running program and everything it starts, in one process group, ended when this is dropped.
pub(crate) struct Group {
    child: Child,
}

impl Group {
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let name = describe(command);
        let child = command.process_group(0).spawn().with_context(|| format!("cannot start {name}"))?;
        Ok(Self { child })
    }

    /// Writes a line to a program that was started with a pipe for its input. The pipe stays open as long as we live.
    pub(crate) fn tell(&mut self, line: &str) -> Result<()> {
        let stdin = self.child.stdin.as_mut().context("this program does not listen")?;
        stdin.write_all(line.as_bytes())?;
        stdin.write_all(b"\n")?;
        Ok(stdin.flush()?)
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// What the program said when it ended, if it ended.
    pub(crate) fn ended(&mut self) -> Option<String> {
        self.child.try_wait().ok().flatten().map(|status| status.to_string())
    }

    fn group(&self) -> Option<Pid> {
        i32::try_from(self.child.id()).ok().and_then(Pid::from_raw)
    }
}

impl Drop for Group {
    /// Asks, waits a little, then kills: a runtime with a hung request does not end when asked.
    fn drop(&mut self) {
        let Some(group) = self.group() else { return };
        // An error here means that nobody is left to be told, which is what we want.
        let _nobody_left = kill_process_group(group, Signal::TERM);
        let watch = Stopwatch::start();
        while watch.elapsed() < GRACE {
            let _reaped = self.child.try_wait();
            if test_kill_process_group(group).is_err() {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let _nobody_left = kill_process_group(group, Signal::KILL);
        let _reaped = self.child.wait();
    }
}

fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy();
    let arguments: Vec<_> = command.get_args().take(4).map(|argument| argument.to_string_lossy()).collect();
    format!("{program} {}", arguments.join(" "))
}
