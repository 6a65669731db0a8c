//! Short names for what crosses between a browser's program and its glue. wasm-bindgen names each import after what it
//! does and after a hash, some 40 bytes that nobody reads and that do not compress, once in the wasm and once in the glue.

use std::collections::HashMap;

use wasm_bindgen_cli_support::Output;

const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Renames what only the glue calls and is called by; returns the glue that goes with it.
pub(super) fn shorten(bound: &mut Output) -> String {
    let glue = bound.js().to_owned();
    let wasm = bound.wasm_mut();
    let mut short = HashMap::new();
    for (number, import) in wasm.imports.iter_mut().filter(|import| is_ours(&import.name)).enumerate() {
        rename(&mut import.name, number, &mut short);
    }
    for (number, export) in wasm.exports.iter_mut().filter(|export| is_ours(&export.name)).enumerate() {
        rename(&mut export.name, number, &mut short);
    }
    in_words(&glue, &short)
}

/// Names that wasm-bindgen made up; the cut's and the linker's are shared with the later part.
fn is_ours(name: &str) -> bool {
    ["__wbg_", "__wbindgen_", "__wasm_bindgen_"].iter().any(|start| name.starts_with(start))
}

fn rename(name: &mut String, number: usize, short: &mut HashMap<String, String>) {
    let new = letters(number);
    let old = std::mem::replace(name, new.clone());
    short.insert(old, new);
}

/// `a` to `Z`, then `aa`.
fn letters(number: usize) -> String {
    let last = LETTERS.get(number % LETTERS.len()).map_or('_', |letter| char::from(*letter));
    match (number / LETTERS.len()).checked_sub(1) {
        Some(rest) => letters(rest) + &last.to_string(),
        None => last.to_string(),
    }
}

/// The script with whole words replaced.
fn in_words(script: &str, short: &HashMap<String, String>) -> String {
    let mut out = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(start) = rest.find("__w") {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        out.push_str(before);
        out.push_str(short.get(word).map_or(word, String::as_str));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_a_name_of_its_own() {
        assert_eq!([0, 51, 52, 103, 104, 2755, 2756].map(letters), ["a", "Z", "aa", "aZ", "ba", "ZZ", "aaa"]);
    }

    #[test]
    fn whole_words_are_replaced_and_longer_ones_are_left() {
        let short = HashMap::from([("__wbg_now_1".to_owned(), "a".to_owned())]);
        let glue = "{ __wbg_now_1: f, __wbg_now_12: g, x__wbg: wasm.__wbg_now_1() }";
        assert_eq!(in_words(glue, &short), "{ a: f, __wbg_now_12: g, x__wbg: wasm.a() }");
    }
}
