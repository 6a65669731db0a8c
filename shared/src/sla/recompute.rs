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
mod tests {
    use alloc::string::ToString;
    use alloc::vec;

    use jiff::SignedDuration;

    use super::*;
    use crate::contract::{Complexity, Severity};
    use crate::sla::{Cause, Promised, Route};
    use crate::time::{Local, Windows, Zone};

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(hour * 3600).unwrap()
    }

    fn windows(pairs: &[(i64, i64)]) -> Windows {
        pairs.iter().map(|&(from, to)| Window::new(at(from), at(to)).unwrap()).collect()
    }

    /// Asked at 16:00 on a day that closes at 17:00; two hours of open time; so due at 10:00 on the next.
    fn receipt() -> Receipt {
        let local = Local::new(Zone::new("Asia/Shanghai").unwrap(), 28_800, vec![]).unwrap();
        let line = Promise {
            metric: Metric::FirstResponse,
            started: at(16),
            within: SignedDuration::from_hours(2),
            calendar: "workdays".parse().unwrap(),
            counted: Windows::EMPTY,
            since: at(16),
            pauses: Windows::EMPTY,
            due: at(34),
            promised: Promised { at: at(34), civil: local.civil(at(34)), provisional: false },
            kept_from: None,
        };
        let calendar = CalendarUsed {
            id: "workdays".parse().unwrap(),
            version: 1,
            provisional_from: None,
            windows: windows(&[(9, 17), (33, 41)]),
        };
        Receipt {
            tenant: "hesi".parse().unwrap(),
            company: None,
            ticket: "01926b4c-7a00-7000-8000-000000000000".parse().unwrap(),
            number: 1,
            asked_at: at(16),
            issued_at: at(16),
            cause: Cause::Asked {},
            local,
            tier: "standard".parse().unwrap(),
            severity: Severity::General,
            complexity: Complexity::Ordinary,
            channel: "chat".parse().unwrap(),
            policy: 1,
            tzdb: "2026e".into(),
            holidays: "2026-11".into(),
            route: Route::Ticket { team: None, opens: None },
            promises: vec![line],
            calendars: vec![calendar],
            reasons: vec![],
        }
    }

    #[track_caller]
    fn found(change: impl FnOnce(&mut Receipt)) -> alloc::string::String {
        let mut receipt = receipt();
        change(&mut receipt);
        receipt.recompute().unwrap_err().to_string()
    }

    fn line(receipt: &mut Receipt) -> &mut Promise {
        receipt.promises.first_mut().unwrap()
    }

    #[test]
    fn a_receipt_whose_sum_is_right_is_right() {
        assert_eq!(receipt().recompute(), Ok(()));
    }

    #[test]
    fn a_pause_moves_the_sum_and_has_to_be_in_it() {
        let paused = |receipt: &mut Receipt| line(receipt).pauses = windows(&[(33, 34)]);
        let expected =
            "first_response is due at 1970-01-02T11:00:00Z by its windows, found 1970-01-02T10:00:00Z";
        assert_eq!(found(paused), expected);
    }

    #[test]
    fn another_target_start_or_window_is_found() {
        assert!(
            found(|receipt| line(receipt).within = SignedDuration::from_hours(1)).contains("by its windows")
        );
        let started = |receipt: &mut Receipt| {
            line(receipt).started = at(15);
            line(receipt).since = at(15);
        };
        assert!(found(started).contains("by its windows"));
        let shorter =
            |receipt: &mut Receipt| receipt.calendars.first_mut().unwrap().windows = windows(&[(9, 17)]);
        assert_eq!(
            found(shorter),
            "first_response is due at 1970-01-02T10:00:00Z in the receipt, but its windows end before"
        );
    }

    #[test]
    fn time_that_counted_under_earlier_terms_needs_an_earlier_receipt_and_lies_before_the_change() {
        let changed = |number: u32, counted: (i64, i64)| {
            let mut receipt = receipt();
            receipt.number = number;
            let line = line(&mut receipt);
            (line.started, line.since, line.counted) = (at(14), at(16), windows(&[counted]));
            line.within = SignedDuration::from_hours(3);
            receipt.recompute()
        };
        let counted = Err(Discrepancy::Counted { metric: Metric::FirstResponse, since: at(16) });
        assert_eq!(changed(2, (14, 15)), Ok(()));
        assert_eq!(changed(1, (14, 15)), counted);
        assert_eq!(changed(2, (13, 14)), counted);
        assert_eq!(changed(2, (16, 17)), counted);
    }

    #[test]
    fn a_promise_later_than_its_sum_is_found_and_an_earlier_one_needs_an_earlier_receipt() {
        let promised = |hour| move |receipt: &mut Receipt| line(receipt).promised.at = at(hour);
        assert!(
            found(promised(35)).starts_with("first_response is promised for 1970-01-02T10:00:00Z by its sum")
        );
        assert!(found(promised(17)).starts_with("first_response is promised for"));
        let kept = |number, of: u32, hour: i64| {
            let mut receipt = receipt();
            receipt.number = of;
            line(&mut receipt).kept_from = Some(number);
            let civil = receipt.local.civil(at(hour));
            line(&mut receipt).promised = Promised { at: at(hour), civil, provisional: true };
            receipt.recompute()
        };
        assert_eq!(kept(1, 2, 17), Ok(()));
        let metric = Metric::FirstResponse;
        assert_eq!(kept(2, 2, 17), Err(Discrepancy::Kept { metric, number: 2 }));
        assert_eq!(kept(1, 2, 34), Err(Discrepancy::Kept { metric, number: 1 }));
    }

    #[test]
    fn another_wall_clock_or_another_word_on_holidays_is_found() {
        assert_eq!(
            found(|receipt| line(receipt).promised.civil.hour = 19),
            "first_response is promised for 1970-01-02 18:00 by the zone, found 1970-01-02 19:00"
        );
        let provisional = "first_response says wrongly whether holidays may still change it";
        assert_eq!(found(|receipt| line(receipt).promised.provisional = true), provisional);
        let early =
            |receipt: &mut Receipt| receipt.calendars.first_mut().unwrap().provisional_from = Some(at(34));
        assert_eq!(found(early), provisional);
    }

    #[test]
    fn a_metric_twice_or_a_calendar_that_is_missing_is_found() {
        let twice = |receipt: &mut Receipt| {
            let line = line(receipt).clone();
            receipt.promises.push(line);
        };
        assert_eq!(found(twice), "first_response is promised twice");
        let missing = "first_response counts on the calendar \"workdays\", which is not in the receipt";
        assert_eq!(found(|receipt| receipt.calendars.clear()), missing);
    }

    #[test]
    fn a_change_replaces_a_promise_both_ways_and_a_republished_calendar_never_moves_it_later() {
        let (mut earlier, mut later) = (receipt(), receipt());
        earlier.number = 1;
        later.number = 2;
        let later_line = line(&mut later);
        later_line.within = SignedDuration::from_hours(3);
        later_line.due = at(35);
        later_line.promised.at = at(35);
        later_line.promised.civil.hour = 19;
        assert_eq!(later.recompute(), Ok(()));
        let kept = later.clone().keeping(&earlier);
        assert_eq!((kept.first_response(), kept.recompute()), (earlier.first_response(), Ok(())));
        assert_eq!(kept.keeps(&[&earlier].into_iter()), Ok(()));
        let nobody = Err(Discrepancy::Kept { metric: Metric::FirstResponse, number: 1 });
        assert_eq!(kept.keeps(&[&later].into_iter()), nobody);
        assert_eq!(later.keeps(&core::iter::empty()), Ok(()));
        assert_eq!(earlier.clone().keeping(&later), earlier);
    }
}
