//! Why a promise is what it is: the reasons of a receipt as sentences, each with what it adds to the sum.

use jiff::SignedDuration;
use shared::contract::Severity;
use shared::ids::{ChannelId, TierId};
use shared::sla::{Named, Reason, TierSource};
use shared::text::{Phrase, first, reason, widget};
use shared::time::MarkKind;
use yew::prelude::*;

use crate::dates::{self, Dates};
use crate::icon;
use crate::node::{el, of};
use crate::words::{Words, listed};

/// One step of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What is so.
    pub told: String,
    /// What it means in the sum; may be empty.
    pub sum: String,
    /// The last line: the promise itself.
    pub result: bool,
}

/// The steps of a receipt, each as one line.
#[must_use]
pub fn lines(reasons: &[Reason], dates: Dates<'_>) -> Vec<Line> {
    reasons.iter().map(|reason| line(reason, &dates)).collect()
}

fn line(step: &Reason, dates: &Dates<'_>) -> Line {
    let words = dates.words;
    let say = |phrase: Phrase| words.say(phrase).to_owned();
    let alone = |told: String| (told, String::new());
    let (told, sum) = match step {
        Reason::Asked { at } => (say(reason::RECEIVED), dates.moment(*at)),
        Reason::Tier { tier, from } => (tier_line(words, tier), say(by(*from))),
        Reason::ChannelOpen { channel, until } => {
            (on_channel(words, reason::CHANNEL_OPEN, channel), until_when(*until, dates))
        }
        Reason::ChannelClosed { channel, opens } => {
            let opens = opens.map(|at| words.fill(reason::OPENS_AT, &[("time", &dates.brief(at))]));
            (on_channel(words, reason::CHANNEL_CLOSED, channel), opens.unwrap_or_default())
        }
        Reason::Calendar { mark, .. } => marked(&mark.kind, mark.window.from(), dates),
        Reason::CountsFrom { at, .. } => (say(reason::OPENS), dates.moment(*at)),
        Reason::CountsAlways { .. } => (say(reason::COUNTS_ALWAYS), String::new()),
        Reason::Counted { from, to } => {
            let (day, hours) = (dates.day(dates.civil(*from).day), dates.span(*from, *to));
            let sum = dates::open_time(words, dates::between(*from, *to));
            (words.fill(reason::COUNTED_ON, &[("date", &day), ("hours", &hours)]), sum)
        }
        Reason::Target { severity, within, .. } => agreed(words, *severity, *within),
        Reason::OnCall { agents } => (named(words, reason::ON_CALL, agents), String::new()),
        Reason::AccountManager { agent } => {
            (named(words, reason::ACCOUNT_MANAGER, core::slice::from_ref(agent)), String::new())
        }
        Reason::Team { name, from, .. } => {
            let phrase = if from.is_some() { reason::TEAM_NEXT } else { reason::LIVE };
            (words.fill(phrase, &[("team", name)]), from.map(|at| dates.brief(at)).unwrap_or_default())
        }
        Reason::Provisional { from } => {
            let year = dates.civil(*from).day.year().to_string();
            (words.fill(reason::PROVISIONAL, &[("year", &year)]), String::new())
        }
        Reason::Due { promised, .. } => (say(reason::RESULT), dates.moment(promised.at)),
        Reason::Claimed { claimed, granted } => alone(held(words, *claimed, *granted)),
        Reason::Severity { to, by, .. } => alone(raised(words, *to, &by.word)),
        Reason::Complexity { by, .. } => alone(words.fill(reason::MORE_WORK, &[("word", &by.word)])),
    };
    Line { told, sum, result: matches!(step, Reason::Due { .. }) }
}

/// Her word, and what it starts.
fn held(words: Words, claimed: Severity, granted: Severity) -> String {
    let [claimed, granted] = [claimed, granted].map(|one| words.say(severity_phrase(one)));
    words.fill(reason::CLAIMED, &[("claimed", claimed), ("granted", granted)])
}

/// What a rule made of it, and by which word.
fn raised(words: Words, to: Severity, word: &str) -> String {
    words.fill(reason::RAISED, &[("severity", words.say(severity_phrase(to))), ("word", word)])
}

/// The time that was agreed, as an item of the sum.
fn agreed(words: Words, severity: Severity, within: SignedDuration) -> (String, String) {
    let duration = dates::open_time(words, within);
    let severity = words.say(severity_phrase(severity));
    let told = words.fill(reason::TARGET, &[("severity", severity), ("duration", &duration)]);
    (told, words.fill(reason::PLUS, &[("duration", &duration)]))
}

/// What a calendar did from an instant on, and what that means.
#[must_use]
pub fn marked(kind: &MarkKind, from: jiff::Timestamp, dates: &Dates<'_>) -> (String, String) {
    let words = dates.words;
    match kind {
        MarkKind::Holiday { name, first, last } => {
            let name = holiday(words, name);
            if first == last {
                let told =
                    words.fill(reason::HOLIDAY_DAY, &[("holiday", &name), ("date", &dates.day(*first))]);
                return (told, words.say(reason::CLOSED).to_owned());
            }
            let (from, to) = (dates.day_plain(*first), dates.day_plain(*last));
            let told = words.fill(reason::HOLIDAY, &[("holiday", &name), ("from", &from), ("to", &to)]);
            let days = (last.date().duration_since(first.date()).as_hours() / 24 + 1).to_string();
            (told, words.fill(reason::DAYS_CLOSED, &[("n", &days)]))
        }
        MarkKind::MakeUpDay { day } => {
            let told = words.fill(first::MAKE_UP_DAY, &[("date", &dates.day(*day))]);
            (told, words.say(reason::OPEN).to_owned())
        }
        MarkKind::OtherHours { day } => {
            (words.fill(reason::OTHER_HOURS, &[("date", &dates.day(*day))]), String::new())
        }
        MarkKind::ClockChange { minutes } => {
            let phrase = if *minutes > 0 { reason::CLOCKS_FORWARD } else { reason::CLOCKS_BACK };
            let day = dates.day(dates.civil(from).day);
            let minutes = minutes.unsigned_abs().to_string();
            (
                words.fill(phrase, &[("date", &day)]),
                words.fill(shared::text::date::MINUTES, &[("n", &minutes)]),
            )
        }
    }
}

/// A holiday's name: from its key (`cn.national_day`; countries share the words), or as the tenant wrote it.
#[must_use]
pub fn holiday(words: Words, name: &str) -> String {
    let key = name.split_once('.').map_or(name, |(_, key)| key);
    shared::text::holiday::find(key).map_or_else(|| name.to_owned(), |phrase| words.say(phrase).to_owned())
}

/// A channel's name, as people call it; one that a tenant made up keeps its own.
#[must_use]
pub fn channel_name(words: Words, channel: &ChannelId) -> String {
    let phrase = match channel.as_str() {
        "phone" => first::CHANNEL_PHONE,
        "chat" => first::CHANNEL_CHAT,
        "email" => first::CHANNEL_EMAIL,
        "articles" => first::CHANNEL_ARTICLES,
        "account_manager" => first::CHANNEL_ACCOUNT_MANAGER,
        other => return other.to_owned(),
    };
    words.say(phrase).to_owned()
}

/// A tier's name, as people call it; one that a tenant made up keeps its own.
#[must_use]
pub fn tier_name(words: Words, tier: &TierId) -> String {
    let phrase = match tier.as_str() {
        "standard" => reason::TIER_STANDARD,
        "vip" => reason::TIER_VIP,
        "implementation" => reason::TIER_IMPLEMENTATION,
        other => return other.to_owned(),
    };
    words.say(phrase).to_owned()
}

/// A severity's name.
#[must_use]
pub fn severity_phrase(severity: Severity) -> Phrase {
    match severity {
        Severity::General => first::GENERAL,
        Severity::Urgent => first::URGENT,
        Severity::Major => first::MAJOR,
    }
}

fn by(source: TierSource) -> Phrase {
    match source {
        TierSource::Default => reason::TIER_DEFAULT,
        TierSource::Company => reason::TIER_COMPANY,
    }
}

fn tier_line(words: Words, tier: &TierId) -> String {
    words.fill(reason::TIER, &[("tier", &tier_name(words, tier))])
}

fn on_channel(words: Words, phrase: Phrase, channel: &ChannelId) -> String {
    words.fill(phrase, &[("channel", &channel_name(words, channel))])
}

fn until_when(until: Option<jiff::Timestamp>, dates: &Dates<'_>) -> String {
    match until {
        Some(at) if at < shared::time::FOREVER => {
            dates.words.fill(reason::UNTIL, &[("time", &dates.brief(at))])
        }
        Some(_) | None => String::new(),
    }
}

fn named(words: Words, phrase: Phrase, people: &[Named]) -> String {
    words.fill(phrase, &[("name", &listed(words, people.iter().map(|person| person.name.as_str())))])
}

/// The reasons as a list that can be folded.
pub fn folded(reasons: &[Reason], dates: Dates<'_>, open: bool) -> Html {
    let row = |line: Line| {
        of("li", "reason")
            .set_if(line.result, "data-kind", "result")
            .child(el("span").told(line.told))
            .child(of("span", "reason-sum").told(line.sum))
    };
    let head = el("summary").with(icon::small("down")).say(dates.words.say(widget::WHY));
    let list = of("ol", "reason-list").all(lines(reasons, dates).into_iter().map(row));
    of("details", "reasons").set_if(open, "open", "").child(head).child(list).html()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use shared::contract::Metric;
    use shared::sla::Promised;
    use shared::text::Tongue;
    use shared::time::{Civil, Day, Local, Mark, Window, Zone};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// J1: a general question of a standard customer on National Day, 23:10 in Shanghai.
    fn on_national_day() -> Vec<Reason> {
        let due = at("2026-10-08T02:00:00Z");
        let calendar = "workdays".parse().unwrap();
        let window = Window::new(at("2026-09-30T16:00:00Z"), at("2026-10-07T16:00:00Z")).unwrap();
        let civil = Civil { day: Day::constant(2026, 10, 8), hour: 10, minute: 0 };
        let kind = MarkKind::Holiday {
            name: "cn.national_day".into(),
            first: Day::constant(2026, 10, 1),
            last: Day::constant(2026, 10, 7),
        };
        let (metric, severity) = (Metric::FirstResponse, Severity::General);
        vec![
            Reason::Asked { at: at("2026-10-01T15:10:00Z") },
            Reason::Calendar { calendar, mark: Mark { kind, window } },
            Reason::CountsFrom { calendar: "workdays".parse().unwrap(), at: at("2026-10-08T01:00:00Z") },
            Reason::Target { metric, severity, within: SignedDuration::from_hours(1) },
            Reason::Due { metric, promised: Promised { at: due, civil, provisional: false } },
        ]
    }

    fn told(tag: &str) -> Vec<(String, String)> {
        let local = Local::new(Zone::new("Asia/Shanghai").unwrap(), 8 * 3600, vec![]).unwrap();
        let words = Words(Tongue::of(&tag.parse().unwrap()).unwrap());
        let dates = Dates { words, local: &local, now: at("2026-10-01T15:10:00Z") };
        lines(&on_national_day(), dates).into_iter().map(|line| (line.told, line.sum)).collect()
    }

    #[test]
    fn j1_the_night_of_a_holiday_is_told_as_a_sum() {
        let pairs = told("en");
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(
            pairs,
            [
                ("Received by our server", "23:10 today"),
                ("National Day, 1 Oct to 7 Oct", "closed 7 days"),
                ("Opens; the clock starts", "Thu 8 Oct, 09:00"),
                ("Agreed for General: 1 h", "+ 1 h"),
                ("First reply by", "Thu 8 Oct, 10:00"),
            ]
        );
    }

    #[test]
    fn j1_the_same_sum_is_told_in_chinese() {
        let pairs = told("zh-CN");
        assert_eq!(pairs[1], ("10月1日至10月7日国庆节".into(), "休息 7 天".into()));
        assert_eq!(pairs[4].1, "10月8日 周四 10:00");
    }
}
