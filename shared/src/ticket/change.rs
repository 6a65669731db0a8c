//! What changes a ticket in mid-flight: waits, severity, complexity, terms, team, merging, throwing away. A change that
//! moves what was promised says so by a new receipt, with its cause.

use alloc::boxed::Box;

use jiff::Timestamp;

use crate::contract::{Complexity, PendReason, Severity, Terms};
use crate::ids::{AgentId, MessageId, TeamId, TicketId};
use crate::refusal::Refusal;
use crate::sla::{AT_ONCE, Cause, Change, Promise, Receipt, promises_of};
use crate::ticket::draft::Draft;
use crate::ticket::ruled::Rises;
use crate::ticket::step::wrong_stage;
use crate::ticket::{Actor, Discard, Event, Open, Stage, TermsCause};

impl Draft {
    pub(super) fn pend(
        &mut self,
        by: AgentId,
        reason: PendReason,
        evidence: Option<MessageId>,
    ) -> Result<(), Refusal> {
        let stage = self.known()?.stage;
        if matches!(stage, Stage::Pending { reason: current, .. } if current == reason) {
            return Ok(());
        }
        if !stage.is_open() {
            return Err(wrong_stage("set pending", stage));
        }
        self.event(Event::Pended { by: by.clone(), reason, evidence });
        self.changed(Change::Caused, Cause::Paused { reason, by });
        Ok(())
    }

    pub(super) fn resume(&mut self, by: Actor) -> Result<(), Refusal> {
        match self.known()?.stage {
            Stage::Open {} => {}
            Stage::Pending { .. } => self.resumed(by),
            stage @ (Stage::Solved { .. } | Stage::Merged { .. } | Stage::Discarded { .. }) => {
                return Err(wrong_stage("resumed", stage));
            }
        }
        Ok(())
    }

    pub(super) fn resumed(&mut self, by: Actor) {
        self.event(Event::Resumed { by: by.clone() });
        self.changed(Change::Caused, Cause::Resumed { by });
    }

    pub(super) fn reopen(&mut self, by: Actor) -> Result<(), Refusal> {
        let stage = self.known()?.stage;
        if stage.is_final() {
            return Err(wrong_stage("reopened", stage));
        }
        if !stage.is_open() {
            self.event(Event::Reopened { by: by.clone() });
            self.changed(Change::Caused, Cause::Reopened { by });
        }
        Ok(())
    }

    pub(super) fn set_severity(
        &mut self,
        by: Actor,
        to: Severity,
        why: Option<MessageId>,
    ) -> Result<(), Refusal> {
        let open = self.known()?;
        if !open.lets(&by, Rises::Severity, to > open.severity) {
            return Ok(());
        }
        let from = self.unfinished("given another severity")?.severity;
        if from != to {
            self.event(Event::SeverityChanged { from, to, by: by.clone(), why });
            self.changed(Change::Caused, Cause::Severity { from, to, by });
        }
        Ok(())
    }

    pub(super) fn set_complexity(
        &mut self,
        by: Actor,
        to: Complexity,
        why: Option<MessageId>,
    ) -> Result<(), Refusal> {
        let open = self.known()?;
        if !open.lets(&by, Rises::Complexity, to > open.complexity) {
            return Ok(());
        }
        let from = self.unfinished("given another complexity")?.complexity;
        if from != to {
            self.event(Event::ComplexityChanged { from, to, by: by.clone(), why });
            self.changed(Change::Caused, Cause::Complexity { from, to, by });
        }
        Ok(())
    }

    pub(super) fn set_team(&mut self, by: Actor, team: TeamId) -> Result<(), Refusal> {
        if self.unfinished("handed over")?.team.as_ref() != Some(&team) {
            self.event(Event::TeamChanged { team, by });
        }
        Ok(())
    }

    /// The same terms, known for longer.
    pub(super) fn extend(&mut self, terms: Terms) -> Result<(), Refusal> {
        let open = self.known()?;
        if open.terms.tier == terms.tier && terms.until() > open.terms.until() {
            let policy = terms.policy;
            self.event(Event::TermsSet { terms, cause: TermsCause::Known });
            self.changed(Change::Calendar, Cause::Calendar { policy });
        }
        Ok(())
    }

    pub(super) fn bind(&mut self, terms: Terms, cause: TermsCause) -> Result<(), Refusal> {
        self.unfinished("bound by other terms")?;
        let now = self.now;
        let open = self.known()?;
        if open.terms.comes_to(&terms, now) {
            return Ok(());
        }
        let (from, to, policy) = (open.terms.tier.clone(), terms.tier.clone(), terms.policy);
        let (change, why) = match &cause {
            TermsCause::Known | TermsCause::Calendar { .. } => (Change::Calendar, Cause::Calendar { policy }),
            TermsCause::Tier { .. } | TermsCause::Contract { .. } => {
                (Change::Caused, Cause::Tier { from, to, policy })
            }
        };
        self.event(Event::TermsSet { terms, cause });
        self.changed(change, why);
        Ok(())
    }

    pub(super) fn merge_into(&mut self, by: AgentId, ticket: TicketId) -> Result<(), Refusal> {
        if self.known()?.merged_into == Some(ticket) {
            return Ok(());
        }
        self.unfinished("merged")?;
        self.event(Event::MergedInto { ticket, by });
        Ok(())
    }

    pub(super) fn absorb(
        &mut self,
        by: AgentId,
        ticket: TicketId,
        (asked_at, terms): (Timestamp, Terms),
    ) -> Result<(), Refusal> {
        if self.unfinished("given another ticket")?.absorbed.contains(&ticket) {
            return Ok(());
        }
        let terms = Box::new(terms);
        self.event(Event::MergedFrom { ticket, asked_at, terms, by: by.clone() });
        self.changed(Change::Caused, Cause::Merged { ticket, by });
        Ok(())
    }

    pub(super) fn discard(&mut self, by: Actor, why: Discard) -> Result<(), Refusal> {
        if !self.known()?.stage.is_final() {
            self.event(Event::Discarded { why, by });
        }
        Ok(())
    }

    /// The ticket, unless it can never be worked on again.
    fn unfinished(&mut self, wanted: &str) -> Result<&Open, Refusal> {
        let open = self.known()?;
        if open.stage.is_final() { Err(wrong_stage(wanted, open.stage)) } else { Ok(open) }
    }

    /// What follows from a change of the clocks: what is past already is told, and a promise that moved is made anew.
    fn changed(&mut self, change: Change, cause: Cause) {
        self.already_late();
        let anew = self.ticket.open().and_then(|open| open.promised_anew(self.now, change, cause));
        if let Some(receipt) = anew {
            self.event(Event::Promised { receipt: Box::new(receipt) });
        }
    }
}

impl Open {
    /// What is promised after a change, if that is something else than before: of a change with a cause whatever is due
    /// now, of a calendar only what is earlier. What is past cannot be promised.
    fn promised_anew(&self, now: Timestamp, change: Change, cause: Cause) -> Option<Receipt> {
        let board = self.board();
        let running = AT_ONCE.into_iter().filter_map(|metric| board.clock(metric));
        let coming = running.filter(|clock| clock.due().is_some_and(|due| due > now));
        let promises = promises_of(&self.terms, &self.receipt.local, coming);
        let (severity, complexity) = (self.severity, self.complexity);
        let replaced = self.receipt.replaced(now, cause, &self.terms, promises);
        let replaced = Receipt { severity, complexity, ..replaced };
        let receipt = match change {
            Change::Caused => replaced,
            Change::Calendar => replaced.keeping(&self.receipt),
        };
        let told = |of: &Receipt, metric| of.promise(metric).map(|line| line.promised.at);
        let moves = |line: &Promise| told(&self.receipt, line.metric) != Some(line.promised.at);
        receipt.promises.iter().any(moves).then_some(receipt)
    }
}
