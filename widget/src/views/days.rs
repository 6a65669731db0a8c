//! The drawings of open time: this day, or the days ahead. Open is solid, closed is hatched.

use jiff::Timestamp;
use shared::text::{date, widget as text};
use shared::time::Hours;
use widget::dates::{self, Dates};
use yew::prelude::*;

use crate::session::{DayBar, bars, per_cent};

/// How many days the strip shows.
const DAYS: usize = 8;

/// Today, hour by hour: drawn while it is open.
pub(super) fn day(dates: Dates<'_>, hours: Hours<'_>, rtl: bool) -> Html {
    let Some(bar) = bars(dates.local, hours, dates.now, 1).pop() else { return Html::default() };
    let now = bar.now.unwrap_or_default();
    let closes = hours.open_until(dates.now).filter(|at| bar.open.last().is_some_and(|(_, to)| *to < 1000 && *at > dates.now));
    let label = dates.words.fill(text::DAY_LABEL, &[("hours", &told(dates, hours)), ("time", &dates.time(dates.now))]);
    let at = |thousandths: i64| per_cent(mirrored(thousandths, rtl));
    let close_place = bar.open.last().map_or(1000, |(_, to)| *to);
    let (start, end) = if rtl { ("end", "start") } else { ("start", "end") };
    html! {
        <svg class="day" role="img" aria-label={label}>
            { track(&bar, "9", rtl) }
            <rect class="day-now" x={at(now)} y="-4" width="2" height="18" />
            if now > 110 { <text x={at(0)} y="27" text-anchor={start}>{ "0:00" }</text> }
            <text class="day-now-label" x={at(now.clamp(45, 955))} y="27" text-anchor="middle">{ dates.time(dates.now) }</text>
            if let Some(closes) = closes.filter(|_| close_place - now > 130 && close_place < 890) {
                <text x={at(close_place)} y="27" text-anchor="middle">{ dates.time(closes) }</text>
            }
            if now < 890 { <text x={at(1000)} y="27" text-anchor={end}>{ "24:00" }</text> }
        </svg>
    }
}

/// The days ahead: drawn while it is closed.
pub(super) fn days(dates: Dates<'_>, hours: Hours<'_>, opens: Option<Timestamp>, rtl: bool) -> Html {
    let label = dates.words.fill(text::DAYS_LABEL, &[("n", &DAYS.to_string())]);
    let row = |bar: &DayBar| {
        let opening = bar.opens.filter(|at| opens == Some(*at));
        let head = if bar.now.is_some() {
            dates.words.say(date::TODAY).to_owned()
        } else {
            bar.day.day().to_string()
        };
        let foot = opening.map_or_else(
            || dates.words.say(dates::weekday_short(bar.day.weekday())).to_owned(),
            |at| dates.time(at),
        );
        let now = bar.now.map(|now| per_cent(mirrored(now, rtl)));
        html! {
            <li class="days-day" data-open={opening.map(|_| "")} title={spoken(dates, bar)}>
                <b>{ head }</b>
                <svg class="days-bar" aria-hidden="true">
                    { track(bar, "17", rtl) }
                    if let Some(x) = now { <rect class="day-now" {x} y="-3" width="2" height="24" /> }
                </svg>
                { foot }
            </li>
        }
    };
    let bars = bars(dates.local, hours, dates.now, DAYS);
    html! { <ol class="days" aria-label={label}>{ for bars.iter().map(row) }</ol> }
}

fn track(bar: &DayBar, height: &'static str, rtl: bool) -> Html {
    let open = |(from, to): &(i64, i64)| {
        let x = per_cent(if rtl { 1000 - to } else { *from });
        html! { <rect class="day-open" {x} y="0" width={per_cent(to - from)} height={height} /> }
    };
    html! {
        <>
            <rect class="day-track" x="0.5" y="0.5" width="99%" height={height} />
            { for bar.open.iter().map(open) }
        </>
    }
}

fn mirrored(thousandths: i64, rtl: bool) -> i64 {
    if rtl { 1000 - thousandths } else { thousandths }
}

fn told(dates: Dates<'_>, hours: Hours<'_>) -> String {
    let window = hours.windows().first_at_or_after(dates.now);
    window.map(|window| dates.span(window.from(), window.to())).unwrap_or_default()
}

fn spoken(dates: Dates<'_>, bar: &DayBar) -> String {
    let day = dates.day(bar.day);
    match bar.opens {
        Some(opens) => {
            dates.words.fill(text::DAY_OPENS, &[("date", &day), ("time", &dates.time(opens))])
        }
        None => dates.words.fill(text::DAY_CLOSED, &[("date", &day)]),
    }
}
