//! The planner on the floor: the question, the file that is only proposed, and what the edge said to both.

use std::rc::Rc;

use shared::refusal::Refusal;
use shared::wire::{Outcome, PlanAnswer, PlanField, PlanQuestion, Proposal};
use widget::http::Failure;

/// What can happen at the planner.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// The address names the planner, or something else.
    Shown(bool),
    /// A word of the question is another one; an empty one says nothing.
    Word(PlanField, String),
    /// Hours of another zone.
    Zone(Whose),
    /// The cover of another file.
    Cover(Which),
    /// The text of the box.
    Typed(String),
    /// The text of the box is asked about.
    Compare,
    /// Only the published file counts again.
    Discard,
    /// Another try.
    Again,
    /// The edge was asked.
    Answered(u32, Result<Box<PlanAnswer>, Failure>),
}

/// Whose wall clock the map shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    Reader,
    Tenant,
}

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    Published,
    Proposed,
}

/// What the edge is to be asked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Wish {
    Published(PlanQuestion),
    Proposed(Proposal),
}

/// The planner.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Planner {
    pub(crate) shown: bool,
    pub(crate) question: PlanQuestion,
    /// Counts the wishes: each one asks the edge, and an answer to an older one is late.
    serial: u32,
    waiting: bool,
    pub(crate) answer: Option<Rc<PlanAnswer>>,
    /// The last try failed.
    pub(crate) trouble: Option<Failure>,
    pub(crate) typed: Rc<str>,
    /// The file that is asked about beside the published one.
    proposed: Option<Rc<str>>,
    /// Why the edge did not take that file.
    pub(crate) refused: Option<Refusal>,
    pub(crate) zone: Whose,
    pub(crate) cover: Which,
}

impl Planner {
    /// Nothing asked yet, by a reader in this zone.
    pub(super) fn of(reader: &str) -> Self {
        Self {
            shown: false,
            question: PlanQuestion { reader: Some(reader.to_owned()), ..PlanQuestion::default() },
            serial: 0,
            waiting: false,
            answer: None,
            trouble: None,
            typed: "".into(),
            proposed: None,
            refused: None,
            zone: Whose::Reader,
            cover: Which::Published,
        }
    }

    pub(super) fn after(&mut self, act: Act) {
        match act {
            Act::Shown(shown) if shown == self.shown => {}
            Act::Shown(shown) => {
                self.shown = shown;
                // Who is on call may have changed meanwhile.
                self.ask();
            }
            Act::Word(field, word) => self.word(field, word),
            Act::Zone(zone) => self.zone = zone,
            Act::Cover(cover) => self.cover = cover,
            Act::Typed(text) => {
                self.typed = text.into();
                self.refused = None;
            }
            Act::Compare => {
                self.proposed = Some(Rc::clone(&self.typed)).filter(|text| !text.trim().is_empty());
                self.refused = None;
                self.ask();
            }
            Act::Discard => {
                self.typed = "".into();
                self.alone();
            }
            Act::Again => self.ask(),
            Act::Answered(serial, answered) if serial == self.serial => self.answered(answered),
            // Late: another question was asked meanwhile.
            Act::Answered(..) => {}
        }
    }

    /// What is shown may be out of date.
    pub(super) fn resync(&mut self) {
        if self.shown {
            self.ask();
        }
    }

    fn ask(&mut self) {
        self.serial = self.serial.wrapping_add(1);
        self.waiting = self.shown;
        self.trouble = None;
    }

    /// The published file alone.
    fn alone(&mut self) {
        self.proposed = None;
        self.cover = Which::Published;
        self.ask();
    }

    fn word(&mut self, field: PlanField, word: String) {
        let word = Some(word).filter(|word| !word.trim().is_empty());
        let question = &mut self.question;
        match field {
            // A company says its tier, and a tier that is asked for is anybody's.
            PlanField::Tier => (question.tier, question.company) = (word, None),
            PlanField::Company => (question.company, question.tier) = (word, None),
            PlanField::Severity => question.severity = word,
            PlanField::Complexity => question.complexity = word,
            PlanField::Channel => question.channel = word,
            PlanField::Language => question.language = word,
            PlanField::At => question.at = word,
            PlanField::Zone => question.zone = word,
            PlanField::Reader => question.reader = word,
        }
        self.ask();
    }

    fn answered(&mut self, answered: Result<Box<PlanAnswer>, Failure>) {
        self.waiting = false;
        match answered {
            Ok(answer) => {
                self.cover = match answer.proposed {
                    Some(Outcome::Planned { .. }) => self.cover,
                    Some(Outcome::Unknown { .. }) | None => Which::Published,
                };
                self.answer = Some(Rc::from(answer));
            }
            // The file is refused, not the question: that is asked again without it.
            Err(Failure::Refused(why)) if self.proposed.is_some() => {
                self.refused = Some(why);
                self.alone();
            }
            Err(why) => self.trouble = Some(why),
        }
    }

    /// What to ask the edge now, and under which number its answer is expected.
    pub(crate) fn wish(&self) -> Option<(u32, Wish)> {
        let question = self.question.clone();
        let wish = match &self.proposed {
            Some(file) => Wish::Proposed(Proposal { file: file.to_string(), question }),
            None => Wish::Published(question),
        };
        self.waiting.then_some((self.serial, wish))
    }

    /// Whether an answer is on its way.
    pub(crate) fn waits(&self) -> bool {
        self.waiting
    }

    /// Whether the box's file is being compared.
    pub(crate) fn compares(&self) -> bool {
        self.waiting && self.proposed.is_some()
    }
}
