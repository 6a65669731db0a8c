//! The statement as CSV (RFC 4180): one row per cycle, one per metric, one per sum.

use alloc::string::{String, ToString};

use super::Statement;
use super::statement::{Entry, Line};

/// The columns. What a row has nothing for is empty.
const COLUMNS: [&str; 26] = [
    "row",
    "tenant",
    "company",
    "month",
    "metric",
    "ticket",
    "started",
    "due",
    "judged",
    "finished",
    "business_seconds",
    "verdict",
    "excluded",
    "met",
    "missed",
    "attainment_percent",
    "cycles_finished",
    "seconds",
    "p50",
    "p75",
    "p90",
    "p95",
    "below_percent",
    "credit_percent",
    "amount",
    "currency",
];

impl Statement {
    /// The statement as CSV. A text that a spreadsheet would take for a formula begins with an apostrophe.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut csv = String::new();
        row(&mut csv, |column| column.to_string());
        for entry in &self.cycles {
            row(&mut csv, |column| self.common("cycle", column).unwrap_or_else(|| entry.cell(column)));
        }
        for line in &self.metrics {
            row(&mut csv, |column| self.common("metric", column).unwrap_or_else(|| line.cell(column)));
        }
        let sums = [
            ("monthly_fee", self.monthly_fee),
            ("credit_before_ceiling", self.credit_before_ceiling),
            ("ceiling", self.ceiling),
            ("credit", self.credit),
        ];
        for (name, amount) in sums {
            let cell = |column: &str| if column == "amount" { amount.to_string() } else { String::new() };
            row(&mut csv, |column| self.common(name, column).unwrap_or_else(|| cell(column)));
        }
        csv
    }

    /// What stands in every row.
    fn common(&self, name: &str, column: &str) -> Option<String> {
        Some(match column {
            "row" => name.to_string(),
            "tenant" => self.tenant.to_string(),
            "company" => self.company.to_string(),
            "month" => self.month.to_string(),
            "currency" => self.currency.code().to_string(),
            _ => return None,
        })
    }
}

impl Entry {
    fn cell(&self, column: &str) -> String {
        match column {
            "metric" => self.metric.as_str().to_string(),
            "ticket" => self.ticket.clone(),
            "started" => self.started.to_string(),
            "due" => cell(self.due),
            "judged" => cell(self.judged),
            "finished" => cell(self.finished),
            "business_seconds" => cell(self.business_seconds),
            "verdict" => self.verdict.as_str().to_string(),
            "excluded" => cell(self.excluded.as_ref()),
            _ => String::new(),
        }
    }
}

impl Line {
    fn cell(&self, column: &str) -> String {
        let (attainment, took) = (&self.attainment, &self.attainment.percentiles);
        match column {
            "metric" => attainment.metric.as_str().to_string(),
            "met" => attainment.met.to_string(),
            "missed" => attainment.missed.to_string(),
            "attainment_percent" => cell(attainment.attainment_percent.as_ref()),
            "cycles_finished" => took.finished.to_string(),
            "seconds" => cell(took.seconds.map(|seconds| seconds.as_str())),
            "p50" => cell(took.p50),
            "p75" => cell(took.p75),
            "p90" => cell(took.p90),
            "p95" => cell(took.p95),
            "below_percent" => cell(self.below_percent),
            "credit_percent" => cell(self.credit_percent),
            "amount" => self.credit.to_string(),
            _ => String::new(),
        }
    }
}

fn cell(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn row(csv: &mut String, cell: impl Fn(&str) -> String) {
    for (place, column) in COLUMNS.into_iter().enumerate() {
        if place > 0 {
            csv.push(',');
        }
        csv.push_str(&escaped(&cell(column)));
    }
    csv.push_str("\r\n");
}

/// A spreadsheet reads what begins so as a formula; some take the wide forms too.
const FORMULA: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '|'];

fn escaped(text: &str) -> String {
    let formula = text.trim_start_matches(' ').starts_with(FORMULA);
    if !formula && !text.contains(['"', ',', '\r', '\n']) {
        return text.to_string();
    }
    let apostrophe = if formula { "'" } else { "" };
    alloc::format!("\"{apostrophe}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_a_text() {
        assert_eq!(escaped("=HYPERLINK(\"http://x\")"), "\"'=HYPERLINK(\"\"http://x\"\")\"");
        for text in ["+cmd", "@SUM", "-1", "\tx", "\rx", "\nx", "＝1", " =1", "|x"] {
            assert!(escaped(text).starts_with("\"'"), "{text:?}");
            assert!(escaped(text).ends_with('"'));
        }
    }

    #[test]
    fn commas_quotes_and_lines_stay_inside_their_cell() {
        assert_eq!(escaped("a,b"), "\"a,b\"");
        assert_eq!(escaped("a\"b"), "\"a\"\"b\"");
        assert_eq!(escaped("a\r\nb"), "\"a\r\nb\"");
        assert_eq!(escaped("云杉 9QD4-18KX"), "云杉 9QD4-18KX");
        assert_eq!(escaped(""), "");
    }
}
