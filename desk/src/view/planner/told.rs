//! The planner's values in words: zones, names, and who covers a stretch.

use jiff::Timestamp;
use shared::ids::{AgentId, TeamId};
use shared::routing::{Cover, Covered, Fare};
use shared::text::{date, planner as text};
use shared::time::{Civil, Zone};
use shared::wire::Forecast;
use widget::dates::{Dates, wall_clock};
use widget::words::{Words, listed};

/// `Shanghai time`.
pub(super) fn zone(words: Words, zone: &Zone) -> String {
    let city = zone.as_str().rsplit('/').next().unwrap_or(zone.as_str()).replace('_', " ");
    words.fill(date::ZONE, &[("zone", &city)])
}

/// `Thu 8 Oct, 10:00` of a wall clock that the edge has read.
pub(super) fn shown(dates: Dates<'_>, civil: Civil) -> String {
    let (day, time) = (dates.day(civil.day), wall_clock(civil));
    dates.words.fill(date::DATE_TIME, &[("date", &day), ("time", &time)])
}

pub(super) fn team<'f>(forecast: &'f Forecast, id: &'f TeamId) -> &'f str {
    forecast.teams.iter().find(|team| team.id == *id).map_or(id.as_str(), |team| team.name.as_str())
}

fn person<'f>(forecast: &'f Forecast, id: &'f AgentId) -> &'f str {
    forecast.people.iter().find(|person| person.id == *id).map_or(id.as_str(), |person| person.name.as_str())
}

/// Which number a team has on the map: its place in the file.
pub(super) fn number(forecast: &Forecast, id: &TeamId) -> usize {
    forecast.teams.iter().position(|team| team.id == *id).unwrap_or_default() + 1
}

/// Who is there, and until when.
pub(super) fn cover(forecast: &Forecast, covered: &Covered, dates: Dates<'_>) -> String {
    let words = dates.words;
    let until = until(forecast, covered.window.to(), dates);
    let time = ("time", &*until);
    match (covered.fare(forecast.plan.severity), &covered.cover) {
        (Fare::Hole, _) => words.fill(text::CELL_HOLE, &[time]),
        (_, Cover::Live { teams }) => {
            let names = listed(words, teams.iter().map(|id| team(forecast, id)));
            words.fill(text::CELL_LIVE, &[("team", &names), time])
        }
        (Fare::OnCall, Cover::OnCall { agents, .. }) => {
            let names = listed(words, agents.iter().map(|id| person(forecast, id)));
            words.fill(text::CELL_ON_CALL, &[("name", &names), time])
        }
        (_, Cover::OnCall { .. } | Cover::Nobody {}) => words.fill(text::CELL_NOBODY, &[time]),
    }
}

/// What ends with the forecast may go on behind it.
fn until(forecast: &Forecast, to: Timestamp, dates: Dates<'_>) -> String {
    let told = dates.full(to);
    let known = forecast.cover.last().is_some_and(|last| to < last.window.to());
    if known { told } else { dates.words.fill(text::AT_LEAST, &[("time", &told)]) }
}
