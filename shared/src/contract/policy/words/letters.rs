//! Letters as they are compared, and which of them stand in words between spaces.

/// Whether words of this letter's script stand between spaces: where two such letters stand side by side, no word begins
/// or ends.
pub(super) fn spaced(letter: char) -> bool {
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
pub(in super::super) fn stands_alone(word: &str) -> bool {
    word.chars().all(unspaced)
}

/// A letter as it is compared: small, and of ordinary width. Latin, Greek and Cyrillic capitals stand at a fixed
/// distance from their small letters, so this needs no table.
pub(super) fn folded(letter: char) -> char {
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
