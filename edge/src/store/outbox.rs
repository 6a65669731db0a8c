//! The rows of what must leave a ticket's object. A row is saved with the events that caused it and deleted when it has
//! arrived; its number stays the same over all attempts, and is never used again.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use shared::outbox::{Parcel, next_attempt};

use crate::error::Fault;
use crate::store::{Sql, count, millis};

/// What was just saved is sent by the event that saved it. The alarm comes for it only if that event died, this much
/// later; so two senders seldom meet.
const HEAD_START: SignedDuration = SignedDuration::from_secs(2);

/// Two ways out: a webhook that takes its fifteen seconds must not hold up the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    /// To our own objects.
    Inside,
    /// To whoever is on call.
    Outside,
}

impl Lane {
    fn of(parcel: &Parcel) -> Self {
        match parcel {
            Parcel::Index { .. } | Parcel::List { .. } | Parcel::Terms { .. } => Self::Inside,
            Parcel::Ring { .. } => Self::Outside,
        }
    }

    /// As many rows as are sent before what came of them is saved.
    fn at_once(self) -> u32 {
        match self {
            Self::Inside => 50,
            Self::Outside => 1,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Outside => "outside",
        }
    }
}

/// A row of the outbox.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    pub(crate) id: u64,
    pub(crate) failed: u32,
    pub(crate) parcel: Parcel,
}

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sent {
    /// It arrived.
    Arrived,
    /// It did not: once more, later.
    Failed,
    /// The receiver wants no more of it.
    GivenUp,
}

/// Puts something into the outbox.
pub(crate) fn put(sql: &Sql, parcel: &Parcel, now: Timestamp) -> Result<(), Fault> {
    let body = serde_json::to_string(parcel)?;
    let next_at = now.saturating_add(HEAD_START).unwrap_or(now);
    sql.run(
        "INSERT INTO outbox (lane, parcel, failed, next_at) VALUES (?, ?, 0, ?)",
        vec![Lane::of(parcel).as_str().into(), body.into(), millis(next_at)],
    )
}

/// What leaves now, oldest first: what was never tried, and what is due again.
pub(crate) fn due(sql: &Sql, lane: Lane, now: Timestamp) -> Result<Vec<Waiting>, Fault> {
    #[derive(Deserialize)]
    struct Row {
        id: u64,
        parcel: String,
        failed: u32,
    }
    let query = "SELECT id, parcel, failed FROM outbox WHERE lane = ? AND (failed = 0 OR next_at <= ?)
      ORDER BY id LIMIT ?";
    let rows = sql.rows::<Row>(query, vec![lane.as_str().into(), millis(now), count(lane.at_once())])?;
    let read =
        |row: Row| Ok(Waiting { id: row.id, failed: row.failed, parcel: serde_json::from_str(&row.parcel)? });
    rows.into_iter().map(read).collect()
}

/// Takes in what came of attempts.
pub(crate) fn settle(sql: &Sql, sent: &[(Waiting, Sent)], now: Timestamp) -> Result<(), Fault> {
    for (waiting, sent) in sent {
        let failed = waiting.failed.saturating_add(1);
        let again = match sent {
            Sent::Arrived | Sent::GivenUp => None,
            Sent::Failed => next_attempt(&waiting.parcel, failed, now),
        };
        if again.is_none() && *sent == Sent::Failed {
            let what = format!("row {} was tried {failed} times in vain and is given up", waiting.id);
            Fault::new("outbox", what).log();
        }
        match again {
            None => sql.run("DELETE FROM outbox WHERE id = ?", vec![count(waiting.id)])?,
            Some(at) => sql.run(
                "UPDATE outbox SET failed = ?, next_at = ? WHERE id = ?",
                vec![count(failed), millis(at), count(waiting.id)],
            )?,
        }
    }
    Ok(())
}

/// When the next attempt is due.
pub(crate) fn next_at(sql: &Sql) -> Result<Option<Timestamp>, Fault> {
    #[derive(Deserialize)]
    struct Next {
        at: Option<i64>,
    }
    let next = sql.first::<Next>("SELECT min(next_at) AS at FROM outbox", vec![])?;
    let at = next.and_then(|next| next.at).map(Timestamp::from_millisecond);
    at.transpose().map_err(Fault::at("store.outbox"))
}
