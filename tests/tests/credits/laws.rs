//! The laws of attainment and credits, for ledgers and contracts that nobody wrote.

use proptest::prelude::*;
use serde_json::json;
use shared::contract::Metric;
use shared::contract::credit::{Fields, Statement};
use tests::chance::Chance;

use crate::ledgers::{
    COMPANIES, DAY, LATER, bytes, contract, counted, demo_contract, ledger, ledger_of, line, rate, row,
    statement,
};

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_lines_changes_no_byte(contract in contract(), rows in prop::collection::vec(row(), 0..40), order in any::<u64>(), at in 7 * DAY..LATER) {
        let lines: Vec<Fields> = rows.iter().enumerate().map(|(ticket, row)| line(ticket, row, "yunshan")).collect();
        let mut turned = lines.clone();
        let mut chance = Chance::new(order);
        for place in (1..turned.len()).rev() {
            turned.swap(place, usize::try_from(chance.below(place as u64 + 1)).unwrap());
        }
        let of = |lines| bytes(&statement(&contract, &ledger(lines), "yunshan", at));
        prop_assert_eq!(of(lines), of(turned));
    }

    #[test]
    fn companies_share_nothing_and_together_are_all(contract in contract(), rows in prop::collection::vec(row(), 0..40), at in 7 * DAY..LATER) {
        let together = ledger_of(&rows);
        let one_company = ledger(rows.iter().enumerate().map(|(ticket, row)| line(ticket, row, "all")));
        let count = |statement: &Statement| {
            let mut sums = vec![0; 6 * Metric::ALL.len()];
            for counts in statement.metrics.iter().map(|line| &line.attainment) {
                let place = Metric::ALL.iter().position(|metric| *metric == counts.metric).unwrap() * 6;
                let each = [counts.met, counts.missed, counts.overdue, counts.running, counts.cancelled, counts.excluded];
                for (sum, count) in sums[place..place + 6].iter_mut().zip(each) {
                    *sum += count;
                }
            }
            sums
        };
        let mut sums = vec![0; 6 * Metric::ALL.len()];
        for (number, company) in COMPANIES.into_iter().enumerate() {
            let in_all = statement(&contract, &together, company, at);
            let own = ledger(rows.iter().enumerate().filter(|(_, row)| row.company == number).map(|(ticket, row)| line(ticket, row, company)));
            prop_assert_eq!(bytes(&in_all), bytes(&statement(&contract, &own, company, at)));
            for (sum, count) in sums.iter_mut().zip(count(&in_all)) {
                *sum += count;
            }
        }
        prop_assert_eq!(sums, count(&statement(&contract, &one_company, "all", at)));
    }

    #[test]
    fn credits_add_up_and_never_exceed_the_ceiling(contract in contract(), rows in prop::collection::vec(row(), 0..40)) {
        let found = statement(&contract, &ledger_of(&rows), "yunshan", LATER);
        let sum: u64 = found.metrics.iter().map(|line| line.credit.minor).sum();
        prop_assert_eq!(found.credit_before_ceiling.minor, sum);
        prop_assert_eq!(found.credit.minor, sum.min(found.ceiling.minor));
        prop_assert!(found.credit.minor <= contract.monthly_fee.minor);
        prop_assert_eq!(found.so_far_at, None);
    }

    #[test]
    fn a_better_month_never_gives_more(contract in contract(), met in 0..40_usize, missed in 1..40_usize) {
        let worse = statement(&contract, &counted(met, missed), "yunshan", LATER);
        let better = statement(&contract, &counted(met + 1, missed - 1), "yunshan", LATER);
        prop_assert!(better.credit.minor <= worse.credit.minor);
    }

    #[test]
    fn a_credit_is_the_nearest_amount_and_of_two_the_even_one(minor in 0..60_000_u64, millionths in 0..=1_000_000_u32, whole_percent in any::<bool>()) {
        // Whole percents meet exact halves often, others hardly ever.
        let millionths = if whole_percent { millionths / 10_000 * 10_000 } else { millionths };
        let exact = u128::from(minor) * u128::from(millionths);
        let mut oracle = 0_u128;
        while (oracle + 1) * 1_000_000 <= exact {
            oracle += 1;
        }
        let (under, over) = (exact - oracle * 1_000_000, (oracle + 1) * 1_000_000 - exact);
        if over < under || (over == under && oracle % 2 == 1) {
            oracle += 1;
        }
        prop_assert_eq!(u128::from(rate(millionths).of(minor)), oracle);
    }

    #[test]
    fn attainment_below_a_level_is_decided_as_fractions_are(met in 0..2_000_u64, missed in 0..2_000_u64, millionths in 0..=1_000_000_u32) {
        let due = met + missed;
        let below = due > 0 && u128::from(met) * 1_000_000 < u128::from(millionths) * u128::from(due);
        prop_assert_eq!(rate(millionths).is_above(met, due), below);
    }

    #[test]
    fn whatever_stands_in_a_ledger_is_a_cell_of_its_row(ticket in "[ -~\t\r\n=+@\u{ff1d}]{1,12}") {
        prop_assume!(!ticket.trim().is_empty());
        let line = json!({"ticket": ticket, "company": "yunshan", "metric": "first_response", "started": "2026-10-01T00:00:00Z", "due": "2026-10-01T00:00:00Z"});
        let ledger = ledger([serde_json::from_value(line).unwrap()]);
        let contract = demo_contract();
        let csv = statement(&contract, &ledger, "yunshan", LATER).csv();
        let rows = parsed(&csv);
        prop_assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{csv}");
        let cell = &rows[1][5];
        let guarded = cell.strip_prefix('\'').unwrap_or(cell);
        prop_assert!(*cell == ticket || guarded == ticket, "{ticket:?} became {cell:?}");
        let formula = cell.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}']);
        prop_assert!(!formula, "{cell:?}");
    }
}

/// RFC 4180, read by other hands.
fn parsed(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = csv.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, quoted) {
            ('"', true) if letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            ('"', _) => quoted = !quoted,
            (',', false) => row.push(std::mem::take(&mut cell)),
            ('\r', false) => {
                assert_eq!(letters.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (other, _) => cell.push(other),
        }
    }
    assert!(row.is_empty() && cell.is_empty() && !quoted, "the last row ends");
    rows
}
