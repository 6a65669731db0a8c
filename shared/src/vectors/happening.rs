//! What may stand in the log of a case about clocks, and the command that does it.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Deserialize;

use super::Instant;
use super::bound::{Bound, TargetOf};
use super::calendar::Part;
use crate::contract::{Complexity, PendReason, Severity};
use crate::ids::{AgentId, MessageId, TicketId};
use crate::ticket::{Actor, Author, Command, Discard, Rank, TermsCause};

/// A line of a case's log.
#[derive(Deserialize)]
pub(super) struct Happened {
    /// When.
    pub(super) at: Instant,
    /// What.
    #[serde(flatten)]
    pub(super) what: Happening,
}

/// What happened.
#[derive(Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(super) enum Happening {
    Asked {},
    OpenedByAgent {},
    CustomerSaid {},
    AgentSaid {},
    BotSaid {},
    SentByItself {},
    Noted {},
    Pended { reason: PendReason },
    Resumed {},
    Solved {},
    Closed {},
    Reopened {},
    Severity { to: Severity },
    Complexity { to: Complexity },
    Tier { targets: Vec<TargetOf>, calendar: Option<Part> },
    Calendar { calendar: Part },
    Team {},
    MergedInto {},
    Absorbed { asked_at: Instant },
    Spam {},
    Deleted {},
}

impl Happening {
    /// Where it stands among others of its millisecond (S10).
    pub(super) fn rank(&self) -> Rank {
        match self {
            Self::Asked {}
            | Self::OpenedByAgent {}
            | Self::Severity { .. }
            | Self::Complexity { .. }
            | Self::Tier { .. }
            | Self::Calendar { .. }
            | Self::Absorbed { .. }
            | Self::Team {}
            | Self::Noted {} => Rank::Change,
            Self::AgentSaid {}
            | Self::BotSaid {}
            | Self::SentByItself {}
            | Self::Solved {}
            | Self::Closed {}
            | Self::MergedInto {}
            | Self::Spam {}
            | Self::Deleted {} => Rank::Stop,
            Self::Pended { .. } => Rank::Pause,
            Self::Resumed {} => Rank::Resume,
            Self::CustomerSaid {} | Self::Reopened {} => Rank::Start,
        }
    }

    /// The command that does it to a ticket that there is; none for the two that make it.
    pub(super) fn command(
        &self,
        who: &AgentId,
        number: u8,
        bound: &Bound,
    ) -> Result<Option<Command>, String> {
        let by = || who.clone();
        let actor = || Actor::Agent { id: by() };
        let message = MessageId::new(0, [number; 10]);
        let other = TicketId::new(0, [0xee; 10]);
        let say = |author| Command::Say { message, author, text: String::new() };
        Ok(Some(match self {
            Self::Asked {} | Self::OpenedByAgent {} => return Ok(None),
            Self::CustomerSaid {} => say(Author::Customer {}),
            Self::AgentSaid {} => say(Author::Agent { id: by() }),
            Self::BotSaid {} => say(Author::Bot {}),
            Self::SentByItself {} => say(Author::Automatic {}),
            Self::Noted {} => Command::Note { message, by: by(), text: String::new() },
            Self::Pended { reason } => Command::Pend { by: by(), reason: *reason, evidence: None },
            Self::Resumed {} => Command::Resume { by: by() },
            Self::Solved {} => Command::Solve { by: by() },
            Self::Closed {} => Command::Close {},
            Self::Reopened {} => Command::Reopen { by: actor() },
            Self::Severity { to } => Command::SetSeverity { by: actor(), to: *to, why: None },
            Self::Complexity { to } => Command::SetComplexity { by: actor(), to: *to, why: None },
            Self::Tier { targets, calendar } => {
                let terms = bound.terms("other", targets, calendar.as_ref())?;
                Command::Bind { terms, cause: TermsCause::Tier { by: actor() } }
            }
            Self::Calendar { calendar } => {
                let terms = bound.republished(calendar)?;
                Command::Bind { terms, cause: TermsCause::Calendar { by: Actor::Tenant {} } }
            }
            Self::Team {} => Command::SetTeam { by: actor(), team: super::bound::id("other")? },
            Self::MergedInto {} => Command::MergeInto { by: by(), ticket: other },
            Self::Absorbed { asked_at } => {
                let terms = bound.first()?;
                Command::Absorb { by: by(), ticket: other, asked_at: asked_at.0, terms }
            }
            Self::Spam {} => Command::Discard { by: actor(), why: Discard::Spam },
            Self::Deleted {} => Command::Discard { by: actor(), why: Discard::Deleted },
        }))
    }
}
