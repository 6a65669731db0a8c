//! How the session changes: each action once, by one function, without any I/O.

use std::rc::Rc;

use jiff::SignedDuration;
use shared::ids::{MessageId, TicketId};
use shared::refusal::Refusal;
use shared::ticket::{Stage, parse, words};
use shared::wire::{Outgoing, Reply, Sent};
use widget::http::Failure;
use yew::Reducible;

use super::draft::rules;
use super::{Action, Echo, Event, Press, Session, View, Wanted, Who};

/// How often a list is asked for while nothing else says that it changed.
const REST: SignedDuration = SignedDuration::from_secs(60);

/// How often an open ticket is asked for while no socket tells its news.
const TICKET_REST: SignedDuration = SignedDuration::from_secs(10);

/// A request that took so long to reach the edge has two times: hers and the edge's, which counts.
const LATE: SignedDuration = SignedDuration::from_secs(10);

impl Reducible for Session {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        next.now = event.now;
        next.take_in(event.action);
        next.go_on();
        Rc::new(next)
    }
}

impl Session {
    fn take_in(&mut self, action: Action) {
        match action {
            Action::Woke(kept) => self.woke(kept),
            Action::Identified(answer) => self.identified(answer),
            Action::Greeted(answer) => {
                self.reached(&answer);
                self.hello.answered(answer);
            }
            Action::Fetched(answer) => self.later.answered(answer),
            Action::Listed(answer) => {
                self.reached(&answer);
                self.cards.answered(answer);
            }
            Action::Read(id, answer) => self.read(id, answer),
            Action::Stirred(id) if self.view == View::Ticket(id) => self.ticket.ask_anew(self.now),
            Action::Stirred(_) => {}
            Action::Answered(id, reply) => self.answered(id, reply),
            Action::Tick => self.refresh(REST, TICKET_REST),
            Action::Shown(shown) => {
                self.shown = shown;
                self.refresh(SignedDuration::ZERO, SignedDuration::ZERO);
            }
            Action::Online(online) => {
                self.online = online;
                if online {
                    self.hurry();
                }
            }
            Action::Token(token) => self.told_who(token),
            Action::Pressed(press) => self.pressed(press),
            Action::Typed(blank, text) => {
                // She will read a receipt.
                self.want_later();
                self.errors.retain(|error| error.field != blank.field());
                self.draft.fill(blank, text);
            }
            Action::Submitted(id) => self.submit(id),
            Action::Wrote(ticket, text) => self.draft.set_reply(ticket, text),
            Action::Said(ticket, id) => self.say(ticket, id),
            Action::Hurry => self.hurry(),
        }
    }

    fn pressed(&mut self, press: Press) {
        match press {
            Press::Go(view) => self.go(view),
            Press::Choose(severity) => self.draft.severity = severity,
            Press::Hurry => self.hurry(),
            Press::Retry(id) => self.client.retry(id),
            Press::TakeBack(id) => self.take_back(id),
            Press::Discard(id) => {
                self.client.discard(id);
                self.leave_what_is_gone();
            }
        }
    }

    /// What follows from any change: what waits is sent, once the edge knows who sends it.
    fn go_on(&mut self) {
        if self.sending.is_some() || !self.client.unsent() {
            return;
        }
        match self.who {
            Who::Unknown => {}
            Who::Nobody => self.credential.ask_after(TICKET_REST, self.now),
            Who::Known(_) => self.sending = self.client.poll(self.now),
        }
    }

    fn read(&mut self, id: TicketId, answer: Result<shared::wire::TicketView, Failure>) {
        if self.view != View::Ticket(id) {
            return;
        }
        self.reached(&answer);
        if let Ok(ticket) = &answer {
            let held = |echo: &Echo| ticket.entries.iter().any(|entry| entry.says(echo.message));
            self.said.retain(|echo| echo.ticket == id && !held(echo));
            if self.shown {
                self.has_read(id);
            }
        }
        self.ticket.answered(answer);
    }

    /// What stands before her is read; the edge is told, and need not be asked for it.
    fn has_read(&mut self, id: TicketId) {
        let cards = self.cards.here.as_mut().map(Rc::make_mut);
        cards.into_iter().flatten().filter(|card| card.id == id).for_each(|card| card.unread = 0);
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

    fn answered(&mut self, id: MessageId, reply: Reply) {
        let sent = self.sending.take().filter(|parcel| parcel.id == id);
        let written = sent.as_ref().map(|parcel| parcel.written_at);
        self.unreached = matches!(reply, Reply::Lost(_));
        if !self.unreached {
            self.reached_at = Some(self.now);
        }
        // A bearer that has ended refuses its owner, not her words: they wait for the next one.
        if let Reply::Refused(Refusal::Unauthorized { .. }) = &reply {
            self.who = Who::Nobody;
            return self.client.answered(id, Reply::Lost(None), self.now);
        }
        self.client.answered(id, reply.clone(), self.now);
        match (reply, sent.map(|parcel| parcel.outgoing)) {
            (Reply::Taken(Sent::Opened(accepted)), _) => {
                let late = written.filter(|at| accepted.receipt.asked_at.duration_since(*at) >= LATE);
                self.written.extend(late.map(|at| (accepted.id, at)));
                self.receipts.retain(|known| known.id != accepted.id);
                self.receipts.push(Rc::from(accepted));
                self.cards.ask_anew(self.now);
            }
            (Reply::Taken(Sent::Said), Some(Outgoing::Say { ticket, text, .. })) => {
                self.said.push(Echo { ticket, message: id, at: self.now, text });
                self.ticket.ask_anew(self.now);
                self.cards.ask_anew(self.now);
            }
            (Reply::Refused(Refusal::Form { errors }), Some(Outgoing::Open { form })) => {
                if form.id.parse().is_ok_and(|ticket| self.view == View::Receipt(ticket)) {
                    self.take_back(id);
                    self.errors = errors;
                    self.tries += 1;
                }
            }
            (Reply::Taken(_) | Reply::Refused(_) | Reply::Lost(_), _) => {}
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
            (Some(hello), _) if self.now > hello.now.saturating_add(REST * 60).unwrap_or(self.now) => {
                self.hello.ask(self.now);
            }
            (Some(_), View::Ticket(_)) => self.ticket.ask_after(ticket_rest, self.now),
            (Some(_), View::Home | View::Form | View::Receipt(_) | View::Tickets) => {}
        }
    }

    /// The second file is fetched, unless it is here or on its way.
    fn want_later(&mut self) {
        if self.later.here.is_none() {
            self.later.ask(self.now);
        }
    }

    fn go(&mut self, view: View) {
        self.view = view;
        self.errors.clear();
        match view {
            View::Home | View::Form => {}
            View::Receipt(_) | View::Tickets | View::Ticket(_) => self.want_later(),
        }
        match view {
            View::Ticket(id) => {
                self.said.retain(|echo| echo.ticket == id);
                if self.ticket.here.as_ref().is_none_or(|ticket| ticket.id != id) {
                    self.ticket = Wanted::default();
                }
                self.ticket.ask_anew(self.now);
            }
            View::Tickets if self.bearer().is_some() => {
                self.cards.ask_after(SignedDuration::from_secs(5), self.now);
            }
            View::Home | View::Form | View::Receipt(_) | View::Tickets => {}
        }
    }

    fn submit(&mut self, id: TicketId) {
        let Some(hello) = self.hello.here.clone() else { return };
        let form = self.draft.request(id, &hello, self.language(), &self.zone);
        match parse(&form, &rules(&hello)) {
            Err(errors) => {
                self.errors = errors;
                self.tries += 1;
            }
            Ok(_) => {
                self.client.send(id.into(), Outgoing::Open { form }, self.now);
                self.draft.sent();
                self.draft_restored = false;
                self.go(View::Receipt(id));
            }
        }
    }

    fn say(&mut self, ticket: TicketId, id: MessageId) {
        let limit = self.hello.here.as_ref().map_or(u32::MAX, |hello| hello.limits.text_chars);
        let Ok(text) = words(self.draft.reply(ticket), limit) else { return };
        let read = self.ticket.here.as_ref().filter(|read| read.id == ticket);
        let reopen = read.is_some_and(|read| matches!(read.stage, Stage::Solved { .. }));
        self.client.send(id, Outgoing::Say { ticket, text, reopen }, self.now);
        self.draft.set_reply(ticket, String::new());
    }

    /// Tries everything again, at once.
    fn hurry(&mut self) {
        self.client.hurry();
        if self.later.failed.is_some() {
            self.want_later();
        }
        if self.client.unsent() && self.who == Who::Nobody {
            self.credential.ask(self.now);
        }
        self.refresh(SignedDuration::ZERO, SignedDuration::ZERO);
    }

    fn take_back(&mut self, id: MessageId) {
        let kept = self.client.kept().find(|parcel| parcel.id == id).map(|parcel| parcel.outgoing.clone());
        self.client.discard(id);
        match kept {
            Some(Outgoing::Open { form }) => {
                self.draft.take_back(&form);
                self.go(View::Form);
            }
            Some(Outgoing::Say { ticket, text, .. }) => self.draft.set_reply(ticket, text),
            None => {}
        }
    }

    fn leave_what_is_gone(&mut self) {
        if let View::Receipt(id) = self.view
            && self.receipt(id).is_none()
            && self.unsent_request(id).is_none()
        {
            self.go(View::Home);
        }
    }
}
