//! Words for people, from `text/*.toml`: one constant per key, so that a program carries only the phrases it says, and
//! a phrase that a language lacks fails the build. A reason crosses the wire as a value and becomes words only here.

use alloc::string::String;

use crate::language::Language;

include!(concat!(env!("OUT_DIR"), "/text.rs"));

/// A language that the words are complete in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tongue(usize);

impl Tongue {
    /// English, which every other language is held against.
    pub const ENGLISH: Self = Self(ENGLISH);

    /// The languages that the words are complete in.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..LANGUAGES).map(Self)
    }

    /// The tag, as for the `lang` attribute: `zh-CN`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        TAGS.get(self.0).copied().unwrap_or("en")
    }

    /// The best match for what a person reads: the same tag, or else the same base (`zh` for `zh-TW`).
    #[must_use]
    pub fn of(language: &Language) -> Option<Self> {
        let base = |tongue: &Self| tongue.tag().split('-').next() == Some(language.base());
        let same = Self::all().find(|tongue| tongue.tag().eq_ignore_ascii_case(language.as_str()));
        same.or_else(|| Self::all().find(base))
    }
}

/// One thing to say, in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase([&'static str; LANGUAGES]);

impl Phrase {
    /// The phrase in one language, its placeholders untouched.
    #[must_use]
    pub fn say(self, tongue: Tongue) -> &'static str {
        self.0.get(tongue.0).copied().unwrap_or_default()
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
    fn a_reader_of_traditional_chinese_gets_the_chinese_words() {
        let tongue = "zh-TW".parse().ok().and_then(|tag| Tongue::of(&tag));
        assert_eq!(tongue.map(Tongue::tag), Some("zh-CN"));
        assert_eq!("fr".parse().ok().and_then(|tag| Tongue::of(&tag)), None);
    }
}
