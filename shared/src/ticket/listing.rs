//! A ticket in lists: the tenant's index and its customer's own. Made from the ticket, never judged by.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::Severity;
use crate::ids::{ChannelId, CompanyId, CustomerId, TicketId, TierId};
use crate::language::Language;
use crate::sla::{ClockView, Route};
use crate::ticket::Stage;
use crate::time::instant::{millis, millis_option};

/// A ticket in the tenant's index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Which.
    pub id: TicketId,
    /// The log's line it was made at: an older row never replaces a newer one.
    pub seq: u64,
    /// Its first line; `None` keeps what was known.
    pub subject: Option<String>,
    /// What the customer is called, or where an answer reaches her; `None` keeps what was known.
    pub who: Option<String>,
    /// The last words of either side; `None` keeps what was known.
    pub last: Option<String>,
    /// Whose.
    pub customer: CustomerId,
    /// Her company.
    pub company: Option<CompanyId>,
    /// Her tier.
    pub tier: TierId,
    /// How bad.
    pub severity: Severity,
    /// How it came.
    pub channel: ChannelId,
    /// What she reads.
    pub language: Language,
    /// Who got it.
    pub route: Route,
    /// How it stands.
    pub stage: Stage,
    /// Since when.
    #[serde(with = "millis")]
    pub asked_at: Timestamp,
    /// Last change.
    #[serde(with = "millis")]
    pub changed_at: Timestamp,
    /// The customer spoke last.
    pub waits: bool,
    /// Its clocks.
    pub clocks: Vec<ClockView>,
    /// When its object wakes: for sorting and sweeping, never for judging.
    #[serde(with = "millis_option")]
    pub wake_at: Option<Timestamp>,
    /// Time data its terms were resolved with.
    pub tzdb: String,
    /// Holiday tables its terms were resolved with.
    pub holidays: String,
}

impl Row {
    /// The next instant that the desk counts down to.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        self.clocks.iter().filter_map(|clock| clock.state.deadline()).min()
    }

    /// What two rows of one ticket say together, in whichever order they came: the newer one, with the older one's
    /// words where it carries none.
    #[must_use]
    pub fn merged(self, other: Self) -> Self {
        let (older, newer) = if other.seq < self.seq { (other, self) } else { (self, other) };
        Self {
            subject: newer.subject.or(older.subject),
            who: newer.who.or(older.who),
            last: newer.last.or(older.last),
            ..newer
        }
    }
}

/// A ticket in its customer's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Which.
    pub id: TicketId,
    /// The log's line it was made at: an older card never replaces a newer one.
    pub seq: u64,
    /// Whose.
    pub customer: CustomerId,
    /// Its first line; `None` keeps what was known.
    pub subject: Option<String>,
    /// The last words of either side; `None` keeps what was known.
    pub last: Option<String>,
    /// How bad.
    pub severity: Severity,
    /// How it came.
    pub channel: ChannelId,
    /// How it stands.
    pub stage: Stage,
    /// Since when.
    #[serde(with = "millis")]
    pub asked_at: Timestamp,
    /// Last change.
    #[serde(with = "millis")]
    pub changed_at: Timestamp,
    /// Its clocks.
    pub clocks: Vec<ClockView>,
    /// Answers that she has not read.
    pub unread: u32,
}

impl Card {
    /// What two cards of one ticket say together, in whichever order they came: the newer one, with the older one's
    /// words where it carries none.
    #[must_use]
    pub fn merged(self, other: Self) -> Self {
        let (older, newer) = if other.seq < self.seq { (other, self) } else { (self, other) };
        Self { subject: newer.subject.or(older.subject), last: newer.last.or(older.last), ..newer }
    }
}
