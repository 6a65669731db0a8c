//! The drawings of time: which part of a day is open, and which stretches lie between a request and its answer.

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use shared::sla::{Reason, Receipt};
use shared::time::instant::plus;
use shared::time::{Day, Hours, Local, MarkKind};

/// One day of the strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DayBar {
    /// Which day.
    pub(crate) day: Day,
    /// Its open stretches, as thousandths of the day.
    pub(crate) open: Vec<(i64, i64)>,
    /// When it first opens.
    pub(crate) opens: Option<Timestamp>,
    /// Where now stands, if it is today.
    pub(crate) now: Option<i64>,
}

/// The days from today on, each with its open stretches in the reader's zone.
pub(crate) fn bars(local: &Local, hours: Hours<'_>, now: Timestamp, days: usize) -> Vec<DayBar> {
    let today = local.civil(now).day;
    let days = std::iter::successors(Some(today), |day| Some(day.tomorrow())).take(days);
    days.map(|day| bar(local, hours, now, day)).collect()
}

fn bar(local: &Local, hours: Hours<'_>, now: Timestamp, day: Day) -> DayBar {
    let (from, to) = (start_of_day(local, day), start_of_day(local, day.tomorrow()));
    let share = |at: Timestamp| thousandths(from, to, at);
    let inside = hours.windows().iter_from(from).take_while(|window| window.from() < to);
    let cut: Vec<(Timestamp, Timestamp)> = inside.map(|w| (w.from().max(from), w.to().min(to))).collect();
    DayBar {
        day,
        open: cut.iter().map(|(a, b)| (share(*a), share(*b))).collect(),
        opens: cut.first().map(|(from, _)| *from),
        now: (from <= now && now < to).then(|| share(now)),
    }
}

/// Midnight, or the first instant after it where the clocks jump over midnight.
fn start_of_day(local: &Local, day: Day) -> Timestamp {
    let Ok(utc) = Offset::UTC.to_timestamp(day.date().at(0, 0, 0, 0)) else { return Timestamp::MIN };
    let shifted = |near: Timestamp| {
        let offset = i64::from(local.offset(near));
        plus(utc, SignedDuration::from_secs(-offset))
    };
    shifted(shifted(utc))
}

fn thousandths(from: Timestamp, to: Timestamp, at: Timestamp) -> i64 {
    let whole = to.duration_since(from).as_secs().max(1);
    (at.duration_since(from).as_secs() * 1000 / whole).clamp(0, 1000)
}

/// Thousandths as a length: `37.5%`.
pub(crate) fn per_cent(thousandths: i64) -> String {
    let mut text = (thousandths / 10).to_string();
    if thousandths % 10 != 0 {
        text.push('.');
        text.push_str(&(thousandths % 10).to_string());
    }
    text.push('%');
    text
}

/// Whether time counts in a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SpanKind {
    /// Nobody answers.
    Closed,
    /// It counts.
    Open,
}

/// One stretch between a request and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// Whether it counts.
    pub(crate) kind: SpanKind,
    /// Its start.
    pub(crate) from: Timestamp,
    /// How long it lasts.
    pub(crate) length: SignedDuration,
    /// What closed it, if the calendar has a word for it.
    pub(crate) holiday: Option<String>,
}

/// More stretches than this are drawn as one closed and one open.
const DRAWN: usize = 3;

/// From the request to the promised answer. Empty without a promise.
pub(crate) fn spans(receipt: &Receipt) -> Vec<Span> {
    let Some(due) = receipt.first_response().map(|promised| promised.at) else { return Vec::new() };
    let start = receipt.reasons.iter().find_map(|reason| {
        let Reason::CountsFrom { at, .. } = reason else { return None };
        Some(*at)
    });
    let counted = receipt.reasons.iter().filter_map(|reason| {
        let Reason::Counted { from, to } = reason else { return None };
        Some((*from, *to))
    });
    let mut counted: Vec<(Timestamp, Timestamp)> = counted.collect();
    if counted.is_empty() || counted.len() * 2 > DRAWN + 1 {
        counted = vec![(start.unwrap_or(receipt.asked_at), due)];
    }
    let mut spans = Vec::new();
    let mut reached = receipt.asked_at;
    for (from, to) in counted {
        if from > reached {
            let holiday = holiday_between(receipt, reached, from);
            let length = from.duration_since(reached);
            spans.push(Span { kind: SpanKind::Closed, from: reached, length, holiday });
        }
        let length = to.duration_since(from);
        spans.push(Span { kind: SpanKind::Open, from, length, holiday: None });
        reached = to;
    }
    spans
}

fn holiday_between(receipt: &Receipt, from: Timestamp, to: Timestamp) -> Option<String> {
    receipt.reasons.iter().find_map(|reason| {
        let Reason::Calendar { mark, .. } = reason else { return None };
        match &mark.kind {
            MarkKind::Holiday { name, .. } => mark.touches(from, to).then(|| name.clone()),
            MarkKind::MakeUpDay { .. } | MarkKind::OtherHours { .. } | MarkKind::ClockChange { .. } => None,
        }
    })
}
