//! The map's table: one row a day, one cell an hour. It is drawn anew only when what it shows changes, not each second.

use std::rc::Rc;

use shared::routing::{Cover, CoverDay, CoverHour, Fare};
use shared::text::planner as text;
use shared::time::{Day, Local};
use shared::wire::{Forecast, PlanAnswer};
use widget::dates::Dates;
use widget::icon::small;
use widget::words::Words;
use yew::prelude::*;

use super::{forecast, told};
use crate::state::planner::{Which, Whose};

/// A row and an hour of the map.
pub(super) type Cell = (usize, usize);

#[derive(Properties, PartialEq)]
pub(super) struct CellsProps {
    pub(super) answer: Rc<PlanAnswer>,
    pub(super) which: Which,
    pub(super) whose: Whose,
    pub(super) days: Rc<Vec<CoverDay>>,
    /// The one cell that the tab key reaches; arrows go on from there.
    pub(super) reached: Cell,
    pub(super) words: Words,
}

pub(super) fn local(forecast: &Forecast, whose: Whose) -> &Local {
    match whose {
        Whose::Reader => &forecast.reader,
        Whose::Tenant => &forecast.home,
    }
}

#[component]
pub(super) fn Cells(props: &CellsProps) -> Html {
    let CellsProps { answer, which, whose, days, reached, words } = props;
    let Some(forecast) = forecast(answer, *which) else { return Html::default() };
    let dates = Dates { words: *words, local: local(forecast, *whose), now: answer.now };
    let asked = dates.civil(forecast.plan.at);
    let hour = |hour: usize| html! { <th scope="col">{ format!("{hour:02}") }</th> };
    let row = |(index, day): (usize, &CoverDay)| {
        let cell = |(hour, cell): (usize, &Option<CoverHour>)| {
            let at = (index, hour);
            let here = day.day == asked.day && usize::from(asked.hour) == hour;
            drawn(forecast, (at, cell.as_ref()), (at == *reached, here), (day.day, dates))
        };
        let today = (day.day == dates.today()).then(|| html! { <small>{ words.say(text::TODAY) }</small> });
        html! {
            <tr key={index}>
                <th scope="row">{ dates.day(day.day) }{ " " }{ for today }</th>
                { for day.hours.iter().enumerate().map(cell) }
            </tr>
        }
    };
    html! {
        <table class="map" role="grid" aria-label={words.say(text::MAP_TITLE)} aria-readonly="true">
            <thead><tr><th scope="col"><span class="visually-hidden">{ words.say(text::DAY) }</span></th>{ for (0..24).map(hour) }</tr></thead>
            <tbody>{ for days.iter().enumerate().map(row) }</tbody>
        </table>
    }
}

fn drawn(
    forecast: &Forecast,
    ((row, column), hour): (Cell, Option<&CoverHour>),
    (reached, asked): (bool, bool),
    (day, dates): (Day, Dates<'_>),
) -> Html {
    let place = format!("{row}-{column}");
    html! {
        <td id={format!("cell-{place}")} data-cell={place} role="gridcell" tabindex={if reached { "0" } else { "-1" }}
            data-fare={hour.map(|hour| name(hour.fare))} data-mixed={hour.filter(|hour| hour.first < hour.last).map(|_| "")}
            data-asked={asked.then_some("")} aria-label={sentence(forecast, (day, column), hour, dates)}>
            { hour.map(|hour| mark(forecast, hour)).unwrap_or_default() }
        </td>
    }
}

/// In `data-fare`.
pub(super) fn name(fare: Fare) -> &'static str {
    match fare {
        Fare::Live => "live",
        Fare::OnCall => "on-call",
        Fare::Nobody => "nobody",
        Fare::Hole => "hole",
    }
}

/// What tells the cells apart without any colour.
fn mark(forecast: &Forecast, hour: &CoverHour) -> Html {
    match hour.fare {
        Fare::Live => {
            let within = forecast.cover.get(hour.first..=hour.last).unwrap_or_default();
            let teams = within.iter().find_map(|one| match &one.cover {
                Cover::Live { teams } => Some(teams),
                Cover::OnCall { .. } | Cover::Nobody {} => None,
            });
            let number = teams.and_then(|teams| teams.first()).map(|id| told::number(forecast, id));
            let more = teams.is_some_and(|teams| teams.len() > 1).then_some("+");
            html! { <>{ for number }{ for more }</> }
        }
        Fare::OnCall => small("phone"),
        Fare::Hole => "!".into(),
        Fare::Nobody => Html::default(),
    }
}

/// A cell in words: when, who, and until when.
pub(super) fn sentence(
    forecast: &Forecast,
    (day, column): (Day, usize),
    hour: Option<&CoverHour>,
    dates: Dates<'_>,
) -> String {
    let words = dates.words;
    let (from, to) = (format!("{column:02}:00"), format!("{:02}:00", column + 1));
    let hours = words.fill(shared::text::date::CLOCK_RANGE, &[("from", &from), ("to", &to)]);
    let when = words.fill(shared::text::date::DATE_TIME, &[("date", &dates.day(day)), ("time", &hours)]);
    let told = match hour.and_then(|hour| forecast.cover.get(hour.first..=hour.last)) {
        Some(parts) => {
            let parts = parts.iter().map(|part| told::cover(forecast, part, dates));
            parts.collect::<Vec<_>>().join(words.say(text::THEN))
        }
        None => words.say(text::CELL_SKIPPED).to_owned(),
    };
    words.fill(text::CELL_AT, &[("when", &when), ("told", &told)])
}
