//! Finding words in a text: words of scripts with spaces as whole words, of scripts without them anywhere.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// Words to be found, sorted by their first letter.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    words: Vec<Word>,
    /// Which first letters there are, by their last eight bits: most letters of a text begin no word, and are passed by.
    begins: [u64; 4],
}

#[derive(Clone, Debug)]
struct Word {
    letters: Box<[char]>,
    place: Place,
}

/// Which word of which rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) rule: usize,
    pub(super) word: usize,
}

impl Words {
    /// The words of each rule.
    pub(super) fn new<'a>(rules: impl Iterator<Item = &'a [String]>) -> Self {
        let mut sorted = Self::default();
        for (rule, words) in rules.enumerate() {
            for (word, text) in words.iter().enumerate() {
                let letters: Box<[char]> = text.chars().map(folded).collect();
                sorted.mark(letters.first().copied());
                sorted.words.push(Word { letters, place: Place { rule, word } });
            }
        }
        sorted.words.sort_by(|one, other| one.letters.cmp(&other.letters));
        sorted
    }

    fn mark(&mut self, first: Option<char>) {
        let Some(first) = first else { return };
        let (block, bit) = bit(first);
        if let Some(block) = self.begins.get_mut(block) {
            *block |= bit;
        }
    }

    fn may_begin(&self, letter: char) -> bool {
        let (block, bit) = bit(letter);
        self.begins.get(block).is_some_and(|block| block & bit != 0)
    }

    /// Calls `found` for every word at every place of the text.
    pub(super) fn find(&self, text: &str, found: &mut impl FnMut(Place)) {
        if self.words.is_empty() {
            return;
        }
        let mut before = ' ';
        let mut rest = text.chars();
        while let Some(letter) = rest.next() {
            let letter = folded(letter);
            if self.may_begin(letter) {
                self.find_at(letter, before, &rest, found);
            }
            before = letter;
        }
    }

    fn find_at(
        &self,
        letter: char,
        before: char,
        rest: &core::str::Chars<'_>,
        found: &mut impl FnMut(Place),
    ) {
        let first = |word: &Word| word.letters.first().copied();
        let begin = self.words.partition_point(|word| first(word) < Some(letter));
        for word in self.words.iter().skip(begin).take_while(|word| first(word) == Some(letter)) {
            let mut rest = rest.clone().map(folded);
            let fits = word.letters.iter().skip(1).all(|letter| rest.next() == Some(*letter));
            let last = word.letters.last().copied().unwrap_or(letter);
            if fits && !joined(before, letter) && !rest.next().is_some_and(|after| joined(last, after)) {
                found(word.place);
            }
        }
    }
}

fn bit(letter: char) -> (usize, u64) {
    let low = u32::from(letter) & 0xff;
    (usize::try_from(low >> 6).unwrap_or_default(), 1 << (low & 63))
}

/// Whether two letters side by side are of one word: then none begins or ends between them.
fn joined(left: char, right: char) -> bool {
    spaced(left) && spaced(right)
}

/// Whether words of this letter's script stand between spaces.
fn spaced(letter: char) -> bool {
    letter.is_alphanumeric() && !unspaced(letter)
}

/// Chinese and Japanese (from the radicals to the end of the ideographs, the compatibility forms, the planes of rare
/// ones), Thai, Lao, Burmese and Khmer.
fn unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{2e80}'..='\u{30ff}' | '\u{31f0}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'
        | '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Whether a word of one letter is one: `宕` may be, `a` is in every text.
pub(super) fn stands_alone(word: &str) -> bool {
    word.chars().all(unspaced)
}

/// A letter as it is compared: small, and of ordinary width. Latin, Greek and Cyrillic capitals stand at a fixed
/// distance from their small letters, so this needs no table.
fn folded(letter: char) -> char {
    let by =
        |distance: i32| char::from_u32(u32::from(letter).wrapping_add_signed(distance)).unwrap_or(letter);
    match letter {
        'A'..='Z' => letter.to_ascii_lowercase(),
        '\0'..='\u{7f}' => letter,
        'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => by(32),
        'Ѐ'..='Џ' => by(80),
        'Ａ'..='Ｚ' => by(0x61 - 0xff21),
        'ａ'..='ｚ' | '０'..='９' => by(-0xfee0),
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn found(word: &str, text: &str) -> bool {
        let words = [String::from(word)];
        let mut times = 0;
        Words::new([words.as_slice()].into_iter()).find(text, &mut |_| times += 1);
        times > 0
    }

    #[test]
    fn a_chinese_word_is_found_anywhere() {
        assert!(found("登录不了", "我们从早上开始登录不了系统"));
        assert!(found("数据丢失", "数据丢失"));
        assert!(!found("数据丢失", "数据没有丢失"));
        assert!(found("宕机", "ERP宕机now"));
    }

    #[test]
    fn a_word_between_spaces_is_found_whole_in_any_case() {
        assert!(found("data loss", "We have DATA LOSS!"));
        assert!(found("down", "down"));
        assert!(!found("down", "download"));
        assert!(!found("down", "Shutdown of markdown2"));
        assert!(found("ERP", "我们的erp坏了"));
        assert!(found("erp", "ＥＲＰ"));
        assert!(found("ausfall", "AUSFALL, bitte"));
        assert!(found("störung", "STÖRUNG"));
        assert!(found("сбой", "СБОЙ!"));
    }

    #[test]
    fn a_word_that_is_cut_off_by_the_end_is_not_found() {
        assert!(!found("登录不了", "登录不"));
        assert!(!found("down", ""));
        assert!(found("aab", "aab"));
        assert!(found("宕宕机", "宕宕宕机"));
    }
}
