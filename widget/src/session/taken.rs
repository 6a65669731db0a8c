//! What she cannot do, or be told, before the later part of the program is here: sending, reading her tickets, being
//! somebody. The same reducer, cut where `later.rs` cuts the program.

use std::rc::Rc;

use jiff::SignedDuration;
use shared::ids::{MessageId, TicketId};
use shared::refusal::Refusal;
use shared::ticket::{Stage, parse, words};
use shared::wire::{Outgoing, Reply, Sent};
use widget::http::Failure;

use super::draft::rules;
use super::reduce::TICKET_REST;
use super::{Action, Echo, Keeping, Press, Saving, Session, View, Who};

/// A request that took so long to reach the edge has two times: hers and the edge's, which counts.
const LATE: SignedDuration = SignedDuration::from_secs(10);

impl Session {
    /// What happens only once the later part is here; the first one has taken the rest.
    pub(crate) fn take_in_later(&mut self, action: Action) {
        match action {
            Action::Recalled(kept) if self.keeping == Keeping::Unknown => self.recalled(kept),
            Action::Identified(answer) => self.identified(answer),
            Action::Listed(answer) => {
                self.reached(&answer);
                self.cards.answered(answer);
            }
            Action::Read(id, answer) => self.read(id, *answer),
            Action::Stirred(id) if self.view == View::Ticket(id) => self.ticket.ask_anew(self.now),
            Action::Proved(answer) => self.proof.answered(*answer),
            Action::Saved(place, answer) => self.saved(place, &answer),
            Action::Answered(id, reply) => self.answered(id, reply),
            Action::Token(token) => self.told_who(token),
            Action::Pressed(Press::Retry(id)) => Rc::make_mut(&mut self.client).retry(id),
            Action::Pressed(Press::Prove) => self.prove_again(),
            Action::Pressed(Press::Save(place)) => self.saving = Some(Saving::Runs(place)),
            Action::Pressed(Press::TakeBack(id)) => self.take_back(id),
            Action::Pressed(Press::Discard(id)) => {
                Rc::make_mut(&mut self.client).discard(id);
                self.leave_what_is_gone();
            }
            Action::Submitted(id) => self.submit(id),
            Action::Wrote(ticket, text) => self.draft.set_reply(ticket, text),
            Action::Said(ticket, id) => self.say(ticket, id),
            Action::Recalled(_)
            | Action::Stirred(_)
            | Action::Woke(_)
            | Action::Loaded(_)
            | Action::Greeted(_)
            | Action::Tick
            | Action::Shown(_)
            | Action::Online(_)
            | Action::Typed(..)
            | Action::Pressed(Press::Go(_) | Press::Choose(_) | Press::Hurry)
            | Action::Hurry => {}
        }
    }

    /// What follows from any change: what waits is sent, once the edge knows who sends it.
    pub(crate) fn go_on_later(&mut self) {
        if self.sending.is_some() || !self.client.unsent() {
            return;
        }
        match self.who {
            Who::Unknown => {}
            Who::Nobody => self.credential.ask_after(TICKET_REST, self.now),
            Who::Known(_) => self.sending = Rc::make_mut(&mut self.client).poll(self.now).map(Rc::new),
        }
    }

    /// Tries what waits again, at once.
    pub(crate) fn hurry_later(&mut self) {
        Rc::make_mut(&mut self.client).hurry();
        if self.client.unsent() && self.who == Who::Nobody {
            self.credential.ask(self.now);
        }
        self.prove_again();
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
            self.prove(ticket);
        }
        self.ticket.answered(answer);
    }

    /// What stands before her is read; the edge is told, and need not be asked for it.
    fn has_read(&mut self, id: TicketId) {
        let cards = self.cards.here.as_mut().map(Rc::make_mut);
        cards.into_iter().flatten().filter(|card| card.id == id).for_each(|card| card.unread = 0);
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
            return Rc::make_mut(&mut self.client).answered(id, Reply::Lost(None), self.now);
        }
        Rc::make_mut(&mut self.client).answered(id, reply.clone(), self.now);
        match (reply, sent.map(|parcel| Rc::unwrap_or_clone(parcel).outgoing)) {
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

    fn submit(&mut self, id: TicketId) {
        let Some(hello) = self.hello.here.clone() else { return };
        let form = self.draft.request(id, &hello, self.language(), &self.zone);
        match parse(&form, &rules(&hello)) {
            Err(errors) => {
                self.errors = errors;
                self.tries += 1;
            }
            Ok(_) => {
                Rc::make_mut(&mut self.client).send(id.into(), Outgoing::Open { form }, self.now);
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
        Rc::make_mut(&mut self.client).send(id, Outgoing::Say { ticket, text, reopen }, self.now);
        self.draft.set_reply(ticket, String::new());
    }

    fn take_back(&mut self, id: MessageId) {
        let kept = self.client.kept().find(|parcel| parcel.id == id).map(|parcel| parcel.outgoing.clone());
        Rc::make_mut(&mut self.client).discard(id);
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
