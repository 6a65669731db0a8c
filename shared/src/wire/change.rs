//! What people read of a change in mid-flight.

use super::What;
use crate::ticket::{Event, TermsCause};

/// A change as agents read it; none of what is no change, or changes nothing that a person would notice.
pub(super) fn told(event: &Event) -> Option<What> {
    Some(match event {
        Event::TermsSet { cause: TermsCause::Known, .. } => return None,
        Event::TermsSet { terms, cause } => What::Bound { tier: terms.tier.clone(), cause: cause.clone() },
        Event::Promised { receipt } => What::Promised {
            first_response: receipt.first_response(),
            resolution: receipt.resolution(),
            cause: receipt.cause.clone(),
        },
        Event::SeverityChanged { from, to, by, .. } => {
            What::Severity { from: *from, to: *to, by: by.clone() }
        }
        Event::ComplexityChanged { from, to, by, .. } => {
            What::Complexity { from: *from, to: *to, by: by.clone() }
        }
        Event::TeamChanged { team, by } => What::Team { team: team.clone(), by: by.clone() },
        Event::MergedInto { ticket, by } => What::MergedInto { ticket: *ticket, by: by.clone() },
        Event::MergedFrom { ticket, by, .. } => What::MergedFrom { ticket: *ticket, by: by.clone() },
        Event::Discarded { why, by } => What::Discarded { why: *why, by: by.clone() },
        Event::Closed {} => What::Closed {},
        Event::Opened { .. }
        | Event::Antedated { .. }
        | Event::Said { .. }
        | Event::Noted { .. }
        | Event::Pended { .. }
        | Event::Resumed { .. }
        | Event::Solved { .. }
        | Event::Reopened { .. }
        | Event::Warned { .. }
        | Event::Breached { .. }
        | Event::Notified { .. }
        | Event::Seen { .. }
        | Event::TermsAsked {} => return None,
    })
}
