//! What happened first, within one millisecond (S10), and what a ticket was at any instant.

use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::ids::TicketId;
use crate::ticket::{Author, Event, Logged, Ticket};

/// The order of what happens to clocks within one millisecond (S10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// What binds the ticket, or what it is like.
    Change,
    /// A clock ends.
    Stop,
    /// A clock stands still.
    Pause,
    /// It goes on.
    Resume,
    /// A clock starts.
    Start,
}

impl Event {
    /// Where it stands among others of its millisecond; none for what no clock depends on.
    #[must_use]
    pub fn rank(&self) -> Option<Rank> {
        match self {
            Self::TermsSet { .. }
            | Self::Opened { .. }
            | Self::Antedated { .. }
            | Self::MergedFrom { .. }
            | Self::SeverityChanged { .. }
            | Self::ComplexityChanged { .. } => Some(Rank::Change),
            Self::Said { author: Author::Customer {}, .. } | Self::Reopened { .. } => Some(Rank::Start),
            Self::Said { author: Author::Agent { .. } | Author::Bot {} | Author::Automatic {}, .. }
            | Self::Solved { .. }
            | Self::Closed {}
            | Self::MergedInto { .. }
            | Self::Discarded { .. } => Some(Rank::Stop),
            Self::Pended { .. } => Some(Rank::Pause),
            Self::Resumed { .. } => Some(Rank::Resume),
            Self::Noted { .. }
            | Self::Warned { .. }
            | Self::Breached { .. }
            | Self::Notified { .. }
            | Self::Seen { .. }
            | Self::TermsAsked {}
            | Self::TeamChanged { .. }
            | Self::Promised { .. } => None,
        }
    }
}

/// The last line of a log that a clock depends on: nothing that stands before it by S10 may follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Latest {
    #[serde(with = "crate::time::instant::millis")]
    at: Timestamp,
    rank: Rank,
}

impl Latest {
    /// The latest after a line.
    pub(super) fn after(before: Option<Self>, line: &Logged) -> Option<Self> {
        line.event.rank().map(|rank| Self { at: line.at, rank }).or(before)
    }

    /// An instant, or that of the last line if it is later.
    pub(super) fn not_before(last: Option<Self>, now: Timestamp) -> Timestamp {
        last.map_or(now, |last| last.at.max(now))
    }

    /// When a new line is written at `now`: one that S10 puts before the last line of the same millisecond is written in
    /// the next one, so that the order of the log is the order of what it says.
    pub(super) fn instant(last: Option<Self>, now: Timestamp, event: &Event) -> Timestamp {
        let Some(last) = last else { return now };
        let before = now == last.at && event.rank().is_some_and(|rank| rank < last.rank);
        if before { now.saturating_add(SignedDuration::from_millis(1)).unwrap_or(now) } else { now }
    }
}

impl Ticket {
    /// The ticket as it was at an instant: the lines up to it, in the order of S10. What it says of clocks is what it
    /// said then.
    #[must_use]
    pub fn as_of<'l>(id: TicketId, log: impl IntoIterator<Item = &'l Logged>, at: Timestamp) -> Self {
        let mut lines: Vec<&Logged> = log.into_iter().filter(|line| line.at <= at).collect();
        let mut latest = Rank::Change;
        // What no clock depends on stays behind the line that it followed.
        let ranked = |line: &&Logged| {
            latest = line.event.rank().unwrap_or(latest);
            (line.at, latest, line.seq)
        };
        let keys: Vec<_> = lines.iter().map(ranked).collect();
        let mut order: Vec<usize> = (0..lines.len()).collect();
        order.sort_by_key(|index| keys.get(*index).copied());
        lines = order.into_iter().filter_map(|index| lines.get(index).copied()).collect();
        Self::replay(id, lines)
    }
}
