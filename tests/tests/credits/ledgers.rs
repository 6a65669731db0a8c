//! Ledgers and contracts by chance and by hand.

use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::json;
use shared::contract::Metric;
use shared::contract::credit::{Asked, Contract, Currency, Fields, Ledger, Rate, Statement, Step, Steps};
use shared::contract::policy::{Hosts, Policy};
use shared::time::Zone;
use shared::time::calendar::Zones;

/// One line of a ledger, as chance wrote it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) company: usize,
    pub(crate) metric: usize,
    pub(crate) started: i64,
    pub(crate) judged: Option<i64>,
    pub(crate) took: Option<i64>,
    pub(crate) cancelled: bool,
    pub(crate) excluded: usize,
    pub(crate) business: Option<u64>,
}

pub(crate) const COMPANIES: [&str; 3] = ["yunshan", "qingshan", "xinghe"];
/// 2026-09-25: lines fall before, into and after October.
pub(crate) const START: i64 = 1_790_294_400;
pub(crate) const DAY: i64 = 86_400;

pub(crate) fn row() -> impl Strategy<Value = Row> {
    let instants = (0..40 * DAY, prop::option::of(0..5 * DAY), prop::option::of(0..6 * DAY));
    let marks = (prop::bool::weighted(0.1), 0..8_usize, prop::option::of(0..90_000_u64));
    (0..COMPANIES.len(), 0..Metric::ALL.len(), instants, marks).prop_map(
        |(company, metric, (started, judged, took), (cancelled, excluded, business))| Row {
            company,
            metric,
            started,
            judged,
            took,
            cancelled,
            excluded,
            business,
        },
    )
}

/// The line of a row; its number is its ticket, so that no two tell of one cycle.
pub(crate) fn line(ticket: usize, row: &Row, company: &str) -> Fields {
    let instant = |second: i64| Timestamp::from_second(START + second).unwrap().to_string();
    let excluded = [json!("maintenance"), json!("a busy day"), json!(true)]
        .get(row.excluded)
        .cloned()
        .unwrap_or_default();
    let line = json!({
        "ticket": format!("t{ticket}"),
        "company": company,
        "metric": Metric::ALL[row.metric].as_str(),
        "started": instant(row.started),
        "due": row.judged.map(|judged| instant(row.started + judged + 60)),
        "judged": row.judged.map(|judged| instant(row.started + judged)),
        "finished": row.took.map(|took| instant(row.started + took)),
        "cancelled": row.cancelled,
        "excluded": excluded,
        "business_seconds": row.business,
    });
    serde_json::from_value(line).unwrap()
}

pub(crate) fn ledger(lines: impl IntoIterator<Item = Fields>) -> Ledger {
    Ledger::read((1..).zip(lines)).unwrap()
}

pub(crate) fn ledger_of(rows: &[Row]) -> Ledger {
    ledger(rows.iter().enumerate().map(|(ticket, row)| line(ticket, row, COMPANIES[row.company])))
}

/// Millionths as a contract writes them.
pub(crate) fn rate(millionths: u32) -> Rate {
    format!("{}.{:04} %", millionths / 10_000, millionths % 10_000).parse().unwrap()
}

pub(crate) fn contract() -> impl Strategy<Value = Contract> {
    let steps = prop::collection::vec((1..300_000_u32, 1..300_000_u32), 1..4);
    (prop::collection::vec(steps, 1..3), 1..1_000_000_u64, 1..=1_000_000_u32).prop_map(
        |(tables, cents, ceiling)| {
            let mut credits = Steps::default();
            for (metric, table) in Metric::ALL.into_iter().zip(tables) {
                let (mut below, mut credit) = (1_000_001, 0);
                for (down, up) in table {
                    (below, credit) = (below - down, credit + up);
                    credits.push(Step { metric, below: rate(below), credit: rate(credit) }).unwrap();
                }
            }
            let currency: Currency = "CNY".parse().unwrap();
            let fee = currency.amount(&format!("{}.{:02}", cents / 100, cents % 100)).unwrap();
            Contract {
                zone: Zone::new("Asia/Shanghai").unwrap(),
                monthly_fee: fee,
                from: "2026-01".parse().unwrap(),
                ceiling: rate(ceiling),
                credits,
                exclusions: vec!["maintenance".into()],
                caps: Vec::new(),
            }
        },
    )
}

pub(crate) fn statement(contract: &Contract, ledger: &Ledger, company: &str, at: i64) -> Statement {
    let asked = Asked {
        tenant: "hesi".parse().unwrap(),
        company: company.parse().unwrap(),
        month: "2026-10".parse().unwrap(),
        at: Timestamp::from_second(START + at).unwrap(),
    };
    contract.statement(&Zones::bundled(), &asked, ledger).unwrap()
}

pub(crate) fn bytes(statement: &Statement) -> (String, String) {
    (serde_json::to_string(statement).unwrap(), statement.csv())
}

/// Met and missed cycles of one metric with a deadline in October.
pub(crate) fn counted(met: usize, missed: usize) -> Ledger {
    let row = |took| Row {
        company: 0,
        metric: 0,
        started: 20 * DAY,
        judged: Some(60),
        took: Some(took),
        cancelled: false,
        excluded: 9,
        business: None,
    };
    ledger_of(&[vec![row(60); met], vec![row(61); missed]].concat())
}

/// Seconds after the start when October is over.
pub(crate) const LATER: i64 = 60 * DAY;

/// The contract of the demo tenant's VIP company.
pub(crate) fn demo_contract() -> Contract {
    let hesi = include_str!("../../../edge/tenants/hesi.toml");
    let policy = Policy::parse(hesi, Hosts::Development).unwrap();
    policy.company(&"yunshan".parse().unwrap()).unwrap().contract.clone().unwrap()
}
