//! Follow-the-sun: who is responsible for a ticket at a moment.

use jiff::Timestamp;

use crate::ids::TeamId;
use crate::routing::{Staff, TeamHours};

/// Who is responsible.
#[derive(Clone, Copy, Debug)]
pub enum Responsible<'a> {
    /// A team that is open.
    Now {
        /// Which.
        team: &'a TeamHours,
    },
    /// Nobody yet; this team from its opening on.
    From {
        /// Which.
        team: &'a TeamHours,
        /// When it opens.
        at: Timestamp,
    },
    /// No team ever opens.
    Nobody,
}

/// The team that has the ticket while it is open; else the first in file order that is open; else the one that opens
/// next, from its opening on.
#[must_use]
pub fn responsible<'a>(staff: &'a Staff, holder: Option<&TeamId>, now: Timestamp) -> Responsible<'a> {
    let open = |team: &&TeamHours| team.hours(staff.until).is_open(now);
    let holder = staff.teams.iter().filter(|team| Some(&team.id) == holder);
    if let Some(team) = holder.chain(&staff.teams).find(open) {
        return Responsible::Now { team };
    }
    let opening = staff.teams.iter().filter_map(|team| Some((team.hours(staff.until).next_open(now)?, team)));
    match opening.min_by_key(|(opens, _)| *opens) {
        Some((at, team)) => Responsible::From { team, at },
        None => Responsible::Nobody,
    }
}
