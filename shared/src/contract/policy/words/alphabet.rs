//! The letters that stand in some word, numbered.

use alloc::collections::BTreeSet;
use alloc::vec;
use alloc::vec::Vec;

use super::letters::folded;

/// Numbers of letters, in pages of 256: each letter that is compared alike has the same number.
#[derive(Clone, Debug, Default)]
pub(super) struct Alphabet {
    /// Which page holds the letters of each 256, the empty first one where none of them stands in a word.
    pages: Vec<u16>,
    numbers: Vec<u32>,
}

const PAGE: usize = 256;

impl Alphabet {
    /// The alphabet of these folded letters.
    pub(super) fn of(letters: impl Iterator<Item = char>) -> Self {
        let mut alphabet = Self { pages: Vec::new(), numbers: vec![0; PAGE] };
        let letters: BTreeSet<char> = letters.collect();
        for (letter, number) in letters.into_iter().zip(1..) {
            for alike in unfolded(letter) {
                alphabet.give(alike, number);
            }
        }
        alphabet
    }

    fn give(&mut self, letter: char, number: u32) {
        let (page, place) = split(letter);
        if self.pages.len() <= page {
            self.pages.resize(page + 1, 0);
        }
        let pages = self.numbers.len() / PAGE;
        let Some(page) = self.pages.get_mut(page) else { return };
        if *page == 0 {
            *page = u16::try_from(pages).unwrap_or_default();
            self.numbers.resize(self.numbers.len() + PAGE, 0);
        }
        if let Some(place) = self.numbers.get_mut(usize::from(*page) * PAGE + place) {
            *place = number;
        }
    }

    /// The number of a letter of a text, folded or not; 0 if it stands in no word.
    #[inline]
    pub(super) fn number(&self, letter: char) -> u32 {
        let (page, place) = split(letter);
        let page = self.pages.get(page).copied().unwrap_or_default();
        self.numbers.get(usize::from(page) * PAGE + place).copied().unwrap_or_default()
    }
}

#[inline]
fn split(letter: char) -> (usize, usize) {
    let code = usize::try_from(u32::from(letter)).unwrap_or_default();
    (code / PAGE, code % PAGE)
}

/// The letters that are compared as this folded one: itself, its capital, and both in full width.
fn unfolded(letter: char) -> impl Iterator<Item = char> {
    let far = [0, -32, -80, 0xfee0, 0xff21 - 0x61];
    let near = move |far| char::from_u32(u32::from(letter).wrapping_add_signed(far));
    far.into_iter().filter_map(near).filter(move |near| folded(*near) == letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_the_number_of_its_folded_one_and_no_other() {
        let every = || '\0'..=char::MAX;
        let alphabet = Alphabet::of(every().map(folded).filter(|letter| *letter < '\u{3000}'));
        for letter in every() {
            assert_eq!(alphabet.number(letter), alphabet.number(folded(letter)), "{letter:?}");
            assert_eq!(alphabet.number(letter) == 0, folded(letter) >= '\u{3000}', "{letter:?}");
        }
        let given: BTreeSet<u32> = every()
            .filter(|letter| folded(*letter) == *letter)
            .map(|letter| alphabet.number(letter))
            .collect();
        let letters = every().filter(|letter| folded(*letter) == *letter && *letter < '\u{3000}').count();
        assert_eq!(given.len(), letters + 1);
    }
}
