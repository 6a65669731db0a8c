//! How the session changes: each action once, by one function, without any I/O. What needs the later part of the
//! program is in `taken`.

use jiff::SignedDuration;
use shared::refusal::Refusal;
use shared::time::instant::plus;
use widget::http::Failure;

use super::{Action, Event, Found, Keeping, Press, Session, View, Who};
use crate::later::Later;

/// How often a list is asked for while nothing else says that it changed.
const REST: SignedDuration = SignedDuration::from_secs(60);

/// How often an open ticket is asked for while no socket tells its news.
pub(super) const TICKET_REST: SignedDuration = SignedDuration::from_secs(10);

impl Session {
    /// Something happened. The one way in which a session changes.
    pub(crate) fn hear(&mut self, event: Event) {
        self.now = event.now;
        self.take_in(event.action);
        self.go_on();
    }

    /// What may happen before the later part is here; the rest waits for it.
    fn take_in(&mut self, action: Action) {
        match action {
            Action::Woke(found) => self.woke(found),
            Action::Loaded(answer) => self.loaded(answer),
            Action::Greeted(answer) => {
                self.reached(&answer);
                self.hello.answered(answer);
            }
            Action::Tick => self.refresh(REST, TICKET_REST),
            Action::Shown(shown) => {
                self.shown = shown;
                self.refresh(SignedDuration::ZERO, SignedDuration::ZERO);
            }
            Action::Online(online) => self.network(online),
            Action::Pressed(Press::Go(view)) => self.go(view),
            Action::Pressed(Press::Choose(severity)) => self.draft.severity = severity,
            Action::Pressed(Press::Hurry) | Action::Hurry => self.hurry(),
            Action::Typed(blank, text) => {
                self.errors.retain(|error| error.field != blank.field());
                self.draft.fill(blank, text);
            }
            Action::Recalled(_)
            | Action::Identified(_)
            | Action::Listed(_)
            | Action::Read(..)
            | Action::Stirred(_)
            | Action::Proved(..)
            | Action::Saved(..)
            | Action::Answered(..)
            | Action::Token(_)
            | Action::Pressed(
                Press::Retry(_) | Press::TakeBack(_) | Press::Discard(_) | Press::Prove | Press::Save(_),
            )
            | Action::Submitted(_)
            | Action::Wrote(..)
            | Action::Said(..) => match self.doors() {
                Some(later) => (later.take_in)(self, action),
                None => self.put_off(action),
            },
        }
    }

    fn network(&mut self, online: bool) {
        self.online = online;
        if online {
            self.hurry();
        }
    }

    /// Sending twice is sending once.
    fn put_off(&mut self, action: Action) {
        if let Action::Submitted(_) = action {
            self.put_off.retain(|waits| !matches!(waits, Action::Submitted(_)));
        }
        self.put_off.push(action);
    }

    /// The later part is here: what waited for it happens now, in its order.
    fn loaded(&mut self, answer: Result<Later, Failure>) {
        self.later.answered(answer);
        if let Some(later) = self.doors() {
            self.words = later.words;
            let waited = core::mem::take(&mut self.put_off);
            waited.into_iter().for_each(|action| (later.take_in)(self, action));
        }
    }

    fn go_on(&mut self) {
        match self.doors() {
            Some(later) => (later.go_on)(self),
            // Before the edge was heard the clock counts from 1970: the first time there is nothing to rest from.
            None if self.needs_later() && self.later.failed.is_none() => self.later.ask(self.now),
            None if self.needs_later() => self.later.ask_after(TICKET_REST, self.now),
            None => {}
        }
    }

    /// The later part, if it is here.
    fn doors(&self) -> Option<Later> {
        self.later.here.as_deref().copied()
    }

    fn needs_later(&self) -> bool {
        let first = matches!(self.view, View::Home | View::Form);
        let kept = self.found == Some(Found::Something);
        !first
            || kept
            || self.hello.asked_again()
            || self.token.is_some()
            || !self.put_off.is_empty()
            || self.draft.worth_telling()
    }

    /// The store was looked at; what is in it is the later part's to read.
    fn woke(&mut self, found: Found) {
        self.found = Some(found);
        self.keeping = match found {
            Found::Something => return,
            Found::Nothing => Keeping::Kept,
            Found::Refused => Keeping::Refused,
        };
        if self.token.is_some() {
            self.credential.ask_anew(self.now);
        } else {
            self.become_nobody();
        }
    }

    pub(super) fn become_nobody(&mut self) {
        self.who = Who::Nobody;
        if self.shown {
            self.hello.ask_anew(self.now);
        }
    }

    /// Whether the edge answers; and a bearer that it no longer takes is forgotten.
    pub(super) fn reached<T>(&mut self, answer: &Result<T, Failure>) {
        self.unreached = matches!(answer, Err(Failure::Lost { .. }));
        if !self.unreached {
            self.reached_at = Some(self.now);
        }
        if let (Err(Failure::Refused(Refusal::Unauthorized { .. })), Who::Known(_)) = (answer, &self.who) {
            self.who = Who::Nobody;
            self.credential.ask_anew(self.now);
        }
    }

    /// Asks again for what she looks at, and for her tickets while one of them may get an answer.
    fn refresh(&mut self, rest: SignedDuration, ticket_rest: SignedDuration) {
        let known = matches!(self.who, Who::Known(_));
        if known && (self.shown || self.busy() == Some(true)) {
            self.cards.ask_after(rest, self.now);
        }
        if self.token.is_some() && self.who == Who::Unknown {
            self.credential.ask_after(TICKET_REST.min(rest), self.now);
        }
        if !self.shown || self.who == Who::Unknown {
            return;
        }
        match (&self.hello.here, self.view) {
            (None, _) => self.hello.ask_after(TICKET_REST.min(rest), self.now),
            (Some(hello), _) if self.now > plus(hello.now, REST * 60) => {
                self.hello.ask(self.now);
            }
            (Some(_), View::Ticket(_)) => self.ticket.ask_after(ticket_rest, self.now),
            (Some(_), View::Home | View::Form | View::Receipt(_) | View::Tickets) => {}
        }
    }

    pub(super) fn go(&mut self, view: View) {
        self.view = view;
        self.errors.clear();
        match view {
            View::Ticket(id) => {
                self.said.retain(|echo| echo.ticket == id);
                if self.ticket.here.as_ref().is_none_or(|ticket| ticket.id != id) {
                    self.ticket.forget();
                }
                self.ticket.ask_anew(self.now);
            }
            View::Tickets if self.bearer().is_some() => {
                self.cards.ask_after(SignedDuration::from_secs(5), self.now);
            }
            View::Home | View::Form | View::Receipt(_) | View::Tickets => {}
        }
    }

    /// Tries everything again, at once.
    fn hurry(&mut self) {
        if let Some(later) = self.doors() {
            (later.hurry)(self);
        }
        if self.later.failed.is_some() && self.later.here.is_none() {
            self.later.ask(self.now);
        }
        self.refresh(SignedDuration::ZERO, SignedDuration::ZERO);
    }
}
