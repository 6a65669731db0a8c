//! The edge's clock: the only place that reads one. Each event reads it once.
//!
//! With the feature `test-clock` it runs `NB_CLOCK_OFFSET_MS` ahead of the system's, and an alarm for a due instant is
//! armed so much earlier: a night can be seen at noon.

use jiff::{SignedDuration, Timestamp};
use worker::{DateInit, Env, ScheduledTime};

/// Now, by the edge's clock.
pub(crate) fn now(env: &Env) -> Timestamp {
    system().saturating_add(offset(env)).unwrap_or(Timestamp::MAX)
}

/// When the platform must wake an object so that it sees `due`.
pub(crate) fn alarm(env: &Env, due: Timestamp) -> ScheduledTime {
    let real = due.saturating_sub(offset(env)).unwrap_or(due);
    let ms = u64::try_from(real.as_millisecond()).unwrap_or_default();
    ScheduledTime::new(worker::Date::new(DateInit::Millis(ms)).into())
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn system() -> Timestamp {
    let ms = i64::try_from(worker::Date::now().as_millis()).unwrap_or_default();
    Timestamp::from_millisecond(ms).unwrap_or_default()
}

#[cfg(feature = "test-clock")]
fn offset(env: &Env) -> SignedDuration {
    let ms = env.var("NB_CLOCK_OFFSET_MS").ok().and_then(|var| var.to_string().parse().ok());
    SignedDuration::from_millis(ms.unwrap_or_default())
}

#[cfg(not(feature = "test-clock"))]
fn offset(_: &Env) -> SignedDuration {
    SignedDuration::ZERO
}
