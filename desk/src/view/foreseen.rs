//! What a change would do to each clock, before it is made: as it stands, and as it would.

use shared::contract::Metric;
use shared::sla::{ClockState, ClockView};
use shared::text::{change, desk};
use shared::wire::Foresight;
use widget::dates::{self, Dates};
use widget::icon::small_along;
use yew::prelude::*;

use super::clocks;
use crate::state::{Floor, Session};

/// Under a choice: every clock that would notice. It is announced when it comes.
pub(super) fn told(session: &Session, floor: &Floor) -> Html {
    let (words, dates) = (session.words, clocks::dates(session, floor));
    let inside = match floor.foreseen() {
        None => html! { <p aria-busy="true">{ words.say(change::FORESEEN_ASKING) }</p> },
        Some(Err(_)) => html! { <p>{ words.say(change::FORESEEN_FAILED) }</p> },
        Some(Ok(foresight)) => {
            let moved = moved(foresight);
            if moved.is_empty() {
                html! { <p>{ words.say(change::FORESEEN_SAME) }</p> }
            } else {
                html! { <ul>{ for moved.into_iter().map(|moved| row(moved, dates)) }</ul> }
            }
        }
    };
    html! {
        <section class="foreseen" role="status" aria-label={words.say(change::FORESEEN)}>
            <h3>{ words.say(change::FORESEEN) }</h3>
            { inside }
        </section>
    }
}

/// Beside a ticket that waits: when it would be due if it went on now.
pub(super) fn if_resumed(session: &Session, floor: &Floor) -> Html {
    let dates = clocks::dates(session, floor);
    let Some(Ok(foresight)) = floor.foreseen().filter(|_| floor.sheet.is_none()) else {
        return Html::default();
    };
    let told = moved(foresight).into_iter().filter_map(|(metric, _, after)| {
        let due = after?.state.deadline()?;
        let values = [("metric", clocks::metric(dates.words, metric).into()), ("time", dates.element(due))];
        Some(html! { <>{ " " }{ dates.words.html(desk::CLOCK_BY, &values) }</> })
    });
    let told: Vec<Html> = told.collect();
    if told.is_empty() {
        return Html::default();
    }
    html! { <span class="if-resumed">{ session.words.say(change::IF_RESUMED) }{ for told }</span> }
}

type Moved<'f> = (Metric, Option<&'f ClockView>, Option<&'f ClockView>);

/// The clocks that would stand otherwise, in the order in which a ticket meets them.
fn moved(foresight: &Foresight) -> Vec<Moved<'_>> {
    let of = |clocks: &'_ [ClockView], metric| clocks.iter().position(|clock| clock.metric == metric);
    let pair = |metric| {
        let before = of(&foresight.before, metric).and_then(|at| foresight.before.get(at));
        let after = of(&foresight.after, metric).and_then(|at| foresight.after.get(at));
        (metric, before, after)
    };
    let stands = |clock: Option<&ClockView>| clock.map(|clock| (clock.due, clock.state, clock.within));
    Metric::ALL.into_iter().map(pair).filter(|(_, before, after)| stands(*before) != stands(*after)).collect()
}

fn row((metric, before, after): Moved<'_>, dates: Dates<'_>) -> Html {
    let words = dates.words;
    html! {
        <li>
            <b>{ clocks::metric(words, metric) }</b>
            <span>{ stands(before, dates) }</span>
            <span class="visually-hidden">{ words.say(change::BECOMES) }</span>
            { small_along("forward") }
            <strong>{ stands(after, dates) }</strong>
        </li>
    }
}

/// `Fri 2 Oct, 17:00 (8 h)`.
fn stands(clock: Option<&ClockView>, dates: Dates<'_>) -> Html {
    let words = dates.words;
    let Some(clock) = clock else { return words.say(change::NO_TARGET).into() };
    let within = dates::open_time(words, clock.within);
    match clock.state {
        ClockState::Running { due, .. } | ClockState::Late { due } => {
            html! { <>{ dates.element(due) }{ " " }<small>{ within }</small></> }
        }
        ClockState::Paused {} => html! { <>{ words.say(change::PAUSED) }{ " " }<small>{ within }</small></> },
        ClockState::Met { .. } | ClockState::Missed { .. } => words.say(change::ENDED).into(),
        ClockState::Endless {} => words.say(change::NO_TARGET).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{at, row};

    #[test]
    fn only_a_clock_that_would_stand_otherwise_is_told() {
        let (as_it_is, paused) = (row(1, |r| r.due("10:00")), row(1, |r| r.due("10:00").paused()));
        let foresight = |before: &shared::wire::Row, after: &shared::wire::Row| Foresight {
            now: at("09:00"),
            seq: 2,
            before: before.clocks.clone(),
            after: after.clocks.clone(),
        };
        assert!(moved(&foresight(&as_it_is, &as_it_is)).is_empty());
        let told = foresight(&as_it_is, &paused);
        let told: Vec<_> = moved(&told).into_iter().map(|(metric, before, _)| (metric, before)).collect();
        assert_eq!(told, [(Metric::Resolution, None)]);
    }
}
