//! Who she is: what this browser kept, what the host's server says, what the edge makes of both. Nothing of one person
//! is shown to another on the same browser, or sent in her name.

use std::rc::Rc;

use shared::wire::{Client, Credential};
use widget::http::Failure;

use super::token::names;
use super::{Draft, Keeping, Kept, Session, View, Wanted, Who};

impl Session {
    /// Takes in what was kept.
    pub(super) fn recalled(&mut self, kept: Option<Kept>) {
        self.keeping = if kept.is_some() { Keeping::Kept } else { Keeping::Refused };
        let kept = kept.unwrap_or_default();
        let anonymous = kept.who.clone().filter(|who| who.customer.is_anonymous());
        // Whoever was signed in and is not now: nothing of hers is shown or sent, until the page names her again.
        if anonymous.is_some() || kept.who.as_ref().is_none_or(|who| self.is_named(who)) {
            self.take_up(kept);
        } else {
            self.left = Some(Rc::new(kept));
        }
        match (&self.token, anonymous) {
            (Some(_), _) => self.credential.ask_anew(self.now),
            (None, Some(who)) => self.known(who),
            (None, None) => self.become_nobody(),
        }
    }

    fn is_named(&self, who: &Credential) -> bool {
        self.token.as_ref().is_some_and(|token| names(token, &who.customer))
    }

    /// Goes on where she left off; what was begun since then stands before it.
    fn take_up(&mut self, kept: Kept) {
        self.client = Rc::new(Client::resume(self.client.kept().cloned().chain(kept.parcels)));
        if let Some(draft) = kept.draft.filter(|_| !self.draft.worth_telling()) {
            self.draft_restored = draft.worth_telling();
            self.draft = draft;
        }
    }

    pub(super) fn identified(&mut self, answer: Result<Credential, Failure>) {
        self.reached(&answer);
        match answer {
            Ok(credential) => {
                self.credential.answered(Ok(credential.clone()));
                self.known(credential);
            }
            Err(Failure::Refused(_)) if self.token.is_some() => {
                self.token = None;
                self.token_refused = true;
                self.credential = Wanted::default();
                self.become_nobody();
            }
            Err(failure) => self.credential.answered(Err(failure)),
        }
    }

    fn known(&mut self, who: Credential) {
        self.come_back(|left| left.customer == who.customer);
        self.left = None;
        self.who = Who::Known(Rc::new(who));
        self.cards.ask_anew(self.now);
        if self.shown {
            self.hello.ask_anew(self.now);
        }
    }

    /// Takes up what was left, if it is hers.
    fn come_back(&mut self, hers: impl FnOnce(&Credential) -> bool) {
        if let Some(left) = self.left.take_if(|left| left.who.as_ref().is_some_and(hers)) {
            self.take_up(Rc::unwrap_or_clone(left));
        }
    }

    /// The host's server says something new: another person's tickets are not this one's, and what she has not sent
    /// is neither shown to the other nor sent in her name.
    pub(super) fn told_who(&mut self, token: Option<String>) {
        if token == self.token {
            return;
        }
        let named = |who: &Credential| token.as_ref().is_some_and(|token| names(token, &who.customer));
        if let Who::Known(who) = &self.who
            && !who.customer.is_anonymous()
            && !named(who)
        {
            (self.client, self.draft) = (Rc::default(), Draft::default());
        }
        (self.cards, self.ticket) = (Wanted::default(), Wanted::default());
        (self.receipts, self.said) = (Vec::new(), Vec::new());
        self.token_refused = false;
        self.who = Who::Unknown;
        self.view = if self.view == View::Form { View::Form } else { View::Home };
        self.come_back(named);
        match token.is_some() {
            true => self.credential.ask_anew(self.now),
            false => self.become_nobody(),
        }
        self.token = token;
    }
}
