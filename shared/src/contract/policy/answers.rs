//! What a policy is asked: by which terms is a ticket judged, when is what open, who is whose.

use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};

use super::{Agent, Channel, Company, NamedCalendar, Policy, Tier};
use crate::contract::{CalendarTerms, Case, Metric, Target, Terms};
use crate::ids::{AgentId, CalendarId, ChannelId, CompanyId, TierId};
use crate::time::calendar::Zones;
use crate::time::holidays::HOLIDAYS_VERSION;
use crate::time::{FOREVER, Windows};

/// Terms begin a little before they are made: a request may have been written down by the journal before.
const BEFORE: SignedDuration = SignedDuration::from_hours(24);
/// Terms reach so far past the latest due, so that a pause or a change needs no new ones.
const BEYOND: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Terms never reach further.
const FARTHEST: SignedDuration = SignedDuration::from_hours(400 * 24);

impl Policy {
    /// The zones that the policy was resolved with.
    pub fn zones(&self) -> &Zones {
        &self.zones
    }

    /// A tier of the file.
    pub fn tier(&self, id: &TierId) -> Option<&Tier> {
        self.tiers.iter().find(|tier| tier.id == *id)
    }

    /// A company of the file.
    pub fn company(&self, id: &CompanyId) -> Option<&Company> {
        self.companies.iter().find(|company| company.id == *id)
    }

    /// A person of the file.
    pub fn agent(&self, id: &AgentId) -> Option<&Agent> {
        self.agents.iter().find(|agent| agent.id == *id)
    }

    /// A calendar of the file.
    pub fn calendar(&self, id: &CalendarId) -> Option<&NamedCalendar> {
        self.calendars.iter().find(|calendar| calendar.id == *id)
    }

    /// A channel of the file.
    pub fn channel(&self, id: &ChannelId) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.id == *id)
    }

    /// The tier of a customer of this company, or of nobody's; none if no company has that id.
    pub fn tier_of(&self, company: Option<&CompanyId>, now: Timestamp) -> Option<&TierId> {
        match company {
            Some(id) => self.company(id).map(|company| company.tier(now)),
            None => Some(&self.default_tier),
        }
    }

    /// When a calendar is open between two instants; never, if there is none of that name.
    pub fn windows(&self, calendar: &CalendarId, from: Timestamp, to: Timestamp) -> Windows {
        self.calendar(calendar).map(|named| named.calendar.resolve(from, to)).unwrap_or_default()
    }

    /// The channels that a tier has, in file order, and when each is open for it.
    pub fn channels_for(&self, tier: &TierId, from: Timestamp, to: Timestamp) -> Vec<(&Channel, Windows)> {
        let open = |channel| Some((channel, self.windows(Channel::hours(channel, tier)?, from, to)));
        self.channels.iter().filter_map(open).collect()
    }

    /// The terms of a tier from `now` on; `number` is the one under which the file was published. They reach 30 days
    /// past the latest due, at most 400 days.
    pub fn terms(&self, number: u32, tier: &TierId, now: Timestamp) -> Option<Terms> {
        let targets = &self.tier(tier)?.targets;
        let until = reach(targets, &self.calendars, now);
        let from = now.saturating_sub(BEFORE).unwrap_or(now);
        let named =
            self.calendars.iter().filter(|named| targets.iter().any(|target| target.calendar == named.id));
        Some(Terms {
            policy: number,
            tier: tier.clone(),
            tzdb: Zones::version().into(),
            holidays: HOLIDAYS_VERSION.into(),
            rules: self.clocks,
            targets: targets.clone(),
            calendars: named.map(|named| named.terms(from, until)).collect(),
        })
    }

    /// The target of a tier, before any calendar is resolved.
    pub fn target(&self, tier: &TierId, metric: Metric, case: Case<'_>) -> Option<&Target> {
        let targets = &self.tier(tier)?.targets;
        targets.iter().find(|target| target.metric == metric && target.covers.case(case))
    }
}

impl NamedCalendar {
    pub(super) fn terms(&self, from: Timestamp, until: Timestamp) -> CalendarTerms {
        let windows = self.calendar.resolve(from, until);
        let endless = windows.iter().next_back().is_some_and(|last| last.never_ends());
        CalendarTerms {
            id: self.id.clone(),
            zone: self.zone.clone(),
            until: if endless { FOREVER } else { until },
            windows,
            provisional_from: self.calendar.provisional_from(),
            marks: self.calendar.marks(from, until),
        }
    }
}

/// How far terms reach that are made now.
pub(super) fn reach(targets: &[Target], calendars: &[NamedCalendar], now: Timestamp) -> Timestamp {
    let named = |id: &CalendarId| calendars.iter().find(|calendar| calendar.id == *id);
    let due = |target: &Target| named(&target.calendar)?.calendar.after(now, target.within);
    let latest = targets.iter().filter_map(due).max().unwrap_or(now);
    later(latest, BEYOND).min(farthest(now))
}

/// No terms that are made now reach further.
pub(super) fn farthest(now: Timestamp) -> Timestamp {
    later(now, FARTHEST)
}

fn later(instant: Timestamp, by: SignedDuration) -> Timestamp {
    instant.saturating_add(by).unwrap_or(FOREVER).min(FOREVER)
}
