//! What binds a ticket, in short: as the index keeps it, to find the tickets that a change touches without waking any.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::ids::{CalendarId, CompanyId, TierId};
use crate::ticket::Ticket;

/// What binds a ticket, in short. Tickets of which it is the same are touched by a change together, or not at all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Bound {
    /// Number of the published tenant file that its calendars are from.
    pub policy: u32,
    /// Whose tier it has, if somebody vouched for its customer.
    pub company: Option<CompanyId>,
    /// Its tier.
    pub tier: TierId,
    /// The calendars that its targets name.
    pub calendars: Vec<CalendarId>,
    /// Time zone database that its windows were resolved with.
    pub tzdb: String,
    /// Holiday tables that its windows were resolved with.
    pub holidays: String,
}

impl Ticket {
    /// What binds it, in short; none before it is opened.
    #[must_use]
    pub fn bound(&self) -> Option<Bound> {
        let open = self.open()?;
        Some(Bound {
            policy: open.terms.policy,
            company: open.opening.company.clone(),
            tier: open.terms.tier.clone(),
            calendars: open.terms.calendars.iter().map(|calendar| calendar.id.clone()).collect(),
            tzdb: open.terms.tzdb.clone(),
            holidays: open.terms.holidays.clone(),
        })
    }

    /// Whether other terms would change anything: it is worked on, or a clock of it runs. A ticket that is reopened is
    /// alive again.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        let Some(open) = self.open() else { return false };
        let runs = || open.board().clocks().next().is_some();
        !open.stage.is_final() && (open.stage.is_open() || runs())
    }
}
