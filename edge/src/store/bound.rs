//! The rows of what binds each ticket, in short, and the mark up to which file it was looked at. The marks are the
//! cursor of the desk's rounds: whatever dies on the way, the next round goes on with what has no mark yet.

use jiff::Timestamp;
use serde::Deserialize;
use shared::ids::{CompanyId, TicketId};
use shared::ticket::Bound;
use shared::time::calendar::Zones;
use shared::time::holidays::HOLIDAYS_VERSION;

use crate::error::Fault;
use crate::perform::Binding;
use crate::store::{Sql, Value, count, millis};

/// Their tables, and the tickets of an index from before: of these only they themselves can tell what binds them.
pub(crate) const TABLES: [&str; 4] = [
    "CREATE TABLE bound (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, alive INTEGER NOT NULL, kind TEXT NOT NULL,
       checked TEXT NOT NULL, next_at INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE INDEX bound_by_check ON bound (checked, kind) WHERE alive",
    "INSERT INTO bound SELECT id, 0, stage IN ('open', 'pending'), '{}', '', 0 FROM rows",
    "CREATE TABLE went_live (one INTEGER PRIMARY KEY CHECK (one = 1), until INTEGER NOT NULL, next INTEGER)",
];

/// As many tickets as are asked before the marks are saved.
const ROUND: u32 = 100;

/// A ticket to be asked.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Stale {
    pub(crate) id: TicketId,
    kind: String,
}

/// The mark of a ticket that was looked at with a file, by this build.
pub(crate) fn looked_at(number: u32) -> String {
    mark(number, Zones::version(), HOLIDAYS_VERSION)
}

/// What a mark says: the number of the file, and the time data of the build that looked.
fn mark(number: u32, tzdb: &str, holidays: &str) -> String {
    format!("{number}/{tzdb}/{holidays}")
}

/// The mark of a ticket that nothing newer can touch.
pub(crate) fn newest(sql: &Sql) -> Result<String, Fault> {
    #[derive(Deserialize)]
    struct Newest {
        number: Option<u32>,
    }
    let newest = sql.first::<Newest>("SELECT max(number) AS number FROM policies", vec![])?;
    Ok(looked_at(newest.and_then(|newest| newest.number).unwrap_or_default()))
}

/// Takes in what a ticket says of itself. Its mark stays while nothing else binds it than before.
pub(crate) fn upsert(sql: &Sql, binding: &Binding) -> Result<(), Fault> {
    #[derive(Deserialize)]
    struct Kept {
        seq: u64,
        kind: String,
        checked: String,
    }
    let Binding { id, seq, alive, bound } = binding;
    let kept = "SELECT seq, kind, checked FROM bound WHERE id = ?";
    let kept = sql.first::<Kept>(kept, vec![id.to_string().into()])?;
    if kept.as_ref().is_some_and(|kept| kept.seq > *seq) {
        return Ok(());
    }
    let kind = serde_json::to_string(bound)?;
    let checked = match kept.filter(|kept| kept.kind == kind) {
        Some(kept) => kept.checked,
        None => mark(bound.policy, &bound.tzdb, &bound.holidays),
    };
    let values = vec![
        id.to_string().into(),
        count(*seq),
        Value::Integer((*alive).into()),
        kind.into(),
        checked.into(),
        Value::Integer(0),
    ];
    sql.run("INSERT OR REPLACE INTO bound VALUES (?, ?, ?, ?, ?, ?)", values)
}

/// Every kind of which a living ticket has not this mark; none in it: what binds them is not known.
pub(crate) fn kinds(sql: &Sql, mark: &str) -> Result<Vec<(String, Option<Bound>)>, Fault> {
    #[derive(Deserialize)]
    struct Kind {
        kind: String,
    }
    let query = "SELECT DISTINCT kind FROM bound WHERE alive AND checked <> ?";
    let kinds = sql.rows::<Kind>(query, vec![mark.into()])?;
    let read = |Kind { kind }| {
        let bound = serde_json::from_str(&kind).ok();
        (kind, bound)
    };
    Ok(kinds.into_iter().map(read).collect())
}

/// Marks every ticket of a kind: nothing changes for them, and none of them is woken.
pub(crate) fn mark_kind(sql: &Sql, kind: String, mark: &str) -> Result<(), Fault> {
    let query = "UPDATE bound SET checked = ?1 WHERE alive AND checked <> ?1 AND kind = ?2";
    sql.run(query, vec![mark.into(), kind.into()])
}

/// The next tickets to be asked.
pub(crate) fn stale(sql: &Sql, mark: &str, now: Timestamp) -> Result<Vec<Stale>, Fault> {
    let query = "SELECT id, kind FROM bound WHERE alive AND checked <> ? AND next_at <= ? LIMIT ?";
    sql.rows::<Stale>(query, vec![mark.into(), millis(now), count(ROUND)])
}

/// Marks a ticket that was asked. If something else binds it meanwhile, its own line has said so.
pub(crate) fn mark_one(sql: &Sql, asked: &Stale, mark: &str) -> Result<(), Fault> {
    let values = vec![mark.into(), asked.id.to_string().into(), asked.kind.as_str().into()];
    sql.run("UPDATE bound SET checked = ? WHERE id = ? AND kind = ?", values)
}

/// Leaves a ticket that could not be asked for later.
pub(crate) fn postpone(sql: &Sql, asked: &Stale, until: Timestamp) -> Result<(), Fault> {
    let values = vec![millis(until), asked.id.to_string().into()];
    sql.run("UPDATE bound SET next_at = ? WHERE id = ?", values)
}

/// When the next ticket is to be asked; none if all are marked.
pub(crate) fn next_at(sql: &Sql, newest: &str) -> Result<Option<Timestamp>, Fault> {
    let query = "SELECT min(next_at) AS at FROM bound WHERE alive AND checked <> ?";
    instant(sql.first::<At>(query, vec![newest.into()])?)
}

/// Up to when companies' go-lives were dealt with; none: never.
pub(crate) fn went_live(sql: &Sql) -> Result<Option<Timestamp>, Fault> {
    instant(sql.first::<At>("SELECT until AS at FROM went_live", vec![])?)
}

/// When the next company goes live.
pub(crate) fn next_live(sql: &Sql) -> Result<Option<Timestamp>, Fault> {
    instant(sql.first::<At>("SELECT next AS at FROM went_live", vec![])?)
}

/// Takes the marks from the tickets of companies that went live up to `until`, and keeps when the next one does.
pub(crate) fn live(
    sql: &Sql,
    companies: &[CompanyId],
    (until, next): (Timestamp, Option<Timestamp>),
) -> Result<(), Fault> {
    for company in companies {
        let query = "UPDATE bound SET checked = '' WHERE alive AND json_extract(kind, '$.company') = ?";
        sql.run(query, vec![company.as_str().into()])?;
    }
    let next = next.map(Timestamp::as_millisecond);
    sql.run("INSERT OR REPLACE INTO went_live VALUES (1, ?, ?)", vec![millis(until), next.into()])
}

#[derive(Deserialize)]
struct At {
    at: Option<i64>,
}

fn instant(found: Option<At>) -> Result<Option<Timestamp>, Fault> {
    let at = found.and_then(|found| found.at).map(Timestamp::from_millisecond);
    at.transpose().map_err(Fault::at("store.bound"))
}
