//! Under which name an object was first called. One that its alarm wakes is not told its name by the platform.

use serde::Deserialize;

use crate::error::Fault;
use crate::store::Sql;

/// Its table.
pub(crate) const TABLE: &str =
    "CREATE TABLE name (one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL)";

/// The name that was kept; none if nothing was.
pub(crate) fn read(sql: &Sql) -> Result<Option<String>, Fault> {
    #[derive(Deserialize)]
    struct Own {
        name: String,
    }
    if sql.is_blank()? {
        return Ok(None);
    }
    Ok(sql.first::<Own>("SELECT name FROM name", vec![])?.map(|own| own.name))
}

/// Keeps the name.
pub(crate) fn keep(sql: &Sql, name: &str) -> Result<(), Fault> {
    sql.run("INSERT OR IGNORE INTO name VALUES (1, ?)", vec![name.into()])
}
