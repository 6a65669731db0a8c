//! Which rules of the tenant's file have raised a ticket. Each does so once: a person who lowers it again is not
//! overruled by the next message with the same word in it.

use alloc::collections::BTreeSet;
use alloc::string::String;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contract::{Complexity, Severity};
use crate::sla::{Actor, Reason};
use crate::ticket::Open;

/// What rules raise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rises {
    Severity,
    Complexity,
}

/// The rules that have raised a ticket, by their places in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruled {
    severity: BTreeSet<String>,
    complexity: BTreeSet<String>,
}

impl Ruled {
    /// The rules that a first receipt names.
    pub(super) fn by(reasons: &[Reason]) -> Self {
        let mut ruled = Self::default();
        for reason in reasons {
            match reason {
                Reason::Severity { by, .. } => ruled.take(Rises::Severity, &by.rule),
                Reason::Complexity { by, .. } => ruled.take(Rises::Complexity, &by.rule),
                Reason::Asked { .. }
                | Reason::Tier { .. }
                | Reason::ChannelOpen { .. }
                | Reason::ChannelClosed { .. }
                | Reason::Calendar { .. }
                | Reason::CountsFrom { .. }
                | Reason::CountsAlways { .. }
                | Reason::Counted { .. }
                | Reason::Target { .. }
                | Reason::OnCall { .. }
                | Reason::AccountManager { .. }
                | Reason::Team { .. }
                | Reason::Provisional { .. }
                | Reason::Due { .. }
                | Reason::Claimed { .. } => {}
            }
        }
        ruled
    }

    /// Takes in that somebody changed the severity or the complexity.
    fn changed(&mut self, what: Rises, by: &Actor) {
        if let Actor::Rule { name } = by {
            self.take(what, name);
        }
    }

    fn take(&mut self, what: Rises, rule: &str) {
        match what {
            Rises::Severity => self.severity.insert(rule.into()),
            Rises::Complexity => self.complexity.insert(rule.into()),
        };
    }

    fn has(&self, what: Rises, rule: &str) -> bool {
        match what {
            Rises::Severity => self.severity.contains(rule),
            Rises::Complexity => self.complexity.contains(rule),
        }
    }
}

impl Open {
    pub(super) fn severity_changed(&mut self, to: Severity, by: &Actor, at: Timestamp) {
        self.ruled.changed(Rises::Severity, by);
        self.is(to, self.complexity, at);
    }

    pub(super) fn complexity_changed(&mut self, to: Complexity, by: &Actor, at: Timestamp) {
        self.ruled.changed(Rises::Complexity, by);
        self.is(self.severity, to, at);
    }

    /// Whether this one may change it so; `up`: the change raises it. People may both ways. A rule only raises, once,
    /// and only what is worked on.
    pub(super) fn lets(&self, by: &Actor, what: Rises, up: bool) -> bool {
        match by {
            Actor::Rule { name } => up && self.stage.is_open() && !self.ruled.has(what, name),
            Actor::Customer {} | Actor::Agent { .. } | Actor::Tenant {} => true,
        }
    }
}
