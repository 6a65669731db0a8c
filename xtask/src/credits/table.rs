//! A statement for somebody who reads it on a screen.

use shared::contract::credit::{Statement, Verdict};

/// The sums, then every metric, then every cycle.
pub(super) fn of(statement: &Statement) -> String {
    let Statement { company, tenant, month, zone, from, to, currency, .. } = statement;
    let so_far = statement.so_far_at.map(|at| format!(", so far, at {at}")).unwrap_or_default();
    let head = format!("{tenant} for {company}, {month} in {zone} ({from} to {to}){so_far}");
    let currency = currency.code();
    let sums = [
        ("monthly fee", statement.monthly_fee),
        ("credits before the ceiling", statement.credit_before_ceiling),
        ("ceiling", statement.ceiling),
        ("credit", statement.credit),
    ];
    let sums = sums.map(|(name, amount)| {
        let part =
            if name == "ceiling" { format!(" {} %", statement.ceiling_percent) } else { String::new() };
        [format!("{name}{part}"), format!("{amount} {currency}")]
    });
    let parts = [plain(&head), aligned(&sums), aligned(&metrics(statement)), aligned(&cycles(statement))];
    parts.iter().map(|part| part.trim_end()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
        + "\n"
}

const METRICS: [&str; 15] = [
    "metric",
    "met",
    "missed",
    "attainment",
    "step",
    "credit",
    "running",
    "cancelled",
    "excluded",
    "finished",
    "seconds",
    "p50",
    "p75",
    "p90",
    "p95",
];

fn metrics(statement: &Statement) -> Vec<[String; 15]> {
    let mut rows = vec![METRICS.map(str::to_owned)];
    rows.extend(statement.metrics.iter().map(|line| {
        let (counted, took) = (&line.attainment, &line.attainment.percentiles);
        let percent = counted.attainment_percent.as_ref().map(|percent| format!("{percent} %"));
        let step = line.below_percent.zip(line.credit_percent);
        let seconds = |value: Option<u64>| value.map_or_else(none, |value| value.to_string());
        [
            counted.metric.as_str().to_owned(),
            counted.met.to_string(),
            counted.missed.to_string(),
            percent.unwrap_or_else(|| "no data".to_owned()),
            step.map_or_else(none, |(below, credit)| format!("below {below} %: {credit} %")),
            line.credit.to_string(),
            counted.running.to_string(),
            counted.cancelled.to_string(),
            counted.excluded.to_string(),
            took.finished.to_string(),
            took.seconds.map_or_else(none, |seconds| seconds.as_str().to_owned()),
            seconds(took.p50),
            seconds(took.p75),
            seconds(took.p90),
            seconds(took.p95),
        ]
    }));
    rows
}

fn cycles(statement: &Statement) -> Vec<[String; 8]> {
    if statement.cycles.is_empty() {
        return Vec::new();
    }
    let names = ["metric", "ticket", "started", "due", "judged", "finished", "verdict", "exclusion"];
    let mut rows = vec![names.map(str::to_owned)];
    rows.extend(statement.cycles.iter().map(|entry| {
        let instant = |instant: Option<jiff::Timestamp>| instant.map_or_else(none, |at| at.to_string());
        let exclusion = entry.excluded.as_ref().map(|reason| match entry.verdict {
            Verdict::Excluded | Verdict::Cancelled => reason.clone(),
            Verdict::Met | Verdict::Missed | Verdict::Overdue | Verdict::Running => {
                format!("{reason} (not in the contract: counted)")
            }
        });
        [
            entry.metric.as_str().to_owned(),
            entry.ticket.clone(),
            entry.started.to_string(),
            instant(entry.due),
            instant(entry.judged),
            instant(entry.finished),
            entry.verdict.as_str().to_owned(),
            exclusion.unwrap_or_default(),
        ]
    }));
    rows
}

fn none() -> String {
    "-".to_owned()
}

/// Columns as wide as their widest cell.
fn aligned<const N: usize>(rows: &[[String; N]]) -> String {
    let rows: Vec<[String; N]> = rows.iter().map(|row| row.each_ref().map(|cell| plain(cell))).collect();
    let mut widths = [0; N];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

/// A ticket's name comes from a file: what would steer the terminal or turn the line around is shown instead.
fn plain(text: &str) -> String {
    let steers = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if steers(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["a", "b"], ["long", "b"], ["", ""]].map(|row| row.map(str::to_owned));
        assert_eq!(aligned(&rows), "a     b\nlong  b\n\n");
    }

    #[test]
    fn a_name_does_not_steer_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\u{202e}"), "a\\u{1b}[2Jb\\u{202e}");
    }
}
