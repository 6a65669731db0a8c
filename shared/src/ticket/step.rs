//! What may happen next to a ticket: the only way it changes. Values in, values out: a refusal changes nothing, and
//! nothing here is performed.

use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};

use crate::refusal::Refusal;
use crate::ticket::draft::Draft;
use crate::ticket::{Actor, Command, Event, Open, Stage, Step, Ticket, Timer};

/// Terms are extended when they reach only this much further.
const EXTEND_BEFORE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// When no answer came, they are asked for again this much later.
const ASK_AGAIN: SignedDuration = SignedDuration::from_hours(24);

/// What a judgement needs beside the log.
#[derive(Clone, Copy, Debug)]
pub struct Ctx {
    /// The one reading of the clock for this event.
    pub now: Timestamp,
}

impl Ticket {
    /// What a command does to this ticket at this moment. Warnings and breaches that came true before it are told
    /// first, so that an answer that comes too late finds its breach in the log. The same command again does nothing.
    ///
    /// # Errors
    /// The refusal that the person who asked is shown.
    pub fn step(&self, ctx: Ctx, command: Command) -> Result<Step, Refusal> {
        let mut draft = Draft::new(self, ctx.now);
        draft.take(command)?;
        Ok(draft.finish())
    }

    /// When to wake it next: the earliest of its timers.
    #[must_use]
    pub fn wake_at(&self) -> Option<Timestamp> {
        self.timers().into_iter().map(Timer::at).min()
    }

    /// Every reason it has to wake.
    #[must_use]
    pub fn timers(&self) -> Vec<Timer> {
        let Some(open) = self.open() else { return Vec::new() };
        let notices = open.board().notices();
        let mut timers: Vec<Timer> =
            notices.into_iter().map(|n| Timer::Notice { metric: n.metric, at: n.told_from() }).collect();
        timers.extend(extend_at(open).map(|at| Timer::ExtendTerms { at }));
        timers
    }
}

/// When later windows are asked for: a week before the known ones end, and again a day after an answer failed to come.
pub(super) fn extend_at(open: &Open) -> Option<Timestamp> {
    let over = !open.stage.is_open() && (open.answered.is_some() || open.stage.is_final());
    let needed = !over && open.terms.until() < crate::time::FOREVER;
    let first = open.terms.until().checked_sub(EXTEND_BEFORE).ok();
    let again = open.terms_asked.map(|asked| asked.saturating_add(ASK_AGAIN).unwrap_or(Timestamp::MAX));
    first.max(again).filter(|_| needed)
}

impl Draft {
    fn take(&mut self, command: Command) -> Result<(), Refusal> {
        match command {
            Command::Open { intake } => self.open(*intake),
            Command::Tick {} => {
                self.tick();
                Ok(())
            }
            Command::Say { message, author, text } => self.say(message, author, text),
            Command::Note { message, by, text } => {
                if self.fresh(message)? {
                    self.words(message, text);
                    self.event(Event::Noted { message, by });
                }
                Ok(())
            }
            Command::Pend { by, reason, evidence } => self.pend(by, reason, evidence),
            Command::Resume { by } => self.resume(Actor::Agent { id: by }),
            Command::Solve { by } => self.solve(Event::Solved { by }),
            Command::Close {} => self.solve(Event::Closed {}),
            Command::Reopen { by } => self.reopen(by),
            Command::See { upto } => {
                if self.known()?.unread.iter().any(|seq| *seq <= upto) {
                    self.event(Event::Seen { upto });
                }
                Ok(())
            }
            Command::Extend { terms } => self.extend(terms),
            Command::Bind { terms, cause } => self.bind(terms, cause),
            Command::SetSeverity { by, to, why } => self.set_severity(by, to, why),
            Command::SetComplexity { by, to, why } => self.set_complexity(by, to, why),
            Command::SetTeam { by, team } => self.set_team(by, team),
            Command::MergeInto { by, ticket } => self.merge_into(by, ticket),
            Command::Absorb { by, ticket, asked_at, terms } => self.absorb(by, ticket, (asked_at, terms)),
            Command::Discard { by, why } => self.discard(by, why),
        }
    }

    fn solve(&mut self, event: Event) -> Result<(), Refusal> {
        if self.known()?.stage.is_open() {
            self.event(event);
        }
        Ok(())
    }
}

pub(super) fn wrong_stage(wanted: &str, stage: Stage) -> Refusal {
    Refusal::Stage { wanted: wanted.into(), found: stage.as_str().into() }
}
