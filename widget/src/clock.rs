//! The edge's clock, carried on by the browser's steady one. The wall clock of a device is never read: it may be a day
//! off, and no promise may depend on it.

use std::cell::Cell;
use std::rc::Rc;

use jiff::{SignedDuration, Timestamp};
use shared::time::instant::plus;

/// The edge's time, as far as this program knows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clock {
    /// The edge's instant at the steady clock's zero.
    zero: Rc<Cell<Timestamp>>,
}

impl Clock {
    /// Now. Before the edge was heard it counts from 1970, which is early for every deadline.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        plus(self.zero.get(), steady())
    }

    /// The edge says what time it is.
    pub fn set(&self, now: Timestamp) {
        self.set_at(now, steady_ms());
    }

    /// The edge said what time it was when the steady clock showed these milliseconds.
    pub fn set_at(&self, then: Timestamp, steady_ms: f64) {
        self.zero.set(plus(then, SignedDuration::from_millis(-whole(steady_ms))));
    }
}

/// Time since this page began, by a clock that nobody can set.
fn steady() -> SignedDuration {
    SignedDuration::from_millis(whole(steady_ms()))
}

fn steady_ms() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

#[expect(
    clippy::as_conversions,
    reason = "a float has no other way to become a whole number; `as` saturates"
)]
fn whole(ms: f64) -> i64 {
    ms as i64
}
