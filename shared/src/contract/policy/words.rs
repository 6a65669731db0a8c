//! Finding words in a text: words of scripts with spaces as whole words, of scripts without them anywhere.
//!
//! All words stand in one trie, and a state of it is the longest end of the text so far that begins a word (Aho and
//! Corasick): each letter of the text is one step, whatever the text and however many words there are. It is our own
//! because the libraries' fold ASCII alone, so that every text would be copied folded first. It stays a trie, a letter
//! that does not go on being asked of the next shorter end: a table of all states and letters would be hundreds of
//! megabytes for the largest file.

mod alphabet;
mod letters;
#[cfg(test)]
mod tests;
mod trie;

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use alphabet::Alphabet;
use letters::{folded, spaced};
use trie::{State, Trie, Word};

pub(super) use letters::stands_alone;

/// The words of a file's rules.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    alphabet: Alphabet,
    trie: Trie,
    rules: usize,
}

/// A place at which a word of a rule stands: of two, the one that begins first, else the shorter one is the rule's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    begins: usize,
    letters: usize,
    word: usize,
}

impl Words {
    /// The words of each rule.
    pub(super) fn new<'a>(rules: impl Iterator<Item = &'a [String]>) -> Self {
        let rules: Vec<&[String]> = rules.collect();
        let folded = |word: &String| word.chars().map(folded).collect::<Vec<char>>();
        let words: Vec<Vec<Vec<char>>> =
            rules.iter().map(|words| words.iter().map(folded).collect()).collect();
        let alphabet = Alphabet::of(words.iter().flatten().flatten().copied());
        let numbered = words.iter().zip(0..).flat_map(|(words, rule)| {
            words.iter().zip(0..).map(move |(letters, word)| (letters, rule, word))
        });
        let words = numbered.map(|(letters, rule, word)| Word {
            letters: letters.iter().map(|letter| alphabet.number(*letter)).collect(),
            begins_spaced: letters.first().is_some_and(|letter| spaced(*letter)),
            ends_spaced: letters.last().is_some_and(|letter| spaced(*letter)),
            rule,
            word,
        });
        Self { trie: Trie::of(words.collect()), alphabet, rules: rules.len() }
    }

    /// For each rule, which of its words stands first in the text.
    pub(super) fn first(&self, text: &str) -> Vec<Option<usize>> {
        let Self { alphabet, trie, rules } = self;
        let mut search = Search { text, trie, found: vec![None; *rules], told: vec![false; trie.ends()] };
        let mut state = trie.start();
        let mut rest = text.chars();
        while let Some(letter) = rest.next() {
            let number = alphabet.number(letter);
            if number == 0 {
                state = trie.start();
                continue;
            }
            state = trie.next(state, number);
            if state.is_end() {
                search.tell(state, rest.as_str());
            }
        }
        search.found.into_iter().map(|found| found.map(|found| found.word)).collect()
    }
}

/// A text that is being read.
struct Search<'a> {
    text: &'a str,
    trie: &'a Trie,
    found: Vec<Option<Found>>,
    /// The words that stood somewhere already: wherever they stand again is later.
    told: Vec<bool>,
}

impl Search<'_> {
    /// The words that end before the rest of the text, if neither end of them is inside another word.
    fn tell(&mut self, state: &State, rest: &str) {
        let read = self.text.get(..self.text.len() - rest.len()).unwrap_or_default();
        for (number, end) in self.trie.ends_at(state) {
            let Some(told) = self.told.get_mut(number).filter(|told| !**told) else { continue };
            if end.ends_spaced && is_of_a_word(rest.chars().next()) {
                continue;
            }
            let begins = read.char_indices().nth_back(end.letters - 1).map_or(0, |(begins, _)| begins);
            let before = read.get(..begins).unwrap_or_default().chars().next_back();
            if end.begins_spaced && is_of_a_word(before) {
                continue;
            }
            *told = true;
            for (rule, word) in &end.places {
                let here = Found { begins, letters: end.letters, word: *word };
                if let Some(found) = self.found.get_mut(*rule)
                    && found.is_none_or(|found| here < found)
                {
                    *found = Some(here);
                }
            }
        }
    }
}

/// Whether a word with spaces around it cannot begin or end beside this letter.
fn is_of_a_word(beside: Option<char>) -> bool {
    beside.is_some_and(|letter| spaced(folded(letter)))
}
