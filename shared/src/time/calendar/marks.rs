//! Marks: which days of a calendar differ from its weekly pattern, and where its zone's clocks change. They are
//! what a reason names when it says why a promise is as late as it is.

use alloc::vec::Vec;

use jiff::Timestamp;

use super::{Calendar, Version, offsets};
use crate::time::{Day, FOREVER, Mark, MarkKind, Window};

impl Calendar {
    /// The causes that touch the time between two instants, in order, each once.
    pub fn marks(&self, from: Timestamp, to: Timestamp) -> Vec<Mark> {
        let mut marks = Vec::new();
        self.collect_marks(from, to, &mut marks);
        marks.sort_by_key(|mark| mark.window);
        marks.dedup();
        marks
    }

    fn collect_marks(&self, from: Timestamp, to: Timestamp, marks: &mut Vec<Mark>) {
        match self {
            Self::Union(parts) | Self::Intersection(parts) => {
                parts.iter().for_each(|part| part.collect_marks(from, to, marks));
            }
            Self::Versions(versions) => {
                let ends = versions.iter().skip(1).map(|next| next.valid_from).chain([FOREVER]);
                for (version, end) in versions.iter().zip(ends) {
                    if let Ok(range) = Window::new(from.max(version.valid_from), to.min(end)) {
                        version.collect_marks(range, marks);
                    }
                }
            }
        }
    }
}

impl Version {
    fn collect_marks(&self, range: Window, marks: &mut Vec<Mark>) {
        let holidays = self.rules.holidays.iter().map(|holiday| {
            let (name, first, last) = (holiday.name.clone(), holiday.first, holiday.last);
            (MarkKind::Holiday { name, first, last }, first, last)
        });
        let extras = self.rules.extras.iter().map(|(&day, extra)| {
            let kind = if extra.make_up { MarkKind::MakeUpDay { day } } else { MarkKind::OtherHours { day } };
            (kind, day, day)
        });
        let parts = self.rules.parts.keys().map(|&day| (MarkKind::OtherHours { day }, day, day));
        let of_days = holidays.chain(extras).chain(parts).filter_map(|(kind, first, last)| {
            let window = self.days(first, last)?;
            window.overlap(range).map(|_| Mark { kind, window })
        });
        marks.extend(of_days);
        marks.extend(self.clock_changes(range));
    }

    fn days(&self, first: Day, last: Day) -> Option<Window> {
        Window::new(self.midnight(first), self.midnight(last.tomorrow())).ok()
    }

    /// A change governs the whole local date on which it happens, so that a night shift knows it too.
    fn clock_changes(&self, range: Window) -> Vec<Mark> {
        let spans: Vec<(Window, i32)> = offsets(&self.zone, range.from(), range.to()).collect();
        let change = |pair: &[(Window, i32)]| match pair {
            [(_, before), (after, offset)] if before != offset => {
                let day =
                    Day::from_number((after.from().as_second() + i64::from(*offset)).div_euclid(86_400));
                let kind = MarkKind::ClockChange { minutes: (offset - before) / 60 };
                Some(Mark { kind, window: self.days(day, day)? })
            }
            _ => None,
        };
        spans.windows(2).filter_map(change).collect()
    }
}
