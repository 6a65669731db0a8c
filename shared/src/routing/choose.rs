//! The route: the best team that is awake, else whoever is on call, else articles, else the ticket waits for its team.

use jiff::Timestamp;

use crate::routing::{Ask, Route, TeamHours};

/// How badly a team fits a request; 0 is best. Its language weighs more than what it knows about.
fn misfit(ask: Ask<'_>, team: &TeamHours) -> u8 {
    u8::from(!team.speaks(ask.language)) * 2 + u8::from(!team.knows(&ask.grade.skills))
}

/// The team whose customers these are: the first that fits best.
pub(super) fn home(ask: Ask<'_>) -> Option<&TeamHours> {
    ask.staff.teams.iter().min_by_key(|team| misfit(ask, team))
}

pub(super) fn route(ask: Ask<'_>) -> Route {
    let home = home(ask);
    let calls = ask.staff.calls(ask.severity());
    if let Some(team) = awake(ask) {
        // Somebody who is called answers before a team that cannot read the request.
        let as_good = home.is_none_or(|home| misfit(ask, team) <= misfit(ask, home));
        if as_good || !calls {
            return at_desk(home, team);
        }
    }
    if calls {
        return Route::OnCall { agents: ask.staff.called(home.map(|home| &home.id)) };
    }
    let next = opens_next(ask);
    let (team, opens) = (next.map(|(_, team)| team.id.clone()), next.map(|(opens, _)| opens));
    match articles(ask) {
        Some(channel) => Route::SelfService { channel, team, opens },
        None => Route::Ticket { team, opens },
    }
}

/// The team that is there now: of those that are open the one that fits best, in file order.
fn awake(ask: Ask<'_>) -> Option<&TeamHours> {
    let channel = ask.staff.channel(ask.channel)?;
    let open = |team: &&TeamHours| team.hours(ask.staff.until).is_open(ask.now);
    let open = ask.staff.teams.iter().filter(open);
    open.min_by_key(|team| misfit(ask, team)).filter(|_| channel.is_open(ask.now))
}

/// At home, if it is the customers' own team or sits in its region.
fn at_desk(home: Option<&TeamHours>, team: &TeamHours) -> Route {
    let (id, name) = (team.id.clone(), team.name.clone());
    let near = |home: &TeamHours| home.id == team.id || (home.region.is_some() && home.region == team.region);
    if home.is_some_and(near) { Route::Live { team: id, name } } else { Route::Region { team: id, name } }
}

/// The team that the ticket waits for: of those that fit best the one that opens next; if none of them ever opens, any.
fn opens_next(ask: Ask<'_>) -> Option<(Timestamp, &TeamHours)> {
    let best = home(ask).map(|home| misfit(ask, home));
    let opening = |team: &'_ TeamHours| team.hours(ask.staff.until).next_open(ask.now);
    let teams = ask.staff.teams.iter().filter_map(|team| Some((opening(team)?, team)));
    teams.min_by_key(|(opens, team)| (Some(misfit(ask, team)) != best, *opens))
}

/// The articles' channel, where the tier has it read them first.
fn articles(ask: Ask<'_>) -> Option<crate::ids::ChannelId> {
    let first = ask.staff.self_service.as_ref().filter(|first| ask.severity() <= first.up_to)?;
    let open = ask.staff.channel(&first.channel).is_some_and(|hours| hours.is_open(ask.now));
    open.then(|| first.channel.clone())
}
