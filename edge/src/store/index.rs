//! The rows of a tenant's index: a copy of what tickets say of themselves, for listing and sweeping, never for judging.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use shared::ids::{CompanyId, TicketId};
use shared::wire::Row;

use crate::error::Fault;
use crate::store::{Schema, Sql, Value, bound, count, millis, name, policies};

/// The tables, the published policies and what binds the tickets among them.
pub(crate) const SCHEMA: Schema = &[
    "CREATE TABLE rows (id TEXT PRIMARY KEY, code TEXT NOT NULL, seq INTEGER NOT NULL, stage TEXT NOT NULL,
       waits INTEGER NOT NULL, changed_at INTEGER NOT NULL, deadline INTEGER, wake_at INTEGER, row TEXT NOT NULL)
       WITHOUT ROWID",
    "CREATE INDEX rows_by_code ON rows (code)",
    "CREATE INDEX rows_by_wake ON rows (wake_at)",
    "CREATE INDEX rows_by_change ON rows (stage, changed_at)",
    "CREATE TABLE behind (one INTEGER PRIMARY KEY CHECK (one = 1), since INTEGER)",
    policies::TABLE,
    name::TABLE,
    // No column: an earlier build, which runs beside this one during a deploy, fills the rows that it knows.
    "CREATE INDEX rows_by_company ON rows (json_extract(row, '$.company'), id)",
    bound::TABLES[0],
    bound::TABLES[1],
    bound::TABLES[2],
    bound::TABLES[3],
];

/// What was solved stays in the index this long.
const SOLVED_STAYS: SignedDuration = SignedDuration::from_hours(24);

/// As many rows as a desk is sent.
const SHOWN: u32 = 1_000;

/// As many tickets as a ledger asks in one answer: the platform lets one request make a thousand calls.
const LEDGER_PAGE: usize = 500;

/// As many tickets as one sweep wakes.
const WOKEN: u32 = 100;

#[derive(Deserialize)]
struct Kept {
    row: String,
}

impl Kept {
    fn read(&self) -> Result<Row, Fault> {
        Ok(serde_json::from_str(&self.row)?)
    }
}

/// Puts a line into the index, and says what the index now holds of that ticket.
pub(crate) fn upsert(sql: &Sql, row: Row) -> Result<Row, Fault> {
    let id = row.id.to_string();
    let kept = sql.first::<Kept>("SELECT row FROM rows WHERE id = ?", vec![id.as_str().into()])?;
    let row = match kept {
        Some(kept) => kept.read()?.merged(row),
        None => row,
    };
    let values = vec![
        id.into(),
        row.id.code().into(),
        count(row.seq),
        row.stage.as_str().into(),
        Value::Integer(row.waits.into()),
        millis(row.changed_at),
        row.deadline().map(Timestamp::as_millisecond).into(),
        row.wake_at.map(Timestamp::as_millisecond).into(),
        serde_json::to_string(&row)?.into(),
    ];
    sql.run("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)?;
    Ok(row)
}

/// What is not solved, and what was solved lately or waits for words; the next deadline first.
pub(crate) fn list(sql: &Sql, now: Timestamp) -> Result<Vec<Row>, Fault> {
    let since = now.saturating_sub(SOLVED_STAYS).unwrap_or(now);
    let query = "SELECT row FROM rows WHERE stage <> 'solved' OR waits OR changed_at > ?
      ORDER BY deadline IS NULL, deadline, changed_at LIMIT ?";
    let kept = sql.rows::<Kept>(query, vec![millis(since), count(SHOWN)])?;
    kept.iter().map(Kept::read).collect()
}

/// Tickets whose object should have woken before this instant: their copy here would have moved on.
pub(crate) fn overdue(sql: &Sql, before: Timestamp) -> Result<Vec<TicketId>, Fault> {
    #[derive(Deserialize)]
    struct Late {
        id: TicketId,
    }
    let query = "SELECT id FROM rows WHERE wake_at < ? ORDER BY wake_at LIMIT ?";
    let late = sql.rows::<Late>(query, vec![millis(before), count(WOKEN)])?;
    Ok(late.into_iter().map(|late| late.id).collect())
}

/// Tickets of a company whose customers asked before an instant, solved ones too, in the order of their ids from after
/// one of them on; and the one after which there are more.
pub(crate) fn of_company(
    sql: &Sql,
    company: &CompanyId,
    (before, after): (Timestamp, Option<TicketId>),
) -> Result<(Vec<TicketId>, Option<TicketId>), Fault> {
    #[derive(Deserialize)]
    struct One {
        id: TicketId,
    }
    let query = "SELECT id FROM rows WHERE json_extract(row, '$.company') = ? AND id > ?
      AND json_extract(row, '$.asked_at') < ? ORDER BY id LIMIT ?";
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let values = vec![company.as_str().into(), after.into(), millis(before), count(LEDGER_PAGE + 1)];
    let mut tickets: Vec<TicketId> = sql.rows::<One>(query, values)?.into_iter().map(|one| one.id).collect();
    let more = tickets.len() > LEDGER_PAGE;
    tickets.truncate(LEDGER_PAGE);
    let last = tickets.last().copied().filter(|_| more);
    Ok((tickets, last))
}

/// How far the index is behind what was accepted.
pub(crate) fn behind(sql: &Sql) -> Result<Option<Timestamp>, Fault> {
    #[derive(Deserialize)]
    struct Behind {
        since: Option<i64>,
    }
    let kept = sql.first::<Behind>("SELECT since FROM behind", vec![])?;
    let since = kept.and_then(|kept| kept.since).map(Timestamp::from_millisecond);
    since.transpose().map_err(Fault::at("store.behind"))
}

/// Says how far it is behind.
pub(crate) fn set_behind(sql: &Sql, since: Option<Timestamp>) -> Result<(), Fault> {
    let since = since.map(Timestamp::as_millisecond);
    sql.run("INSERT OR REPLACE INTO behind VALUES (1, ?)", vec![since.into()])
}
