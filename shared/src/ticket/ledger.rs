//! Cycles as lines of a ledger: what `contract::credit` reads, written by whoever knows the ticket.

use alloc::vec::Vec;

use jiff::Timestamp;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::ticket::{CycleLine, Ticket};
use crate::time::Window;

impl CycleLine {
    /// The instant that decides and that names its month; none: it has no deadline and is in no month.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        self.line.judged.or(self.line.due)
    }
}

impl Ticket {
    /// Its cycles whose deadline lies in a month, as they stand at `now`.
    #[must_use]
    pub fn cycles_of(&self, month: Window, now: Timestamp) -> Vec<CycleLine> {
        let within = |cycle: &CycleLine| cycle.deadline().is_some_and(|at| month.contains(at));
        self.cycles(now).into_iter().filter(within).collect()
    }
}

/// One line of a ledger, with every key that [`crate::contract::credit::Fields`] knows. Instants are text: other programs
/// read it.
impl Serialize for CycleLine {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self { ticket, company, line } = self;
        let seconds = line.finished.and_then(|_| u64::try_from(line.spent.as_secs()).ok());
        let mut fields = to.serialize_struct("cycle", 10)?;
        fields.serialize_field("ticket", ticket)?;
        fields.serialize_field("company", company)?;
        fields.serialize_field("metric", &line.metric)?;
        fields.serialize_field("started", &Text(line.started))?;
        fields.serialize_field("due", &line.due.map(Text))?;
        fields.serialize_field("judged", &line.judged.map(Text))?;
        fields.serialize_field("finished", &line.finished.map(Text))?;
        fields.serialize_field("cancelled", &line.cancelled.map(Text))?;
        // A ticket knows no reason to leave one of its cycles out: whoever agreed on one says so in the file.
        fields.serialize_field("excluded", &None::<()>)?;
        fields.serialize_field("business_seconds", &seconds)?;
        fields.end()
    }
}

struct Text(Timestamp);

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}
