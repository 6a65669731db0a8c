//! What covers the page: a change that an agent thinks about, and what the edge says that it would do.

use std::rc::Rc;

use shared::contract::{Complexity, Severity};
use shared::ids::{MessageId, TicketId, TierId};
use shared::refusal::{Refusal, Unfit};
use shared::ticket::{PendReason, Stage};
use shared::wire::{DeskCommand, DeskTicket, Foresight, Wondered};
use widget::http::Failure;

use super::floor::Floor;

/// What covers the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sheet {
    /// For whom to wait, and what shows it.
    Pending { reason: PendReason, evidence: Option<MessageId> },
    /// How bad it is.
    Severity(Severity),
    /// How much work it is.
    Complexity(Complexity),
    /// What another tier would do.
    Tier(TierId),
    /// Who takes it.
    Team,
    /// In which ticket it lives on.
    Merge,
    /// Whether it is thrown away.
    Discard,
    /// Which key does what.
    Keys,
}

impl Sheet {
    /// The first choice of a wait.
    pub(crate) const PENDING: Self = Self::Pending { reason: PendReason::Customer, evidence: None };

    /// Whether a ticket that stands so can be changed so.
    fn fits(&self, stage: Stage) -> bool {
        match self {
            Self::Pending { .. } => stage.is_open(),
            Self::Severity(_)
            | Self::Complexity(_)
            | Self::Tier(_)
            | Self::Team
            | Self::Merge
            | Self::Discard => !stage.is_final(),
            Self::Keys => true,
        }
    }

    /// What the edge is to be asked about it.
    fn wonders(&self) -> Option<Wondered> {
        match self {
            Self::Pending { reason, .. } => Some(Wondered::Pend { reason: *reason }),
            Self::Severity(to) => Some(Wondered::Severity { to: *to }),
            Self::Complexity(to) => Some(Wondered::Complexity { to: *to }),
            Self::Tier(to) => Some(Wondered::Tier { to: to.clone() }),
            Self::Team | Self::Merge | Self::Discard | Self::Keys => None,
        }
    }
}

/// A question about the open ticket as it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wonder {
    pub(crate) ticket: TicketId,
    /// The last line of the log that the agent has read.
    seq: u64,
    /// What goes on from now on moves with the time.
    minute: i64,
    pub(crate) change: Wondered,
}

/// What the edge said to a question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Foreseen {
    wonder: Wonder,
    answer: Result<Rc<Foresight>, Failure>,
}

impl Floor {
    /// What the edge is to be asked: about the change on the sheet, else what going on would do to a ticket that waits.
    pub(crate) fn wonder(&self) -> Option<Wonder> {
        let ticket = self.ticket()?;
        let waits = matches!(ticket.row.stage, Stage::Pending { .. });
        let change = match &self.sheet {
            Some(sheet) => sheet.wonders(),
            None => waits.then_some(Wondered::Resume {}),
        };
        let minute = self.now.as_second().div_euclid(60);
        Some(Wonder { ticket: ticket.row.id, seq: ticket.seq, minute, change: change? })
    }

    /// What is known of it. The answer of a minute ago stands until the next one comes.
    pub(crate) fn foreseen(&self) -> Option<Result<&Foresight, &Failure>> {
        let wonder = self.wonder()?;
        let same = |told: &&Foreseen| {
            (told.wonder.ticket, told.wonder.seq) == (wonder.ticket, wonder.seq)
                && told.wonder.change == wonder.change
        };
        let told = self.foreseen.as_ref().filter(same)?;
        Some(told.answer.as_deref())
    }

    pub(super) fn foresee(&mut self, wonder: Wonder, answer: Result<Box<Foresight>, Failure>) {
        self.foreseen = Some(Foreseen { wonder, answer: answer.map(Rc::from) });
    }

    /// The open ticket, once it was read.
    pub(crate) fn ticket(&self) -> Option<&Rc<DeskTicket>> {
        self.reading.as_ref()?.ticket.as_ref()
    }

    pub(super) fn cover(&mut self, sheet: Option<Sheet>) {
        let stage = self.ticket().map(|ticket| ticket.row.stage);
        let fits = |sheet: &Sheet| *sheet == Sheet::Keys || stage.is_some_and(|stage| sheet.fits(stage));
        self.sheet = sheet.filter(fits);
    }

    /// The change on the sheet is made.
    pub(super) fn change(&mut self, command: DeskCommand) {
        self.sheet = None;
        self.do_to_open(command);
    }

    /// What failed only for want of a word is done with it.
    pub(super) fn confirm(&mut self) {
        let failed = self.opened().and_then(|open| self.failures.remove(&open));
        if let Some(DeskCommand::Merge { into, .. }) = failed.map(|failed| failed.deed.command) {
            self.do_to_open(DeskCommand::Merge { into, confirmed: true });
        }
    }
}

/// Whether what failed can be done all the same, once somebody confirms it.
pub(crate) fn wants_a_word(why: &Failure) -> bool {
    matches!(why, Failure::Refused(Refusal::Unfit { why: Unfit::OtherCustomer { .. } }))
}
