//! What passed and what failed, over runners that each have their own way to say it.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::clock::Stopwatch;
use crate::say;

/// How a runner closes.
#[derive(Clone, Copy)]
pub(super) enum Dialect {
    /// `test result: ok. 3 passed; 0 failed; …`, once per binary.
    Cargo,
    /// `ℹ pass 3` and `ℹ fail 0`.
    Node,
}

/// The sum over all runners.
#[derive(Default)]
pub(super) struct Tally {
    passed: u64,
    failed: u64,
    failures: Vec<String>,
}

impl Tally {
    /// A check without tests of its own: silent when all is well.
    pub(super) fn check(&mut self, name: &str, command: &mut Command) {
        let watch = Stopwatch::start();
        let outcome = crate::process::output(command.env("CLIPPY_ARGS", "-Dwarnings__CLIPPY_HACKERY__"));
        say::line(format_args!("test: {name}: {:.1} s", watch.seconds()));
        self.note(name, outcome.map(drop));
    }

    /// A runner: what it says is shown, and its closing lines are added up.
    pub(super) fn run(&mut self, name: &str, command: &mut Command, dialect: Dialect) {
        let watch = Stopwatch::start();
        let before = (self.passed, self.failed);
        let outcome = self.listen(command, dialect);
        let (passed, failed) = (self.passed - before.0, self.failed - before.1);
        say::line(format_args!("test: {name}: {passed} passed, {failed} failed, {:.1} s", watch.seconds()));
        match outcome {
            Ok(()) if failed == 0 => {}
            Ok(()) => self.failures.push(name.to_owned()),
            // It ended badly without naming a test: it did not compile, or it crashed.
            Err(why) if failed == 0 => self.note(name, Err(why)),
            Err(_) => self.failures.push(name.to_owned()),
        }
    }

    /// A step that is no runner: only its failure counts.
    pub(super) fn note(&mut self, name: &str, outcome: Result<()>) {
        if let Err(why) = outcome {
            say::line(format_args!("test: {name}: {why:#}"));
            self.failed += 1;
            self.failures.push(name.to_owned());
        }
    }

    /// The closing line.
    #[expect(clippy::print_stdout, reason = "this is the command's answer")]
    pub(super) fn close(self) -> Result<()> {
        if !self.failures.is_empty() {
            say::line(format_args!("failed: {}", self.failures.join(", ")));
        }
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failed > 0 { bail!("some tests failed") } else { Ok(()) }
    }

    #[expect(clippy::print_stdout, reason = "a runner's words are passed on")]
    fn listen(&mut self, command: &mut Command, dialect: Dialect) -> Result<()> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        if let Some(stdout) = child.stdout.take() {
            for line in BufReader::new(stdout).lines() {
                let line = line?;
                println!("{line}");
                let (passed, failed) = counts(&line, dialect);
                self.passed += passed;
                self.failed += failed;
            }
        }
        let status = child.wait()?;
        if status.success() { Ok(()) } else { bail!("ended with {status}") }
    }
}

/// What one line adds.
fn counts(line: &str, dialect: Dialect) -> (u64, u64) {
    match dialect {
        Dialect::Cargo => {
            let Some(rest) = line.strip_prefix("test result: ") else { return (0, 0) };
            (before_word(rest, "passed"), before_word(rest, "failed"))
        }
        Dialect::Node => {
            let word = line.trim_start_matches(|letter: char| !letter.is_ascii_alphabetic());
            let count =
                |name: &str| word.strip_prefix(name).and_then(|rest| rest.trim().parse().ok()).unwrap_or(0);
            (count("pass "), count("fail "))
        }
    }
}

/// The number in front of a word.
fn before_word(text: &str, word: &str) -> u64 {
    let words: Vec<&str> = text.split([' ', ';', '.']).filter(|each| !each.is_empty()).collect();
    let at = words.iter().position(|each| *each == word);
    at.and_then(|at| words.get(at.checked_sub(1)?)?.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Dialect, counts};

    #[test]
    fn cargos_closing_line_is_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s";
        assert_eq!(counts(line, Dialect::Cargo), (12, 3));
        assert_eq!(counts("test it_works ... ok", Dialect::Cargo), (0, 0));
    }

    #[test]
    fn nodes_closing_lines_are_counted() {
        assert_eq!(counts("ℹ pass 7", Dialect::Node), (7, 0));
        assert_eq!(counts("ℹ fail 2", Dialect::Node), (0, 2));
        assert_eq!(counts("  ✔ passes the night", Dialect::Node), (0, 0));
    }
}
