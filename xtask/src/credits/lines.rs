//! JSON lines to a ledger: what is no JSON is told beside what the ledger refuses, by line.

use anyhow::{Result, bail};
use shared::contract::credit::{Fields, Ledger, LineError};

/// Mistakes shown; a file of another kind would have one on every line.
const SHOWN: usize = 20;

/// Reads one cycle per line; blank lines are none.
pub(super) fn read(text: &str) -> Result<Ledger> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut fields, mut wrong): (Vec<(usize, Fields)>, Vec<LineError>) = (Vec::new(), Vec::new());
    for (line, json) in (1..).zip(text.lines()).filter(|(_, json)| !json.trim().is_empty()) {
        match serde_json::from_str(json) {
            Ok(read) => fields.push((line, read)),
            Err(error) => wrong.push(LineError { line, what: no_json(&error) }),
        }
    }
    let ledger = match Ledger::read(fields) {
        Ok(ledger) if wrong.is_empty() => return Ok(ledger),
        Ok(_) => Vec::new(),
        Err(refused) => refused,
    };
    wrong.extend(ledger);
    wrong.sort();
    let more = wrong.len().saturating_sub(SHOWN);
    let mut shown: Vec<String> = wrong.iter().take(SHOWN).map(ToString::to_string).collect();
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    bail!("{} mistakes:\n{}", wrong.len(), shown.join("\n"))
}

/// serde_json's words, with the column alone: the line is ours.
fn no_json(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    format!("is no JSON object of one cycle at column {}: {words}", error.column())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str =
        r#"{"ticket":"a","company":"x","metric":"first_response","started":"2026-10-01T01:00:00Z"}"#;

    fn refused(text: &str) -> String {
        read(text).unwrap_err().to_string()
    }

    #[test]
    fn blank_lines_a_mark_at_the_beginning_and_windows_lines_change_nothing() {
        let plain = read(LINE).unwrap();
        assert_eq!(plain.len(), 1);
        assert_eq!(read(&format!("\u{feff}{LINE}\r\n\r\n  \n")).unwrap(), plain);
        assert!(read("\n").unwrap().is_empty());
    }

    #[test]
    fn what_is_no_json_is_told_beside_what_is_no_cycle_by_line() {
        let text = format!("{LINE}\n{{\"ticket\":\n[]\n{{}}\n{LINE}");
        let said = refused(&text);
        let lines: Vec<&str> = said.lines().collect();
        assert!(lines[1].starts_with("line 2: is no JSON object of one cycle at column 10: EOF"), "{said}");
        assert!(lines[2].contains("line 3: is no JSON object of one cycle"), "{said}");
        assert!(said.contains("line 4: ticket is missing"), "{said}");
        assert!(said.ends_with("started 2026-10-01T01:00:00Z stands on line 1 already"), "{said}");
        assert_eq!(lines[0], format!("{} mistakes:", lines.len() - 1));
    }

    #[test]
    fn a_file_of_another_kind_does_not_flood_the_screen() {
        let said = refused(&"word\n".repeat(1_000));
        assert_eq!(said.lines().count(), 22);
        assert!(said.ends_with("and 980 more"));
    }
}
