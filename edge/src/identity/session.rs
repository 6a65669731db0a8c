//! How long a way in stays open.

use jiff::{SignedDuration, Timestamp};

/// A sign-in link.
const LINK: SignedDuration = SignedDuration::from_mins(15);

/// A session, however busy.
const SESSION: SignedDuration = SignedDuration::from_hours(12);

/// A session in which nothing happens.
const IDLE: SignedDuration = SignedDuration::from_mins(30);

/// How exactly it is known when something last happened: each request would otherwise be a write.
const NOTED: SignedDuration = SignedDuration::from_secs(60);

/// Receivers of webhooks learn a new secret within this time; until then both sign.
const OVERLAP: SignedDuration = SignedDuration::from_hours(24);

/// When a link made now ends.
pub(crate) fn link_ends(now: Timestamp) -> Timestamp {
    now.saturating_add(LINK).unwrap_or(Timestamp::MAX)
}

/// When a session that begins now ends at the latest.
pub(crate) fn ends(started: Timestamp) -> Timestamp {
    started.saturating_add(SESSION).unwrap_or(Timestamp::MAX)
}

/// Whether a session lives.
pub(crate) fn lives(started: Timestamp, seen: Timestamp, now: Timestamp) -> bool {
    now < ends(started) && now.duration_since(seen) < IDLE
}

/// Whether it is worth a write that something happened again.
pub(crate) fn is_worth_noting(seen: Timestamp, now: Timestamp) -> bool {
    now.duration_since(seen) >= NOTED
}

/// Whether a secret that was replaced still signs beside the new one.
pub(crate) fn still_signs(replaced: Timestamp, now: Timestamp) -> bool {
    now.duration_since(replaced) < OVERLAP
}

/// Sessions that began before this instant are over.
pub(crate) fn oldest(now: Timestamp) -> Timestamp {
    now.saturating_sub(SESSION).unwrap_or(Timestamp::MIN)
}

/// Sessions in which nothing happened since this instant are over.
pub(crate) fn quietest(now: Timestamp) -> Timestamp {
    now.saturating_sub(IDLE).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NINE: Timestamp = Timestamp::constant(1_791_000_000, 0);

    fn after(minutes: i64) -> Timestamp {
        NINE + SignedDuration::from_mins(minutes)
    }

    #[test]
    fn a_session_ends_after_half_an_hour_of_silence_and_after_twelve_hours_of_work() {
        assert!(lives(NINE, NINE, after(29)));
        assert!(!lives(NINE, NINE, after(30)));
        assert!(lives(NINE, after(719), after(719)));
        assert!(!lives(NINE, after(719), after(720)));
    }

    #[test]
    fn what_is_swept_out_is_what_lives_no_more() {
        for (started, seen) in [(0, 0), (-719, 0), (-720, 0), (-60, -29), (-60, -30)] {
            let (started, seen) = (after(started), after(seen));
            let swept = started <= oldest(NINE) || seen <= quietest(NINE);
            assert_eq!(swept, !lives(started, seen, NINE), "{started} {seen}");
        }
    }

    #[test]
    fn a_link_ends_after_a_quarter_of_an_hour() {
        assert_eq!(link_ends(NINE), after(15));
    }

    #[test]
    fn a_busy_agent_costs_one_write_a_minute() {
        assert!(!is_worth_noting(NINE, NINE + SignedDuration::from_secs(59)));
        assert!(is_worth_noting(NINE, after(1)));
    }
}
