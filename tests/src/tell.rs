//! What happened and what was said, in one line each, so that a test can name all of it, and the silence too.

use jiff::{SignedDuration, Timestamp};
use shared::contract::Metric;
use shared::sla::{Cause, ClockState, ClockView, Named, Promised, Reason, Receipt, TierSource};
use shared::ticket::{Actor, Author, Event};
use shared::ticket::{Occasion, Ring};
use shared::time::{Civil, Day, Mark, MarkKind};
use shared::wire::{Entry, What};

use crate::instant::utc;

pub fn event(event: &Event) -> String {
    match event {
        Event::TermsSet { terms, .. } => format!("terms of {}, number {}", terms.tier, terms.policy),
        Event::Opened { opening, .. } => format!("opened, {}", opening.severity.as_str()),
        Event::Antedated { receipt } => format!("antedated to {}", utc(receipt.asked_at)),
        Event::Said { author: Author::Customer {}, .. } => "customer said".into(),
        Event::Said { author: Author::Agent { id }, .. } => format!("{id} said"),
        Event::Said { author: Author::Bot {}, .. } => "a bot said".into(),
        Event::Said { author: Author::Automatic {}, .. } => "said by itself".into(),
        Event::Noted { by, .. } => format!("{by} noted"),
        Event::Pended { by, reason, .. } => format!("{by} waits for {reason:?}"),
        Event::Resumed { by } => format!("resumed by {}", actor(by)),
        Event::Solved { by } => format!("solved by {by}"),
        Event::Reopened { by } => format!("reopened by {}", actor(by)),
        Event::Warned { metric, percent, late, .. } => {
            format!("warned {} {percent} %{}", metric.as_str(), if *late { ", late" } else { "" })
        }
        Event::Breached { metric, stamped, .. } => {
            format!("breached {} at {}", metric.as_str(), utc(*stamped))
        }
        Event::TermsAsked {} => "asked for later terms".into(),
        Event::Seen { upto } => format!("seen up to {upto}"),
        Event::SeverityChanged { from, to, by, .. } => {
            format!("{} to {} by {}", from.as_str(), to.as_str(), actor(by))
        }
        Event::ComplexityChanged { from, to, by, .. } => {
            format!("{} to {} by {}", from.as_str(), to.as_str(), actor(by))
        }
        Event::TeamChanged { team, by } => format!("to {team} by {}", actor(by)),
        Event::MergedInto { by, .. } => format!("merged into another by {by}"),
        Event::MergedFrom { asked_at, by, .. } => format!("took in one of {} by {by}", utc(*asked_at)),
        Event::Discarded { why, by } => format!("{why:?} by {}", actor(by)),
        Event::Closed {} => "closed by customer".into(),
        Event::Promised { receipt } => {
            format!("promised {}: {}", promises(receipt), cause_of(&receipt.cause))
        }
        Event::Notified { metric, .. } => format!("notified of {}", metric.as_str()),
    }
}

fn actor(actor: &Actor) -> String {
    match actor {
        Actor::Customer {} => "customer".into(),
        Actor::Agent { id } => id.to_string(),
        Actor::Rule { name } => format!("the rule {name}"),
        Actor::Tenant {} => "the tenant".into(),
    }
}

fn promises(receipt: &Receipt) -> String {
    let told = |name: &str, promised: Option<Promised>| promised.map(|p| format!("{name} by {}", utc(p.at)));
    let all = [told("a reply", receipt.first_response()), told("a solution", receipt.resolution())];
    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn cause_of(cause: &Cause) -> String {
    match cause {
        Cause::Asked {} => "asked".into(),
        Cause::Antedated {} => "asked earlier".into(),
        Cause::Severity { to, by, .. } => format!("{} says {}", to.as_str(), actor(by)),
        Cause::Complexity { to, by, .. } => format!("{} says {}", to.as_str(), actor(by)),
        Cause::Tier { from, to, .. } => format!("{from} became {to}"),
        Cause::Paused { reason, by } => format!("{by} waits for {reason:?}"),
        Cause::Resumed { by } => format!("resumed by {}", actor(by)),
        Cause::Reopened { by } => format!("reopened by {}", actor(by)),
        Cause::Calendar { policy } => format!("calendars of number {policy}"),
        Cause::Merged { by, .. } => format!("merged by {by}"),
    }
}

pub fn ring(ring: &Ring) -> String {
    let called = if ring.on_call.is_empty() { "nobody".into() } else { names(&ring.on_call) };
    let manager = ring.account_manager.as_ref().map_or(String::new(), |m| format!(", beside {}", m.name));
    match &ring.occasion {
        Occasion::Opened {} => format!("rang {called}{manager}"),
        Occasion::Warned { metric, percent } => format!("rang for {} {percent} %", metric.as_str()),
        Occasion::Breached { metric, .. } => format!("rang for breached {}", metric.as_str()),
    }
}

fn names(people: &[Named]) -> String {
    people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ")
}

pub fn wall(civil: Civil) -> String {
    let (day, month) = (civil.day.day(), civil.day.month());
    format!("{:?} {month:02}-{day:02} {:02}:{:02}", civil.weekday(), civil.hour, civil.minute)
}

pub fn clock(clock: &ClockView) -> String {
    match clock.state {
        ClockState::Running { due, .. } => format!("due {}", utc(due)),
        ClockState::Paused {} => format!("paused after {:#}", clock.spent),
        ClockState::Late { due } => format!("late since {}", utc(due)),
        ClockState::Met { early, .. } => format!("met {early:#} early"),
        ClockState::Missed { late, .. } => format!("missed by {late:#}"),
        ClockState::Endless {} => "never due".into(),
    }
}

pub fn entry(entry: &Entry) -> String {
    match &entry.what {
        What::Said { author: Author::Customer {}, text, .. } => format!("customer: {text}"),
        What::Said { author: Author::Agent { id }, text, .. } => format!("{id}: {text}"),
        What::Said { author: Author::Bot {}, text, .. } => format!("bot: {text}"),
        What::Said { author: Author::Automatic {}, text, .. } => format!("by itself: {text}"),
        What::Noted { by, text, .. } => format!("{by} to the team: {text}"),
        What::Pended { by, reason } => format!("{by} waits for {reason:?}"),
        What::Resumed { by } => format!("resumed by {}", actor(by)),
        What::Solved { by } => format!("solved by {by}"),
        What::Reopened { by } => format!("reopened by {}", actor(by)),
        What::Warned { metric, percent } => format!("warned {} {percent} %", metric.as_str()),
        What::Breached { metric, stamped } => format!("breached {} at {}", metric.as_str(), utc(*stamped)),
        What::Antedated { receipt } => format!("antedated to {}", utc(receipt.asked_at)),
        What::Promised { cause, .. } => format!("promised anew: {}", cause_of(cause)),
        What::Severity { from, to, by } => format!("{} to {} by {}", from.as_str(), to.as_str(), actor(by)),
        What::Complexity { from, to, by } => format!("{} to {} by {}", from.as_str(), to.as_str(), actor(by)),
        What::Bound { tier, .. } => format!("terms of {tier}"),
        What::Team { team, by } => format!("to {team} by {}", actor(by)),
        What::MergedInto { by, .. } => format!("merged into another by {by}"),
        What::MergedFrom { by, .. } => format!("took in another by {by}"),
        What::Discarded { why, by } => format!("{why:?} by {}", actor(by)),
        What::Closed {} => "closed by customer".into(),
    }
}

pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Asked { at } => format!("asked {}", utc(*at)),
        Reason::Tier { tier, from: TierSource::Company } => format!("{tier}, by her company"),
        Reason::Tier { tier, from: TierSource::Default } => format!("{tier}, for anybody"),
        Reason::ChannelOpen { channel, until } => format!("{channel} open until {}", sometime(*until)),
        Reason::ChannelClosed { channel, opens } => format!("{channel} closed, opens {}", sometime(*opens)),
        Reason::Calendar { calendar, mark } => format!("{calendar}: {}", cause(mark)),
        Reason::CountsFrom { calendar, at } => format!("{calendar} counts from {}", utc(*at)),
        Reason::CountsAlways { calendar } => format!("{calendar} always counts"),
        Reason::Counted { from, to } => format!("counted {:#} from {}", to.duration_since(*from), utc(*from)),
        Reason::Target { metric, within, .. } => format!("{} within {}", metric.as_str(), length(*within)),
        Reason::OnCall { agents } => format!("called: {}", names(agents)),
        Reason::AccountManager { agent } => format!("account manager: {}", agent.name),
        Reason::Team { name, from: None, .. } => format!("{name} answers"),
        Reason::Team { name, from: Some(at), .. } => format!("{name} answers from {}", utc(*at)),
        Reason::Provisional { from } => format!("provisional from {}", utc(*from)),
        Reason::Due { metric, promised } => format!("{} by {}", metric.as_str(), utc(promised.at)),
        Reason::Claimed { claimed, granted } => {
            format!("called {}, starts {}", claimed.as_str(), granted.as_str())
        }
        Reason::Severity { from, to, by } => {
            format!("{} to {} by {} for {}", from.as_str(), to.as_str(), by.rule, by.word)
        }
        Reason::Complexity { to, by } => format!("{} by {} for {}", to.as_str(), by.rule, by.word),
    }
}

fn cause(mark: &Mark) -> String {
    match &mark.kind {
        MarkKind::Holiday { name, first, last } => format!("{name} {} to {}", day(*first), day(*last)),
        MarkKind::MakeUpDay { day: date } => format!("make-up day {}", day(*date)),
        MarkKind::OtherHours { day: date } => format!("other hours on {}", day(*date)),
        MarkKind::ClockChange { minutes } => format!("clocks change by {minutes} min"),
    }
}

fn day(day: Day) -> String {
    format!("{:02}-{:02}", day.month(), day.day())
}

fn sometime(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "for ever".into(), utc)
}

fn length(within: SignedDuration) -> String {
    format!("{within:#}")
}

/// The clock of one metric, in a line of the desk or on a customer's card.
pub fn clock_of(clocks: &[ClockView], metric: Metric) -> String {
    clocks.iter().find(|view| view.metric == metric).map_or_else(|| "none".into(), clock)
}
