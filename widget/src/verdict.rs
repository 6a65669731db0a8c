//! How a clock stands at this moment: counted on from what the edge last said, so that a minute passing needs no request.

use jiff::{SignedDuration, Timestamp};
use shared::sla::{ClockState, ClockView};

/// A clock, as a reader sees it now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Time is left.
    Running {
        /// Until when.
        due: Timestamp,
    },
    /// Little time is left.
    Near {
        /// Until when.
        due: Timestamp,
    },
    /// The due instant has passed.
    Late {
        /// When it was.
        due: Timestamp,
    },
    /// Fulfilled in time.
    Met {
        /// When.
        at: Timestamp,
        /// With how much to spare.
        early: SignedDuration,
    },
    /// Fulfilled too late.
    Missed {
        /// When.
        at: Timestamp,
        /// By how much.
        late: SignedDuration,
    },
    /// Not counting, by agreement.
    Paused,
    /// Its calendar never opens again.
    Endless,
}

impl Standing {
    /// The clock at `now`, which may be later than when the edge described it.
    #[must_use]
    pub fn of(clock: &ClockView, now: Timestamp) -> Self {
        match clock.state {
            ClockState::Running { due, .. } | ClockState::Late { due } if now > due => Self::Late { due },
            ClockState::Running { due, near } if near.is_some_and(|near| now >= near) => Self::Near { due },
            ClockState::Running { due, .. } => Self::Running { due },
            ClockState::Late { due } => Self::Late { due },
            ClockState::Met { at, early } => Self::Met { at, early },
            ClockState::Missed { at, late } => Self::Missed { at, late },
            ClockState::Paused {} => Self::Paused,
            ClockState::Endless {} => Self::Endless,
        }
    }

    /// Its name in `data-state`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Running { .. } | Self::Endless => "running",
            Self::Near { .. } => "near",
            Self::Late { .. } | Self::Missed { .. } => "late",
            Self::Met { .. } => "met",
            Self::Paused => "paused",
        }
    }

    /// Its icon: colour never stands alone. It is the state's name in the sprite, too.
    #[must_use]
    pub fn icon(self) -> &'static str {
        self.name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::contract::Metric;

    fn running() -> ClockView {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let state =
            ClockState::Running { due: at("2026-10-01T15:40:00Z"), near: Some(at("2026-10-01T15:32:30Z")) };
        ClockView {
            metric: Metric::FirstResponse,
            cycle: 1,
            due: None,
            promised: None,
            started: at("2026-10-01T15:10:00Z"),
            within: SignedDuration::from_mins(30),
            spent: SignedDuration::ZERO,
            state,
        }
    }

    #[test]
    fn a_running_clock_becomes_near_and_then_late_while_nobody_asks_the_edge() {
        let name = |now: &str| Standing::of(&running(), now.parse().unwrap()).name();
        assert_eq!(name("2026-10-01T15:32:29Z"), "running");
        assert_eq!(name("2026-10-01T15:32:30Z"), "near");
        assert_eq!(name("2026-10-01T15:40:00Z"), "near");
        assert_eq!(name("2026-10-01T15:40:00.001Z"), "late");
    }
}
