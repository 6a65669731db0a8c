//! Why a clock is due when it is, in the agent's words: each line of the sum, and what lay between.

use jiff::{SignedDuration, Timestamp};
use shared::contract::Covers;
use shared::ids::MessageId;
use shared::sla::{Cause, ClockView, Explanation, SumLine, Wait};
use shared::text::{Phrase, reason, why};
use shared::time::MarkKind;
use shared::wire::{DeskTicket, Entry, What};
use widget::dates::{self, Dates};
use widget::icon::small;
use widget::reasons;
use yew::prelude::*;

use super::changed::{complexity, pending};
use super::log::Telling;

/// One line, and what it means in the sum.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// In `data-kind`.
    kind: &'static str,
    told: String,
    sum: String,
}

impl Line {
    fn new(kind: &'static str, told: String, sum: String) -> Self {
        Self { kind, told, sum }
    }
}

/// The whole sum, folded under its question.
pub(super) fn folded(explanation: &Explanation, telling: Telling<'_>) -> Html {
    let row = |line: Line| {
        html! {
            <li class="reason" data-kind={line.kind}><span>{ line.told }</span><span class="reason-sum">{ line.sum }</span></li>
        }
    };
    html! {
        <details class="reasons why">
            <summary>{ small("down") }{ telling.dates.words.say(why::TITLE) }</summary>
            <ol class="reason-list">{ for lines(explanation, telling).into_iter().map(row) }</ol>
        </details>
    }
}

fn lines(explanation: &Explanation, telling: Telling<'_>) -> Vec<Line> {
    let mut lines = agreed(explanation, telling);
    let mut sum = SignedDuration::ZERO;
    for line in &explanation.lines {
        sum = sum.saturating_add(line.adds());
        lines.extend(telling.sum_line(line, sum));
    }
    let (words, target) = (telling.dates.words, explanation.target.within);
    let open_time = |time| dates::open_time(words, time);
    if explanation.left > SignedDuration::ZERO {
        let left = words.fill(reason::PLUS, &[("duration", &open_time(explanation.left))]);
        lines.push(Line::new("left", words.say(why::LEFT).into(), left));
    }
    lines.push(Line::new("sum", words.say(why::SUM).into(), open_time(target)));
    lines.extend(instants(explanation, telling));
    lines
}

/// What was agreed, by whom, and from when on it counts.
fn agreed(explanation: &Explanation, telling: Telling<'_>) -> Vec<Line> {
    let (words, row) = (telling.dates.words, &telling.ticket.row);
    let target = &explanation.target;
    let what = case(&target.covers, telling.dates);
    let counts_on = [("calendar", target.calendar.as_str()), ("zone", explanation.zone.as_str())];
    let policy = explanation.policy.to_string();
    let source = [("policy", &*policy), ("tzdb", &row.tzdb), ("holidays", &row.holidays)];
    let starts = if explanation.counts_from == explanation.started { why::STARTED } else { why::RESTARTED };
    vec![
        Line::new(
            "agreed",
            words.fill(why::AGREED, &[("what", &what)]),
            dates::open_time(words, target.within),
        ),
        Line::new("source", words.fill(why::COUNTS_ON, &counts_on), String::new()),
        Line::new("source", words.fill(why::SOURCE, &source), String::new()),
        Line::new("start", words.say(starts).into(), telling.dates.full(explanation.counts_from)),
    ]
}

/// Which cases a target is for.
fn case(covers: &Covers, dates: Dates<'_>) -> String {
    let words = dates.words;
    let severity = covers.severity.map(|severity| words.say(reasons::severity_phrase(severity)).to_owned());
    let work = covers.complexity.map(|work| words.say(complexity(work)).to_owned());
    let channel = covers.channel.as_ref().map(|channel| reasons::channel_name(words, channel));
    let parts: Vec<String> = [severity, work, channel].into_iter().flatten().collect();
    if parts.is_empty() { words.say(why::EVERY_CASE).to_owned() } else { parts.join(" · ") }
}

/// Due, promised and judged, apart.
fn instants(explanation: &Explanation, telling: Telling<'_>) -> Vec<Line> {
    let Dates { words, .. } = telling.dates;
    let told = |at: Option<Timestamp>| {
        at.map_or_else(|| words.say(why::NONE).to_owned(), |at| telling.dates.full(at))
    };
    let (promised, at) = match explanation.promised {
        None => (words.say(why::NOT_PROMISED).into(), words.say(why::NOTHING_PROMISED).into()),
        Some(promise) => {
            let number = promise.kept_from.unwrap_or(promise.receipt).to_string();
            let phrase = if promise.kept_from.is_some() { why::PROMISED_KEPT } else { why::PROMISED };
            (words.fill(phrase, &[("receipt", &number)]), told(Some(promise.at)))
        }
    };
    let mut lines = vec![
        Line::new("due", words.say(why::DUE).into(), told(explanation.due)),
        Line::new("promised", promised, at),
        Line::new("result", words.say(why::JUDGED).into(), told(explanation.judged)),
    ];
    if let Some(at) = explanation.late_at {
        let late = words.fill(why::LATE_AT, &[("time", &telling.dates.full(at))]);
        lines.push(Line::new("late", late, String::new()));
    }
    if let Some(from) = explanation.provisional_from {
        let year = telling.dates.civil(from).day.year().to_string();
        lines.push(Line::new(
            "provisional",
            words.fill(reason::PROVISIONAL, &[("year", &year)]),
            String::new(),
        ));
    }
    lines
}

impl Telling<'_> {
    fn sum_line(self, line: &SumLine, so_far: SignedDuration) -> Vec<Line> {
        let words = self.dates.words;
        let does_not = || words.say(why::NOT_COUNTED).to_owned();
        let one = |kind, told, sum| vec![Line::new(kind, told, sum)];
        let stretch = |phrase: Phrase, from: Timestamp, to: Timestamp| {
            words.fill(phrase, &[("from", &self.dates.full(from)), ("to", &self.until(from, to))])
        };
        match line {
            SumLine::Counted { from, to, adds } => {
                let adds = words.fill(reason::PLUS, &[("duration", &dates::open_time(words, *adds))]);
                one("counted", self.counted(*from, *to), adds)
            }
            SumLine::Paused { from, to, wait } => self.paused(*from, *to, wait),
            SumLine::Solved { from, to } => one("solved", stretch(why::SOLVED, *from, *to), does_not()),
            SumLine::Closed { from, to, holidays } => {
                let told = stretch(why::CLOSED, *from, *to);
                let names = holidays.iter().map(|kind| self.marked(kind, *from));
                let told = std::iter::once(told).chain(names).collect::<Vec<_>>().join(" · ");
                one("closed", told, does_not())
            }
            SumLine::Marked { mark } => {
                let (told, sum) = reasons::marked(&mark.kind, mark.window.from(), &self.dates);
                one("marked", told, sum)
            }
            SumLine::Changed { at, cause } => {
                let so_far = [("duration", &*dates::open_time(words, so_far))];
                one("changed", self.cause(*at, cause), words.fill(why::SO_FAR, &so_far))
            }
        }
    }

    /// `Thu 8 Oct, 9:00–18:00`; over midnight both days are named.
    fn counted(self, from: Timestamp, to: Timestamp) -> String {
        let (words, day) = (self.dates.words, self.dates.civil(from).day);
        if day == self.dates.civil(to).day {
            let values = [("date", &*self.dates.day(day)), ("hours", &*self.dates.span(from, to))];
            return words.fill(why::COUNTED, &values);
        }
        words.fill(why::STRETCH, &[("from", &self.dates.full(from)), ("to", &self.dates.full(to))])
    }

    /// The end of a stretch: on the same day its time alone.
    fn until(self, from: Timestamp, to: Timestamp) -> String {
        let same = self.dates.civil(from).day == self.dates.civil(to).day;
        if same { self.dates.time(to) } else { self.dates.full(to) }
    }

    fn marked(self, kind: &MarkKind, from: Timestamp) -> String {
        reasons::marked(kind, from, &self.dates).0
    }

    /// A wait, with who waited, what shows it, and how it ended.
    fn paused(self, from: Timestamp, to: Option<Timestamp>, wait: &Wait) -> Vec<Line> {
        let words = self.dates.words;
        let to_told = to.map(|to| self.until(from, to)).unwrap_or_default();
        let phrase = if to.is_some() { why::PAUSED } else { why::PAUSED_SINCE };
        let values = [
            ("from", &*self.dates.full(from)),
            ("to", &to_told),
            ("name", self.floor.name(&wait.by)),
            ("reason", words.say(pending(wait.reason))),
        ];
        let mut told = vec![words.fill(phrase, &values)];
        let message = wait.evidence.and_then(|id| self.ticket.entries.iter().find(|entry| shows(entry, id)));
        told.extend(message.map(|entry| words.fill(why::SHOWN_BY, &[("time", &self.dates.full(entry.at))])));
        let cut = to.is_some_and(|to| wait.to.is_none_or(|end| to < end));
        if cut {
            told.push(words.say(why::USED_UP).to_owned());
        } else if let Some(by) = &wait.ended_by {
            told.push(words.fill(why::ENDED_BY, &[("name", self.actor(by))]));
        }
        vec![Line::new("paused", told.join(" · "), words.say(why::NOT_COUNTED).to_owned())]
    }

    /// What changed a clock, told where it did.
    fn cause(self, at: Timestamp, cause: &Cause) -> String {
        let words = self.dates.words;
        let time = self.dates.full(at);
        let tell = |phrase: Phrase, name: &str, from: &str, to: &str| {
            words.fill(phrase, &[("time", &time), ("name", name), ("from", from), ("to", to)])
        };
        let severity = |of| words.say(reasons::severity_phrase(of));
        let work = |of| words.say(complexity(of));
        match cause {
            Cause::Severity { from, to, by } => {
                tell(why::SEVERITY, self.actor(by), severity(*from), severity(*to))
            }
            Cause::Complexity { from, to, by } => {
                tell(why::COMPLEXITY, self.actor(by), work(*from), work(*to))
            }
            Cause::Tier { from, to, .. } => {
                tell(why::TIER, "", &reasons::tier_name(words, from), &reasons::tier_name(words, to))
            }
            Cause::Calendar { policy } => {
                words.fill(why::CALENDAR, &[("time", &time), ("policy", &policy.to_string())])
            }
            Cause::Merged { ticket, by } => {
                let values = [("time", &*time), ("name", self.floor.name(by)), ("code", &ticket.code())];
                words.fill(why::MERGED, &values)
            }
            Cause::Reopened { by } => tell(why::REOPENED, self.actor(by), "", ""),
            Cause::Asked {} | Cause::Antedated {} => tell(why::ANTEDATED, "", "", ""),
            // Waits are told where they were.
            Cause::Paused { .. } | Cause::Resumed { .. } => String::new(),
        }
    }
}

fn shows(entry: &Entry, id: MessageId) -> bool {
    let (What::Said { message, .. } | What::Noted { message, .. }) = &entry.what else { return false };
    *message == id
}

/// Why the clock of a metric is due when it is, if it runs.
pub(super) fn of<'t>(ticket: &'t DeskTicket, clock: &ClockView) -> Option<&'t Explanation> {
    ticket.why.iter().find(|why| why.target.metric == clock.metric && why.cycle == clock.cycle)
}

#[cfg(test)]
mod tests;
