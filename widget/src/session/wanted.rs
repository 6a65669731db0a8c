//! Something that the edge is asked for, again and again: what is here stays while the next answer is on its way.

use std::rc::Rc;

use jiff::{SignedDuration, Timestamp};
use widget::http::Failure;

/// An answer, and how asking for the next one stands.
#[derive(Debug, PartialEq)]
pub(crate) struct Wanted<T> {
    /// The last answer.
    pub(crate) here: Option<Rc<T>>,
    /// Why there is no newer one.
    pub(crate) failed: Option<Failure>,
    /// The question that runs now, by number; an effect asks each number once.
    pub(crate) asking: Option<u32>,
    number: u32,
    asked_at: Timestamp,
}

impl<T> Default for Wanted<T> {
    fn default() -> Self {
        Self { here: None, failed: None, asking: None, number: 0, asked_at: Timestamp::UNIX_EPOCH }
    }
}

impl<T> Clone for Wanted<T> {
    fn clone(&self) -> Self {
        let Self { here, failed, asking, number, asked_at } = self;
        Self {
            here: here.clone(),
            failed: failed.clone(),
            asking: *asking,
            number: *number,
            asked_at: *asked_at,
        }
    }
}

impl<T> Wanted<T> {
    /// Asks, unless a question is on its way.
    pub(crate) fn ask(&mut self, now: Timestamp) {
        if self.asking.is_none() {
            self.ask_anew(now);
        }
    }

    /// Asks, and no longer waits for what was asked before: who asks, or for what, has changed.
    pub(crate) fn ask_anew(&mut self, now: Timestamp) {
        self.number = self.number.wrapping_add(1);
        self.asking = Some(self.number);
        self.asked_at = now;
    }

    /// Forgets what is here: it is of something else. Questions are still counted on, so that the next is a new one.
    pub(crate) fn forget(&mut self) {
        (self.here, self.failed) = (None, None);
    }

    /// Asks again if the last time was so long ago.
    pub(crate) fn ask_after(&mut self, rest: SignedDuration, now: Timestamp) {
        if now.duration_since(self.asked_at) >= rest {
            self.ask(now);
        }
    }

    /// Whether the first question was not the last.
    pub(crate) fn asked_again(&self) -> bool {
        self.number > 1
    }

    /// Takes the answer in.
    pub(crate) fn answered(&mut self, answer: Result<T, Failure>) {
        self.asking = None;
        match answer {
            Ok(value) => {
                self.here = Some(Rc::new(value));
                self.failed = None;
            }
            Err(failure) => self.failed = Some(failure),
        }
    }
}
