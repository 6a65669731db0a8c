//! A statement as people get it, byte for byte, and the vectors once more: what breaks a rule here fails here.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::vectors::{Vectors, failures};
use super::*;
use crate::contract::policy::{Hosts, Policy};

const HESI: &str = include_str!("../../../../edge/tenants/hesi.toml");
const LINES: &str = r#"{"ticket":"t0","company":"yunshan","metric":"first_response","started":"2026-10-15T00:00:00Z","due":"2026-10-15T00:02:00Z","judged":"2026-10-15T00:01:00Z","finished":"2026-10-15T00:00:50Z","cancelled":null,"excluded":null,"business_seconds":40}
{"ticket":"t1","company":"yunshan","metric":"first_response","started":"2026-10-16T00:00:00Z","due":"2026-10-16T00:02:00Z","judged":"2026-10-16T00:01:00Z","finished":null,"cancelled":null,"excluded":"maintenance"}
{"ticket":"t2","company":"yunshan","metric":"first_response","started":"2026-10-17T00:00:00Z","due":"2026-10-17T00:02:00Z","judged":"2026-10-17T00:01:00Z","finished":"2026-10-17T00:01:01Z","cancelled":null,"excluded":"a busy day"}
{"ticket":"t3","company":"qingshan","metric":"resolution","started":"2026-10-17T00:00:00Z","due":"2026-10-17T00:02:00Z","judged":"2026-10-17T00:01:00Z","finished":null,"cancelled":null,"excluded":null}"#;

fn statement(month: &str, at: &str) -> Result<Statement, Refused> {
    let policy = Policy::parse(HESI, Hosts::Development).unwrap();
    let company = "yunshan".parse().unwrap();
    let contract = policy.company(&company).unwrap().contract.clone().unwrap();
    let fields = LINES.lines().map(|line| serde_json::from_str::<Fields>(line).unwrap());
    let ledger = Ledger::read((1..).zip(fields)).unwrap();
    let (tenant, month, at) = ("hesi".parse().unwrap(), month.parse().unwrap(), at.parse().unwrap());
    contract.statement(policy.zones(), &Asked { tenant, company, month, at }, &ledger)
}

#[test]
fn every_case_of_the_credit_vectors_holds() {
    let vectors: Vectors =
        serde_json::from_str(include_str!("../../../../tests/vectors/credits.json")).unwrap();
    assert_eq!(failures(&vectors), Vec::<String>::new());
}

#[test]
fn a_statement_says_every_line_that_led_to_it() {
    let found = statement("2026-10", "2026-11-28T00:00:00Z").unwrap();
    let pinned = include_str!("../../../../tests/vectors/statement.json");
    assert_eq!(serde_json::to_string(&found).unwrap() + "\n", pinned);
    assert_eq!(found.csv(), include_str!("../../../../tests/vectors/statement.csv"));
    assert_eq!(found.not_granted(), 1);
}

#[test]
fn a_month_is_over_at_its_end_and_has_begun_at_its_beginning() {
    let so_far = |at| statement("2026-10", at).unwrap().so_far_at.map(|at| at.to_string());
    assert_eq!(so_far("2026-10-31T16:00:00Z"), None);
    assert_eq!(so_far("2026-10-31T15:59:59Z").as_deref(), Some("2026-10-31T15:59:59Z"));
    assert!(statement("2026-10", "2026-09-30T16:00:00Z").is_ok());
    assert!(statement("2026-10", "2026-09-30T15:59:59Z").is_err());
    assert!(statement("2026-01", "2026-09-30T16:00:00Z").is_ok(), "the contract's first month");
}

#[test]
fn a_verdict_has_one_name_everywhere() {
    let all = [
        Verdict::Met,
        Verdict::Missed,
        Verdict::Overdue,
        Verdict::Running,
        Verdict::Cancelled,
        Verdict::Excluded,
    ];
    for verdict in all {
        assert_eq!(serde_json::to_value(verdict).unwrap(), verdict.as_str());
    }
}
