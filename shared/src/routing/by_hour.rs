//! Cover as a wall clock shows it: one row a day, one cell an hour, and what a proposed file would open as new holes.

use alloc::vec::Vec;

use jiff::Timestamp;

use super::{Cover, Covered};
use crate::contract::Severity;
use crate::time::{Day, Local, Window, Windows};

/// How a request of one severity fares, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fare {
    /// A team is there.
    Live,
    /// Somebody is called.
    OnCall,
    /// Nobody is there, and no promise counts.
    Nobody,
    /// A promise counts, and nobody is there: a hole.
    Hole,
}

/// One hour of a wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoverHour {
    /// Its instants: two hours where the clock shows the hour twice.
    pub window: Window,
    /// What it comes to: a hole if there is one in it, else what holds longest.
    pub fare: Fare,
    /// The stretches of cover in it, as a range of their list.
    pub first: usize,
    /// The last one; the same, if nothing changes within the hour.
    pub last: usize,
}

/// One day of a wall clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverDay {
    /// Which.
    pub day: Day,
    /// Its hours from 0 to 23; none where the clock skips one, or nothing is known.
    pub hours: Vec<Option<CoverHour>>,
}

impl Covered {
    /// How a request of this severity fares.
    #[must_use]
    pub fn fare(&self, severity: Severity) -> Fare {
        if self.uncovered.contains(&severity) {
            return Fare::Hole;
        }
        match &self.cover {
            Cover::Live { .. } => Fare::Live,
            Cover::OnCall { from, .. } if severity >= *from => Fare::OnCall,
            Cover::OnCall { .. } | Cover::Nobody {} => Fare::Nobody,
        }
    }

    /// So many days of a wall clock, from one of them on.
    #[must_use]
    pub fn by_hour(
        cover: &[Self],
        severity: Severity,
        local: &Local,
        days: impl Iterator<Item = Day>,
    ) -> Vec<CoverDay> {
        let hour = |day, number| hour(cover, severity, local, (day, number));
        days.map(|day| CoverDay { day, hours: (0..24).map(|number| hour(day, number)).collect() }).collect()
    }

    /// Where a promise counts and nobody is there.
    #[must_use]
    pub fn holes(cover: &[Self], severity: Severity) -> Windows {
        let holes = cover.iter().filter(|one| one.fare(severity) == Fare::Hole);
        Windows::from_unsorted(holes.map(|one| one.window))
    }
}

fn hour(cover: &[Covered], severity: Severity, local: &Local, (day, number): (Day, i8)) -> Option<CoverHour> {
    let from = shown(local, day, number);
    let civil = local.civil(from);
    if (civil.day, i8::try_from(civil.hour).ok()) != (day, Some(number)) {
        return None;
    }
    let to = if number == 23 { shown(local, day.tomorrow(), 0) } else { shown(local, day, number + 1) };
    let window = Window::new(from, to).ok()?;
    let first = cover.partition_point(|one| one.window.to() <= from);
    let within = cover.get(first..)?.iter().take_while(|one| one.window.from() < to);
    let parts: Vec<(Fare, Window)> =
        within.filter_map(|one| Some((one.fare(severity), one.window.overlap(window)?))).collect();
    let last = first + parts.len().checked_sub(1)?;
    Some(CoverHour { window, fare: comes_to(&parts)?, first, last })
}

fn shown(local: &Local, day: Day, hour: i8) -> Timestamp {
    local.instant(day.date().at(hour, 0, 0, 0))
}

/// A hole of a minute is a hole; otherwise the longest decides, and of two that are as long the better one.
fn comes_to(parts: &[(Fare, Window)]) -> Option<Fare> {
    if parts.iter().any(|(fare, _)| *fare == Fare::Hole) {
        return Some(Fare::Hole);
    }
    let length = |wanted: Fare| {
        parts
            .iter()
            .filter(|(fare, _)| *fare == wanted)
            .map(|(_, window)| window.length().as_secs())
            .sum::<i64>()
    };
    let longest = parts.iter().map(|(fare, _)| *fare);
    longest.max_by_key(|fare| (length(*fare), core::cmp::Reverse(*fare)))
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::time::Zone;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn stretch(from: &str, to: &str, cover: Cover, uncovered: &[Severity]) -> Covered {
        let window = Window::new(at(from), at(to)).unwrap();
        Covered { window, cover, uncovered: uncovered.to_vec() }
    }

    fn called(from: Severity) -> Cover {
        Cover::OnCall { agents: vec!["wang".parse().unwrap()], from }
    }

    fn live() -> Cover {
        Cover::Live { teams: vec!["support".parse().unwrap()] }
    }

    /// Thursday 1 October 2026 in Shanghai, told in UTC: called at night, a team from 9:30 to 18, then nobody.
    fn thursday() -> Vec<Covered> {
        vec![
            stretch(
                "2026-09-30T16:00:00Z",
                "2026-10-01T01:30:00Z",
                called(Severity::Urgent),
                &[Severity::General],
            ),
            stretch("2026-10-01T01:30:00Z", "2026-10-01T10:00:00Z", live(), &[]),
            stretch("2026-10-01T10:00:00Z", "2026-10-01T16:00:00Z", Cover::Nobody {}, &[]),
        ]
    }

    fn shanghai() -> Local {
        Local::new(Zone::new("Asia/Shanghai").unwrap(), 8 * 3600, vec![]).unwrap()
    }

    fn fares(cover: &[Covered], severity: Severity, local: &Local, day: Day) -> Vec<Option<Fare>> {
        let days = Covered::by_hour(cover, severity, local, core::iter::once(day));
        days.iter().flat_map(|day| &day.hours).map(|hour| hour.map(|hour| hour.fare)).collect()
    }

    #[test]
    fn a_day_has_a_cell_for_each_hour_and_each_severity_fares_its_own_way() {
        let day = Day::constant(2026, 10, 1);
        let urgent = fares(&thursday(), Severity::Urgent, &shanghai(), day);
        assert_eq!(
            (urgent[8], urgent[10], urgent[18]),
            (Some(Fare::OnCall), Some(Fare::Live), Some(Fare::Nobody))
        );
        let general = fares(&thursday(), Severity::General, &shanghai(), day);
        assert_eq!(
            (general[8], general[9], general[10]),
            (Some(Fare::Hole), Some(Fare::Hole), Some(Fare::Live))
        );
    }

    #[test]
    fn an_hour_that_changes_names_both_parts_and_of_two_halves_the_better_counts() {
        let days = Covered::by_hour(
            &thursday(),
            Severity::Urgent,
            &shanghai(),
            core::iter::once(Day::constant(2026, 10, 1)),
        );
        let nine = days[0].hours[9].unwrap();
        assert_eq!((nine.first, nine.last, nine.fare), (0, 1, Fare::Live));
    }

    #[test]
    fn beyond_what_is_known_there_is_no_cell() {
        let friday = fares(&thursday(), Severity::Urgent, &shanghai(), Day::constant(2026, 10, 2));
        assert!(friday.iter().all(Option::is_none));
    }

    #[test]
    fn the_hour_that_a_clock_skips_is_missing_and_the_one_it_shows_twice_is_two_hours_long() {
        let new_york =
            |first, changes| Local::new(Zone::new("America/New_York").unwrap(), first, changes).unwrap();
        let cover = [stretch("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", live(), &[])];
        let spring = new_york(-18_000, vec![(1_772_953_200_000, -14_400)]);
        let march = fares(&cover, Severity::General, &spring, Day::constant(2026, 3, 8));
        assert_eq!((march[1], march[2], march[3]), (Some(Fare::Live), None, Some(Fare::Live)));
        let autumn = new_york(-14_400, vec![(1_793_512_800_000, -18_000)]);
        let november = core::iter::once(Day::constant(2026, 11, 1));
        let hours = &Covered::by_hour(&cover, Severity::General, &autumn, november)[0].hours;
        let length = |hour: usize| hours[hour].unwrap().window.length().as_hours();
        assert_eq!((length(0), length(1), length(2)), (1, 2, 1));
    }

    #[test]
    fn holes_are_what_a_severity_is_promised_and_nobody_keeps() {
        let general = Covered::holes(&thursday(), Severity::General);
        assert_eq!(general.length().as_mins(), 9 * 60 + 30);
        assert!(Covered::holes(&thursday(), Severity::Urgent).is_empty());
    }
}
