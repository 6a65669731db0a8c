//! Words for people, from `text/*.toml`: one constant per key, and a phrase that a language lacks fails the build. A
//! reason crosses the wire as a value and becomes words only here.
//!
//! A phrase is a number, and a language is a table of them. The edge and the desk carry the tables; the customers'
//! program carries none: its page fetches, in the one language that she reads, what the first views say
//! ([`Tongue::early`]), and what the others say beside the part of the program that draws them ([`Tongue::later`]).

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

    /// What a customer's first views say: the tag, then a line for each phrase.
    #[must_use]
    pub fn early(self) -> String {
        [self.tag].iter().chain(self.words.iter().take(EARLY)).copied().collect::<Vec<_>>().join("\n")
    }

    /// What her later views say: a line for each phrase.
    #[must_use]
    pub fn later(self) -> String {
        self.words.get(EARLY..TOLD).unwrap_or_default().join("\n")
    }

    /// Reads [`Tongue::early`]; `None` for the file of another build. The words stay for as long as the program runs.
    #[must_use]
    pub fn read(early: String) -> Option<Self> {
        let mut lines = String::leak(early).split('\n');
        let tag = lines.next()?;
        let words: Vec<&'static str> = lines.collect();
        (words.len() == EARLY).then(|| Self { tag, words: Vec::leak(words) })
    }

    /// The same with [`Tongue::later`]; `None` for the file of another build.
    #[must_use]
    pub fn learn(self, later: String) -> Option<Self> {
        let early = self.words.iter().copied().take(EARLY);
        let words: Vec<&'static str> = early.chain(String::leak(later).split('\n')).collect();
        (words.len() == TOLD).then(|| Self { words: Vec::leak(words), ..self })
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
    fn the_files_of_a_language_say_what_its_table_says_and_shorter_ones_are_refused() {
        let shorter = |file: &str| String::from(file.rsplit_once('\n').unwrap().0);
        for tongue in Tongue::all() {
            let read = Tongue::read(tongue.early()).unwrap();
            assert_eq!(read.tag(), tongue.tag());
            assert_eq!(first::SUPPORT.say(read), first::SUPPORT.say(tongue));
            assert_eq!(date::ZONE.say(read), date::ZONE.say(tongue));
            assert_eq!(widget::WHY.say(read), "", "said later");
            assert_eq!(Tongue::read(shorter(&tongue.early())), None);
            let learnt = read.learn(tongue.later()).unwrap();
            assert_eq!(first::SUPPORT.say(learnt), first::SUPPORT.say(tongue));
            assert_eq!(widget::WHY.say(learnt), widget::WHY.say(tongue));
            assert_eq!(desk::TEAM.say(learnt), "", "the desk's words are in neither");
            assert_eq!(read.learn(shorter(&tongue.later())), None);
        }
    }

    #[test]
    fn a_reader_of_traditional_chinese_gets_the_chinese_words() {
        let tongue = "zh-TW".parse().ok().and_then(|tag| Tongue::of(&tag));
        assert_eq!(tongue.map(Tongue::tag), Some("zh-CN"));
        assert_eq!("fr".parse().ok().and_then(|tag| Tongue::of(&tag)), None);
    }
}
