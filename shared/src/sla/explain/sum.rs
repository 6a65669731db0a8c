//! The sum behind an explanation: the time from a clock's start to its due instant, parted by what became of it.

use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};

use super::{Story, SumLine, Wait};
use crate::sla::course::TO_THE_END;
use crate::sla::{Cause, Clock};
use crate::time::{FOREVER, Mark, MarkKind, Window, Windows};

/// A closure as long as this is told also where no holiday is its cause: a weekend is, a night is not.
const WORTH_TELLING: SignedDuration = SignedDuration::from_hours(24);

/// The time from a clock's start to its due instant, by what became of it.
pub(super) struct Sum {
    counted: Windows,
    paused: Vec<(Window, Wait)>,
    solved: Windows,
    closed: Windows,
}

impl Sum {
    pub(super) fn of(clock: &Clock<'_>, due: Option<Timestamp>, story: &Story<'_>) -> Self {
        let (from, since) = (clock.cycle.counts_from, clock.since());
        let span = stretch(from, due.unwrap_or(FOREVER));
        let later = stretch(since, FOREVER).intersection(clock.hours.windows()).without(&clock.pauses);
        let counted = clock.cycle.counted.union(&later).intersection(&span);
        let listed = story.waits.iter().filter(|wait| clock.target.pauses.contains(&wait.reason));
        let waited = |wait: &Wait| stretch(wait.from, wait.to.unwrap_or(FOREVER));
        let earlier = stretch(from, since).without(&clock.cycle.counted);
        let stands_still = earlier.union(&clock.pauses).intersection(&span);
        let paused: Vec<(Window, Wait)> = listed
            .flat_map(|wait| {
                let pieces: Vec<Window> = waited(wait).intersection(&stands_still).iter().copied().collect();
                pieces.into_iter().map(|piece| (piece, wait.clone()))
            })
            .collect();
        let pauses: Windows = paused.iter().map(|(piece, _)| *piece).collect();
        let to_the_end = TO_THE_END.contains(&clock.cycle.metric);
        let solved = if to_the_end { story.solved.intersection(&span) } else { Windows::EMPTY };
        let solved = solved.without(&counted).without(&pauses);
        let closed = span.without(&counted).without(&pauses).without(&solved);
        Self { counted, paused, solved, closed }
    }

    pub(super) fn lines(&self, clock: &Clock<'_>, story: &Story<'_>) -> Vec<SumLine> {
        let from = clock.cycle.counts_from;
        let changes = || story.changes.iter().filter(|(at, _)| *at > clock.cycle.started);
        let marks = marks_of(clock, story);
        let mut all: Vec<SumLine> = changes().map(|(at, cause)| changed(*at, cause)).collect();
        let paused = |(piece, wait): &(Window, Wait)| SumLine::Paused {
            from: piece.from(),
            to: Some(piece.to()).filter(|_| !piece.never_ends()),
            wait: wait.clone(),
        };
        all.extend(self.paused.iter().map(paused));
        all.extend(self.solved.iter().map(|gap| SumLine::Solved { from: gap.from(), to: gap.to() }));
        let told = |gap: &&Window| {
            let holiday = !holidays_in(&marks, **gap).is_empty();
            !gap.never_ends() && (holiday || gap.from() == from || gap.length() >= WORTH_TELLING)
        };
        let closed = |gap: &Window| SumLine::Closed {
            from: gap.from(),
            to: gap.to(),
            holidays: holidays_in(&marks, *gap),
        };
        all.extend(self.closed.iter().filter(told).map(closed));
        let counted = |mark: &&Mark| self.counted.iter().any(|w| mark.touches(w.from(), w.to()));
        let other = marks.iter().filter(|mark| !is_holiday(mark)).filter(counted);
        all.extend(other.map(|mark| SumLine::Marked { mark: mark.clone() }));
        all.extend(counted_lines(&self.counted, from, changes().map(|(at, _)| *at)));
        all.sort_by_key(SumLine::from);
        all
    }
}

/// The lines of the sum, parted where something changed.
fn counted_lines(counted: &Windows, start: Timestamp, cuts: impl Iterator<Item = Timestamp>) -> Vec<SumLine> {
    let cuts: Vec<Timestamp> = cuts.collect();
    let mut lines = Vec::new();
    let (mut sum, mut told) = (SignedDuration::from_millis(start.as_millisecond().rem_euclid(60_000)), 0);
    for window in counted {
        let inside = cuts.iter().copied().filter(|at| window.from() < *at && *at < window.to());
        let mut from = window.from();
        for to in inside.chain([window.to()]).filter(|to| *to > window.from()) {
            sum = sum.saturating_add(to.duration_since(from));
            let adds = SignedDuration::from_mins(sum.as_mins().saturating_sub(told));
            told = sum.as_mins();
            lines.push(SumLine::Counted { from, to, adds });
            from = to;
        }
    }
    lines
}

fn changed(at: Timestamp, cause: &Cause) -> SumLine {
    SumLine::Changed { at, cause: cause.clone() }
}

/// What the clock's calendar did, each once.
fn marks_of(clock: &Clock<'_>, story: &Story<'_>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let own = story.calendars.iter().filter(|calendar| calendar.id == clock.target.calendar);
    for mark in own.flat_map(|calendar| &calendar.marks) {
        if !marks.contains(mark) {
            marks.push(mark.clone());
        }
    }
    marks
}

fn is_holiday(mark: &Mark) -> bool {
    matches!(mark.kind, MarkKind::Holiday { .. })
}

fn holidays_in(marks: &[Mark], gap: Window) -> Vec<MarkKind> {
    let within = marks.iter().filter(|mark| is_holiday(mark) && mark.touches(gap.from(), gap.to()));
    within.map(|mark| mark.kind.clone()).collect()
}

fn stretch(from: Timestamp, to: Timestamp) -> Windows {
    Window::new(from, to).ok().into_iter().collect()
}
