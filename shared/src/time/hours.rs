//! Hours: the questions that open time answers. Open? Since, until, when next? Due when? How much elapsed?

use jiff::{SignedDuration, Timestamp};

use super::Windows;

/// So long without one open second, and there is no answer (S4).
pub(super) const LONGEST_GAP: SignedDuration = SignedDuration::from_hours(400 * 24);

/// Open time that is known up to an instant. Nothing here allocates, and nothing reads a zone.
#[derive(Clone, Copy, Debug)]
pub struct Hours<'a> {
    windows: &'a Windows,
    until: Timestamp,
}

impl<'a> Hours<'a> {
    /// Hours made of `windows`, known up to `until`: beyond it a question has no answer, not a wrong one.
    pub const fn new(windows: &'a Windows, until: Timestamp) -> Self {
        Self { windows, until }
    }

    /// The windows that these hours are made of.
    pub const fn windows(self) -> &'a Windows {
        self.windows
    }

    /// How far these hours are known; a window that reaches further is known as far as it reaches.
    pub const fn until(self) -> Timestamp {
        self.until
    }

    /// Whether `now` is open (S1).
    pub fn is_open(self, now: Timestamp) -> bool {
        self.open_until(now).is_some()
    }

    /// When what is open `now` closes; none while closed, [`super::FOREVER`] when it never does.
    pub fn open_until(self, now: Timestamp) -> Option<Timestamp> {
        let window = self.windows.first_at_or_after(now)?;
        window.contains(now).then(|| window.to())
    }

    /// The first open instant at or after `now`; none beyond `until`, or when 400 days on end are closed (S4).
    pub fn next_open(self, now: Timestamp) -> Option<Timestamp> {
        let opens = self.windows.first_at_or_after(now)?.from().max(now);
        (opens.duration_since(now) < LONGEST_GAP).then_some(opens)
    }

    /// When `target` of open time after `start` is used up (S4): at closing, if it ends exactly there; at
    /// `start`, if it is zero; never, if 400 days on end are closed or the hours are not known so far.
    ///
    /// ```
    /// use jiff::{SignedDuration, Timestamp};
    /// use shared::time::{Hours, Window, Windows};
    ///
    /// let at = |hour: i64| Timestamp::from_second(hour * 3600).unwrap();
    /// let windows: Windows = [(9, 17), (33, 41)].map(|(a, b)| Window::new(at(a), at(b)).unwrap()).into_iter().collect();
    /// let hours = Hours::new(&windows, at(48));
    /// assert_eq!(hours.after(at(16), SignedDuration::from_hours(1)), Some(at(17)));
    /// assert_eq!(hours.after(at(16), SignedDuration::from_hours(2)), Some(at(34)));
    /// ```
    pub fn after(self, start: Timestamp, target: SignedDuration) -> Option<Timestamp> {
        self.after_with(start, target, &Windows::EMPTY)
    }

    /// As [`Self::after`]; time inside `pauses` uses nothing up. A pause without end leaves no answer.
    pub fn after_with(self, start: Timestamp, target: SignedDuration, pauses: &Windows) -> Option<Timestamp> {
        if target <= SignedDuration::ZERO {
            return Some(start);
        }
        let wanted = self.windows.open_before(start).saturating_add(target);
        let mut at = self.windows.when_opened(wanted);
        let mut paused = SignedDuration::ZERO;
        for pause in pauses.iter_from(start) {
            if at.is_none_or(|at| at <= pause.from()) {
                break;
            }
            if pause.never_ends() {
                return None;
            }
            paused = paused.saturating_add(self.within(pause.from().max(start), pause.to()));
            at = self.windows.when_opened(wanted.saturating_add(paused));
        }
        at.filter(|at| !self.closed_too_long(start, *at))
    }

    /// Whether 400 days on end are closed between two instants (S4).
    fn closed_too_long(self, from: Timestamp, to: Timestamp) -> bool {
        if to.duration_since(from) < LONGEST_GAP {
            return false;
        }
        let mut closed_since = from;
        let mut windows = self.windows.iter_from(from).take_while(|window| window.from() < to);
        windows.any(|window| {
            let gap = window.from().duration_since(closed_since);
            closed_since = window.to();
            gap >= LONGEST_GAP
        })
    }

    /// B(a, b): how much of `[a, b)` is open (S3); zero when `b` is not after `a`.
    pub fn within(self, a: Timestamp, b: Timestamp) -> SignedDuration {
        self.windows.open_before(b.max(a)).saturating_sub(self.windows.open_before(a))
    }

    /// As [`Self::within`], without what is paused.
    pub fn within_with(self, a: Timestamp, b: Timestamp, pauses: &Windows) -> SignedDuration {
        let paused = pauses.iter_from(a).take_while(|pause| pause.from() < b);
        let paused = paused.map(|pause| self.within(pause.from().max(a), pause.to().min(b)));
        paused.fold(self.within(a, b), SignedDuration::saturating_sub)
    }
}

/// `percent` of a target, rounded up to a whole second: where a warning stands (S8).
pub fn share(target: SignedDuration, percent: u8) -> SignedDuration {
    let hundredths = target.as_secs().saturating_mul(i64::from(percent));
    let up = if hundredths % 100 > 0 { 1 } else { 0 };
    SignedDuration::from_secs(hundredths / 100 + up)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{FOREVER, Window};

    const HOUR: i64 = 3600;

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(hour * HOUR).unwrap()
    }

    fn open(pairs: &[(i64, i64)]) -> Windows {
        pairs.iter().map(|&(from, to)| Window::new(at(from), at(to)).unwrap()).collect()
    }

    fn hours(windows: &Windows) -> Hours<'_> {
        Hours::new(windows, at(1000))
    }

    fn h(hours: i64) -> SignedDuration {
        SignedDuration::from_hours(hours)
    }

    #[test]
    fn the_closing_instant_is_closed_and_the_opening_one_is_open() {
        let windows = open(&[(9, 17), (33, 41)]);
        assert!(hours(&windows).is_open(at(9)));
        assert!(!hours(&windows).is_open(at(17)));
        assert_eq!(hours(&windows).next_open(at(17)), Some(at(33)));
        assert_eq!(hours(&windows).next_open(at(10)), Some(at(10)));
        assert_eq!(hours(&windows).open_until(at(10)), Some(at(17)));
        assert_eq!(hours(&windows).next_open(at(41)), None);
    }

    #[test]
    fn a_target_that_ends_exactly_at_closing_is_due_at_closing() {
        let windows = open(&[(9, 17), (33, 41)]);
        assert_eq!(hours(&windows).after(at(9), h(8)), Some(at(17)));
        assert_eq!(hours(&windows).after(at(9), h(9)), Some(at(34)));
        assert_eq!(hours(&windows).after(at(9), h(99)), None);
    }

    #[test]
    fn a_target_of_nothing_is_due_at_once_even_while_closed() {
        assert_eq!(hours(&Windows::EMPTY).after(at(3), h(0)), Some(at(3)));
    }

    #[test]
    fn a_pause_uses_nothing_up_and_one_without_end_leaves_no_answer() {
        let windows = open(&[(9, 17), (33, 41)]);
        let pause = open(&[(10, 12)]);
        assert_eq!(hours(&windows).after_with(at(9), h(2), &pause), Some(at(13)));
        assert_eq!(hours(&windows).within_with(at(9), at(34), &pause), h(7));
        let for_ever = Windows::from(Window::new(at(10), FOREVER).unwrap());
        assert_eq!(hours(&windows).after_with(at(9), h(2), &for_ever), None);
        assert_eq!(hours(&windows).after_with(at(9), h(1), &for_ever), Some(at(10)));
    }

    #[test]
    fn around_the_clock_a_target_is_plain_time() {
        let always = Windows::always();
        assert_eq!(hours(&always).after(at(5), h(30)), Some(at(35)));
        assert_eq!(hours(&always).within(at(5), at(7)), h(2));
        assert_eq!(hours(&always).after(at(5), SignedDuration::MAX), None);
        let all_that_is_left = FOREVER.duration_since(at(5));
        assert_eq!(hours(&always).after(at(5), all_that_is_left), None);
        let a_second_less = all_that_is_left.saturating_sub(SignedDuration::from_secs(1));
        assert!(hours(&always).after(at(5), a_second_less).is_some());
    }

    #[test]
    fn four_hundred_closed_days_on_end_are_never_and_one_hour_less_is_not() {
        let gap = 400 * 24;
        assert_eq!(hours(&open(&[(0, 1), (1 + gap, 2 + gap)])).after(at(0), h(2)), None);
        assert_eq!(hours(&open(&[(0, 1), (gap, 2 + gap)])).after(at(0), h(2)), Some(at(1 + gap)));
        assert_eq!(hours(&open(&[(gap, 1 + gap)])).next_open(at(0)), None);
        assert_eq!(hours(&open(&[(gap - 1, 1 + gap)])).next_open(at(0)), Some(at(gap - 1)));
    }

    #[test]
    fn elapsed_time_counts_only_what_is_open() {
        let windows = open(&[(9, 17), (33, 41)]);
        assert_eq!(hours(&windows).within(at(10), at(34)), h(8));
        assert_eq!(hours(&windows).within(at(34), at(10)), h(0));
        assert_eq!(hours(&windows).within(at(17), at(33)), h(0));
    }

    #[test]
    fn a_warning_stands_at_the_next_whole_second() {
        assert_eq!(share(SignedDuration::from_secs(3600), 75).as_secs(), 2700);
        assert_eq!(share(SignedDuration::from_secs(3), 50).as_secs(), 2);
    }
}
