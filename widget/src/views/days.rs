//! The drawings of open time: this day, or the days ahead. Open is solid, closed is hatched.

use jiff::Timestamp;
use shared::text::{date, first as text};
use shared::time::Hours;
use widget::dates::{self, Dates};
use widget::node::{Node, el, of};

use crate::session::{DayBar, bars, per_cent};

/// How many days the strip shows.
const DAYS: usize = 8;

/// Labels nearer to each other than this, in thousandths of a day, would touch.
const LABEL: i64 = 110;

/// Today, hour by hour: drawn while it is open.
pub(super) fn day(dates: &Dates<'_>, hours: Hours<'_>, rtl: bool) -> Option<Node> {
    let bar = bars(dates.local, hours, dates.now, 1).pop()?;
    let now = bar.now.unwrap_or_default();
    let closes = bar.open.last().map_or(1000, |(_, to)| *to);
    let closing = hours.open_until(dates.now).filter(|_| closes > now + LABEL && closes < 1000 - LABEL);
    let (start, end) = if rtl { ("end", "start") } else { ("start", "end") };
    let label = |at: i64, anchor: &'static str| {
        el("text").put("x", per_cent(mirrored(at, rtl))).set("y", "27").set("text-anchor", anchor)
    };
    let here = label(now.clamp(45, 955), "middle").set("class", "day-now-label").told(dates.time(dates.now));
    let spoken = [("hours", &*open_hours(dates, hours)), ("time", &dates.time(dates.now))];
    let drawn = of("svg", "day")
        .set("role", "img")
        .put("aria-label", dates.words.fill(text::DAY_LABEL, &spoken))
        .all(track(&bar, "9", rtl))
        .child(tick(now, rtl).set("y", "-4").set("height", "18"))
        .maybe((now > LABEL).then(|| label(0, start).say("0:00")))
        .child(here)
        .maybe(closing.map(|at| label(closes, "middle").told(dates.time(at))))
        .maybe((now < 1000 - LABEL).then(|| label(1000, end).say("24:00")));
    Some(drawn)
}

/// The days ahead: drawn while it is closed.
pub(super) fn days(dates: &Dates<'_>, hours: Hours<'_>, opens: Option<Timestamp>, rtl: bool) -> Node {
    let bars = bars(dates.local, hours, dates.now, DAYS);
    of("ol", "days")
        .put("aria-label", dates.words.fill(text::DAYS_LABEL, &[("n", &DAYS.to_string())]))
        .all(bars.iter().map(|bar| ahead(dates, bar, opens, rtl)))
}

fn ahead(dates: &Dates<'_>, bar: &DayBar, opens: Option<Timestamp>, rtl: bool) -> Node {
    let words = dates.words;
    let opening = bar.opens.filter(|at| opens == Some(*at));
    let today = || words.say(date::TODAY).to_owned();
    let head = bar.now.map_or_else(|| bar.day.day().to_string(), |_| today());
    let weekday = || words.say(dates::weekday_short(bar.day.weekday())).to_owned();
    let now = bar.now.map(|now| tick(now, rtl).set("y", "-3").set("height", "24"));
    of("li", "days-day")
        .set_if(opening.is_some(), "data-open", "")
        .put("title", spoken(dates, bar))
        .child(el("b").told(head))
        .child(of("svg", "days-bar").set("aria-hidden", "true").all(track(bar, "17", rtl)).maybe(now))
        .told(opening.map_or_else(weekday, |at| dates.time(at)))
}

fn tick(at: i64, rtl: bool) -> Node {
    of("rect", "day-now").put("x", per_cent(mirrored(at, rtl))).set("width", "2")
}

fn track(bar: &DayBar, height: &'static str, rtl: bool) -> impl Iterator<Item = Node> {
    let closed =
        of("rect", "day-track").set("x", "0.5").set("y", "0.5").set("width", "99%").set("height", height);
    let open = move |(from, to): &(i64, i64)| {
        let x = if rtl { 1000 - to } else { *from };
        of("rect", "day-open").put("x", per_cent(x)).put("width", per_cent(to - from)).set("height", height)
    };
    let open: Vec<Node> = bar.open.iter().map(open).collect();
    std::iter::once(closed).chain(open)
}

fn mirrored(thousandths: i64, rtl: bool) -> i64 {
    if rtl { 1000 - thousandths } else { thousandths }
}

fn open_hours(dates: &Dates<'_>, hours: Hours<'_>) -> String {
    let window = hours.windows().first_at_or_after(dates.now);
    window.map(|window| dates.span(window.from(), window.to())).unwrap_or_default()
}

fn spoken(dates: &Dates<'_>, bar: &DayBar) -> String {
    let day = dates.day(bar.day);
    match bar.opens {
        Some(at) => dates.words.fill(text::DAY_OPENS, &[("date", &day), ("time", &dates.time(at))]),
        None => dates.words.fill(text::DAY_CLOSED, &[("date", &day)]),
    }
}
