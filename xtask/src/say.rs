//! Progress for the person who waits: one line per step, on stderr, so that stdout stays for answers.

use std::fmt::Display;

use crate::clock::Stopwatch;

/// A step begins, or a fact is worth a line.
pub(crate) fn line(text: impl Display) {
    eprintln!("nightbell: {text}");
}

/// Runs one step and says how long it took, when it took long enough to be noticed.
pub(crate) fn timed<T>(what: &str, step: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let watch = Stopwatch::start();
    let outcome = step();
    let seconds = watch.seconds();
    if seconds >= 1.0 || outcome.is_err() {
        line(format_args!(
            "{what}: {} after {seconds:.1} s",
            if outcome.is_ok() { "done" } else { "failed" }
        ));
    }
    outcome
}
