//! Words for a plan: instants, durations and names in one language and one zone.

use anyhow::Result;
use jiff::civil::Weekday;
use jiff::{SignedDuration, Timestamp};
use shared::contract::{Metric, Severity};
use shared::ids::{ChannelId, TierId};
use shared::text::{Phrase, Tongue, date, first, plan, reason};
use shared::time::calendar::Zones;
use shared::time::{Civil, Day, Local, Zone};

/// So far around the moment asked about times are told.
const HORIZON: SignedDuration = SignedDuration::from_hours(400 * 24);

/// Tells things to one reader.
pub(super) struct Teller {
    pub(super) tongue: Tongue,
    local: Local,
}

impl Teller {
    pub(super) fn new(tongue: Tongue, zone: &Zone, around: Timestamp) -> Result<Self> {
        let from = around.saturating_sub(HORIZON).unwrap_or(around);
        let to = around.saturating_add(HORIZON).unwrap_or(around);
        Ok(Self { tongue, local: Zones::bundled().local(zone, from, to)? })
    }

    pub(super) fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.tongue)
    }

    pub(super) fn fill(&self, phrase: Phrase, values: &[(&str, &str)]) -> String {
        phrase.fill(self.tongue, values)
    }

    pub(super) fn civil(&self, at: Timestamp) -> Civil {
        self.local.civil(at)
    }

    /// `Thu 8 Oct 2026, 10:00`, by the zone's wall clock.
    pub(super) fn moment(&self, at: Timestamp) -> String {
        let civil = self.civil(at);
        let time = format!("{:02}:{:02}", civil.hour, civil.minute);
        self.fill(date::DATE_TIME, &[("date", &self.day(civil.day)), ("time", &time)])
    }

    pub(super) fn day(&self, day: Day) -> String {
        let (number, year) = (day.day().to_string(), day.year().to_string());
        let values = [
            ("weekday", self.say(weekday(day.weekday()))),
            ("day", &number),
            ("month", self.month(day)),
            ("year", &year),
        ];
        self.fill(date::DATE_YEAR, &values)
    }

    fn month(&self, day: Day) -> &'static str {
        let months = [
            date::JAN,
            date::FEB,
            date::MAR,
            date::APR,
            date::MAY,
            date::JUN,
            date::JUL,
            date::AUG,
            date::SEP,
            date::OCT,
            date::NOV,
            date::DEC,
        ];
        let month =
            usize::try_from(day.month()).ok().and_then(|month| months.get(month.saturating_sub(1)).copied());
        month.map_or("", |month| self.say(month))
    }

    /// `30 min`, `24 h`: open time, so there are no days.
    pub(super) fn duration(&self, within: SignedDuration) -> String {
        let seconds = within.as_secs();
        let parts = [
            (seconds / 3600, date::HOURS),
            (seconds / 60 % 60, date::MINUTES),
            (seconds % 60, date::SECONDS),
        ];
        let parts = parts.into_iter().filter(|(n, _)| *n > 0);
        let parts: Vec<String> = parts.map(|(n, unit)| self.fill(unit, &[("n", &n.to_string())])).collect();
        parts.join(" ")
    }

    pub(super) fn severity(&self, severity: Severity) -> &'static str {
        self.say(match severity {
            Severity::General => first::GENERAL,
            Severity::Urgent => first::URGENT,
            Severity::Major => first::MAJOR,
        })
    }

    pub(super) fn metric(&self, metric: Metric) -> &'static str {
        self.say(match metric {
            Metric::FirstResponse => plan::FIRST_RESPONSE,
            Metric::NextResponse => plan::NEXT_RESPONSE,
            Metric::PeriodicUpdate => plan::PERIODIC_UPDATE,
            Metric::PausableUpdate => plan::PAUSABLE_UPDATE,
            Metric::RequesterWait => plan::REQUESTER_WAIT,
            Metric::AgentWork => plan::AGENT_WORK,
            Metric::Resolution => plan::RESOLUTION,
        })
    }

    /// A channel as people call it; one that a tenant made up keeps its own name.
    pub(super) fn channel<'a>(&self, channel: &'a ChannelId) -> &'a str {
        match channel.as_str() {
            "phone" => self.say(first::CHANNEL_PHONE),
            "chat" => self.say(first::CHANNEL_CHAT),
            "email" => self.say(first::CHANNEL_EMAIL),
            "articles" => self.say(first::CHANNEL_ARTICLES),
            "account_manager" => self.say(first::CHANNEL_ACCOUNT_MANAGER),
            other => other,
        }
    }

    /// A tier as people call it; one that a tenant made up keeps its own name.
    pub(super) fn tier<'a>(&self, tier: &'a TierId) -> &'a str {
        match tier.as_str() {
            "standard" => self.say(reason::TIER_STANDARD),
            "vip" => self.say(reason::TIER_VIP),
            "implementation" => self.say(reason::TIER_IMPLEMENTATION),
            other => other,
        }
    }

    pub(super) fn listed<'a>(&self, names: impl Iterator<Item = &'a str>) -> String {
        names.collect::<Vec<_>>().join(self.say(date::LIST))
    }
}

fn weekday(day: Weekday) -> Phrase {
    match day {
        Weekday::Monday => date::MON,
        Weekday::Tuesday => date::TUE,
        Weekday::Wednesday => date::WED,
        Weekday::Thursday => date::THU,
        Weekday::Friday => date::FRI,
        Weekday::Saturday => date::SAT,
        Weekday::Sunday => date::SUN,
    }
}
