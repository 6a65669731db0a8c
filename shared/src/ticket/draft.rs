//! A step in the making: the ticket with the events of the step already applied, and what follows from them.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;

use crate::contract::Metric;
use crate::ids::MessageId;
use crate::refusal::Refusal;
use crate::sla::{Level, Notice};
use crate::ticket::order::Latest;
use crate::ticket::step::extend_at;
use crate::ticket::summary;
use crate::ticket::{Actor, Author, Effect, Event, Intake, Logged, Open, Opening, Stage, Step, Ticket};

pub(super) struct Draft {
    pub(super) ticket: Ticket,
    pub(super) now: Timestamp,
    step: Step,
    subject: Option<String>,
    who: Option<String>,
    last: Option<String>,
}

impl Draft {
    pub(super) fn new(ticket: &Ticket, now: Timestamp) -> Self {
        // A ticket's own log is never ahead of what happens to it next.
        let now = Latest::not_before(ticket.open().and_then(|open| open.latest), now);
        Self { ticket: ticket.clone(), now, step: Step::default(), subject: None, who: None, last: None }
    }

    pub(super) fn event(&mut self, event: Event) {
        let latest = self.ticket.open().and_then(|open| open.latest);
        let at = Latest::instant(latest, self.now, &event);
        self.now = at;
        let line = Logged { seq: self.ticket.seq() + 1, at, event };
        self.ticket.apply(&line);
        self.step.events.push(line);
    }

    pub(super) fn words(&mut self, message: MessageId, text: String) {
        self.step.effects.push(Effect::KeepWords { message, text });
    }

    /// The opened ticket, with everything told that came true before this command.
    pub(super) fn known(&mut self) -> Result<&Open, Refusal> {
        self.tick();
        self.ticket.open().ok_or(Refusal::Unknown {})
    }

    /// Whether a message is new. One that stands in the log already is acknowledged again and changes nothing.
    pub(super) fn fresh(&mut self, message: MessageId) -> Result<bool, Refusal> {
        Ok(!self.known()?.messages.contains_key(&message))
    }

    pub(super) fn open(&mut self, intake: Intake) -> Result<(), Refusal> {
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
        let Intake { request, customer, company, terms, receipt, ring, opened_by } = intake;
        let message = MessageId::from(request.id);
        let opening = Opening {
            customer,
            company,
            channel: request.channel.clone(),
            severity: receipt.severity,
            language: request.language.clone(),
            zone: request.zone.clone(),
            message,
            opened_by,
        };
        self.subject = Some(summary::first_line(&request.text));
        self.who = summary::who(&request);
        self.words(message, request.text.clone());
        self.step
            .effects
            .push(Effect::KeepRequest { request: crate::ticket::Request { text: String::new(), ..request } });
        self.event(Event::TermsSet { terms, cause: crate::ticket::TermsCause::Known });
        self.event(Event::Opened { opening, receipt });
        self.step.effects.extend(ring.map(|ring| Effect::Ring { ring: Box::new(ring) }));
        self.already_late();
    }

    /// What is past already when a clock is made or changed is told once: the highest level only, marked late (S8).
    pub(super) fn already_late(&mut self) {
        let now = self.now;
        let past: Vec<Notice> = self.notices().into_iter().filter(|n| n.told_from() <= now).collect();
        for metric in Metric::ALL {
            let highest = past.iter().filter(|n| n.metric == metric).max_by_key(|n| n.level);
            if let Some(notice) = highest {
                self.tell(*notice, Told::Late);
            }
        }
    }

    fn notices(&self) -> Vec<Notice> {
        self.ticket.open().map(|open| open.board().notices()).unwrap_or_default()
    }

    /// Tells everything that has come true by now, each once.
    pub(super) fn tick(&mut self) {
        let now = self.now;
        for notice in self.notices().into_iter().filter(|n| n.told_from() <= now) {
            self.tell(notice, Told::InTime);
        }
        let extend = self.ticket.open().and_then(extend_at).filter(|at| *at <= now);
        if extend.is_some() {
            self.event(Event::TermsAsked {});
            self.step.effects.push(Effect::AskTerms {});
        }
    }

    fn tell(&mut self, notice: Notice, told: Told) {
        let Notice { metric, cycle, level, .. } = notice;
        let ring = self.ticket.open().and_then(|open| summary::ring(self.ticket.id(), open, notice));
        match level {
            Level::Warning(percent) => {
                self.event(Event::Warned { metric, percent, late: told == Told::Late, cycle });
            }
            Level::Breach => self.breach(notice),
            Level::Grace => {
                self.breach(notice);
                self.event(Event::Notified { metric, cycle });
            }
        }
        self.step.effects.extend(ring.map(|ring| Effect::Ring { ring: Box::new(ring) }));
    }

    /// A breach that was told is not told again, whatever comes after it.
    fn breach(&mut self, Notice { metric, cycle, at, .. }: Notice) {
        let Some(clock) = self.ticket.open().and_then(|open| open.board().clock(metric)) else { return };
        let stamped = clock.judged().unwrap_or(at);
        let raw = clock.due().filter(|due| *due < stamped);
        if clock.cycle.told < Some(Level::Breach) {
            self.event(Event::Breached { metric, stamped, cycle, raw });
        }
    }

    pub(super) fn say(&mut self, message: MessageId, author: Author, text: String) -> Result<(), Refusal> {
        if !self.fresh(message)? {
            return Ok(());
        }
        let by_customer = matches!(author, Author::Customer {});
        self.last = Some(summary::first_line(&text));
        self.words(message, text);
        // By S10 a wait ends before her words start a clock.
        if by_customer && matches!(self.known()?.stage, Stage::Pending { .. }) {
            self.resumed(Actor::Customer {});
        }
        self.event(Event::Said { message, author });
        Ok(())
    }

    /// Whoever lists the ticket is told its new line, and whoever listens hears of it.
    pub(super) fn finish(mut self) -> Step {
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

/// Whether a level is told when it came true, or was past when the clock was made or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    InTime,
    Late,
}
