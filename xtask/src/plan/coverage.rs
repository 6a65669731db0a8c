//! Who covers which hour for which tier, as a map of weeks in letters, or as JSON.

use std::fmt::Write as _;

use anyhow::{Result, bail};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use shared::contract::policy::{Policy, Tier};
use shared::routing::{Cover, Covered};
use shared::text::{Tongue, plan};
use shared::time::Zone;

use super::words::Teller;

/// Which weeks, and of which tier; none: of each.
pub(super) struct Wish<'a> {
    pub(super) tier: Option<&'a str>,
    pub(super) from: Timestamp,
    pub(super) weeks: u8,
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// The map, or one line of JSON.
pub(super) fn said(policy: &Policy, wish: &Wish<'_>, tongue: Tongue, as_json: bool) -> Result<String> {
    let tiers = tiers(policy, wish)?;
    let first = policy.calendars.first().map(|calendar| calendar.zone.clone());
    let zone = first.map_or_else(|| Zone::new("Etc/UTC"), Ok)?;
    let teller = Teller::new(tongue, &zone, wish.from)?;
    let from = midnight(&teller, wish.from);
    let to = from.saturating_add(HOUR * (i32::from(wish.weeks) * 7 * 24))?;
    let covered = |tier: &&Tier| (tier.id.to_string(), Covered::of(policy, tier, from, to));
    let tiers: Vec<(String, Vec<Covered>)> = tiers.iter().map(covered).collect();
    if as_json {
        let tiers: Vec<Value> = tiers.iter().map(|(tier, spans)| of_tier(tier, spans)).collect();
        return Ok(json!({ "from": from.to_string(), "to": to.to_string(), "zone": zone, "tiers": tiers })
            .to_string());
    }
    let mut text = String::new();
    for (tier, spans) in &tiers {
        map(&mut text, &teller, tier, spans)?;
    }
    legend(&mut text, &teller)?;
    Ok(text)
}

fn tiers<'a>(policy: &'a Policy, wish: &Wish<'_>) -> Result<Vec<&'a Tier>> {
    let asked = |tier: &&Tier| wish.tier.is_none_or(|asked| tier.id.as_str() == asked);
    let tiers: Vec<&Tier> = policy.tiers.iter().filter(asked).collect();
    if tiers.is_empty() {
        let names: Vec<&str> = policy.tiers.iter().map(|tier| tier.id.as_str()).collect();
        let asked = shared::ids::excerpt(wish.tier.unwrap_or_default());
        bail!("no tier is called \"{asked}\": there are {}", names.join(", "));
    }
    Ok(tiers)
}

/// The last midnight on the wall clock, so that each line of the map is a day.
fn midnight(teller: &Teller, at: Timestamp) -> Timestamp {
    let civil = teller.civil(at);
    let since = SignedDuration::from_mins(i64::from(civil.hour) * 60 + i64::from(civil.minute));
    let minute = Timestamp::from_second(at.as_second().div_euclid(60) * 60).unwrap_or(at);
    minute.saturating_sub(since).unwrap_or(minute)
}

/// A line for each day, a letter for each hour: the worst of the hour.
fn map(text: &mut String, teller: &Teller, tier: &str, spans: &[Covered]) -> Result<()> {
    writeln!(text, "{tier}\n{:26} 0     6     12    18", "")?;
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return Ok(()) };
    let (mut hour, mut day) = (first.window.from(), None);
    while hour < last.window.to() {
        let next = hour.saturating_add(HOUR)?;
        let today = teller.civil(hour).day;
        if day.replace(today) != Some(today) {
            let end = if hour == first.window.from() { "" } else { "\n" };
            write!(text, "{end}  {:<24} ", teller.day(today))?;
        }
        let inside = spans.iter().filter(|span| span.window.from() < next && span.window.to() > hour);
        text.push(inside.map(letter).max().map_or(' ', |(_, letter)| letter));
        hour = next;
    }
    writeln!(text)?;
    holes(text, teller, spans)
}

fn holes(text: &mut String, teller: &Teller, spans: &[Covered]) -> Result<()> {
    let holes: Vec<&Covered> = spans.iter().filter(|span| !span.uncovered.is_empty()).collect();
    if holes.is_empty() {
        writeln!(text, "  {}\n", teller.say(plan::COVERED_WHOLE))?;
        return Ok(());
    }
    writeln!(text, "  {}: {}", teller.say(plan::COVERED_HOLES), holes.len())?;
    for hole in holes.iter().take(10) {
        let severities = teller.listed(hole.uncovered.iter().map(|severity| severity.as_str()));
        let (from, to) = (teller.moment(hole.window.from()), teller.moment(hole.window.to()));
        writeln!(text, "  {from} – {to}: {severities}")?;
    }
    writeln!(text)?;
    Ok(())
}

/// How bad an hour is, and its letter.
fn letter(span: &Covered) -> (u8, char) {
    match (&span.cover, span.uncovered.is_empty()) {
        (Cover::Live { .. }, true) => (0, '#'),
        (Cover::OnCall { .. }, true) => (1, '+'),
        (Cover::Nobody {}, true) => (2, '.'),
        (Cover::OnCall { .. } | Cover::Live { .. }, false) => (3, '~'),
        (Cover::Nobody {}, false) => (4, '!'),
    }
}

fn legend(text: &mut String, teller: &Teller) -> Result<()> {
    let letters = [
        ('#', plan::COVERED_LIVE),
        ('+', plan::COVERED_ON_CALL),
        ('~', plan::COVERED_ON_CALL_SOME),
        ('.', plan::COVERED_CLOSED),
        ('!', plan::COVERED_HOLE),
    ];
    let lines: Vec<String> =
        letters.map(|(letter, phrase)| format!("{letter} {}", teller.say(phrase))).to_vec();
    write!(text, "{}", lines.join("\n"))?;
    Ok(())
}

fn of_tier(tier: &str, spans: &[Covered]) -> Value {
    json!({ "tier": tier, "spans": spans.iter().map(of_span).collect::<Vec<_>>() })
}

fn of_span(span: &Covered) -> Value {
    let (cover, who) = match &span.cover {
        Cover::Live { teams } => ("live", json!(teams)),
        Cover::OnCall { agents, .. } => ("on_call", json!(agents)),
        Cover::Nobody {} => ("nobody", json!([])),
    };
    let calls_from = match &span.cover {
        Cover::OnCall { from, .. } => Some(from),
        Cover::Live { .. } | Cover::Nobody {} => None,
    };
    json!({
        "from": span.window.from().to_string(), "to": span.window.to().to_string(),
        "cover": cover, "who": who, "calls_from": calls_from, "uncovered": span.uncovered,
    })
}
