//! What the program does. After each change the [`Driver`] reads the session's wishes and starts, or stops, the work
//! behind them; what comes of it goes back as an action. It holds every guard, so that all work stops with its owner.
//! One driver instead of a hook per effect: each hook would add a kilobyte to what a customer downloads.

mod browser;
mod calls;
mod ed25519;
mod first;
mod host;
mod kept;
mod page;
mod proof;
mod socket;

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use jiff::Timestamp;
use shared::ids::{MessageId, TicketId};
use shared::wire::{NewCustomer, Outgoing, Parcel, RawMessage, Seen, frame};
use widget::task::Task;

pub(crate) use host::tell as tell_host;

use crate::later;
use crate::link::Link;
use crate::session::{Action, Session, View};
use crate::start::Setup;
use calls::{Answer, Call};
use kept::Keeper;

/// Does what the session wishes.
pub(crate) struct Driver {
    setup: Rc<Setup>,
    link: Link,
    given: first::Given,
    keeper: Option<Keeper>,
    host: host::Host,
    browser: browser::Browser,
    page: page::Page,
    hello: Work<u32>,
    later: Work<u32>,
    credential: Work<u32>,
    cards: Work<u32>,
    ticket: Work<u32>,
    delivery: Work<(MessageId, u32)>,
    seen: Work<(TicketId, u64)>,
    checker: Option<proof::Checker>,
    socket: Option<(TicketId, socket::Socket)>,
    alarm: Option<(Timestamp, Timeout)>,
}

/// Work that is done once for each wish, and dropped when the wish is gone.
struct Work<W> {
    wish: Option<W>,
    task: Option<Task>,
}

impl<W> Default for Work<W> {
    fn default() -> Self {
        Self { wish: None, task: None }
    }
}

impl<W: PartialEq> Work<W> {
    /// Whether this wish is a new one; the work behind the last one stops.
    fn takes(&mut self, wish: Option<W>) -> bool {
        if self.wish == wish {
            return false;
        }
        self.wish = wish;
        self.task = None;
        self.wish.is_some()
    }
}

impl Driver {
    /// A driver that has done nothing yet but take what `start.js` found.
    pub(crate) fn new(setup: &Rc<Setup>, link: &Link) -> Self {
        Self {
            given: first::Given::take(setup, link),
            keeper: None,
            host: host::Host::listen(setup, link),
            browser: browser::Browser::listen(link),
            page: page::Page::default(),
            setup: Rc::clone(setup),
            link: link.clone(),
            hello: Work::default(),
            later: Work::default(),
            credential: Work::default(),
            cards: Work::default(),
            ticket: Work::default(),
            delivery: Work::default(),
            seen: Work::default(),
            checker: None,
            socket: None,
            alarm: None,
        }
    }

    /// Brings what is done into step with what is wished.
    pub(crate) fn follow(&mut self, session: &Session) {
        if session.hello.asking.is_some()
            && let Some(greeting) = self.given.greeting(session, &self.link)
        {
            self.hello = Work { wish: session.hello.asking, task: Some(greeting) };
        }
        if self.later.takes(session.later.asking) {
            let (link, beside, words) = (self.link.clone(), self.setup.beside.clone(), session.words);
            let load = async move { link.tell(Action::Loaded(later::load(words, beside).await)) };
            self.later.task = Some(Task::spawn(load));
        }
        if let Some(later) = &session.later.here {
            (later.follow)(self, session);
        }
        self.host.follow(session);
        self.browser.follow(session, &self.link);
        self.page.follow(session);
    }

    /// What is done only once the later part is here.
    pub(crate) fn follow_later(&mut self, session: &Session) {
        let (tenant, link) = (&self.setup.tenant, &self.link);
        let keeper = self.keeper.get_or_insert_with(|| Keeper::open(tenant, link));
        if !keeper.is_ready() {
            return; // its word comes as an action, and leads here again
        }
        keeper.follow(session);
        self.ask(session);
        self.deliver(session);
        self.read(session);
        if cfg!(feature = "receipts") {
            self.prove(session);
        }
    }

    /// Who she is, what is open, and her tickets.
    fn ask(&mut self, session: &Session) {
        if self.hello.takes(session.hello.asking) {
            let path = ["hello?zone=", &session.zone, "&language=", session.language()].concat();
            self.hello.task = Some(self.start(self.get(session, &path, Answer::Greeted)));
        }
        if self.credential.takes(session.credential.asking) {
            let body = frame::encode(&NewCustomer { token: session.token.clone() });
            let call = Call { bearer: None, ..self.post(session, "customers", body, Answer::Identified) };
            self.credential.task = Some(self.start(call));
        }
        if self.cards.takes(session.cards.asking) {
            self.cards.task = Some(self.start(self.get(session, "tickets", Answer::Listed)));
        }
    }

    /// What leaves is on disk first, and carries the same id each time.
    fn deliver(&mut self, session: &Session) {
        let sending = session.sending.as_deref();
        if self.delivery.takes(sending.map(|parcel| (parcel.id, parcel.failed)))
            && let Some(parcel) = sending
        {
            let call = self.delivery_of(session, parcel);
            let (link, kept) = (self.link.clone(), self.keeper.as_ref().map(|keeper| keeper.keep(parcel)));
            self.delivery.task = Some(Task::spawn(async move {
                if let Some(kept) = kept {
                    kept.await;
                }
                call.run(link).await;
            }));
        }
        let wake_at = session.client.wake_at();
        if self.alarm.as_ref().map(|(at, _)| *at) != wake_at {
            self.alarm = wake_at.map(|at| (at, self.wake(at)));
        }
    }

    fn delivery_of(&self, session: &Session, parcel: &Parcel) -> Call {
        match &parcel.outgoing {
            Outgoing::Open { form } => {
                self.post(session, "tickets", frame::encode(form), Answer::Opened(parcel.id))
            }
            Outgoing::Say { ticket, text, reopen } => {
                let body = RawMessage { id: parcel.id.to_string(), text: text.clone(), reopen: *reopen };
                let path = about(*ticket, "/messages");
                self.post(session, &path, frame::encode(&body), Answer::Said(parcel.id))
            }
        }
    }

    fn wake(&self, at: Timestamp) -> Timeout {
        let link = self.link.clone();
        let rest = at.duration_since(link.clock.now()).as_millis().clamp(0, 60_000);
        Timeout::new(u32::try_from(rest).unwrap_or_default(), move || link.tell(Action::Tick))
    }

    /// The ticket that she reads: its lines, its socket, and how far she has read.
    fn read(&mut self, session: &Session) {
        let open = match session.view {
            View::Ticket(id) => Some(id),
            View::Home | View::Form | View::Receipt(_) | View::Tickets => None,
        };
        if self.ticket.takes(session.ticket.asking)
            && let Some(id) = open
        {
            self.ticket.task = Some(self.start(self.get(session, &about(id, ""), Answer::Read(id))));
        }
        let here = session.ticket.here.as_ref().filter(|ticket| session.shown && Some(ticket.id) == open);
        let unread = here.filter(|ticket| ticket.unread > 0).map(|ticket| (ticket.id, ticket.seq));
        if self.seen.takes(unread)
            && let Some((id, upto)) = unread
        {
            let call =
                self.post(session, &about(id, "/seen"), frame::encode(&Seen { upto }), Answer::Nothing);
            self.seen.task = Some(self.start(call));
        }
        let heard = here.filter(|_| session.online).map(|ticket| (ticket.id, ticket.seq));
        if self.socket.as_ref().map(|(id, _)| *id) != heard.map(|(id, _)| id) {
            let opened = heard.zip(session.bearer());
            self.socket = opened.and_then(|((id, seq), bearer)| {
                let path = self.path(&[&about(id, "/socket?after="), &*seq.to_string()].concat());
                Some((id, socket::Socket::open(&path, bearer, id, &self.link)?))
            });
        }
    }

    fn start(&self, call: Call) -> Task {
        Task::spawn(call.run(self.link.clone()))
    }

    fn get(&self, session: &Session, path: &str, answer: Answer) -> Call {
        Call { path: self.path(path), bearer: session.bearer().map(str::to_owned), body: None, answer }
    }

    fn post(&self, session: &Session, path: &str, body: Vec<u8>, answer: Answer) -> Call {
        Call { body: Some(body), ..self.get(session, path, answer) }
    }

    /// A path of the tenant's API.
    fn path(&self, rest: &str) -> String {
        ["/v1/", &self.setup.tenant, "/", rest].concat()
    }
}

fn about(ticket: TicketId, what: &str) -> String {
    ["tickets/", &ticket.to_string(), what].concat()
}
