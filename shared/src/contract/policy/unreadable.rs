//! Files that are refused before anybody reads them: they could only be meant to make the reader fall.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// The largest file, in bytes: some thousand companies; a million holidays are refused before they are read.
const MOST_BYTES: usize = 512 * 1024;

/// The most dots in one line, and the most brackets that are open at once. Each may open a table within a table, and
/// the parser, which goes on after a mistake, would nest deeper than a program's stack reaches.
const MOST_DOTS: usize = 100;
const MOST_OPEN: usize = 50;

/// Why a file is not read at all, and in which line. What is a bracket, and what only a letter of a text, is asked of the
/// parser's own lexer: a quote that nobody closes hides the bracket behind it.
pub(super) fn unreadable(text: &str) -> Option<(usize, String)> {
    if text.len() > MOST_BYTES {
        return Some((1, format!("the file has {} bytes, more than {MOST_BYTES}", text.len())));
    }
    let (mut line, mut dots, mut open) = (1_usize, 0_usize, Vec::new());
    for token in Source::new(text).lex() {
        match token.kind() {
            TokenKind::Newline | TokenKind::Eof if dots > MOST_DOTS => {
                return Some((line, format!("the line has {dots} dots, more than {MOST_DOTS}")));
            }
            TokenKind::Newline => (line, dots) = (line + 1, 0),
            TokenKind::Dot => dots += 1,
            TokenKind::LeftSquareBracket => open.push(TokenKind::RightSquareBracket),
            TokenKind::LeftCurlyBracket => open.push(TokenKind::RightCurlyBracket),
            // One that closes nothing is skipped by the parser, too.
            closing @ (TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket) => {
                open.pop_if(|awaited| *awaited == closing);
            }
            TokenKind::MlLiteralString | TokenKind::MlBasicString => line += lines(text, token.span()),
            TokenKind::Equals
            | TokenKind::Comma
            | TokenKind::Whitespace
            | TokenKind::Comment
            | TokenKind::LiteralString
            | TokenKind::BasicString
            | TokenKind::Atom
            | TokenKind::Eof => {}
        }
        if open.len() > MOST_OPEN {
            return Some((line, format!("more than {MOST_OPEN} brackets are open here")));
        }
    }
    None
}

/// How many lines end within a text of several.
fn lines(text: &str, within: toml_parser::Span) -> usize {
    text.get(within.start()..within.end()).map_or(0, |text| text.matches('\n').count())
}
