//! Words for one reader: the language that they are told in, and which way its lines run.

use shared::language::Language;
use shared::text::{Phrase, Tongue};
use yew::prelude::*;
use yew::virtual_dom::{VNode, VText};

use crate::node::row;

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Words(pub Tongue);

impl Words {
    /// The words for the first of these tags that we have words for; else English.
    #[must_use]
    pub fn choose(tags: impl IntoIterator<Item = Language>) -> Self {
        Self(tags.into_iter().find_map(|tag| Tongue::of(&tag)).unwrap_or(Tongue::ENGLISH))
    }

    /// The tag of these words, for `lang`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.0.tag()
    }

    /// A phrase as it stands.
    #[must_use]
    pub fn say(self, phrase: Phrase) -> &'static str {
        phrase.say(self.0)
    }

    /// A phrase with its placeholders filled.
    #[must_use]
    pub fn fill(self, phrase: Phrase, values: &[(&str, &str)]) -> String {
        phrase.fill(self.0, values)
    }

    /// A phrase with nodes in it, as the `<time>` in a promise. A placeholder without a node stays empty.
    pub fn html(self, phrase: Phrase, values: &[(&str, Html)]) -> Html {
        let mut nodes: Vec<Html> = Vec::new();
        let mut rest = self.say(phrase);
        while let Some((before, after)) = rest.split_once('{') {
            nodes.push(before.into());
            let Some((name, behind)) = after.split_once('}') else { break };
            nodes.extend(values.iter().find(|(key, _)| *key == name).map(|(_, node)| node.clone()));
            rest = behind;
        }
        nodes.push(rest.into());
        nodes.into_iter().collect()
    }

    /// A phrase around a node, as the `<time>` in a promise: it stands at the phrase's one placeholder.
    pub fn around(self, phrase: Phrase, node: Html) -> Html {
        let text = self.say(phrase);
        let (before, rest) = text.split_once('{').unwrap_or((text, ""));
        let (_, after) = rest.split_once('}').unwrap_or(("", rest));
        let said = |text: &'static str| VNode::VText(VText::new(AttrValue::Static(text)));
        row(vec![said(before), node, said(after)])
    }
}

/// Which way lines run in a language: the host may ask for one that we have no words for, and still sees its own
/// direction.
#[must_use]
pub fn direction(tag: &str) -> &'static str {
    let base = tag.split('-').next().unwrap_or(tag);
    match base {
        "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi" => "rtl",
        _ => "ltr",
    }
}

/// Several names in a row, as this language lists them.
#[must_use]
pub fn listed<'a>(words: Words, names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(words.say(shared::text::date::LIST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(tags: &[&str]) -> Vec<Language> {
        tags.iter().filter_map(|tag| tag.parse().ok()).collect()
    }

    #[test]
    fn the_first_language_that_has_words_is_taken_and_english_without_one() {
        assert_eq!(Words::choose(tags(&["ar", "zh-HK", "en"])).tag(), "zh-CN");
        assert_eq!(Words::choose(tags(&["ar", "fr"])).tag(), "en");
    }

    #[test]
    fn arabic_runs_from_right_to_left_although_its_words_are_missing() {
        assert_eq!(direction("ar-AE"), "rtl");
        assert_eq!(direction("zh-CN"), "ltr");
    }
}
