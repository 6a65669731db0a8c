//! The intake door. A request is accepted when its object has it, or, if the object fails or takes too long, when the
//! journal has it; what is left in the journal is handed over by a sweep. Decided here, done at the edge.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a customer waits for the object before the journal's word is enough.
pub const PATIENCE: SignedDuration = SignedDuration::from_secs(3);

/// A journal entry younger than this may still be on its way by the request itself.
pub const SWEEP_AFTER: SignedDuration = SignedDuration::from_secs(10);

/// Who holds an accepted request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// Its object: it is a ticket.
    Object,
    /// The journal: it becomes one within a minute (three on Cloudflare).
    Journal,
}

/// One of the two things that the door does at once, as far as it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leg {
    Running,
    Done,
    Failed,
}

/// What the door hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The journal has the request.
    Journaled,
    /// The journal cannot take it.
    JournalFailed,
    /// The object has the request.
    Taken,
    /// The object cannot be reached, or broke.
    ObjectFailed,
    /// The object says no: the request is somebody else's, or cannot be.
    Refused,
    /// [`PATIENCE`] is over.
    TimeUp,
}

/// What the door does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Wait for the other leg.
    Wait,
    /// Tell the customer that it is accepted.
    Accept(Held),
    /// Tell her the object's refusal.
    Refuse,
    /// Nobody has it: tell her to try again.
    Fail,
}

/// One request at the door.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    journal: Leg,
    object: Leg,
    late: bool,
}

impl Default for Door {
    fn default() -> Self {
        Self { journal: Leg::Running, object: Leg::Running, late: false }
    }
}

impl Door {
    /// Takes in what was heard and says what to do. After an answer, what is heard only matters to
    /// [`Door::journal_is_spent`].
    pub fn hear(&mut self, heard: Heard) -> Next {
        match heard {
            Heard::Journaled => self.journal = Leg::Done,
            Heard::JournalFailed => self.journal = Leg::Failed,
            Heard::Taken => self.object = Leg::Done,
            Heard::ObjectFailed => self.object = Leg::Failed,
            Heard::TimeUp => self.late = true,
            Heard::Refused => {
                self.object = Leg::Done;
                return Next::Refuse;
            }
        }
        match (self.object, self.journal) {
            (Leg::Done, _) => Next::Accept(Held::Object),
            (Leg::Failed, Leg::Done) => Next::Accept(Held::Journal),
            (Leg::Failed, Leg::Failed) => Next::Fail,
            (Leg::Running, Leg::Done) if self.late => Next::Accept(Held::Journal),
            (Leg::Failed | Leg::Running, Leg::Running) | (Leg::Running, Leg::Done | Leg::Failed) => {
                Next::Wait
            }
        }
    }

    /// Whether what was journaled can be forgotten: the object has it, or has refused it.
    #[must_use]
    pub fn journal_is_spent(&self) -> bool {
        self.object == Leg::Done
    }
}

/// Whether a sweep at `now` hands over an entry that was journaled at `asked_at`.
#[must_use]
pub fn sweeps(asked_at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(asked_at) >= SWEEP_AFTER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn hears(heard: &[Heard], expected: Next) {
        let mut door = Door::default();
        let last = heard.iter().fold(Next::Wait, |_, h| door.hear(*h));
        assert_eq!(last, expected, "after {heard:?}");
    }

    #[test]
    fn the_objects_word_is_enough() {
        hears(&[Heard::Taken], Next::Accept(Held::Object));
        hears(&[Heard::JournalFailed, Heard::Taken], Next::Accept(Held::Object));
        hears(&[Heard::TimeUp, Heard::Taken], Next::Accept(Held::Object));
    }

    #[test]
    fn the_journals_word_is_enough_only_when_the_object_fails_or_is_late() {
        hears(&[Heard::Journaled], Next::Wait);
        hears(&[Heard::Journaled, Heard::ObjectFailed], Next::Accept(Held::Journal));
        hears(&[Heard::ObjectFailed, Heard::Journaled], Next::Accept(Held::Journal));
        hears(&[Heard::Journaled, Heard::TimeUp], Next::Accept(Held::Journal));
    }

    #[test]
    fn nobody_is_told_accepted_while_nobody_has_it() {
        hears(&[Heard::ObjectFailed], Next::Wait);
        hears(&[Heard::TimeUp], Next::Wait);
        hears(&[Heard::TimeUp, Heard::JournalFailed], Next::Wait);
        hears(&[Heard::JournalFailed, Heard::ObjectFailed], Next::Fail);
    }

    #[test]
    fn a_refusal_is_told_and_its_journal_entry_is_spent() {
        let mut door = Door::default();
        assert_eq!(door.hear(Heard::Refused), Next::Refuse);
        assert!(door.journal_is_spent());
    }
}
