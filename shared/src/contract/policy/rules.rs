//! `[[rules]]`: words that raise a request's severity or complexity (R3, R5); nothing lowers them but a person.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Policy;
use super::reader::Node;
use super::targets::maybe;
use super::tiers::{self, Tier};
use super::words::{self, Words};
use crate::contract::{Complexity, Severity};
use crate::ids::TierId;
use crate::language::Language;

/// What certain words raise a request to.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Where it stands in the file, as `rules[0]`: what a reason names.
    pub place: String,
    /// For requests in this language, whatever the region; none: in any.
    pub language: Option<Language>,
    /// The words; one of them is enough.
    pub any: Vec<String>,
    /// At least so bad.
    pub severity: Option<Severity>,
    /// At least so much work.
    pub complexity: Option<Complexity>,
    /// For which tiers; empty: for all.
    pub tiers: Vec<TierId>,
}

/// All rules of a file, their words in one list that a text is searched for once.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    rules: Vec<Rule>,
    words: Words,
}

/// What a customer wrote, in which language, as far as that is known.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// The text.
    pub text: &'a str,
    /// The language of the request.
    pub language: Option<&'a Language>,
}

/// What the rules make of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// Never below what it was.
    pub severity: Severity,
    /// Never below what it was.
    pub complexity: Complexity,
    /// What raised it; none: it is as it was. Of several rules, the first in the file that raises the severity so
    /// far, else the complexity.
    pub by: Option<RaisedBy>,
}

/// The rule that raised a request, and the word it found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RaisedBy {
    /// The rule's place in the file, as `rules[0]`.
    pub rule: String,
    /// The word, as the file writes it.
    pub word: String,
}

impl Rules {
    /// In the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }
}

impl Policy {
    /// Raises a request by the words in it: `claimed` is what already holds, with a person's or the customer's own
    /// word ([`Policy::granted`]). The cost grows with the text, not with the number of words in the file.
    #[must_use]
    pub fn raise(&self, tier: &TierId, written: Written<'_>, claimed: (Severity, Complexity)) -> Raised {
        raise(&self.rules, tier, written, claimed)
    }
}

/// As [`Policy::raise`].
#[must_use]
pub fn raise(rules: &Rules, tier: &TierId, written: Written<'_>, claimed: (Severity, Complexity)) -> Raised {
    let mut raised = Raised { severity: claimed.0, complexity: claimed.1, by: None };
    for (rule, word) in rules.rules.iter().zip(rules.words.first(written.text)) {
        let word = word.and_then(|word| rule.any.get(word));
        let Some(word) = word.filter(|_| rule.is_for(tier, written.language)) else { continue };
        let severity = rule.severity.map_or(raised.severity, |severity| severity.max(raised.severity));
        let complexity = rule.complexity.map_or(raised.complexity, |more| more.max(raised.complexity));
        let first = raised.by.is_none() && complexity > raised.complexity;
        if severity > raised.severity || first {
            raised.by = Some(RaisedBy { rule: rule.place.clone(), word: word.clone() });
        }
        (raised.severity, raised.complexity) = (severity, complexity);
    }
    raised
}

impl Rule {
    fn is_for(&self, tier: &TierId, language: Option<&Language>) -> bool {
        let spoken = |own: &Language| language.is_none_or(|language| language.base() == own.base());
        self.language.as_ref().is_none_or(spoken) && (self.tiers.is_empty() || self.tiers.contains(tier))
    }
}

/// More rules, and more words in one, than anybody reviews.
const MOST_RULES: usize = 200;
const MOST_WORDS: usize = 100;
/// The longest word, in characters.
const LONGEST: usize = 50;

pub(super) fn read(list: &Node<'_>, tiers: &[Tier]) -> Rules {
    let nodes = list.list().unwrap_or_default();
    if nodes.len() > MOST_RULES {
        list.say(format!("has {} rules, more than {MOST_RULES}", nodes.len()));
        return Rules::default();
    }
    let rules: Vec<Rule> =
        nodes.iter().zip(0..).filter_map(|(node, index)| rule(node, index, tiers)).collect();
    let words = Words::new(rules.iter().map(|rule| rule.any.as_slice()));
    Rules { rules, words }
}

/// `{ language = "zh", any = ["登录不了", "数据丢失"], severity = "major", complexity = "complex", tiers = ["vip"] }`.
fn rule(node: &Node<'_>, index: usize, tiers: &[Tier]) -> Option<Rule> {
    let mut table = node.table()?;
    let language = maybe(table.optional("language"), Node::parse);
    let any = table.required("any").and_then(|node| any(&node));
    let (severity, complexity) = (table.optional("severity"), table.optional("complexity"));
    if severity.is_none() && complexity.is_none() {
        table.say("raises nothing: give it a severity or a complexity");
    }
    let severity = maybe(severity, tiers::severity);
    let complexity = maybe(complexity, tiers::complexity);
    let tiers = maybe(table.optional("tiers"), |node| tiers::named(node, tiers));
    table.finish();
    Some(Rule {
        place: format!("rules[{index}]"),
        language: language?,
        any: any?,
        severity: severity?,
        complexity: complexity?,
        tiers: tiers?.unwrap_or_default(),
    })
}

fn any(node: &Node<'_>) -> Option<Vec<String>> {
    let nodes = node.list()?;
    if nodes.is_empty() || nodes.len() > MOST_WORDS {
        node.say(format!("must have 1 to {MOST_WORDS} words, found {}", nodes.len()));
        return None;
    }
    nodes.iter().map(word).collect::<Vec<_>>().into_iter().collect()
}

fn word(node: &Node<'_>) -> Option<String> {
    let word = node.name()?;
    if word.trim() != word || word.chars().count() > LONGEST {
        node.wrong(format!("must have 1 to {LONGEST} characters and no space around them"));
        return None;
    }
    if word.chars().count() == 1 && !words::stands_alone(&word) {
        node.wrong("must have at least 2 characters: one alone is in every text");
        return None;
    }
    Some(word)
}
