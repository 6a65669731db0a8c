//! The rows of published policies: numbered here, the authority; the key-value store holds copies.

use jiff::Timestamp;
use serde::Deserialize;

use crate::error::Fault;
use crate::perform::Published;
use crate::store::{Sql, Value, count, millis};

/// Their table stands in the desk object, beside the index.
pub(crate) const TABLE: &str =
    "CREATE TABLE policies (number INTEGER PRIMARY KEY, toml TEXT NOT NULL, published_at INTEGER NOT NULL)";

#[derive(Deserialize)]
struct Kept {
    number: u32,
    toml: String,
}

/// Stores a policy under the next number. The newest one again keeps its number.
pub(crate) fn publish(sql: &Sql, toml: String, now: Timestamp) -> Result<u32, Fault> {
    let newest = read(sql, None)?;
    if let Some(same) = newest.as_ref().filter(|newest| newest.toml == toml) {
        return Ok(same.number);
    }
    let number = newest.map_or(1, |newest| newest.number.saturating_add(1));
    sql.run("INSERT INTO policies VALUES (?, ?, ?)", vec![count(number), toml.into(), millis(now)])?;
    Ok(number)
}

/// A published policy; without a number, the newest.
pub(crate) fn read(sql: &Sql, number: Option<u32>) -> Result<Option<Published>, Fault> {
    let number: Value = number.map(i64::from).into();
    let query =
        "SELECT number, toml FROM policies WHERE number = ifnull(?, (SELECT max(number) FROM policies))";
    let kept = sql.first::<Kept>(query, vec![number])?;
    Ok(kept.map(|kept| Published { number: kept.number, toml: kept.toml }))
}
