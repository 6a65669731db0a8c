//! The rows of a tenant's access object: the roll, links and sessions by the digests of their tokens, sealed secrets.

use jiff::Timestamp;
use serde::Deserialize;
use shared::ids::AgentId;
use shared::time::instant;

use crate::error::Fault;
use crate::identity::session;
use crate::perform::Roll;
use crate::store::{Schema, Sql, millis};

/// The object's tables.
pub(crate) const TABLES: Schema = &[
    "CREATE TABLE roll (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL)",
    "CREATE TABLE links (digest TEXT PRIMARY KEY, agent TEXT NOT NULL, ends INTEGER NOT NULL)",
    "CREATE TABLE sessions (digest TEXT PRIMARY KEY, agent TEXT NOT NULL, started INTEGER NOT NULL, seen INTEGER NOT NULL)",
    "CREATE TABLE secrets (name TEXT PRIMARY KEY, sealed TEXT NOT NULL, former TEXT, replaced INTEGER)",
];

/// A session's row.
#[derive(Debug, Deserialize)]
pub(crate) struct Session {
    pub(crate) agent: AgentId,
    #[serde(with = "instant::millis")]
    started: Timestamp,
    #[serde(with = "instant::millis")]
    seen: Timestamp,
}

impl Session {
    pub(crate) fn lives(&self, now: Timestamp) -> bool {
        session::lives(self.started, self.seen, now)
    }

    pub(crate) fn is_worth_noting(&self, now: Timestamp) -> bool {
        session::is_worth_noting(self.seen, now)
    }
}

/// A sealed secret, and the one that it replaced.
#[derive(Debug, Deserialize)]
pub(crate) struct Secret {
    pub(crate) sealed: String,
    former: Option<String>,
    #[serde(with = "instant::millis_option")]
    replaced: Option<Timestamp>,
}

impl Secret {
    /// The replaced one, while it still signs.
    pub(crate) fn former(&self, now: Timestamp) -> Option<&String> {
        self.former.as_ref().filter(|_| self.replaced.is_some_and(|at| session::still_signs(at, now)))
    }
}

#[derive(Deserialize)]
struct OneAgent {
    agent: AgentId,
}

/// What the newest tenant file says about access; nothing, if none was published.
pub(crate) fn roll(sql: &Sql) -> Result<Roll, Fault> {
    #[derive(Deserialize)]
    struct Kept {
        json: String,
    }
    let kept = sql.first::<Kept>("SELECT json FROM roll", vec![])?;
    kept.map_or_else(|| Ok(Roll::default()), |kept| Ok(serde_json::from_str(&kept.json)?))
}

/// Replaces the roll.
pub(crate) fn keep_roll(sql: &Sql, roll: &Roll) -> Result<(), Fault> {
    let json = serde_json::to_string(roll)?;
    sql.run(
        "INSERT INTO roll VALUES (1, ?) ON CONFLICT DO UPDATE SET json = excluded.json",
        vec![json.into()],
    )
}

/// Keeps a link until it ends.
pub(crate) fn keep_link(sql: &Sql, digest: &str, agent: &AgentId, ends: Timestamp) -> Result<(), Fault> {
    sql.run("INSERT INTO links VALUES (?, ?, ?)", vec![digest.into(), agent.as_str().into(), millis(ends)])
}

/// Uses up a link: the statement that finds it removes it.
pub(crate) fn use_link(sql: &Sql, digest: &str, now: Timestamp) -> Result<Option<AgentId>, Fault> {
    let query = "DELETE FROM links WHERE digest = ? AND ends > ? RETURNING agent";
    let row = sql.first::<OneAgent>(query, vec![digest.into(), millis(now)])?;
    Ok(row.map(|row| row.agent))
}

/// Begins a session.
pub(crate) fn begin(sql: &Sql, digest: &str, agent: &AgentId, now: Timestamp) -> Result<(), Fault> {
    let row = vec![digest.into(), agent.as_str().into(), millis(now), millis(now)];
    sql.run("INSERT INTO sessions VALUES (?, ?, ?, ?)", row)
}

/// Sweeps out links and sessions that have ended; the sessions' digests.
pub(crate) fn sweep(sql: &Sql, now: Timestamp) -> Result<Vec<String>, Fault> {
    #[derive(Deserialize)]
    struct Ended {
        digest: String,
    }
    sql.run("DELETE FROM links WHERE ends <= ?", vec![millis(now)])?;
    let query = "DELETE FROM sessions WHERE started <= ? OR seen <= ? RETURNING digest";
    let ended =
        sql.rows::<Ended>(query, vec![millis(session::oldest(now)), millis(session::quietest(now))])?;
    Ok(ended.into_iter().map(|ended| ended.digest).collect())
}

/// A session, alive or not.
pub(crate) fn session(sql: &Sql, digest: &str) -> Result<Option<Session>, Fault> {
    sql.first("SELECT agent, started, seen FROM sessions WHERE digest = ?", vec![digest.into()])
}

/// Notes that a session is in use.
pub(crate) fn seen(sql: &Sql, digest: &str, now: Timestamp) -> Result<(), Fault> {
    sql.run("UPDATE sessions SET seen = ? WHERE digest = ?", vec![millis(now), digest.into()])
}

/// Ends a session.
pub(crate) fn end(sql: &Sql, digest: &str) -> Result<(), Fault> {
    sql.run("DELETE FROM sessions WHERE digest = ?", vec![digest.into()])
}

/// Ends every session and link of an agent.
pub(crate) fn revoke(sql: &Sql, agent: &AgentId) -> Result<(), Fault> {
    sql.run("DELETE FROM sessions WHERE agent = ?", vec![agent.as_str().into()])?;
    sql.run("DELETE FROM links WHERE agent = ?", vec![agent.as_str().into()])
}

/// Everybody with a session or a link.
pub(crate) fn signed_in(sql: &Sql) -> Result<Vec<AgentId>, Fault> {
    let rows = sql.rows::<OneAgent>("SELECT agent FROM sessions UNION SELECT agent FROM links", vec![])?;
    Ok(rows.into_iter().map(|row| row.agent).collect())
}

/// A sealed secret.
pub(crate) fn secret(sql: &Sql, name: &str) -> Result<Option<Secret>, Fault> {
    sql.first("SELECT sealed, former, replaced FROM secrets WHERE name = ?", vec![name.into()])
}

/// Keeps a sealed secret, and the one that it replaces beside it.
pub(crate) fn keep_secret(sql: &Sql, name: &str, sealed: &str, now: Timestamp) -> Result<(), Fault> {
    let query = "INSERT INTO secrets (name, sealed) VALUES (?, ?)
        ON CONFLICT DO UPDATE SET former = sealed, replaced = ?, sealed = excluded.sealed";
    sql.run(query, vec![name.into(), sealed.into(), millis(now)])
}

/// Forgets a secret, and the one that it replaced.
pub(crate) fn forget_secret(sql: &Sql, name: &str) -> Result<(), Fault> {
    sql.run("DELETE FROM secrets WHERE name = ?", vec![name.into()])
}
