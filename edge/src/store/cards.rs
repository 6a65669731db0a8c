//! The rows of one customer's list.

use serde::Deserialize;
use shared::wire::Card;

use crate::error::Fault;
use crate::store::{Schema, Sql, count, millis};

/// The tables.
pub(crate) const SCHEMA: Schema = &[
    "CREATE TABLE cards (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, asked_at INTEGER NOT NULL, card TEXT NOT NULL)
       WITHOUT ROWID",
];

/// As many tickets as a list shows.
const SHOWN: u32 = 100;

#[derive(Deserialize)]
struct Kept {
    card: String,
}

/// Puts a card into the list; what two cards of one ticket say is merged in whichever order they come.
pub(crate) fn upsert(sql: &Sql, card: Card) -> Result<(), Fault> {
    let id = card.id.to_string();
    let kept = sql.first::<Kept>("SELECT card FROM cards WHERE id = ?", vec![id.as_str().into()])?;
    let card = match kept {
        Some(kept) => serde_json::from_str::<Card>(&kept.card)?.merged(card),
        None => card,
    };
    let body = serde_json::to_string(&card)?;
    sql.run(
        "INSERT OR REPLACE INTO cards VALUES (?, ?, ?, ?)",
        vec![id.into(), count(card.seq), millis(card.asked_at), body.into()],
    )
}

/// The list, the newest first.
pub(crate) fn list(sql: &Sql) -> Result<Vec<Card>, Fault> {
    if sql.is_blank()? {
        return Ok(Vec::new());
    }
    let query = "SELECT card FROM cards ORDER BY asked_at DESC, id DESC LIMIT ?";
    let kept = sql.rows::<Kept>(query, vec![count(SHOWN)])?;
    kept.iter().map(|kept| Ok(serde_json::from_str(&kept.card)?)).collect()
}
