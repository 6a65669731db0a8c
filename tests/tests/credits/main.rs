//! `vectors/credits.json`, statements as people get them, and the laws of attainment and credits for ledgers that
//! nobody wrote.

mod laws;
mod ledgers;

use shared::contract::credit::vectors::{Vectors, check, failures};

use ledgers::{DAY, START, bytes, counted, demo_contract, statement};

#[test]
fn every_case_of_the_credit_vectors_holds() {
    let vectors: Vectors = serde_json::from_str(include_str!("../../vectors/credits.json")).unwrap();
    assert_eq!(vectors.schema, 1);
    assert_eq!(vectors.cases.len(), 33);
    let failures = failures(&vectors);
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), vectors.cases.len(), failures.join("\n"));
}

#[test]
fn a_case_with_a_wrong_answer_fails() {
    let text = include_str!("../../vectors/credits.json");
    for (right, wrong) in [
        ("\"credit\": \"5000.00\"", "\"credit\": \"5000.01\""),
        ("\"percent\": \"33.3333\"", "\"percent\": \"33.3334\""),
        ("\"p50\": 35", "\"p50\": 36"),
        ("stands on line 1 already", "stands on line 2 already"),
        ("\"overdue\": 1", "\"overdue\": 0"),
        ("\"seconds\": \"wall_clock\"", "\"seconds\": \"business\""),
    ] {
        assert!(text.contains(right), "{right}");
        let vectors: Vectors = serde_json::from_str(&text.replace(right, wrong)).unwrap();
        assert!(vectors.cases.iter().any(|case| check(case).is_err()), "{wrong} was taken for right");
    }
}

#[test]
fn a_statement_of_a_finished_month_does_not_depend_on_now() {
    let ledger = counted(3, 1);
    let contract = demo_contract();
    let first = bytes(&statement(&contract, &ledger, "yunshan", 37 * DAY));
    assert_eq!(first, bytes(&statement(&contract, &ledger, "yunshan", 500 * DAY)));
    let so_far = statement(&contract, &ledger, "yunshan", 30 * DAY);
    assert_eq!(so_far.so_far_at.map(|at| at.as_second()), Some(START + 30 * DAY));
}
