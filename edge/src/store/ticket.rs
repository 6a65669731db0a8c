//! The rows of one ticket: its log, a snapshot of its fold every [`SNAPSHOT_EVERY`] lines, and beside the log what
//! people wrote and are, deletable.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;
use shared::ids::{MessageId, TicketId};
use shared::sla::SignedReceipt;
use shared::ticket::{Event, Logged, Request, Ticket};

use crate::error::Fault;
use crate::store::{Schema, Sql, count, millis, name};

/// Replaying this many lines costs less than a millisecond; a snapshot costs a write.
const SNAPSHOT_EVERY: u64 = 64;

/// The tables.
pub(crate) const SCHEMA: Schema = &[
    name::TABLE,
    "CREATE TABLE log (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, event TEXT NOT NULL)",
    "CREATE TABLE snapshot (one INTEGER PRIMARY KEY CHECK (one = 1), ticket TEXT NOT NULL)",
    "CREATE TABLE words (message TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE request (one INTEGER PRIMARY KEY CHECK (one = 1), request TEXT NOT NULL)",
    "CREATE TABLE outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, lane TEXT NOT NULL, parcel TEXT NOT NULL,
       failed INTEGER NOT NULL, next_at INTEGER NOT NULL)",
    "CREATE TABLE receipts (id INTEGER PRIMARY KEY AUTOINCREMENT, signed TEXT NOT NULL)",
];

/// The ticket, as its rows leave it.
pub(crate) fn load(sql: &Sql, id: TicketId) -> Result<Ticket, Fault> {
    #[derive(Deserialize)]
    struct Snapshot {
        ticket: String,
    }
    if sql.is_blank()? {
        return Ok(Ticket::blank(id));
    }
    let snapshot = sql.first::<Snapshot>("SELECT ticket FROM snapshot", vec![])?;
    let mut ticket = match snapshot {
        Some(snapshot) => serde_json::from_str(&snapshot.ticket)?,
        None => Ticket::blank(id),
    };
    log(sql, ticket.seq())?.iter().for_each(|line| ticket.apply(line));
    Ok(ticket)
}

/// The lines of the log after one of them.
pub(crate) fn log(sql: &Sql, after: u64) -> Result<Vec<Logged>, Fault> {
    #[derive(Deserialize)]
    struct Line {
        seq: u64,
        at: i64,
        event: String,
    }
    let query = "SELECT seq, at, event FROM log WHERE seq > ? ORDER BY seq";
    let lines = sql.rows::<Line>(query, vec![count(after)])?;
    let read = |line: Line| -> Result<Logged, Fault> {
        let event: Event = serde_json::from_str(&line.event)?;
        let at = Timestamp::from_millisecond(line.at).map_err(Fault::at("store.log"))?;
        Ok(Logged { seq: line.seq, at, event })
    };
    lines.into_iter().map(read).collect()
}

/// Adds lines to the log; `ticket` is what they make of it.
pub(crate) fn append(sql: &Sql, ticket: &Ticket, lines: &[Logged]) -> Result<(), Fault> {
    for line in lines {
        let event = serde_json::to_string(&line.event)?;
        sql.run("INSERT INTO log VALUES (?, ?, ?)", vec![count(line.seq), millis(line.at), event.into()])?;
    }
    if lines.iter().any(|line| line.seq % SNAPSHOT_EVERY == 0) {
        let whole = serde_json::to_string(ticket)?;
        sql.run("INSERT OR REPLACE INTO snapshot VALUES (1, ?)", vec![whole.into()])?;
    }
    Ok(())
}

/// Keeps a message's words.
pub(crate) fn keep_words(sql: &Sql, message: MessageId, text: &str) -> Result<(), Fault> {
    sql.run("INSERT OR IGNORE INTO words VALUES (?, ?)", vec![message.to_string().into(), text.into()])
}

/// The words of every message.
pub(crate) fn words(sql: &Sql) -> Result<BTreeMap<MessageId, String>, Fault> {
    #[derive(Deserialize)]
    struct Words {
        message: MessageId,
        text: String,
    }
    let words = sql.rows::<Words>("SELECT message, text FROM words", vec![])?;
    Ok(words.into_iter().map(|words| (words.message, words.text)).collect())
}

/// Keeps the form, without its text.
pub(crate) fn keep_request(sql: &Sql, request: &Request) -> Result<(), Fault> {
    let request = serde_json::to_string(request)?;
    sql.run("INSERT OR REPLACE INTO request VALUES (1, ?)", vec![request.into()])
}

/// The form, unless it was deleted.
pub(crate) fn request(sql: &Sql) -> Result<Option<Request>, Fault> {
    #[derive(Deserialize)]
    struct Kept {
        request: String,
    }
    let kept = sql.first::<Kept>("SELECT request FROM request", vec![])?;
    kept.map(|kept| Ok(serde_json::from_str(&kept.request)?)).transpose()
}

/// Keeps a receipt as it was signed.
pub(crate) fn keep_receipt(sql: &Sql, signed: &SignedReceipt) -> Result<(), Fault> {
    sql.run("INSERT INTO receipts (signed) VALUES (?)", vec![serde_json::to_string(signed)?.into()])
}

/// The receipts, oldest first. A ticket of an earlier build has none.
pub(crate) fn receipts(sql: &Sql) -> Result<Vec<SignedReceipt>, Fault> {
    #[derive(Deserialize)]
    struct Kept {
        signed: String,
    }
    #[derive(Deserialize)]
    struct Table {}
    let table = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'receipts'";
    if sql.first::<Table>(table, vec![])?.is_none() {
        return Ok(Vec::new());
    }
    let kept = sql.rows::<Kept>("SELECT signed FROM receipts ORDER BY id", vec![])?;
    kept.iter().map(|kept| Ok(serde_json::from_str(&kept.signed)?)).collect()
}
