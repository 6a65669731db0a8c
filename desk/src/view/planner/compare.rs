//! The published file and the proposed one side by side: what would be promised earlier or later, and where nobody
//! would be any more.

use jiff::SignedDuration;
use shared::contract::Metric;
use shared::routing::Commitment;
use shared::text::{Phrase, planner as text};
use shared::wire::Forecast;
use widget::dates;
use widget::words::Words;
use yew::prelude::*;

use super::{Told, answer, holes};
use crate::view::clocks;

/// Which way a promise moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Same,
    Earlier(SignedDuration),
    Later(SignedDuration),
    New,
    Gone,
}

impl Change {
    fn between(old: Option<&Commitment>, new: Option<&Commitment>) -> Self {
        let at = |one: Option<&Commitment>| one.and_then(|one| one.promised).map(|promised| promised.at);
        match (at(old), at(new)) {
            (None, None) => Self::Same,
            (None, Some(_)) => Self::New,
            (Some(_), None) => Self::Gone,
            (Some(old), Some(new)) if new < old => Self::Earlier(old.duration_since(new)),
            (Some(old), Some(new)) if new > old => Self::Later(new.duration_since(old)),
            (Some(_), Some(_)) => Self::Same,
        }
    }

    /// In `data-change`, and in words.
    fn told(self, words: Words) -> (&'static str, String) {
        let by = |phrase: Phrase, by| words.fill(phrase, &[("duration", &dates::duration(words, by))]);
        match self {
            Self::Same => ("same", words.say(text::SAME).to_owned()),
            Self::Earlier(duration) => ("earlier", by(text::EARLIER, duration)),
            Self::Later(duration) => ("later", by(text::LATER, duration)),
            Self::New => ("new", words.say(text::PROMISED_NEW).to_owned()),
            Self::Gone => ("gone", words.say(text::PROMISED_GONE).to_owned()),
        }
    }
}

/// Both plans, row by row.
pub(super) fn table(old: Told<'_>, new: Told<'_>) -> Html {
    let words = new.dates.words;
    let (was, is) = (answer::route(old), answer::route(new));
    let moved = if was == is { ("same", text::SAME) } else { ("other", text::OTHER_ROUTE) };
    let number = old.forecast.plan.policy.to_string();
    html! {
        <>
            <div class="map-scroll">
                <table class="compare">
                    <thead><tr>
                        <td />
                        <th scope="col">{ words.fill(text::PUBLISHED_NUMBER, &[("n", &number)]) }</th>
                        <th scope="col">{ words.say(text::PROPOSED) }</th>
                        <th scope="col">{ words.say(text::CHANGE) }</th>
                    </tr></thead>
                    <tbody>
                        <tr>
                            <th scope="row">{ words.say(text::ROUTE) }</th><td>{ was }</td><td>{ is }</td>
                            <td data-change={moved.0}>{ words.say(moved.1) }</td>
                        </tr>
                        { for metrics(old.forecast, new.forecast).into_iter().map(|metric| row(metric, old, new)) }
                    </tbody>
                </table>
            </div>
            { gaps(old, new) }
        </>
    }
}

fn metrics(old: &Forecast, new: &Forecast) -> Vec<Metric> {
    let mut metrics: Vec<Metric> = Vec::new();
    for one in new.plan.promises.iter().chain(&old.plan.promises) {
        if !metrics.contains(&one.metric) {
            metrics.push(one.metric);
        }
    }
    metrics
}

fn row(metric: Metric, old: Told<'_>, new: Told<'_>) -> Html {
    let words = new.dates.words;
    let of = |view: Told<'_>| view.forecast.plan.promises.iter().find(|one| one.metric == metric).cloned();
    let (was, is) = (of(old), of(new));
    let (change, told) = Change::between(was.as_ref(), is.as_ref()).told(words);
    let cell = |one: Option<Commitment>| {
        let promised = one.and_then(|one| one.promised);
        let when = promised.map(|it| answer::instant(it.at, new.dates));
        html! { <td>{ for when }{ " " }{ for promised.and_then(|it| answer::provisional(it, words)) }</td> }
    };
    html! {
        <tr>
            <th scope="row">{ clocks::metric(words, metric) }</th>{ cell(was) }{ cell(is) }
            <td data-change={change}>{ told }</td>
        </tr>
    }
}

/// Where nobody would be any more, and where somebody would be again.
fn gaps(old: Told<'_>, new: Told<'_>) -> Html {
    let words = new.dates.words;
    let (was, is) = (holes::ahead(old.forecast), holes::ahead(new.forecast));
    let (opened, closed) = (is.without(&was), was.without(&is));
    let part = |title: Phrase, windows: &shared::time::Windows| {
        html! {
            <section>
                <h4>{ words.say(title) }</h4><p>{ holes::sum(windows, new.dates) }</p>{ holes::each(windows, new.dates) }
            </section>
        }
    };
    html! {
        <div class="compare-holes">
            if opened.is_empty() { <p>{ words.say(text::NO_NEW_HOLES) }</p> } else { { part(text::NEW_HOLES, &opened) } }
            if !closed.is_empty() { { part(text::HOLES_CLOSED, &closed) } }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use shared::sla::Promised;
    use shared::text::Tongue;
    use shared::time::{Civil, Day};

    fn by(text: &str) -> Commitment {
        let at: Timestamp = text.parse().unwrap();
        let civil = Civil { day: Day::constant(2026, 10, 1), hour: 0, minute: 0 };
        Commitment {
            metric: Metric::FirstResponse,
            promised: Some(Promised { at, civil, provisional: false }),
            within: SignedDuration::from_mins(30),
            calendar: "always".parse().unwrap(),
            rule: String::new(),
        }
    }

    fn says(old: Option<&str>, new: Option<&str>) -> String {
        let (old, new) = (old.map(by), new.map(by));
        Change::between(old.as_ref(), new.as_ref()).told(Words(Tongue::ENGLISH)).1
    }

    #[test]
    fn a_promise_moves_earlier_or_later_by_so_much_or_is_new_or_gone() {
        let (early, late) = (Some("2026-10-01T15:40:00Z"), Some("2026-10-01T17:10:00Z"));
        assert_eq!(says(early, late), "later by 1 h 30 min");
        assert_eq!(says(late, early), "earlier by 1 h 30 min");
        assert_eq!(says(early, early), "the same");
        assert_eq!(says(None, early), "new");
        assert_eq!(says(early, None), "no longer promised");
    }
}
