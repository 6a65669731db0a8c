//! Holes: where a promise counts and nobody is there, as stretches of time.

use jiff::SignedDuration;
use shared::routing::Covered;
use shared::text::planner as text;
use shared::time::{Window, Windows};
use shared::wire::Forecast;
use widget::dates::{self, Dates};
use widget::icon::icon;
use yew::prelude::*;

const DAYS: SignedDuration = SignedDuration::from_hours(28 * 24);

/// So many are told one by one.
const TOLD: usize = 6;

/// Those that are still to come when the request is asked, as far as the map reaches.
pub(super) fn ahead(forecast: &Forecast) -> Windows {
    let from = forecast.plan.at;
    let to = from.saturating_add(DAYS).unwrap_or(from);
    let map = Windows::from_unsorted(Window::new(from, to));
    Covered::holes(&forecast.cover, forecast.plan.severity).intersection(&map)
}

/// All of them in one sentence, the first ones by name.
pub(super) fn listed(holes: &Windows, dates: Dates<'_>) -> Html {
    let words = dates.words;
    if holes.is_empty() {
        return html! { <p class="holes-none">{ icon("met") }{ words.say(text::HOLES_NONE) }</p> };
    }
    html! {
        <div class="holes">
            <h4>{ icon("late") }{ sum(holes, dates) }</h4>
            { each(holes, dates) }
        </div>
    }
}

/// `3 holes, 27 h in all`.
pub(super) fn sum(holes: &Windows, dates: Dates<'_>) -> String {
    let words = dates.words;
    let (count, duration) = (holes.iter().count(), dates::open_time(words, holes.length()));
    let phrase = if count == 1 { text::HOLES_ONE } else { text::HOLES_COUNT };
    words.fill(phrase, &[("n", &count.to_string()), ("duration", &duration)])
}

pub(super) fn each(holes: &Windows, dates: Dates<'_>) -> Html {
    let words = dates.words;
    let one = |hole: &Window| {
        let same_day = dates.civil(hole.from()).day == dates.civil(hole.to()).day;
        let to = if same_day { dates.time(hole.to()) } else { dates.full(hole.to()) };
        html! { <li>{ words.fill(text::HOLE, &[("from", &dates.full(hole.from())), ("to", &to)]) }</li> }
    };
    let more = holes.iter().count().saturating_sub(TOLD);
    let more =
        (more > 0).then(|| html! { <li>{ words.fill(text::HOLES_MORE, &[("n", &more.to_string())]) }</li> });
    html! { <ul class="holes-list">{ for holes.iter().take(TOLD).map(one) }{ for more }</ul> }
}
