//! What a change would do before it is done, and what a ticket's clocks did, line by line.

use alloc::vec::Vec;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::{Complexity, PendReason, Severity, Terms};
use crate::ids::{CompanyId, TicketId};
use crate::sla::{ClockView, Line};
use crate::ticket::{Open, Ticket};

/// A change that somebody thinks about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhatIf {
    /// To wait for somebody.
    Pend {
        /// For whom.
        reason: PendReason,
    },
    /// To go on.
    Resume {},
    /// To call it more or less bad.
    Severity {
        /// How bad.
        to: Severity,
    },
    /// To call it more or less work.
    Complexity {
        /// How much.
        to: Complexity,
    },
    /// To bind it by the terms of another tier.
    Tier {
        /// Its terms.
        terms: Terms,
    },
}

impl Open {
    /// The clocks as they would stand if this were done now. Nothing changes.
    #[must_use]
    pub fn would(&self, change: &WhatIf, now: Timestamp) -> Vec<ClockView> {
        let mut open = self.clone();
        match change {
            WhatIf::Pend { reason } => open.on_course(|course, force| course.paused(force, now, *reason)),
            WhatIf::Resume {} => open.on_course(|course, force| course.resumed(force, now)),
            WhatIf::Severity { to } => open.is(*to, self.complexity, now),
            WhatIf::Complexity { to } => open.is(self.severity, *to, now),
            WhatIf::Tier { terms } => open.moved_to(terms, now),
        }
        open.board().view(now)
    }
}

/// A cycle of a ticket, with whose it was: a line of the ledger of its tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CycleLine {
    /// Of which ticket.
    pub ticket: TicketId,
    /// For which company, if somebody vouched for its customer.
    pub company: Option<CompanyId>,
    /// What was measured, and what came of it.
    pub line: Line,
}

impl Ticket {
    /// Every cycle that a target measured, as it stands at `now`.
    #[must_use]
    pub fn cycles(&self, now: Timestamp) -> Vec<CycleLine> {
        let Some(open) = self.open() else { return Vec::new() };
        let (ticket, company) = (self.id(), &open.opening.company);
        let line = |line| CycleLine { ticket, company: company.clone(), line };
        open.board().lines(now).into_iter().map(line).collect()
    }
}
