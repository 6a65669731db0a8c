//! A receipt computed again from what it carries: no clock, no zone data, no trust in who made it.

use jiff::Timestamp;

use crate::contract::Metric;
use crate::ids::CalendarId;
use crate::sla::{CalendarUsed, Promise, Receipt};
use crate::time::{Civil, Hours, Window};

/// What in a receipt does not follow from the rest of it: in which line, what should stand there, and what does.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Discrepancy {
    /// A metric is promised twice.
    #[error("{} is promised twice", metric.as_str())]
    Twice {
        /// Which.
        metric: Metric,
    },
    /// A line counts on a calendar that the receipt does not carry.
    #[error("{} counts on the calendar \"{calendar}\", which is not in the receipt", metric.as_str())]
    Calendar {
        /// Of which line.
        metric: Metric,
        /// Which calendar.
        calendar: CalendarId,
    },
    /// The windows never give so much open time.
    #[error("{} is due at {found} in the receipt, but its windows end before", metric.as_str())]
    Never {
        /// Of which line.
        metric: Metric,
        /// The due instant that the receipt says.
        found: Timestamp,
    },
    /// The windows give another due instant.
    #[error("{} is due at {expected} by its windows, found {found}", metric.as_str())]
    Due {
        /// Of which line.
        metric: Metric,
        /// By the windows.
        expected: Timestamp,
        /// By the receipt.
        found: Timestamp,
    },
    /// Time is said to have counted under earlier terms that there were not, or outside of their span.
    #[error("{} counts time from before {since} that cannot have counted then", metric.as_str())]
    Counted {
        /// Of which line.
        metric: Metric,
        /// Since when the receipt's own calendar counts.
        since: Timestamp,
    },
    /// What is promised is not the due instant, and no earlier promise is named that holds.
    #[error("{} is promised for {expected} by its sum, found {found}", metric.as_str())]
    Promised {
        /// Of which line.
        metric: Metric,
        /// By the sum.
        expected: Timestamp,
        /// By the receipt.
        found: Timestamp,
    },
    /// An earlier receipt is named that is not earlier, or whose promise is not.
    #[error("{} keeps the promise of receipt {number}, which is not an earlier one", metric.as_str())]
    Kept {
        /// Of which line.
        metric: Metric,
        /// The receipt that is named.
        number: u32,
    },
    /// The wall clock does not show that in the receipt's zone.
    #[error("{} is promised for {} {:02}:{:02} by the zone, found {} {:02}:{:02}", metric.as_str(),
        expected.day, expected.hour, expected.minute, found.day, found.hour, found.minute)]
    Civil {
        /// Of which line.
        metric: Metric,
        /// By the zone's offset.
        expected: Civil,
        /// By the receipt.
        found: Civil,
    },
    /// The calendar says otherwise whether holidays may still change it.
    #[error("{} says wrongly whether holidays may still change it", metric.as_str())]
    Provisional {
        /// Of which line.
        metric: Metric,
    },
}

impl Receipt {
    /// Computes every line again from its start, its target, its pauses and the windows beside it.
    ///
    /// # Errors
    /// The first line that does not follow.
    pub fn recompute(&self) -> Result<(), Discrepancy> {
        for (index, line) in self.promises.iter().enumerate() {
            let metric = line.metric;
            if self.promises.iter().take(index).any(|earlier| earlier.metric == metric) {
                return Err(Discrepancy::Twice { metric });
            }
            let missing = || Discrepancy::Calendar { metric, calendar: line.calendar.clone() };
            self.counted(line)?;
            due(line, self.calendar(&line.calendar).ok_or_else(missing)?)?;
            self.promised(line)?;
        }
        Ok(())
    }

    /// Whether each earlier promise that this receipt says it keeps was made, among the receipts before it.
    ///
    /// # Errors
    /// The first line whose earlier promise nobody made.
    pub fn keeps<'a>(&self, before: &(impl Iterator<Item = &'a Self> + Clone)) -> Result<(), Discrepancy> {
        for line in &self.promises {
            let Some(number) = line.kept_from else { continue };
            let mut told = before.clone().filter(|earlier| earlier.number == number);
            let metric = line.metric;
            if !told.any(|earlier| earlier.promise(metric).is_some_and(|told| told.promised == line.promised))
            {
                return Err(Discrepancy::Kept { metric, number });
            }
        }
        Ok(())
    }

    /// Only a receipt that replaces another can have counted under earlier terms, and only between start and change.
    fn counted(&self, line: &Promise) -> Result<(), Discrepancy> {
        let inside = |window: &Window| line.started <= window.from() && window.to() <= line.since;
        let replaces = self.number > 1 && line.started <= line.since;
        let follows = line.counted.iter().all(inside) && (replaces || line.since == line.started);
        let (metric, since) = (line.metric, line.since);
        if follows { Ok(()) } else { Err(Discrepancy::Counted { metric, since }) }
    }

    fn promised(&self, line: &Promise) -> Result<(), Discrepancy> {
        let (metric, expected, told) = (line.metric, line.due, line.promised);
        match line.kept_from {
            None if told.at != expected => {
                return Err(Discrepancy::Promised { metric, expected, found: told.at });
            }
            Some(number) if number >= self.number || told.at >= expected => {
                return Err(Discrepancy::Kept { metric, number });
            }
            None | Some(_) => {}
        }
        let (expected, found) = (self.local.civil(told.at), told.civil);
        if expected == found { Ok(()) } else { Err(Discrepancy::Civil { metric, expected, found }) }
    }
}

/// The sum of one line (S4).
fn due(line: &Promise, calendar: &CalendarUsed) -> Result<(), Discrepancy> {
    let (metric, found) = (line.metric, line.due);
    let count = line.count(Hours::new(&calendar.windows, found));
    let expected = count.used_up(line.within).ok_or(Discrepancy::Never { metric, found })?;
    if expected != found {
        return Err(Discrepancy::Due { metric, expected, found });
    }
    let provisional = calendar.provisional_from.is_some_and(|from| found >= from);
    if line.kept_from.is_none() && line.promised.provisional != provisional {
        return Err(Discrepancy::Provisional { metric });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
