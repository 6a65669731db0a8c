//! Windows: open time as a sorted list of windows that neither overlap nor touch.

use alloc::vec::Vec;
use core::slice;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::{Window, WindowError};

/// Sorted, merged, disjoint windows in UTC; whatever is inside twice counts once (S2, S5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Windows {
    list: Vec<Window>,
    /// Open time from the first window's start to each one's end: so that a question costs the same over a day
    /// and over a year. It follows from the list, and never travels.
    opened: Vec<SignedDuration>,
}

impl Windows {
    /// No open time at all.
    pub const EMPTY: Self = Self { list: Vec::new(), opened: Vec::new() };

    /// 24×7: one window without end.
    pub fn always() -> Self {
        Window::ALWAYS.into()
    }

    /// Windows that are sorted, and neither overlap nor touch.
    fn in_order(list: Vec<Window>) -> Self {
        let mut sum = SignedDuration::ZERO;
        let add = |window: &Window| {
            sum = sum.saturating_add(window.length());
            sum
        };
        let opened = list.iter().map(add).collect();
        Self { list, opened }
    }

    /// Sorts and merges; windows that touch become one.
    pub fn from_unsorted(windows: impl IntoIterator<Item = Window>) -> Self {
        let mut sorted: Vec<Window> = windows.into_iter().collect();
        sorted.sort_unstable();
        let mut merged: Vec<Window> = Vec::with_capacity(sorted.len());
        for window in sorted {
            merge_last(&mut merged, window);
        }
        Self::in_order(merged)
    }

    /// Whether nothing is open.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The windows in order.
    pub fn iter(&self) -> slice::Iter<'_, Window> {
        self.list.iter()
    }

    /// The windows that end after `from`, in order: the first one may already be open at `from`.
    pub fn iter_from(&self, from: Timestamp) -> slice::Iter<'_, Window> {
        self.list.get(self.ended(from)..).unwrap_or_default().iter()
    }

    /// How many windows have ended at `now`.
    fn ended(&self, now: Timestamp) -> usize {
        self.list.partition_point(|window| window.to() <= now)
    }

    /// How much is open before `now`, from the first window's start on.
    pub(super) fn open_before(&self, now: Timestamp) -> SignedDuration {
        let ended = self.ended(now);
        let opened = ended.checked_sub(1).and_then(|last| self.opened.get(last)).copied().unwrap_or_default();
        let begun = self.list.get(ended).filter(|window| window.from() < now);
        begun.map_or(opened, |window| opened.saturating_add(now.duration_since(window.from())))
    }

    /// When so much has been open, from the first window's start on: at closing, if it is reached there. Never at the
    /// end of a window that has none.
    pub(super) fn when_opened(&self, target: SignedDuration) -> Option<Timestamp> {
        let index = self.opened.partition_point(|opened| *opened < target);
        let (window, opened) = self.list.get(index).zip(self.opened.get(index))?;
        let at = super::instant::plus(window.to(), target.saturating_sub(*opened));
        (at < super::FOREVER).then_some(at)
    }

    /// The window that holds `from`, else the next one.
    pub fn first_at_or_after(&self, from: Timestamp) -> Option<Window> {
        self.iter_from(from).next().copied()
    }

    /// What is open in either: follow-the-sun (S5).
    pub fn union(&self, other: &Self) -> Self {
        Self::from_unsorted(self.iter().chain(other.iter()).copied())
    }

    /// What is open in both: both parties present (S5).
    pub fn intersection(&self, other: &Self) -> Self {
        let shared = |window: &Window| {
            let window = *window;
            other
                .iter_from(window.from())
                .take_while(move |theirs| theirs.from() < window.to())
                .filter_map(move |theirs| theirs.overlap(window))
        };
        Self::in_order(self.iter().flat_map(shared).collect())
    }

    /// What is open here and not in `other`.
    pub fn without(&self, other: &Self) -> Self {
        Self::in_order(self.iter().flat_map(|window| Outside::of(*window, other)).collect())
    }

    /// How much is open in all; the windows must end.
    pub fn length(&self) -> SignedDuration {
        self.opened.last().copied().unwrap_or_default()
    }
}

impl From<Window> for Windows {
    fn from(window: Window) -> Self {
        Self::in_order([window].into())
    }
}

impl FromIterator<Window> for Windows {
    fn from_iter<I: IntoIterator<Item = Window>>(windows: I) -> Self {
        Self::from_unsorted(windows)
    }
}

impl<'a> IntoIterator for &'a Windows {
    type Item = &'a Window;
    type IntoIter = slice::Iter<'a, Window>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The pieces of one window that lie outside of a list of windows, in order, without allocating.
pub(super) struct Outside<'a> {
    rest: Option<Window>,
    cuts: slice::Iter<'a, Window>,
}

impl<'a> Outside<'a> {
    pub(super) fn of(window: Window, cuts: &'a Windows) -> Self {
        Self { rest: Some(window), cuts: cuts.iter_from(window.from()) }
    }
}

impl Iterator for Outside<'_> {
    type Item = Window;

    fn next(&mut self) -> Option<Window> {
        loop {
            let rest = self.rest.take()?;
            let Some(cut) = self.cuts.next().filter(|cut| cut.from() < rest.to()) else {
                return Some(rest);
            };
            self.rest = Window::new(cut.to(), rest.to()).ok();
            if let Ok(before) = Window::new(rest.from(), cut.from()) {
                return Some(before);
            }
        }
    }
}

fn merge_last(merged: &mut Vec<Window>, window: Window) {
    let joined = merged
        .last()
        .filter(|last| window.from() <= last.to())
        .and_then(|last| Window::new(last.from(), last.to().max(window.to())).ok());
    match (joined, merged.last_mut()) {
        (Some(joined), Some(last)) => *last = joined,
        _ => merged.push(window),
    }
}

/// Pairs of milliseconds in JSON. In a binary frame each pair is *closed for, open for*: 8 bytes a window
/// instead of 12, and thirty days of windows go with every promise.
impl Serialize for Windows {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return self.list.serialize(serializer);
        }
        let mut closed_since = 0;
        serializer.collect_seq(self.iter().map(|window| {
            let (from, to) = (window.from().as_millisecond(), window.to().as_millisecond());
            let pair = (from.saturating_sub(closed_since), to.saturating_sub(from));
            closed_since = to;
            pair
        }))
    }
}

impl<'de> Deserialize<'de> for Windows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let absolute = deserializer.is_human_readable();
        let pairs = Vec::<(i64, i64)>::deserialize(deserializer)?;
        let windows = if absolute { read_absolute(&pairs) } else { read_relative(&pairs) };
        let windows = windows.map_err(D::Error::custom)?;
        let in_order = windows.windows(2).all(|pair| matches!(pair, [a, b] if a.to() < b.from()));
        if in_order {
            Ok(Self::in_order(windows))
        } else {
            Err(D::Error::custom("windows overlap, touch or are out of order"))
        }
    }
}

fn read_absolute(pairs: &[(i64, i64)]) -> Result<Vec<Window>, WindowError> {
    pairs.iter().map(|&(from, to)| Window::from_millis(from, to)).collect()
}

fn read_relative(pairs: &[(i64, i64)]) -> Result<Vec<Window>, WindowError> {
    let mut closed_since: i64 = 0;
    let absolute = pairs.iter().map(|&(closed, open)| {
        let from = closed_since.saturating_add(closed);
        closed_since = from.saturating_add(open);
        Window::from_millis(from, closed_since)
    });
    absolute.collect()
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::time::FOREVER;

    fn window(from: i64, to: i64) -> Window {
        Window::new(Timestamp::from_second(from).unwrap(), Timestamp::from_second(to).unwrap()).unwrap()
    }

    fn windows(pairs: &[(i64, i64)]) -> Windows {
        pairs.iter().map(|&(from, to)| window(from, to)).collect()
    }

    #[test]
    fn windows_that_overlap_or_touch_become_one() {
        assert_eq!(windows(&[(30, 40), (0, 10), (10, 20), (5, 12)]), windows(&[(0, 20), (30, 40)]));
    }

    #[test]
    fn a_union_is_open_when_either_is() {
        assert_eq!(windows(&[(0, 10), (30, 40)]).union(&windows(&[(8, 32)])), windows(&[(0, 40)]));
    }

    #[test]
    fn an_intersection_is_open_when_both_are() {
        let both = windows(&[(0, 10), (20, 30)]).intersection(&windows(&[(5, 25), (29, 99)]));
        assert_eq!(both, windows(&[(5, 10), (20, 25), (29, 30)]));
    }

    #[test]
    fn what_is_cut_out_is_closed() {
        let cut = windows(&[(0, 10), (20, 30)]).without(&windows(&[(-5, 2), (4, 6), (9, 21), (30, 40)]));
        assert_eq!(cut, windows(&[(2, 4), (6, 9), (21, 30)]));
        assert!(windows(&[(0, 10)]).without(&Windows::always()).is_empty());
    }

    #[test]
    fn a_week_of_windows_is_small_and_survives_a_frame_and_json() {
        let day = 86_400;
        let week: Windows = (20_000..20_005).map(|n| window(n * day + 3_600, n * day + 36_000)).collect();
        let week = week.union(&Windows::from(
            Window::new(Timestamp::from_second(20_010 * day).unwrap(), FOREVER).unwrap(),
        ));
        let bytes = postcard::to_allocvec(&week).unwrap();
        assert!(bytes.len() <= 56, "{} bytes", bytes.len());
        assert_eq!(postcard::from_bytes::<Windows>(&bytes).unwrap(), week);
        let json = serde_json::to_string(&week).unwrap();
        assert_eq!(serde_json::from_str::<Windows>(&json).unwrap(), week);
    }

    #[test]
    fn windows_out_of_order_or_inverted_do_not_come_out_of_a_frame() {
        assert!(serde_json::from_str::<Windows>("[[0,1],[2,3]]").is_ok());
        assert!(serde_json::from_str::<Windows>("[[2,3],[0,1]]").is_err());
        assert!(serde_json::from_str::<Windows>("[[0,3],[3,4]]").is_err());
        assert!(serde_json::from_str::<Windows>("[[3,0]]").is_err());
        let inverted = postcard::to_allocvec(&vec![(10_i64, -5_i64)]).unwrap();
        assert!(postcard::from_bytes::<Windows>(&inverted).is_err());
        let hostile = postcard::to_allocvec(&vec![(i64::MAX, i64::MAX)]).unwrap();
        assert!(postcard::from_bytes::<Windows>(&hostile).is_err());
    }

    #[test]
    fn the_window_at_an_instant_is_found_or_the_next_one() {
        let open = windows(&[(0, 10), (20, 30)]);
        let at = |second| Timestamp::from_second(second).unwrap();
        assert_eq!(open.first_at_or_after(at(5)), Some(window(0, 10)));
        assert_eq!(open.first_at_or_after(at(10)), Some(window(20, 30)));
        assert_eq!(open.first_at_or_after(at(30)), None);
    }
}
