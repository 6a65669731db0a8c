//! Which words are found, and that reading the text once finds the same as looking for each word at each place.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::*;

#[track_caller]
fn found(word: &str, text: &str) -> bool {
    let words = [String::from(word)];
    Words::new([words.as_slice()].into_iter()).first(text) == [Some(0)]
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

#[test]
fn a_long_word_is_found_whole_wherever_it_stands() {
    let word = "ab".repeat(25);
    for before in 0..200 {
        let text = format!("{}{word}", "é".repeat(before));
        assert_eq!(found(&word, &text), before == 0, "{before} letters before it");
        assert!(
            found(&word, &format!("{} {word}", "é".repeat(before))),
            "{before} letters and a space before it"
        );
        assert!(!found(&word, &format!("{} {word}é", "é".repeat(before))));
    }
}

#[test]
fn of_a_rules_words_the_one_that_begins_first_is_told_and_of_two_there_the_shorter() {
    let rules = [
        ["丢失", "数据丢失", "数据", "ab", "ab c"].map(String::from),
        ["据丢", "c", "b c", "AB C", "x"].map(String::from),
    ];
    let first = |text: &str| Words::new(rules.iter().map(<[String; 5]>::as_slice)).first(text);
    assert_eq!(first("昨晚数据丢失了"), [Some(2), Some(0)]);
    assert_eq!(first("ab c"), [Some(3), Some(3)]);
    assert_eq!(first("xab c"), [None, Some(1)]);
    assert_eq!(first("nothing"), [None, None]);
}

/// What [`Words::first`] says, by looking for each word at each place.
fn one_by_one(rules: &[Vec<String>], text: &str) -> Vec<Option<usize>> {
    let text: Vec<char> = text.chars().map(folded).collect();
    let joined =
        |at: usize| at > 0 && text.get(at).is_some_and(|right| spaced(text[at - 1]) && spaced(*right));
    let stands =
        |word: &[char], at: usize| text[at..].starts_with(word) && !joined(at) && !joined(at + word.len());
    let first = |words: &Vec<String>| {
        let folded = |word: &String| word.chars().map(folded).collect::<Vec<char>>();
        let words: Vec<Vec<char>> = words.iter().map(folded).collect();
        (0..text.len()).find_map(|at| {
            let standing = words.iter().enumerate().filter(|(_, word)| stands(word, at));
            standing.min_by_key(|(_, word)| word.len()).map(|(number, _)| number)
        })
    };
    rules.iter().map(first).collect()
}

/// Numbers that anybody can repeat.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn letters(&mut self, of: &[&str], longest: usize) -> String {
        (0..=self.below(longest)).map(|_| of[self.below(of.len())]).collect()
    }
}

#[test]
fn reading_once_finds_the_same_as_looking_for_each_word_at_each_place() {
    let alphabets: [&[&str]; 4] = [
        &["a", "b"],
        &["a", "A", "Ａ", "宕", " "],
        &["a", "é", "É", "я", "Я", "宕", "机", "1", "１", "-", " "],
        &["登", "录", "不", "ก", "Ѐ", "ѐ", "ß", "ﬁ", "İ", "𠀀", "👍", "x", "."],
    ];
    let mut chance = Chance(11);
    let mut answers = [0; 2];
    for run in 0..2_000 {
        let alphabet = alphabets[run % alphabets.len()];
        let mut rules = Vec::new();
        for _ in 0..=chance.below(4) {
            rules.push((0..=chance.below(6)).map(|_| chance.letters(alphabet, 4)).collect::<Vec<String>>());
        }
        let words = Words::new(rules.iter().map(Vec::as_slice));
        for _ in 0..8 {
            let text = chance.letters(alphabet, 24);
            let expected = one_by_one(&rules, &text);
            assert_eq!(words.first(&text), expected, "{rules:?} in {text:?}");
            expected.iter().for_each(|word| answers[usize::from(word.is_some())] += 1);
        }
    }
    assert!(answers.iter().all(|times| *times > 10_000), "{answers:?}: nothing is tried");
}

#[test]
fn a_word_of_a_hundred_rules_is_one_word() {
    let rules: Vec<Vec<String>> =
        (0..100).map(|rule: u32| Vec::from([rule.to_string() + "x", "Down".into()])).collect();
    let words = Words::new(rules.iter().map(Vec::as_slice));
    assert_eq!(words.first(&"down ".repeat(3)), [Some(1); 100]);
    assert_eq!(words.first("7x down"), one_by_one(&rules, "7x down"));
}
