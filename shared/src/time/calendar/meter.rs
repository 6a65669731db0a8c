//! Counting open time forward from a start, window by window: rule S4 for a calendar, which resolves as many windows
//! as it takes. What is resolved already is asked by [`crate::time::Hours`].

use core::ops::ControlFlow::{self, Break, Continue};

use jiff::{SignedDuration, Timestamp};

use crate::time::hours::LONGEST_GAP;
use crate::time::windows::Outside;
use crate::time::{Window, Windows};

/// Counts down from a target through windows given in order.
pub(super) struct Meter {
    start: Timestamp,
    left: SignedDuration,
    open_until: Timestamp,
}

impl Meter {
    pub(super) fn new(start: Timestamp, target: SignedDuration) -> Self {
        Self { start, left: target, open_until: start }
    }

    /// Reads the next window; breaks with the first instant at which the target is used up, or with none
    /// when the calendar was closed for too long. Pauses use nothing up, and are no gap.
    pub(super) fn read(&mut self, window: Window, pauses: &Windows) -> ControlFlow<Option<Timestamp>> {
        self.closed_until(window.from())?;
        self.open_until = self.open_until.max(window.to());
        let Ok(window) = Window::new(window.from().max(self.start), window.to()) else {
            return Continue(());
        };
        for piece in Outside::of(window, pauses) {
            let used = piece.length();
            if self.left <= used {
                return Break(end_within(piece, self.left));
            }
            self.left = self.left.saturating_sub(used);
        }
        Continue(())
    }

    /// Learns that nothing opens before `instant`; breaks when the gap is too long.
    pub(super) fn closed_until(&self, instant: Timestamp) -> ControlFlow<Option<Timestamp>> {
        if instant.duration_since(self.open_until) >= LONGEST_GAP { Break(None) } else { Continue(()) }
    }
}

/// A target that would be used up only at the end of all time is never due.
fn end_within(piece: Window, left: SignedDuration) -> Option<Timestamp> {
    let end = piece.from().checked_add(left).ok()?;
    (!piece.never_ends() || end < piece.to()).then_some(end)
}
