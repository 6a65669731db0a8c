//! Clocks in the desk's words: the sentence first, the number second, the colour last.

use jiff::Timestamp;
use shared::contract::Metric;
use shared::sla::{ClockState, ClockView};
use shared::text::{date, desk};
use shared::ticket::Stage;
use shared::wire::Row;
use widget::dates::{self, Dates};
use widget::verdict::Standing;
use widget::words::Words;
use yew::prelude::*;

use crate::state::inbox::headline;
use crate::state::{Desk, Floor};

/// Instants as the agent reads them.
pub(super) fn dates<'f>(desk: &Desk, floor: &'f Floor) -> Dates<'f> {
    Dates { words: desk.words, local: &floor.hello.local, now: floor.now }
}

/// What one line says of a row's clocks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    /// In `data-state`, and the icon's name.
    pub(super) state: &'static str,
    pub(super) words: String,
    /// Beside it: the instant.
    pub(super) time: String,
}

pub(super) fn metric(words: Words, metric: Metric) -> &'static str {
    words.say(match metric {
        Metric::FirstResponse => desk::FIRST_RESPONSE,
        Metric::Resolution => desk::RESOLUTION,
        Metric::NextResponse => desk::NEXT_RESPONSE,
        Metric::PeriodicUpdate => desk::PERIODIC_UPDATE,
        Metric::PausableUpdate => desk::PAUSABLE_UPDATE,
        Metric::RequesterWait => desk::REQUESTER_WAIT,
        Metric::AgentWork => desk::AGENT_WORK,
    })
}

/// A row in one line.
pub(super) fn told(row: &Row, dates: Dates<'_>) -> Told {
    let words = dates.words;
    if let Stage::Solved { at } = row.stage {
        let time = dates.time(at);
        return if row.waits {
            Told { state: "running", words: words.say(desk::SOLVED_NEW_WORDS).to_owned(), time }
        } else {
            let solved = words.fill(desk::SOLVED_AT, &[("time", &dates.brief(at))]);
            Told { state: solved_state(row), words: solved, time: String::new() }
        };
    }
    if let Stage::Merged { at } | Stage::Discarded { at, .. } = row.stage {
        let ended = words.fill(desk::ENDED_AT, &[("time", &dates.brief(at))]);
        return Told { state: "met", words: ended, time: String::new() };
    }
    if let Some(clock) = headline(row) {
        return running(clock, dates);
    }
    if let Stage::Pending { since, .. } = row.stage {
        let paused = words.fill(desk::CLOCK_PAUSED, &[("metric", words.say(desk::RESOLUTION))]);
        return Told { state: "paused", words: paused, time: short(since, dates) };
    }
    Told { state: "running", words: words.say(desk::CLOCK_NONE).to_owned(), time: String::new() }
}

fn solved_state(row: &Row) -> &'static str {
    let missed = row.clocks.iter().any(|clock| matches!(clock.state, ClockState::Missed { .. }));
    if missed { "late" } else { "met" }
}

fn running(clock: &ClockView, dates: Dates<'_>) -> Told {
    let standing = Standing::of(clock, dates.now);
    let time = clock.state.deadline().map(|due| dates.time(due)).unwrap_or_default();
    Told { state: standing.name(), words: countdown(clock, dates), time }
}

/// The time of today, the day of any other.
fn short(at: Timestamp, dates: Dates<'_>) -> String {
    let day = dates.civil(at).day;
    if day == dates.today() { dates.time(at) } else { dates.day_plain(day) }
}

/// `First reply in 16 min`, `First reply by Thu 8 Oct`, `First reply late by 6 min`.
pub(super) fn countdown(clock: &ClockView, dates: Dates<'_>) -> String {
    let words = dates.words;
    let metric = ("metric", metric(words, clock.metric));
    match Standing::of(clock, dates.now) {
        Standing::Running { due } | Standing::Near { due } => {
            let day = dates.civil(due).day;
            if day == dates.today() {
                return words.fill(desk::CLOCK_IN, &[metric, ("duration", &dates.left(due))]);
            }
            words.fill(desk::CLOCK_BY, &[metric, ("time", &dates.day(day))])
        }
        Standing::Late { due } => {
            let late = dates::duration(words, dates.now.duration_since(due));
            words.fill(desk::CLOCK_LATE, &[metric, ("duration", &late)])
        }
        Standing::Paused => words.fill(desk::CLOCK_PAUSED, &[metric]),
        Standing::Met { .. } | Standing::Missed { .. } | Standing::Endless => verdict(clock, dates),
    }
}

/// The same for a title, and what stands beside it: of what is due today the number first, of any other day the
/// instant.
pub(super) fn sentence(clock: &ClockView, due: Timestamp, dates: Dates<'_>) -> (Html, Html) {
    let words = dates.words;
    let today = dates.civil(due).day == dates.today();
    if due < dates.now {
        let was_due = words.html(desk::CLOCK_WAS_DUE, &[("time", dates.element(due))]);
        return (countdown(clock, dates).into(), was_due);
    }
    if today {
        let by = words.html(desk::CLOCK_DUE, &[("time", dates.element(due))]);
        return (countdown(clock, dates).into(), by);
    }
    let by = [("metric", metric(words, clock.metric).into()), ("time", dates.element(due))];
    (words.html(desk::CLOCK_BY, &by), words.fill(date::AHEAD, &[("duration", &dates.left(due))]).into())
}

/// How a clock stands, beside its name: `22 min left`, `Met, 18 min early`.
pub(super) fn verdict(clock: &ClockView, dates: Dates<'_>) -> String {
    let words = dates.words;
    let fill = |phrase, duration: &str| words.fill(phrase, &[("duration", duration)]);
    match Standing::of(clock, dates.now) {
        Standing::Running { due } | Standing::Near { due } => fill(desk::CLOCK_LEFT, &dates.left(due)),
        Standing::Late { due } => {
            fill(desk::CLOCK_LATE_SHORT, &dates::duration(words, dates.now.duration_since(due)))
        }
        Standing::Met { early, .. } => fill(desk::CLOCK_MET, &dates::duration(words, early)),
        Standing::Missed { late, .. } => fill(desk::CLOCK_MISSED, &dates::duration(words, late)),
        Standing::Paused => words.say(desk::GROUP_PAUSED).to_owned(),
        Standing::Endless => words.say(desk::CLOCK_NONE).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{at, local, row};
    use shared::text::Tongue;

    #[track_caller]
    fn says(row: &Row, now: &str, state: &str, words: &str, time: &str) {
        let local = local();
        let dates = Dates { words: Words(Tongue::ENGLISH), local: &local, now: at(now) };
        let told = told(row, dates);
        assert_eq!((told.state, &*told.words, &*told.time), (state, words, time));
    }

    #[test]
    fn a_row_counts_down_names_another_day_and_says_by_how_much_it_is_late() {
        let row = row(1, |r| r.due("10:00"));
        says(&row, "09:38", "running", "First reply in 22 min", "10:00");
        says(&row, "10:00", "running", "First reply in less than a minute", "10:00");
        says(&row, "10:06", "late", "First reply late by 6 min", "10:00");
        let tomorrow = crate::state::tests::row(1, |r| r.due("34:00"));
        says(&tomorrow, "09:38", "running", "First reply by Fri 2 Oct", "10:00");
    }

    #[test]
    fn a_solved_row_says_when_and_whether_the_customer_wrote_again() {
        let solved = Stage::Solved { at: at("08:00") };
        says(&row(1, |r| r.stage(solved).waiting(false)), "09:00", "met", "Solved 08:00", "");
        says(&row(1, |r| r.stage(solved)), "09:00", "running", "New words after solving", "08:00");
    }
}
