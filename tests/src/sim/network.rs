//! A network that loses, doubles and delays; what is delayed is overtaken.

use jiff::{SignedDuration, Timestamp};

use crate::chance::Chance;

/// Everything that is on its way.
pub(super) struct Network<Packet> {
    on_the_way: Vec<(Timestamp, Packet)>,
    chance: Chance,
    healthy: bool,
    pub(super) lost: usize,
    pub(super) doubled: usize,
}

impl<Packet: Clone> Network<Packet> {
    pub(super) fn new(seed: u64) -> Self {
        Self { on_the_way: Vec::new(), chance: Chance::new(!seed), healthy: false, lost: 0, doubled: 0 }
    }

    /// From now on everything arrives, once and at once.
    pub(super) fn heal(&mut self) {
        self.healthy = true;
    }

    pub(super) fn carry(&mut self, packet: Packet, now: Timestamp) {
        let (lost, doubled, delay) = if self.healthy { (0, 0, 1) } else { (25, 15, 12) };
        if self.chance.percent(lost) {
            self.lost += 1;
            return;
        }
        let copies = 1 + usize::from(self.chance.percent(doubled));
        self.doubled += copies - 1;
        for _ in 0..copies {
            let seconds = self.chance.below(delay) as i64;
            self.on_the_way.push((now + SignedDuration::from_secs(seconds), packet.clone()));
        }
    }

    /// What arrives by now.
    pub(super) fn arrivals(&mut self, now: Timestamp) -> Vec<Packet> {
        let (due, later) = core::mem::take(&mut self.on_the_way).into_iter().partition(|(at, _)| *at <= now);
        self.on_the_way = later;
        let due: Vec<(Timestamp, Packet)> = due;
        due.into_iter().map(|(_, packet)| packet).collect()
    }
}
