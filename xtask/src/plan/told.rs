//! A plan in words: the route, the promises, and each step as a numbered line with the rule behind it.

use std::fmt::Write as _;

use anyhow::Result;
use jiff::Timestamp;
use shared::contract::Severity;
use shared::routing::{Planned, Route, Step, Why};
use shared::sla::{Named, Reason, TierSource};
use shared::text::{Phrase, Tongue, date, first, holiday, plan, reason};
use shared::time::{FOREVER, Mark, MarkKind};

use super::words::Teller;

/// All of it, for a person.
pub(super) fn said(planned: &Planned, tongue: Tongue) -> Result<String> {
    let teller = Teller::new(tongue, &planned.zone, planned.at)?;
    let mut text = String::new();
    let asked = [
        ("tier", teller.tier(&planned.tier)),
        ("severity", teller.severity(planned.severity)),
        ("channel", teller.channel(&planned.channel)),
        ("time", &*in_zone(&teller, planned, planned.at)),
        ("utc", &*planned.at.to_string()),
    ];
    writeln!(text, "{}", teller.fill(plan::FOR_WHOM, &asked))?;
    writeln!(text, "{}\n", route(&teller, planned))?;
    writeln!(text, "{}", teller.say(plan::PROMISES))?;
    for promise in promises(&teller, planned) {
        writeln!(text, "  {promise}")?;
    }
    writeln!(text, "\n{}", teller.say(plan::WHY))?;
    let lines = reasons(&teller, planned);
    for (number, line) in (1..).zip(&lines) {
        let end = if number == lines.len() { "" } else { "\n" };
        write!(text, "{number:>3}. {line}{end}")?;
    }
    Ok(text)
}

/// Each step in words, with the rule of the file that it came from.
pub(super) fn reasons(teller: &Teller, planned: &Planned) -> Vec<String> {
    let line = |step: &Step| match &*step.rule {
        "" => words(teller, step),
        rule => format!("{} [{rule}]", words(teller, step)),
    };
    planned.steps.iter().map(line).collect()
}

fn promises(teller: &Teller, planned: &Planned) -> Vec<String> {
    let one = |promise: &shared::routing::Commitment| {
        let metric = teller.metric(promise.metric);
        let Some(promised) = promise.promised else {
            return teller.fill(plan::PROMISE_NONE, &[("metric", metric)]);
        };
        let (time, utc) = (in_zone(teller, planned, promised.at), promised.at.to_string());
        let told = teller.fill(plan::PROMISE, &[("metric", metric), ("time", &time), ("utc", &utc)]);
        if promised.provisional { format!("{told}, {}", teller.say(plan::PROVISIONAL)) } else { told }
    };
    planned.promises.iter().map(one).collect()
}

fn in_zone(teller: &Teller, planned: &Planned, at: Timestamp) -> String {
    format!("{} {}", teller.moment(at), planned.zone)
}

fn route(teller: &Teller, planned: &Planned) -> String {
    match &planned.route {
        Route::Live { name, .. } => teller.fill(plan::ROUTE_LIVE, &[("team", name)]),
        Route::Region { name, .. } => teller.fill(plan::ROUTE_REGION, &[("team", name)]),
        Route::OnCall { agents } => {
            let names = planned.account_manager.iter().chain(agents).map(|agent| agent.name.as_str());
            teller.fill(plan::ROUTE_ON_CALL, &[("names", &teller.listed(names))])
        }
        Route::SelfService { channel, .. } => {
            teller.fill(plan::ROUTE_ARTICLES, &[("channel", teller.channel(channel))])
        }
        Route::Ticket { team: Some(team), opens: Some(at) } => {
            teller.fill(plan::ROUTE_TICKET, &[("team", team.as_str()), ("time", &teller.moment(*at))])
        }
        Route::Ticket { team: Some(team), opens: None } => {
            teller.fill(plan::ROUTE_TICKET_OPEN, &[("team", team.as_str())])
        }
        Route::Ticket { team: None, .. } => teller.say(plan::ROUTE_NOBODY).to_owned(),
    }
}

/// One step in words.
pub(super) fn words(teller: &Teller, step: &Step) -> String {
    match &step.why {
        Why::Told { reason } => told(teller, reason, &step.rule),
        Why::NoChannel { channel } => teller.fill(plan::NO_CHANNEL, &[("channel", teller.channel(channel))]),
        Why::Calls { from } => teller.fill(plan::CALLS, &[("severity", teller.severity(*from))]),
        Why::CallsNobody {} => teller.say(plan::CALLS_NOBODY).to_owned(),
        Why::Articles { channel } => teller.fill(plan::ARTICLES, &[("channel", teller.channel(channel))]),
        Why::HandOver { name, at, .. } => {
            teller.fill(plan::HAND_OVER, &[("team", name), ("time", &teller.moment(*at))])
        }
    }
}

fn told(teller: &Teller, step: &Reason, rule: &str) -> String {
    match step {
        Reason::Asked { at } => joined(teller.say(reason::RECEIVED), &teller.moment(*at)),
        Reason::Tier { tier, from } => {
            let tier = teller.fill(reason::TIER, &[("tier", teller.tier(tier))]);
            // A tier that the question itself named is nobody's word.
            if rule.starts_with("tiers.") { tier } else { joined(&tier, teller.say(by(*from))) }
        }
        Reason::ChannelOpen { channel, until } => {
            let open = teller.fill(reason::CHANNEL_OPEN, &[("channel", teller.channel(channel))]);
            when(teller, open, reason::UNTIL, until.filter(|at| *at < FOREVER))
        }
        Reason::ChannelClosed { channel, opens } => {
            let closed = teller.fill(reason::CHANNEL_CLOSED, &[("channel", teller.channel(channel))]);
            when(teller, closed, reason::OPENS_AT, *opens)
        }
        Reason::Calendar { mark, .. } => marked(teller, mark),
        Reason::CountsFrom { at, .. } => joined(teller.say(reason::OPENS), &teller.moment(*at)),
        Reason::CountsAlways { .. } => teller.say(reason::COUNTS_ALWAYS).to_owned(),
        Reason::Counted { from, to } => counted(teller, *from, *to),
        Reason::Target { severity, within, .. } => {
            let values = [("severity", teller.severity(*severity)), ("duration", &*teller.duration(*within))];
            teller.fill(reason::TARGET, &values)
        }
        Reason::OnCall { agents } => teller.fill(reason::ON_CALL, &[("name", &names(teller, agents))]),
        Reason::AccountManager { agent } => teller.fill(reason::ACCOUNT_MANAGER, &[("name", &agent.name)]),
        Reason::Team { name, from, .. } => match from {
            Some(at) => joined(&teller.fill(reason::TEAM_NEXT, &[("team", name)]), &teller.moment(*at)),
            None => teller.fill(reason::LIVE, &[("team", name)]),
        },
        Reason::Provisional { from } => {
            let year = teller.civil(*from).day.year().to_string();
            teller.fill(reason::PROVISIONAL, &[("year", &year)])
        }
        Reason::Due { promised, .. } => {
            format!("{}: {}", teller.say(reason::RESULT), teller.moment(promised.at))
        }
        Reason::Claimed { claimed, granted } => held(teller, *claimed, *granted),
        Reason::Severity { to, by, .. } => raised(teller, *to, &by.word),
        Reason::Complexity { by, .. } => teller.fill(reason::MORE_WORK, &[("word", &by.word)]),
    }
}

/// Her word, and what it starts.
fn held(teller: &Teller, claimed: Severity, granted: Severity) -> String {
    let values = [("claimed", teller.severity(claimed)), ("granted", teller.severity(granted))];
    teller.fill(reason::CLAIMED, &values)
}

/// What a rule made of it, and by which word.
fn raised(teller: &Teller, to: Severity, word: &str) -> String {
    teller.fill(reason::RAISED, &[("severity", teller.severity(to)), ("word", word)])
}

/// One stretch of the sum.
fn counted(teller: &Teller, from: Timestamp, to: Timestamp) -> String {
    let length = teller.duration(to.duration_since(from));
    let plus = teller.fill(reason::PLUS, &[("duration", &length)]);
    format!("{} – {}: {plus}", teller.moment(from), teller.moment(to))
}

/// What is told, and when that changes, if it does.
fn when(teller: &Teller, told: String, phrase: Phrase, at: Option<Timestamp>) -> String {
    match at {
        Some(at) => joined(&told, &teller.fill(phrase, &[("time", &teller.moment(at))])),
        None => told,
    }
}

fn joined(told: &str, more: &str) -> String {
    format!("{told}: {more}")
}

fn names(teller: &Teller, agents: &[Named]) -> String {
    teller.listed(agents.iter().map(|agent| agent.name.as_str()))
}

fn by(source: TierSource) -> Phrase {
    match source {
        TierSource::Default => reason::TIER_DEFAULT,
        TierSource::Company => reason::TIER_COMPANY,
    }
}

/// What a calendar did.
fn marked(teller: &Teller, mark: &Mark) -> String {
    match &mark.kind {
        MarkKind::Holiday { name, first, last } => {
            let key = name.split_once('.').map_or(name.as_str(), |(_, key)| key);
            let name = holiday::find(key).map_or(name.as_str(), |phrase| teller.say(phrase));
            let (from, to) = (teller.day(*first), teller.day(*last));
            if first == last {
                return teller.fill(reason::HOLIDAY_DAY, &[("holiday", name), ("date", &from)]);
            }
            teller.fill(reason::HOLIDAY, &[("holiday", name), ("from", &from), ("to", &to)])
        }
        MarkKind::MakeUpDay { day } => teller.fill(first::MAKE_UP_DAY, &[("date", &teller.day(*day))]),
        MarkKind::OtherHours { day } => teller.fill(reason::OTHER_HOURS, &[("date", &teller.day(*day))]),
        MarkKind::ClockChange { minutes } => {
            let phrase = if *minutes > 0 { reason::CLOCKS_FORWARD } else { reason::CLOCKS_BACK };
            let day = teller.day(teller.civil(mark.window.from()).day);
            let minutes = teller.fill(date::MINUTES, &[("n", &minutes.unsigned_abs().to_string())]);
            joined(&teller.fill(phrase, &[("date", &day)]), &minutes)
        }
    }
}
