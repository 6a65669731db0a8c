//! Files that are refused before anybody reads them: they could only be meant to make the reader fall.

use alloc::format;
use alloc::string::String;

/// The largest file, in bytes: some thousand companies; a million holidays are refused before they are read.
const MOST_BYTES: usize = 512 * 1024;

/// The most dots in one line, and the most brackets of one kind that are open at once. Each may open a table within a
/// table, and the parser, which goes on after a mistake, would nest deeper than a program's stack reaches. Brackets in
/// texts count too: no tenant writes so many without closing them.
const MOST_DOTS: usize = 100;
const MOST_OPEN: usize = 50;

/// Why a file is not read at all, and in which line.
pub(super) fn unreadable(text: &str) -> Option<(usize, String)> {
    if text.len() > MOST_BYTES {
        return Some((1, format!("the file has {} bytes, more than {MOST_BYTES}", text.len())));
    }
    let (mut lists, mut tables) = (0_usize, 0_usize);
    for (number, line) in (1..).zip(text.lines()) {
        let mut dots = 0_usize;
        for byte in line.bytes() {
            match byte {
                b'.' => dots += 1,
                b'[' => lists += 1,
                b']' => lists = lists.saturating_sub(1),
                b'{' => tables += 1,
                b'}' => tables = tables.saturating_sub(1),
                _ => {}
            }
            if lists.max(tables) > MOST_OPEN {
                return Some((number, format!("more than {MOST_OPEN} brackets are open here")));
            }
        }
        if dots > MOST_DOTS {
            return Some((number, format!("the line has {dots} dots, more than {MOST_DOTS}")));
        }
    }
    None
}
