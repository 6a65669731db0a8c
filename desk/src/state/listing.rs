//! The list on the floor: how rows come in, when they may move, and what is news.

use std::rc::Rc;

use jiff::Timestamp;
use shared::wire::{Index, Row, ToDesk};
use widget::http::Failure;

use super::floor::{Floor, Line, Listing, News, merged};
use super::inbox::{self, Filter, Rows};

impl Floor {
    pub(super) fn tick(&mut self, now: Timestamp) {
        self.now = now;
        self.arrange();
    }

    /// The order changes only while nobody points at the list: no row moves away under a finger.
    pub(super) fn arrange(&mut self) {
        if !self.pointed {
            self.arrange_anyway();
        }
    }

    fn arrange_anyway(&mut self) {
        let sections = inbox::arrange(&self.rows, self.filter, self.sought_for(), self.moment());
        if *self.sections != sections {
            self.sections = Rc::new(sections);
        }
    }

    pub(super) fn listed(&mut self, listed: Result<Index, Failure>) {
        match listed {
            Ok(index) => {
                self.now = index.now;
                self.behind_since = index.behind_since;
                let known = std::mem::take(&mut self.rows);
                let merged = |row: Row| (row.id, Rc::new(merged(known.get(&row.id), row)));
                let mut rows = Rows::new();
                rows.extend(index.rows.into_iter().map(merged));
                self.rows = Rc::new(rows);
                self.listing = Listing::Known;
                self.arrange();
            }
            Err(trouble) if self.rows.is_empty() => self.listing = Listing::Failed(trouble),
            // The list that is shown stays; the banner says that the line is lost.
            Err(_) => {}
        }
    }

    pub(super) fn told(&mut self, told: ToDesk) {
        match told {
            ToDesk::Rows { now, rows } => {
                self.now = now;
                for row in rows {
                    self.row(row);
                }
                self.arrange();
            }
            ToDesk::Behind { since } => self.behind_since = since,
        }
    }

    fn row(&mut self, row: Row) {
        let known = self.rows.get(&row.id);
        let spoke = row.waits && known.is_none_or(|known| !known.waits || known.changed_at < row.changed_at);
        if spoke && self.listing == Listing::Known {
            self.news = Some(if known.is_none() { News::Ticket(row.id) } else { News::Message(row.id) });
        }
        let merged = merged(known, row);
        Rc::make_mut(&mut self.rows).insert(merged.id, Rc::new(merged));
    }

    pub(super) fn line(&mut self, line: Line) {
        self.line = match (self.line, line) {
            // How long it has been lost counts from the first loss, not from the last try.
            (lost @ Line::Lost { .. }, Line::Lost { .. }) => lost,
            (Line::Connecting | Line::Live | Line::Lost { .. }, line) => line,
        };
        match line {
            Line::Live => {
                self.dialled_in_vain = 0;
                // What was said while nobody listened is in the index.
                self.resync();
            }
            Line::Lost { .. } => {
                self.dials = self.dials.wrapping_add(1);
                self.dialled_in_vain = self.dialled_in_vain.saturating_add(1);
                // The index says whether it is the network, the session, or only the line.
                self.resyncs = self.resyncs.wrapping_add(1);
            }
            Line::Connecting => {}
        }
    }

    pub(super) fn resync(&mut self) {
        self.resyncs = self.resyncs.wrapping_add(1);
        self.read_again();
        self.planner.resync();
        if let Line::Lost { .. } = self.line {
            self.dialled_in_vain = 0;
            self.dials = self.dials.wrapping_add(1);
        }
    }

    pub(super) fn pointed(&mut self, pointed: bool) {
        self.pointed = pointed;
        self.arrange();
    }

    pub(super) fn filtered(&mut self, filter: Filter) {
        self.filter = filter;
        self.arrange_anyway();
    }

    pub(super) fn sought(&mut self, find: String) {
        self.find = find;
        self.arrange_anyway();
    }

    /// How many rows wait to be shown until nobody points at the list.
    pub(crate) fn held_back(&self) -> usize {
        let shown: usize = self.sections.iter().map(|section| section.tickets.len()).sum();
        let all = inbox::arrange(&self.rows, self.filter, self.sought_for(), self.moment());
        all.iter().map(|section| section.tickets.len()).sum::<usize>().saturating_sub(shown)
    }

    /// The customer spoke last, and this agent has not looked since.
    pub(crate) fn unread(&self, row: &Row) -> bool {
        row.waits && self.seen.get(&row.id).is_none_or(|seen| *seen < row.changed_at)
    }
}
