//! What must leave an object: saved with the events that caused it, sent until it arrives, given up when told so.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::ids::TierId;
use crate::ticket::{Card, Ring, Row};

/// One thing to send. Its row id is its idempotency key: the receiver may see it twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parcel {
    /// The ticket's line for the tenant's index.
    Index {
        /// The line.
        row: Row,
    },
    /// The ticket's card for its customer's list.
    List {
        /// The card.
        card: Card,
    },
    /// A webhook for whoever is on call.
    Ring {
        /// What they are told.
        ring: Ring,
    },
    /// A question: the same terms over later windows.
    Terms {
        /// The tier.
        tier: TierId,
    },
}

/// Waits between the attempts of a webhook, in seconds: the schedule that Standard Webhooks 1.0.0 recommends.
const WEBHOOK_WAITS: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// The longest wait between attempts to reach an object of our own.
const LONGEST_WAIT: i64 = 60;

/// When a parcel is sent again after `failed` attempts in vain (at least 1): `None` when it is given up.
#[must_use]
pub fn next_attempt(parcel: &Parcel, failed: u32, now: Timestamp) -> Option<Timestamp> {
    let wait = match parcel {
        Parcel::Ring { .. } => {
            let nth = usize::try_from(failed.saturating_sub(1)).unwrap_or(usize::MAX);
            *WEBHOOK_WAITS.get(nth)?
        }
        Parcel::Index { .. } | Parcel::List { .. } | Parcel::Terms { .. } => {
            1_i64.checked_shl(failed.saturating_sub(1)).unwrap_or(LONGEST_WAIT).clamp(1, LONGEST_WAIT)
        }
    };
    now.checked_add(SignedDuration::from_secs(wait)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms() -> Parcel {
        Parcel::Terms { tier: "vip".parse().unwrap() }
    }

    #[test]
    fn our_own_objects_are_asked_for_ever_at_most_a_minute_apart() {
        let wait = |failed| next_attempt(&terms(), failed, Timestamp::UNIX_EPOCH).unwrap().as_second();
        assert_eq!([wait(1), wait(2), wait(3), wait(7), wait(63), wait(1000)], [1, 2, 4, 60, 60, 60]);
    }
}
