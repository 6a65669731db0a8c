//! When a clock does not count, by agreement.

use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::contract::{PendReason, Target};
use crate::time::instant::{millis, millis_option};
use crate::time::{FOREVER, Hours, Window, Windows};

/// A wait of a ticket. Which clocks pause meanwhile is a rule of each target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Since when.
    #[serde(with = "millis")]
    pub from: Timestamp,
    /// Until when; none while it lasts.
    #[serde(with = "millis_option")]
    pub to: Option<Timestamp>,
    /// For whom.
    pub reason: PendReason,
}

/// What of a ticket's pauses holds for a target from an instant on. `used` is the open time that earlier pauses of the
/// same cycle took out: together they take out no more than the target allows, and what is beyond counts again.
pub(super) fn of_target(
    pauses: &[Pause],
    target: &Target,
    hours: Hours<'_>,
    (since, used): (Timestamp, SignedDuration),
) -> Windows {
    if pauses.is_empty() || target.pauses.is_empty() {
        return Windows::EMPTY;
    }
    let over = pauses.partition_point(|pause| pause.to.is_some_and(|to| to <= since));
    let lasting = pauses.get(over..).unwrap_or_default();
    let listed = lasting.iter().filter(|pause| target.pauses.contains(&pause.reason));
    let windows =
        listed.filter_map(|pause| Window::new(pause.from.max(since), pause.to.unwrap_or(FOREVER)).ok());
    match target.pauses_at_most {
        None => windows.collect(),
        Some(most) => at_most(windows, hours, most.saturating_sub(used)),
    }
}

fn at_most(pauses: impl Iterator<Item = Window>, hours: Hours<'_>, mut left: SignedDuration) -> Windows {
    let mut kept = Vec::new();
    for pause in pauses {
        if left <= SignedDuration::ZERO {
            break;
        }
        let open = Some(pause).filter(|p| !p.never_ends()).map(|p| hours.within(p.from(), p.to()));
        match open.filter(|open| *open <= left) {
            Some(open) => {
                left = left.saturating_sub(open);
                kept.push(pause);
            }
            None => {
                let end = hours.after(pause.from(), left).unwrap_or(FOREVER);
                kept.extend(Window::new(pause.from(), end.min(pause.to())));
                left = SignedDuration::ZERO;
            }
        }
    }
    kept.into_iter().collect()
}
