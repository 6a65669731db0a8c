//! The ticket's words and events in the order in which they happened, grouped as people read them.

use jiff::{SignedDuration, Timestamp};
use shared::contract::Metric;
use shared::ids::AgentId;
use shared::sla::{ClockState, ClockView};
use shared::text::desk;
use shared::ticket::{Actor, Author, PendReason};
use shared::time::{Day, Local};
use shared::wire::{DeskTicket, Entry, What};
use widget::dates::{self, Dates};
use widget::icon::small;
use yew::prelude::*;

use super::changed::pending;
use super::clocks;
use crate::state::{Floor, Session};

/// What stands under one another.
#[derive(Debug, PartialEq)]
enum Item<'t> {
    /// Another day begins, where the agent is.
    Day(Day),
    /// One person's words in a row.
    Group { author: &'t Author, at: Timestamp, texts: Vec<&'t str> },
    /// Words for the team.
    Note { by: &'t AgentId, at: Timestamp, text: &'t str },
    /// Something happened.
    Event { at: Timestamp, what: &'t What },
    /// A clock was fulfilled by the line above.
    Fulfilled(&'t ClockView),
}

/// Words of one person closer together than this share a heading.
const TOGETHER: SignedDuration = SignedDuration::from_mins(5);

fn lay_out<'t>(entries: &'t [Entry], clocks: &'t [ClockView], local: &Local) -> Vec<Item<'t>> {
    let mut items = Vec::new();
    let mut day = None;
    for Entry { at, what, .. } in entries {
        let today = local.civil(*at).day;
        if day.replace(today) != Some(today) {
            items.push(Item::Day(today));
        }
        match what {
            What::Said { author, text, .. } => said(&mut items, author, *at, text),
            What::Noted { by, text, .. } => items.push(Item::Note { by, at: *at, text }),
            What::Pended { .. }
            | What::Resumed { .. }
            | What::Solved { .. }
            | What::Reopened { .. }
            | What::Warned { .. }
            | What::Breached { .. }
            | What::Antedated { .. }
            | What::Promised { .. }
            | What::Severity { .. }
            | What::Complexity { .. }
            | What::Bound { .. }
            | What::Team { .. }
            | What::MergedInto { .. }
            | What::MergedFrom { .. }
            | What::Discarded { .. }
            | What::Closed {} => items.push(Item::Event { at: *at, what }),
        }
        let by_agent = matches!(what, What::Said { author: Author::Agent { .. }, .. } | What::Solved { .. });
        items.extend(
            clocks.iter().filter(|clock| by_agent && fulfilled_at(clock) == Some(*at)).map(Item::Fulfilled),
        );
    }
    items
}

fn said<'t>(items: &mut Vec<Item<'t>>, author: &'t Author, at: Timestamp, text: &'t str) {
    if let Some(Item::Group { author: before, at: since, texts }) = items.last_mut()
        && *before == author
        && at.duration_since(*since) < TOGETHER
    {
        texts.push(text);
        return;
    }
    items.push(Item::Group { author, at, texts: vec![text] });
}

fn fulfilled_at(clock: &ClockView) -> Option<Timestamp> {
    match clock.state {
        ClockState::Met { at, .. } | ClockState::Missed { at, .. } => Some(at),
        ClockState::Running { .. }
        | ClockState::Paused {}
        | ClockState::Late { .. }
        | ClockState::Endless {} => None,
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct LogProps {
    pub(super) session: Session,
    pub(super) ticket: std::rc::Rc<DeskTicket>,
}

#[component]
pub(super) fn Log(props: &LogProps) -> Html {
    let LogProps { session, ticket } = props;
    let Some(floor) = session.floor() else { return Html::default() };
    let label = session.words.fill(desk::LOG_LABEL, &[("code", &ticket.row.id.code())]);
    let items = lay_out(&ticket.entries, &ticket.row.clocks, &floor.hello.local);
    let telling = Telling::of(session, floor, ticket);
    html! {
        <div class="pane-log" role="log" aria-label={label} tabindex="0">
            <ol class="log">{ for items.iter().map(|item| telling.item(item)) }</ol>
        </div>
    }
}

/// Everything that is needed to tell an item.
#[derive(Clone, Copy)]
pub(super) struct Telling<'t> {
    /// Without one there is nothing to do, only to read.
    pub(super) session: Option<&'t Session>,
    pub(super) floor: &'t Floor,
    pub(super) ticket: &'t DeskTicket,
    pub(super) dates: Dates<'t>,
}

impl<'t> Telling<'t> {
    pub(super) fn of(session: &'t Session, floor: &'t Floor, ticket: &'t DeskTicket) -> Self {
        Self { session: Some(session), floor, ticket, dates: clocks::dates(session, floor) }
    }

    fn item(self, item: &Item<'_>) -> Html {
        match item {
            Item::Day(day) => html! { <li class="log-day"><span>{ self.day(*day) }</span></li> },
            Item::Group { author, at, texts } => self.group(author, *at, texts),
            Item::Note { by, at, text } => self.note(by, *at, text),
            Item::Event { at, what } => self.event(*at, what),
            Item::Fulfilled(clock) => self.fulfilled(clock),
        }
    }

    fn day(self, day: Day) -> String {
        use shared::text::date;
        let (words, today) = (self.dates.words, self.dates.today());
        let near = if day == today {
            Some(date::TODAY)
        } else {
            (day == today.yesterday()).then_some(date::YESTERDAY)
        };
        let date = self.dates.day(day);
        near.map_or(date.clone(), |near| format!("{}, {date}", words.say(near)))
    }

    fn group(self, author: &Author, at: Timestamp, texts: &[&str]) -> Html {
        let (from, who) = match author {
            Author::Customer {} => ("customer", self.customer()),
            Author::Agent { id } => ("me", self.floor.name(id)),
            Author::Bot {} | Author::Automatic {} => ("me", self.dates.words.say(desk::A_PROGRAM)),
        };
        let lang = matches!(author, Author::Customer {}).then(|| self.ticket.row.language.to_string());
        html! {
            <li class="group" data-from={from}>
                <p class="group-who"><b dir="auto">{ who.to_owned() }</b>{ " " }{ self.time(at) }</p>
                { for texts.iter().map(|text| self.bubble(text, lang.clone())) }
            </li>
        }
    }

    fn bubble(self, text: &str, lang: Option<String>) -> Html {
        if text.is_empty() {
            return html! { <p class="bubble" data-state="waiting">{ self.dates.words.say(desk::WORDS_DELETED) }</p> };
        }
        html! { <p class="bubble" dir="auto" {lang}>{ text.to_owned() }</p> }
    }

    fn note(self, by: &AgentId, at: Timestamp, text: &str) -> Html {
        let head = [("name", self.floor.name(by).into()), ("time", self.time(at))];
        html! {
            <li class="note">
                <p class="note-head">{ small("note") }<span>{ self.dates.words.html(desk::NOTE_HEAD, &head) }</span></p>
                <p dir="auto">{ text.to_owned() }</p>
            </li>
        }
    }

    fn event(self, at: Timestamp, what: &What) -> Html {
        let words = self.dates.words;
        let by = |name: &str| [("time", self.time(at)), ("name", name.to_owned().into())];
        match what {
            What::Pended { by, reason } => self.pended(at, by, *reason),
            What::Resumed { by: Actor::Customer {} } => {
                happened("running", None, words.html(desk::EVENT_RESUMED_BY_CUSTOMER, &by("")))
            }
            What::Resumed { by: Actor::Agent { .. } | Actor::Rule { .. } | Actor::Tenant {} } => {
                happened("running", None, words.html(desk::EVENT_RESUMED, &by("")))
            }
            What::Solved { by: agent } => {
                happened("check", None, words.html(desk::EVENT_SOLVED, &by(self.floor.name(agent))))
            }
            What::Reopened { by: actor } => {
                happened("retry", None, words.html(desk::EVENT_REOPENED, &by(self.actor(actor))))
            }
            What::Warned { metric, percent } => self.warned(at, *metric, *percent),
            What::Breached { metric, stamped } => {
                let values =
                    [("metric", clocks::metric(words, *metric).into()), ("time", self.time(*stamped))];
                happened("late", Some("late"), words.html(desk::EVENT_BREACHED, &values))
            }
            What::Antedated { receipt } => {
                let from = self.dates.brief_element(receipt.asked_at);
                happened("info", None, words.html(desk::EVENT_ANTEDATED, &[("time", from)]))
            }
            What::Promised { .. }
            | What::Severity { .. }
            | What::Complexity { .. }
            | What::Bound { .. }
            | What::Team { .. }
            | What::MergedInto { .. }
            | What::MergedFrom { .. }
            | What::Discarded { .. }
            | What::Closed {} => happened("info", None, self.changed(at, what)),
            // These are words, not events: they stand in bubbles and on paper.
            What::Said { .. } | What::Noted { .. } => Html::default(),
        }
    }

    fn pended(self, at: Timestamp, by: &AgentId, reason: PendReason) -> Html {
        let words = self.dates.words;
        let (name, reason) = (self.floor.name(by).into(), words.say(pending(reason)).into());
        let values = [("time", self.time(at)), ("name", name), ("reason", reason)];
        happened("paused", None, words.html(desk::EVENT_PAUSED, &values))
    }

    fn warned(self, at: Timestamp, metric: Metric, percent: u8) -> Html {
        let words = self.dates.words;
        let (metric, percent) = (clocks::metric(words, metric).into(), percent.to_string().into());
        let values = [("time", self.time(at)), ("metric", metric), ("percent", percent)];
        happened("near", Some("near"), words.html(desk::EVENT_WARNED, &values))
    }

    fn fulfilled(self, clock: &ClockView) -> Html {
        let words = self.dates.words;
        let early = |early| dates::duration(words, early);
        let (icon, told) = match (clock.metric, clock.state) {
            (Metric::FirstResponse, ClockState::Met { at, early: by }) => {
                let values = [("time", self.time(at)), ("duration", early(by).into())];
                ("met", words.html(desk::EVENT_FIRST_REPLY, &values))
            }
            (Metric::FirstResponse, ClockState::Missed { at, late }) => {
                let values = [("time", self.time(at)), ("duration", early(late).into())];
                ("late", words.html(desk::EVENT_FIRST_REPLY_LATE, &values))
            }
            (
                Metric::NextResponse
                | Metric::PeriodicUpdate
                | Metric::PausableUpdate
                | Metric::RequesterWait
                | Metric::AgentWork,
                ClockState::Met { .. } | ClockState::Missed { .. },
            ) => return Html::default(),
            (Metric::Resolution, ClockState::Met { early: by, .. }) => {
                ("met", words.html(desk::RESOLUTION_MET, &[("duration", early(by).into())]))
            }
            (Metric::Resolution, ClockState::Missed { late, .. }) => {
                ("late", words.html(desk::RESOLUTION_MISSED, &[("duration", early(late).into())]))
            }
            (
                _,
                ClockState::Running { .. }
                | ClockState::Late { .. }
                | ClockState::Paused {}
                | ClockState::Endless {},
            ) => {
                return Html::default();
            }
        };
        happened(icon, Some(icon), told)
    }

    pub(super) fn time(self, at: Timestamp) -> Html {
        html! { <time datetime={dates::rfc3339(at)}>{ self.dates.time(at) }</time> }
    }

    pub(super) fn customer(&self) -> &str {
        let words = self.dates.words;
        self.ticket.row.who.as_deref().unwrap_or(words.say(desk::THE_CUSTOMER))
    }

    pub(super) fn actor<'n>(&'n self, actor: &'n Actor) -> &'n str {
        match actor {
            Actor::Customer {} => self.customer(),
            Actor::Agent { id } => self.floor.name(id),
            Actor::Rule { name } => name,
            Actor::Tenant {} => self.dates.words.say(desk::THE_TENANT),
        }
    }
}

fn happened(icon: &'static str, state: Option<&'static str>, told: Html) -> Html {
    html! { <li class="log-event" data-state={state}>{ small(icon) }<span>{ told }</span></li> }
}

#[cfg(test)]
mod tests;
