//! Words for people, from `text/*.toml`: one constant per key, and a phrase that a language lacks fails the build. A
//! reason crosses the wire as a value and becomes words only here.
//!
//! A phrase is a number, and a language is a table of them. The edge and the desk carry the tables; the customers'
//! program carries none: its page fetches the one [`Tongue::file`] that she reads, beside the program.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::language::Language;

include!(concat!(env!("OUT_DIR"), "/text.rs"));

/// A language that the words are complete in.
#[derive(Clone, Copy, Debug, Eq)]
pub struct Tongue {
    tag: &'static str,
    words: &'static [&'static str],
}

impl PartialEq for Tongue {
    /// One tag, one table: the words need not be compared.
    fn eq(&self, other: &Self) -> bool {
        self.tag == other.tag
    }
}

impl Tongue {
    /// English, which every other language is held against.
    pub const ENGLISH: Self = FIRST;

    /// The languages that the words are complete in.
    pub fn all() -> impl Iterator<Item = Self> {
        TONGUES.into_iter()
    }

    /// The tag, as for the `lang` attribute: `zh-CN`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.tag
    }

    /// The best match for what a person reads: the same tag, or else the same base (`zh` for `zh-TW`).
    #[must_use]
    pub fn of(language: &Language) -> Option<Self> {
        let base = |tongue: &Self| tongue.tag().split('-').next() == Some(language.base());
        let same = Self::all().find(|tongue| tongue.tag().eq_ignore_ascii_case(language.as_str()));
        same.or_else(|| Self::all().find(base))
    }

    /// What the customers' program reads of this language: the tag, then a line for each phrase that customers see.
    #[must_use]
    pub fn file(self) -> String {
        let lines: Vec<&str> =
            core::iter::once(self.tag).chain(self.words.iter().copied().take(TOLD)).collect();
        lines.join("\n")
    }

    /// Reads [`Tongue::file`]; `None` for the file of another build. The words stay for as long as the program runs.
    #[must_use]
    pub fn read(file: String) -> Option<Self> {
        let mut lines = Box::leak(file.into_boxed_str()).lines();
        let tag = lines.next()?;
        let words: Vec<&'static str> = lines.collect();
        (words.len() == TOLD).then(|| Self { tag, words: Vec::leak(words) })
    }
}

/// One thing to say, by its number in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase(u16);

impl Phrase {
    /// The phrase in one language, its placeholders untouched.
    #[must_use]
    pub fn say(self, tongue: Tongue) -> &'static str {
        tongue.words.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// The phrase with its `{placeholders}` filled. What is filled in is never searched again.
    #[must_use]
    pub fn fill(self, tongue: Tongue, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        let mut rest = self.say(tongue);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, behind)) = after.split_once('}') else { break };
            let value = values.iter().find(|(key, _)| *key == name);
            filled.push_str(value.map_or("", |(_, value)| value));
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_filled_and_what_fills_it_is_left_alone() {
        let n = date::DAYS.fill(Tongue::ENGLISH, &[("n", "{n}")]);
        assert_eq!(n, "{n} days");
    }

    #[test]
    fn the_file_of_a_language_says_what_its_table_says_and_a_shorter_one_is_refused() {
        for tongue in Tongue::all() {
            let read = Tongue::read(tongue.file()).unwrap();
            assert_eq!(read.tag(), tongue.tag());
            assert_eq!(widget::SUPPORT.say(read), widget::SUPPORT.say(tongue));
            assert_eq!(date::ZONE.say(read), date::ZONE.say(tongue));
            assert_eq!(desk::TEAM.say(read), "", "the desk's words are not in it");
            let file = tongue.file();
            let (shorter, _) = file.rsplit_once('\n').unwrap();
            assert_eq!(Tongue::read(shorter.into()), None);
        }
    }

    #[test]
    fn a_reader_of_traditional_chinese_gets_the_chinese_words() {
        let tongue = "zh-TW".parse().ok().and_then(|tag| Tongue::of(&tag));
        assert_eq!(tongue.map(Tongue::tag), Some("zh-CN"));
        assert_eq!("fr".parse().ok().and_then(|tag| Tongue::of(&tag)), None);
    }
}
