//! Answers over resolved windows allocate nothing: they are asked for every clock of every ticket on every tick.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use jiff::{SignedDuration, Timestamp};
use shared::time::calendar::{Calendar, Interval, Rules, Version, Zones};
use shared::time::{Hours, Window, Windows, Zone};

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

#[expect(unsafe_code, reason = "an allocator is unsafe by its nature; this one only counts and passes on")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.set(COUNT.get() + 1);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// How often memory is asked for on the way.
fn allocations<T>(answer: impl FnOnce() -> T) -> usize {
    let before = COUNT.get();
    std::hint::black_box(answer());
    COUNT.get() - before
}

fn workdays() -> Calendar {
    let hours = [("09:00", "12:00"), ("13:00", "17:30")];
    let hours = hours.map(|(from, to)| Interval::parse(from, to).unwrap());
    let mut rules = Rules::default();
    rules.week.iter_mut().take(5).for_each(|day| *day = hours.into());
    Version::new(&Zones::bundled(), &Zone::new("America/New_York").unwrap(), rules).unwrap().into()
}

#[test]
fn a_question_to_resolved_windows_allocates_nothing() {
    let start: Timestamp = "2026-01-05T14:00:00Z".parse().unwrap();
    let later = |days: i64| start + SignedDuration::from_hours(24 * days);
    let windows = workdays().resolve(start, later(31));
    let hours = Hours::new(&windows, later(31));
    let pauses = Windows::from(Window::new(later(2), later(4)).unwrap());
    let target = SignedDuration::from_mins(18 * 450);
    assert!(allocations(|| workdays().resolve(start, later(31))) > 0, "nothing is counted");
    assert!(hours.after_with(start, target, &pauses).unwrap() > later(25));
    assert_eq!(allocations(|| hours.after(start, target)), 0);
    assert_eq!(allocations(|| hours.after_with(start, target, &pauses)), 0);
    assert_eq!(allocations(|| hours.within_with(start, later(30), &pauses)), 0);
    assert_eq!(allocations(|| hours.next_open(later(5))), 0);
}
