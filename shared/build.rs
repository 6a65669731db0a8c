//! Turns `text/*.toml`, one file per language, into constants; fails the build with every missing key, unknown key,
//! differing placeholder and broken line at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

/// Section → key → sentence.
type Words = BTreeMap<String, BTreeMap<String, String>>;

/// The language that the others are held against.
const FIRST: &str = "en";

/// What a customer's first views say: her page fetches these sections before anything else.
const EARLY: [&str; 3] = ["date", "first", "holiday"];

/// What her later views say. The other sections are for agents and operators.
const LATER: [&str; 4] = ["proof", "reason", "refusal", "widget"];

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=text");
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(mistakes) => {
            for mistake in mistakes {
                println!("cargo::error=shared/text: {mistake}");
            }
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), Vec<String>> {
    let languages = read_all(Path::new("text")).map_err(|e| vec![e])?;
    let first = languages.get(FIRST).ok_or_else(|| vec![format!("{FIRST}.toml is missing")])?;
    let mistakes: Vec<String> =
        languages.iter().flat_map(|(tag, words)| differences(first, tag, words)).collect();
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("text.rs");
    fs::write(&out, rust(&languages, first)).map_err(|e| vec![format!("{}: {e}", out.display())])
}

fn read_all(folder: &Path) -> Result<BTreeMap<String, Words>, String> {
    let mut languages = BTreeMap::new();
    for file in fs::read_dir(folder).map_err(|e| e.to_string())?.flatten() {
        let path = file.path();
        let Some(tag) = path.file_stem().and_then(|s| s.to_str()).map(str::to_owned) else { continue };
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let words: Words = toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
        languages.insert(tag, words);
    }
    Ok(languages)
}

fn differences(first: &Words, tag: &str, words: &Words) -> Vec<String> {
    let keys = |words: &Words| -> BTreeMap<String, String> {
        let flat =
            words.iter().flat_map(|(s, keys)| keys.iter().map(move |(k, v)| (format!("{s}.{k}"), v.clone())));
        flat.collect()
    };
    let (expected, found) = (keys(first), keys(words));
    let missing =
        expected.keys().filter(|k| !found.contains_key(*k)).map(|k| format!("{tag}: {k} is missing"));
    let unknown =
        found.keys().filter(|k| !expected.contains_key(*k)).map(|k| format!("{tag}: {k} is unknown"));
    let placeholders = expected.iter().filter_map(|(key, sentence)| {
        let (theirs, ours) = (placeholders(sentence), placeholders(found.get(key)?));
        (theirs != ours).then(|| format!("{tag}: {key} fills {ours:?}, {FIRST} fills {theirs:?}"))
    });
    let broken = found
        .iter()
        .filter(|(_, v)| v.contains('\n'))
        .map(|(k, _)| format!("{tag}: {k} is more than one line"));
    missing.chain(unknown).chain(placeholders).chain(broken).collect()
}

fn placeholders(sentence: &str) -> BTreeSet<String> {
    let after = sentence.split('{').skip(1);
    after.filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}

/// The sections in the order in which a customer needs them; those that she never does stand at the end.
fn sections(words: &Words) -> Vec<(&String, &BTreeMap<String, String>)> {
    let place = |name: &str| (!EARLY.contains(&name), !LATER.contains(&name));
    let mut sections: Vec<_> = words.iter().collect();
    sections.sort_by_key(|(name, _)| place(name));
    sections
}

/// How many phrases some sections have.
fn count(words: &Words, sections: &[&str]) -> usize {
    sections.iter().filter_map(|name| words.get(*name)).map(BTreeMap::len).sum()
}

fn rust(languages: &BTreeMap<String, Words>, first: &Words) -> String {
    let mut code = String::new();
    let early = count(first, &EARLY);
    let _ = writeln!(code, "const EARLY: usize = {early};");
    let _ = writeln!(code, "const TOLD: usize = {};", early + count(first, &LATER));
    let _ = writeln!(code, "const TONGUES: [Tongue; {}] = [", languages.len());
    for (tag, words) in languages {
        let _ = writeln!(code, "{},", tongue(tag, words));
    }
    let _ = writeln!(code, "];\nconst FIRST: Tongue = {};", tongue(FIRST, first));
    let mut number = 0;
    for (section, keys) in sections(first) {
        let _ =
            writeln!(code, "/// Words of the section `{section}`.\npub mod {section} {{\nuse super::Phrase;");
        for (key, sentence) in keys {
            let _ = writeln!(code, "/// \"{}\"", sentence.replace('[', "\\[").replace(']', "\\]"));
            let _ = writeln!(code, "pub const {}: Phrase = Phrase({number});", name(key));
            number += 1;
        }
        let _ = writeln!(code, "/// The phrase of a key that is known only when the program runs.");
        let _ = writeln!(code, "#[must_use]\npub fn find(key: &str) -> Option<Phrase> {{");
        let _ = writeln!(code, "ALL.iter().find(|(name, _)| *name == key).map(|(_, phrase)| *phrase)\n}}");
        let rows: String = keys.keys().map(|key| format!("({key:?}, {}),\n", name(key))).collect();
        let _ = writeln!(code, "const ALL: [(&str, Phrase); {}] = [\n{rows}];\n}}", keys.len());
    }
    code
}

fn name(key: &str) -> String {
    key.to_uppercase().replace('.', "_")
}

/// One language as a constant: its phrases in the order of their numbers.
fn tongue(tag: &str, words: &Words) -> String {
    let phrases: Vec<&String> = sections(words).into_iter().flat_map(|(_, keys)| keys.values()).collect();
    format!("Tongue {{ tag: {tag:?}, words: &{phrases:?} }}")
}
