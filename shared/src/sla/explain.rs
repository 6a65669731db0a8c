//! Why a clock is due when it is: the open time that adds up to its target, line by line, and what lay between.

mod sum;

use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::contract::{CalendarTerms, PendReason, Target, Terms};
use crate::ids::{AgentId, MessageId};
use crate::sla::{Actor, Cause, Clock, Receipt};
use crate::time::instant::{duration_millis, millis, millis_option};
use crate::time::{Mark, MarkKind, Windows, Zone};
use sum::Sum;

/// Why a clock that runs is due when it is. What its lines add is its target, less what is left while it stands still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// What was agreed.
    pub target: Target,
    /// Which cycle of the metric, from 1.
    pub cycle: u32,
    /// The number of the published tenant file that says so.
    pub policy: u32,
    /// The zone in which the calendar's days are civil.
    pub zone: Zone,
    /// When the cycle started.
    #[serde(with = "millis")]
    pub started: Timestamp,
    /// Since when time counts: the start, or the change that restarted it (S7).
    #[serde(with = "millis")]
    pub counts_from: Timestamp,
    /// What happened from there on, in order.
    pub lines: Vec<SumLine>,
    /// What the lines lack of the target while it stands still; zero wherever there is a due instant.
    #[serde(with = "duration_millis")]
    pub left: SignedDuration,
    /// When the target is used up (S4 to S7); none while a pause has no end.
    #[serde(with = "millis_option")]
    pub due: Option<Timestamp>,
    /// What the customer was told, if that still holds.
    pub promised: Option<PromiseTold>,
    /// The earlier of both: what decides met or missed.
    #[serde(with = "millis_option")]
    pub judged: Option<Timestamp>,
    /// The change at which it turned out to be late already (S7).
    #[serde(with = "millis_option")]
    pub late_at: Option<Timestamp>,
    /// From here on holidays are not announced yet, if the due instant is not before it.
    #[serde(with = "millis_option")]
    pub provisional_from: Option<Timestamp>,
}

/// A promise in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseTold {
    /// The instant.
    #[serde(with = "millis")]
    pub at: Timestamp,
    /// The number of the receipt that says so.
    pub receipt: u32,
    /// The number of the earlier receipt whose promise it kept.
    pub kept_from: Option<u32>,
}

/// One line of the sum, or what lay between two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SumLine {
    /// Open time that counts.
    Counted {
        /// From.
        #[serde(with = "millis")]
        from: Timestamp,
        /// To.
        #[serde(with = "millis")]
        to: Timestamp,
        /// Whole minutes, so that the lines fit the wall clocks at their ends and add up to the target.
        #[serde(with = "duration_millis")]
        adds: SignedDuration,
    },
    /// By agreement it did not count.
    Paused {
        /// From.
        #[serde(with = "millis")]
        from: Timestamp,
        /// Until the wait was over, or had used up what waits may take; none while it lasts.
        #[serde(with = "millis_option")]
        to: Option<Timestamp>,
        /// Which wait.
        wait: Wait,
    },
    /// It was taken for solved.
    Solved {
        /// From.
        #[serde(with = "millis")]
        from: Timestamp,
        /// Until it was opened again.
        #[serde(with = "millis")]
        to: Timestamp,
    },
    /// The calendar was closed.
    Closed {
        /// From.
        #[serde(with = "millis")]
        from: Timestamp,
        /// To.
        #[serde(with = "millis")]
        to: Timestamp,
        /// The holidays in it; none: its weekly pattern.
        holidays: Vec<MarkKind>,
    },
    /// The calendar was open against its weekly pattern, or its clocks changed.
    Marked {
        /// What it did.
        mark: Mark,
    },
    /// Something changed: the lines before it were counted under the terms of then.
    Changed {
        /// When.
        #[serde(with = "millis")]
        at: Timestamp,
        /// What, and who changed it.
        cause: Cause,
    },
}

impl SumLine {
    /// When it began.
    #[must_use]
    pub fn from(&self) -> Timestamp {
        match self {
            Self::Counted { from, .. }
            | Self::Paused { from, .. }
            | Self::Solved { from, .. }
            | Self::Closed { from, .. } => *from,
            Self::Marked { mark } => mark.window.from(),
            Self::Changed { at, .. } => *at,
        }
    }

    /// What it adds to the sum.
    #[must_use]
    pub fn adds(&self) -> SignedDuration {
        match self {
            Self::Counted { adds, .. } => *adds,
            Self::Paused { .. }
            | Self::Solved { .. }
            | Self::Closed { .. }
            | Self::Marked { .. }
            | Self::Changed { .. } => SignedDuration::ZERO,
        }
    }
}

/// A wait, with who waited and what shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// For whom.
    pub reason: PendReason,
    /// Since when.
    #[serde(with = "millis")]
    pub from: Timestamp,
    /// Until when; none while it lasts.
    #[serde(with = "millis_option")]
    pub to: Option<Timestamp>,
    /// Who waits.
    pub by: AgentId,
    /// The message that shows it.
    pub evidence: Option<MessageId>,
    /// Who ended it, if somebody did.
    pub ended_by: Option<Actor>,
}

/// What a ticket's log tells beside its clocks.
#[derive(Clone, Debug)]
pub struct Story<'t> {
    /// What binds it.
    pub terms: &'t Terms,
    /// What is promised.
    pub receipt: &'t Receipt,
    /// Every wait, oldest first.
    pub waits: Vec<Wait>,
    /// Every change that moves a clock, oldest first.
    pub changes: Vec<(Timestamp, Cause)>,
    /// When it was taken for solved, and was not.
    pub solved: Windows,
    /// What each calendar did, also under terms that hold no longer.
    pub calendars: Vec<&'t CalendarTerms>,
}

impl Clock<'_> {
    /// Why it is due when it is; none if the terms do not have its calendar.
    #[must_use]
    pub fn explain(&self, story: &Story<'_>) -> Option<Explanation> {
        let (cycle, due) = (&self.cycle, self.due());
        let calendar = story.terms.calendar(&self.target.calendar)?;
        let line = story.receipt.promise(cycle.metric);
        let told = line.filter(|line| cycle.promised == Some(line.promised.at));
        let number = story.receipt.number;
        let lines = Sum::of(self, due, story).lines(self, story);
        let sum: SignedDuration = lines.iter().map(SumLine::adds).sum();
        Some(Explanation {
            target: self.target.clone(),
            cycle: cycle.number,
            policy: story.terms.policy,
            zone: calendar.zone.clone(),
            started: cycle.started,
            counts_from: cycle.counts_from,
            left: if due.is_some() { SignedDuration::ZERO } else { self.target.within.saturating_sub(sum) },
            lines,
            due,
            promised: told.map(|line| PromiseTold {
                at: line.promised.at,
                receipt: number,
                kept_from: line.kept_from,
            }),
            judged: self.judged(),
            late_at: cycle.late_at,
            provisional_from: calendar.provisional_from.filter(|from| due.is_some_and(|due| due >= *from)),
        })
    }
}
