//! The crate `workclock` beside our engine: one calendar, as both know it, for a second opinion and for a race.

use jiff::civil::{Date, Time};
use shared::time::calendar::{Calendar, Clock, Holiday, Interval, Rules, Version, Zones};
use shared::time::{Day, Zone};
use workclock::{Holidays, Schedule, Weekdays, WorkDay};

/// Opening hours that both can say: the same intervals from Monday to Friday, and days off.
#[derive(Clone, Debug)]
pub struct Week {
    pub zone: &'static str,
    /// Minutes after midnight; an end before its start lies on the next date.
    pub hours: Vec<(u16, u16)>,
    pub off: Vec<Date>,
}

impl Week {
    /// New York, two intervals a day of 7.5 hours, twelve holidays: the calendar of the race.
    pub fn of_new_york() -> Self {
        let off = (1..=12).map(|month| jiff::civil::date(2026, month, 25)).collect();
        Self { zone: "America/New_York", hours: vec![(540, 720), (780, 1050)], off }
    }

    pub fn ours(&self) -> Calendar {
        self.ours_in(&Zones::bundled())
    }

    pub fn ours_in(&self, zones: &Zones) -> Calendar {
        let interval = |(from, to): &(u16, u16)| Interval::new(Clock(*from), Clock(*to)).expect("hours");
        let hours: Vec<Interval> = self.hours.iter().map(interval).collect();
        let off =
            |date: &Date| Holiday { name: String::new(), first: Day::from(*date), last: Day::from(*date) };
        let mut rules = Rules { holidays: self.off.iter().map(off).collect(), ..Rules::default() };
        rules.week.iter_mut().take(5).for_each(|day| day.clone_from(&hours));
        Version::new(zones, &Zone::new(self.zone).expect("a zone"), rules).expect("a known zone").into()
    }

    pub fn theirs(&self) -> Schedule {
        let time = |minute: &u16| {
            let part = |n: u16| i8::try_from(n).expect("a part of a day");
            Time::constant(part(minute / 60 % 24), part(minute % 60), 0, 0)
        };
        let schedule = Schedule::builder().time_zone(self.zone).rule(Holidays::new(self.off.iter().copied()));
        let days =
            self.hours.iter().map(|(from, to)| WorkDay::new(time(from), time(to), Weekdays::MON_TO_FRI));
        days.fold(schedule, |schedule, day| schedule.rule(day)).build().expect("a schedule")
    }
}
