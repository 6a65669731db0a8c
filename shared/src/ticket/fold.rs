//! What a line of the log does to a ticket's clocks.

use jiff::Timestamp;

use crate::contract::{Answers, Complexity, Severity, Terms};
use crate::ids::MessageId;
use crate::sla::{AT_ONCE, Cause, Change, Force, Receipt};
use crate::ticket::state::case;
use crate::ticket::{Author, Logged, Open, TermsCause};

impl Open {
    pub(super) fn said(&mut self, line: &Logged, message: MessageId, author: &Author) {
        self.wrote(line, message);
        let counts = match author {
            Author::Customer {} => {
                self.waits = true;
                if self.stage.is_open() {
                    self.course.customer_said(line.at);
                }
                return;
            }
            Author::Agent { .. } => true,
            Author::Bot {} | Author::Automatic {} => self.terms.rules.answers == Answers::PeopleAndBots,
        };
        self.unread.push(line.seq);
        if counts {
            self.waits = false;
            self.answered = self.answered.or(Some(line.at));
            self.on_course(|course, force| course.answered(force, line.at));
            if self.stage.is_open() {
                self.course.update_awaited(line.at);
            }
        }
    }

    pub(super) fn bound(&mut self, terms: &Terms, cause: &TermsCause, at: Timestamp) {
        match cause {
            TermsCause::Tier { .. } | TermsCause::Contract { .. } => self.moved_to(terms, at),
            TermsCause::Known | TermsCause::Calendar { .. } => self.rebound(terms, (at, Change::Calendar)),
        }
        self.terms_asked = None;
    }

    /// Takes in that another tier or contract holds.
    pub(super) fn moved_to(&mut self, terms: &Terms, at: Timestamp) {
        self.rebound(terms, (at, Change::Caused));
    }

    pub(super) fn rebound(&mut self, terms: &Terms, change: (Timestamp, Change)) {
        let case = case(&self.opening, self.severity, self.complexity);
        let (before, after) = (Force { terms: &self.terms, case }, Force { terms, case });
        self.course.rebound(before, after, change);
        self.terms = terms.clone();
    }

    /// Takes in that the ticket is another case than it was.
    pub(super) fn is(&mut self, severity: Severity, complexity: Complexity, at: Timestamp) {
        let before = case(&self.opening, self.severity, self.complexity);
        let after = case(&self.opening, severity, complexity);
        let force = |case| Force { terms: &self.terms, case };
        self.course.rebound(force(before), force(after), (at, Change::Caused));
        (self.severity, self.complexity, self.changed_at) = (severity, complexity, at);
    }

    pub(super) fn absorb(&mut self, terms: &Terms, asked_at: Timestamp, at: Timestamp) {
        let case = case(&self.opening, self.severity, self.complexity);
        self.course.antedated(Force { terms, case }, asked_at);
        self.changed_at = at;
    }

    pub(super) fn promise(&mut self, receipt: &Receipt) {
        self.receipt = receipt.clone();
        self.promised();
    }

    /// What the receipt in force says of the clocks that run. A calendar takes no promise away: of what was due before
    /// it changed the receipt has no line, and what was told holds.
    pub(super) fn promised(&mut self) {
        let takes_away = !matches!(self.receipt.cause, Cause::Calendar { .. });
        for metric in AT_ONCE {
            let told = self.receipt.promise(metric).map(|line| line.promised.at);
            if told.is_some() || takes_away {
                self.course.promised(metric, told);
            }
        }
    }
}
