//! Calendars that are published anew bind tickets that run (S6): their targets stay, and what is past stays as it was.

use jiff::Timestamp;

use super::answers::reach;
use super::{NamedCalendar, Policy};
use crate::contract::{CalendarTerms, Terms};
use crate::ids::CalendarId;
use crate::time::calendar::Zones;
use crate::time::holidays::HOLIDAYS_VERSION;
use crate::time::{FOREVER, Window, Windows};

impl Policy {
    /// Terms that bind a ticket already, with this file's calendars from `now` on; `number` is the one under which the
    /// file was published. The targets stay, and so does a calendar that the file has no more. They never reach less far.
    #[must_use]
    pub fn rebind(&self, number: u32, bound: &Terms, now: Timestamp) -> Terms {
        let until = reach(&bound.targets, &self.calendars, now);
        let renew = |old: &CalendarTerms| {
            let until = if old.until < FOREVER { until.max(old.until) } else { until };
            self.calendar(&old.id).map_or_else(|| old.clone(), |named| named.renewed(old, now, until))
        };
        Terms {
            policy: number,
            tzdb: Zones::version().into(),
            holidays: HOLIDAYS_VERSION.into(),
            calendars: bound.calendars.iter().map(renew).collect(),
            ..bound.clone()
        }
    }

    /// Whether an earlier file of the tenant says the same of these calendars from `now` on, as far as any terms reach.
    /// Both are resolved with this build's time data.
    #[must_use]
    pub fn keeps(&self, earlier: &Self, calendars: &[CalendarId], now: Timestamp) -> bool {
        let until = super::answers::farthest(now);
        let terms = |policy: &Self, id: &CalendarId| policy.calendar(id).map(|named| named.terms(now, until));
        calendars.iter().all(|id| match (terms(earlier, id), terms(self, id)) {
            (Some(earlier), Some(anew)) => earlier.comes_to(&anew, now),
            // It was published and is no more: what it bound, it binds.
            (Some(_), None) => true,
            (None, _) => false,
        })
    }
}

impl NamedCalendar {
    /// What was open before `now` stays; from there on this calendar says what is open.
    fn renewed(&self, old: &CalendarTerms, now: Timestamp, until: Timestamp) -> CalendarTerms {
        let anew = self.terms(now, until);
        let past: Windows = Window::new(Timestamp::MIN, now).ok().into_iter().collect();
        let marks = old.marks.iter().filter(|mark| mark.window.to() <= now).cloned();
        CalendarTerms {
            windows: old.windows.intersection(&past).union(&anew.windows.without(&past)),
            marks: marks.chain(anew.marks).collect(),
            ..anew
        }
    }
}
