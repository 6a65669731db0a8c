//! What changed a ticket in mid-flight, in one line each.

use jiff::Timestamp;
use shared::contract::{Complexity, PendReason};
use shared::sla::Promised;
use shared::text::{Phrase, desk};
use shared::ticket::{Actor, TermsCause};
use shared::wire::What;
use widget::reasons::severity_phrase;
use yew::prelude::*;

use super::log::Telling;

impl Telling<'_> {
    /// A line of the log about a change; nothing for what is told elsewhere.
    pub(super) fn changed(self, at: Timestamp, what: &What) -> Html {
        let words = self.dates.words;
        let say = |phrase: Phrase| Html::from(words.say(phrase));
        let tell = |phrase: Phrase, name: &str, values: &[(&'static str, Html)]| {
            let own = [("time", self.time(at)), ("name", name.to_owned().into())];
            words.html(phrase, &[&own, values].concat())
        };
        match what {
            What::Promised { first_response, resolution, .. } => {
                let promises = self.promises(*first_response, *resolution);
                tell(desk::EVENT_PROMISED, "", &[("promises", promises.into())])
            }
            What::Severity { from, to, by } => {
                let values = [("from", say(severity_phrase(*from))), ("to", say(severity_phrase(*to)))];
                tell(desk::EVENT_SEVERITY, self.actor(by), &values)
            }
            What::Complexity { from, to, by } => {
                let values = [("from", say(complexity(*from))), ("to", say(complexity(*to)))];
                tell(desk::EVENT_COMPLEXITY, self.actor(by), &values)
            }
            What::Bound { tier, cause } => {
                tell(desk::EVENT_BOUND, self.actor(by_whom(cause)), &[("tier", tier.to_string().into())])
            }
            What::Team { team, by } => {
                tell(desk::EVENT_TEAM, self.actor(by), &[("team", team.to_string().into())])
            }
            What::MergedInto { ticket, by } => {
                tell(desk::EVENT_MERGED_INTO, self.floor.name(by), &[("code", ticket.code().into())])
            }
            What::MergedFrom { ticket, by } => {
                tell(desk::EVENT_MERGED_FROM, self.floor.name(by), &[("code", ticket.code().into())])
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

    fn promises(self, first_response: Option<Promised>, resolution: Option<Promised>) -> String {
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

fn complexity(complexity: Complexity) -> Phrase {
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
