//! What changed a ticket in mid-flight, in one line each.

use core::mem::discriminant;

use jiff::Timestamp;
use shared::contract::{Complexity, PendReason};
use shared::ids::TicketId;
use shared::sla::Promised;
use shared::text::{Phrase, change, desk};
use shared::ticket::{Actor, TermsCause};
use shared::wire::{DeskCommand, Entry, What};
use widget::reasons::severity_phrase;
use yew::prelude::*;

use super::log::Telling;
use crate::state::Action;

impl Telling<'_> {
    /// A line of the log about a change; nothing for what is told elsewhere.
    pub(super) fn changed(self, at: Timestamp, what: &What) -> Html {
        let words = self.dates.words;
        let tell = |phrase: Phrase, name: &str, values: &[(&'static str, Html)]| {
            let own = [("time", self.time(at)), ("name", name.to_owned().into())];
            words.html(phrase, &[&own, values].concat())
        };
        match what {
            What::Promised { first_response, resolution, .. } => {
                let promises = self.promises(*first_response, *resolution);
                tell(desk::EVENT_PROMISED, "", &[("promises", promises.into())])
            }
            What::Severity { .. } | What::Complexity { .. } => self.graded(at, what),
            What::Bound { tier, cause } => {
                tell(desk::EVENT_BOUND, self.actor(by_whom(cause)), &[("tier", tier.to_string().into())])
            }
            What::Team { team, by } => {
                tell(desk::EVENT_TEAM, self.actor(by), &[("team", self.floor.team(team).into())])
            }
            What::MergedInto { ticket, by } => {
                tell(desk::EVENT_MERGED_INTO, self.floor.name(by), &[("code", self.link(*ticket))])
            }
            What::MergedFrom { ticket, by } => {
                tell(desk::EVENT_MERGED_FROM, self.floor.name(by), &[("code", self.link(*ticket))])
            }
            What::Discarded { by, .. } => tell(desk::EVENT_DISCARDED, self.actor(by), &[]),
            What::Closed {} => tell(desk::EVENT_CLOSED, "", &[]),
            What::Said { .. }
            | What::Noted { .. }
            | What::Pended { .. }
            | What::Resumed { .. }
            | What::Solved { .. }
            | What::Reopened { .. }
            | What::Warned { .. }
            | What::Breached { .. }
            | What::Antedated { .. } => Html::default(),
        }
    }

    /// It is worse or less bad, more work or less, and the way back.
    fn graded(self, at: Timestamp, what: &What) -> Html {
        let (phrase, by, from, to, back) = if let What::Severity { from, to, by } = what {
            let back = DeskCommand::Severity { to: *from, note: None };
            (desk::EVENT_SEVERITY, by, severity_phrase(*from), severity_phrase(*to), back)
        } else if let What::Complexity { from, to, by } = what {
            let back = DeskCommand::Complexity { to: *from, note: None };
            (desk::EVENT_COMPLEXITY, by, complexity(*from), complexity(*to), back)
        } else {
            return Html::default();
        };
        let words = self.dates.words;
        let say = |phrase: Phrase| Html::from(words.say(phrase));
        let name = self.actor(by).to_owned().into();
        let values = [("time", self.time(at)), ("name", name), ("from", say(from)), ("to", say(to))];
        html! { <>{ words.html(phrase, &values) }{ self.undo(what, (back, from)) }</> }
    }

    /// The way back from the last change of its kind, as long as the ticket can be changed.
    fn undo(self, what: &What, back: (DeskCommand, Phrase)) -> Html {
        let same_kind = |entry: &&Entry| discriminant(&entry.what) == discriminant(what);
        let last = self.ticket.entries.iter().rev().find(same_kind);
        let is_last = last.is_some_and(|entry| core::ptr::eq(&raw const entry.what, what));
        let able = is_last && !self.ticket.row.stage.is_final();
        let Some(session) = self.session.filter(|_| able) else { return Html::default() };
        let ((command, to), words, tell) = (back, self.dates.words, session.dispatcher());
        let onclick = move |_: MouseEvent| tell.dispatch(Action::Change(command.clone()));
        html! {
            <>
                { " " }
                <button class="button" data-kind="link" disabled={self.floor.busy().is_some()} {onclick}>
                    { words.fill(change::UNDO, &[("to", words.say(to))]) }
                </button>
            </>
        }
    }

    fn link(self, ticket: TicketId) -> Html {
        html! { <a class="code" href={format!("#{ticket}")}>{ ticket.code() }</a> }
    }

    pub(super) fn promises(self, first_response: Option<Promised>, resolution: Option<Promised>) -> String {
        let told = |phrase: Phrase, promised: Option<Promised>| {
            promised
                .map(|promised| self.dates.words.fill(phrase, &[("time", &self.dates.brief(promised.at))]))
        };
        let both = [told(desk::PROMISED_REPLY, first_response), told(desk::PROMISED_SOLUTION, resolution)];
        both.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

fn by_whom(cause: &TermsCause) -> &Actor {
    match cause {
        TermsCause::Known => &Actor::Tenant {},
        TermsCause::Tier { by } | TermsCause::Contract { by } | TermsCause::Calendar { by } => by,
    }
}

pub(super) fn complexity(complexity: Complexity) -> Phrase {
    match complexity {
        Complexity::Ordinary => desk::ORDINARY,
        Complexity::Complex => desk::COMPLEX,
    }
}

/// Why a ticket waits.
pub(super) fn pending(reason: PendReason) -> shared::text::Phrase {
    match reason {
        PendReason::Customer => desk::PENDING_CUSTOMER,
        PendReason::ThirdParty => desk::PENDING_THIRD_PARTY,
        PendReason::Appointment => desk::PENDING_APPOINTMENT,
    }
}
