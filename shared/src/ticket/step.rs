//! What may happen next to a ticket: the only way it changes. Values in, values out: a refusal changes nothing, and
//! nothing here is performed.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};

use crate::ids::MessageId;
use crate::refusal::Refusal;
use crate::sla::{Level, Notice};
use crate::ticket::summary;
use crate::ticket::{
    Actor, Author, Command, Effect, Event, Intake, Logged, Open, Opening, PendReason, Stage, Step, Ticket,
    Timer,
};

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
        match command {
            Command::Open { intake } => draft.open(*intake)?,
            Command::Tick {} => draft.tick(),
            Command::Say { message, author, text } => draft.say(message, author, text)?,
            Command::Note { message, by, text } => {
                if draft.fresh(message)? {
                    draft.words(message, text);
                    draft.event(Event::Noted { message, by });
                }
            }
            Command::Pend { by, reason } => draft.pend(by, reason)?,
            Command::Resume { by } => draft.resume(Actor::Agent { id: by })?,
            Command::Solve { by } => {
                if !matches!(draft.known()?.stage, Stage::Solved { .. }) {
                    draft.event(Event::Solved { by });
                }
            }
            Command::Reopen { by } => {
                if matches!(draft.known()?.stage, Stage::Solved { .. }) {
                    draft.event(Event::Reopened { by });
                }
            }
            Command::See { upto } => {
                if draft.known()?.unread.iter().any(|seq| *seq <= upto) {
                    draft.event(Event::Seen { upto });
                }
            }
            Command::Extend { terms } => {
                let open = draft.known()?;
                if open.terms.tier == terms.tier && terms.until() > open.terms.until() {
                    draft.event(Event::TermsSet { terms });
                }
            }
        }
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
fn extend_at(open: &Open) -> Option<Timestamp> {
    let over = matches!(open.stage, Stage::Solved { .. }) && open.answered.is_some();
    let needed = !over && open.terms.until() < crate::time::FOREVER;
    let first = open.terms.until().checked_sub(EXTEND_BEFORE).ok();
    let again = open.terms_asked.map(|asked| asked.saturating_add(ASK_AGAIN).unwrap_or(Timestamp::MAX));
    first.max(again).filter(|_| needed)
}

/// A ticket with the events of one step already applied.
struct Draft {
    ticket: Ticket,
    now: Timestamp,
    step: Step,
    subject: Option<String>,
    who: Option<String>,
    last: Option<String>,
}

impl Draft {
    fn new(ticket: &Ticket, now: Timestamp) -> Self {
        Self { ticket: ticket.clone(), now, step: Step::default(), subject: None, who: None, last: None }
    }

    fn event(&mut self, event: Event) {
        let line = Logged { seq: self.ticket.seq() + 1, at: self.now, event };
        self.ticket.apply(&line);
        self.step.events.push(line);
    }

    fn words(&mut self, message: MessageId, text: String) {
        self.step.effects.push(Effect::KeepWords { message, text });
    }

    /// The opened ticket, with everything told that came true before this command.
    fn known(&mut self) -> Result<&Open, Refusal> {
        self.tick();
        self.ticket.open().ok_or(Refusal::Unknown {})
    }

    /// Whether a message is new. One that stands in the log already is acknowledged again and changes nothing.
    fn fresh(&mut self, message: MessageId) -> Result<bool, Refusal> {
        Ok(!self.known()?.messages.contains_key(&message))
    }

    fn open(&mut self, intake: Intake) -> Result<(), Refusal> {
        let Some(open) = self.ticket.open() else {
            self.begin(intake);
            return Ok(());
        };
        if open.opening.customer != intake.customer {
            return Err(Refusal::Unknown {});
        }
        if intake.receipt.asked_at < open.receipt.asked_at {
            let receipt = summary::antedated(&open.receipt, intake.receipt, self.now);
            self.event(Event::Antedated { receipt });
        }
        self.tick();
        Ok(())
    }

    fn begin(&mut self, intake: Intake) {
        let Intake { request, customer, company, terms, receipt, ring } = intake;
        let message = MessageId::from(request.id);
        let opening = Opening {
            customer,
            company,
            channel: request.channel.clone(),
            severity: receipt.severity,
            language: request.language.clone(),
            zone: request.zone.clone(),
            message,
        };
        self.subject = Some(summary::first_line(&request.text));
        self.who = summary::who(&request);
        self.words(message, request.text.clone());
        self.step
            .effects
            .push(Effect::KeepRequest { request: crate::ticket::Request { text: String::new(), ..request } });
        self.event(Event::TermsSet { terms });
        self.event(Event::Opened { opening, receipt });
        self.step.effects.extend(ring.map(|ring| Effect::Ring { ring: Box::new(ring) }));
        self.already_late();
    }

    /// What came true before the clock was even made is told once: the highest level only, marked late (S8).
    fn already_late(&mut self) {
        let now = self.now;
        let past: Vec<Notice> = self.notices().into_iter().filter(|n| n.told_from() <= now).collect();
        for metric in crate::contract::Metric::ALL {
            let highest = past.iter().filter(|n| n.metric == metric).max_by_key(|n| n.level);
            if let Some(notice) = highest {
                self.tell(*notice, true);
            }
        }
    }

    fn notices(&self) -> Vec<Notice> {
        self.ticket.open().map(|open| open.board().notices()).unwrap_or_default()
    }

    /// Tells everything that has come true by now, each once.
    fn tick(&mut self) {
        let now = self.now;
        for notice in self.notices().into_iter().filter(|n| n.told_from() <= now) {
            self.tell(notice, false);
        }
        let extend = self.ticket.open().and_then(extend_at).filter(|at| *at <= now);
        if extend.is_some() {
            self.event(Event::TermsAsked {});
            self.step.effects.push(Effect::AskTerms {});
        }
    }

    fn tell(&mut self, notice: Notice, late: bool) {
        let metric = notice.metric;
        self.event(match notice.level {
            Level::Warning(percent) => Event::Warned { metric, percent, late },
            Level::Breach => Event::Breached { metric, stamped: notice.at },
        });
        let ring = self.ticket.open().and_then(|open| summary::ring(self.ticket.id(), open, notice));
        self.step.effects.extend(ring.map(|ring| Effect::Ring { ring: Box::new(ring) }));
    }

    fn say(&mut self, message: MessageId, author: Author, text: String) -> Result<(), Refusal> {
        if !self.fresh(message)? {
            return Ok(());
        }
        let by_customer = matches!(author, Author::Customer {});
        self.last = Some(summary::first_line(&text));
        self.words(message, text);
        self.event(Event::Said { message, author });
        if by_customer && matches!(self.known()?.stage, Stage::Pending { .. }) {
            self.event(Event::Resumed { by: Actor::Customer {} });
        }
        Ok(())
    }

    fn pend(&mut self, by: crate::ids::AgentId, reason: PendReason) -> Result<(), Refusal> {
        match self.known()?.stage {
            Stage::Pending { reason: current, .. } if current == reason => {}
            Stage::Open {} | Stage::Pending { .. } => self.event(Event::Pended { by, reason }),
            stage @ Stage::Solved { .. } => return Err(wrong_stage("set pending", stage)),
        }
        Ok(())
    }

    fn resume(&mut self, by: Actor) -> Result<(), Refusal> {
        match self.known()?.stage {
            Stage::Open {} => {}
            Stage::Pending { .. } => self.event(Event::Resumed { by }),
            stage @ Stage::Solved { .. } => return Err(wrong_stage("resumed", stage)),
        }
        Ok(())
    }

    /// Whoever lists the ticket is told its new line, and whoever listens hears of it.
    fn finish(mut self) -> Step {
        let changed = !self.step.events.is_empty();
        if let (true, Some(open)) = (changed, self.ticket.open()) {
            let told = summary::Told { subject: self.subject, who: self.who, last: self.last };
            let row = summary::row(&self.ticket, open, &told, self.now);
            let card = summary::card(&self.ticket, open, &told, self.now);
            self.step.effects.push(Effect::Index { row: Box::new(row) });
            self.step.effects.push(Effect::List { card: Box::new(card) });
            self.step.effects.push(Effect::Tell {});
        }
        self.step
    }
}

fn wrong_stage(wanted: &str, stage: Stage) -> Refusal {
    Refusal::Stage { wanted: wanted.to_owned(), found: stage.as_str().to_owned() }
}
