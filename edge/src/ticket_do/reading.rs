//! What is read out of a ticket: by its customer, by agents, and by sockets that listen.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::ids::{CustomerId, MessageId};
use shared::refusal::{Refusal, Scope};
use shared::sla::SignedReceipt;
use shared::ticket::{Logged, Open, Party, Ticket, WhatIf};
use shared::time::Window;
use shared::wire::{Entry, Foresight, ReceiptLine, TicketView, ToApp};
use worker::{Request, Response, WebSocket};

use super::{Keeper, may};
use crate::error::Fault;
use crate::perform::{Answer, Asker, Binding, DeskParts, Holding, json};
use crate::store::{Sql, ticket as rows};
use crate::{clock, socket};

/// As many sockets as one customer may have on one ticket: every page and device of hers, and no flood.
const LISTENERS: usize = 32;

/// When one of them may be free again, in seconds.
const LATER: u32 = 60;

/// What a listening socket remembers while the object sleeps.
#[derive(Debug, Serialize, Deserialize)]
struct Listener {
    /// Whose it is.
    customer: CustomerId,
    /// The last line it was told.
    seq: u64,
}

impl Keeper {
    /// The ticket as its customer reads it.
    pub(super) fn view(&self, customer: &CustomerId) -> Answer<TicketView> {
        let (ticket, sql) = self.load()?;
        let Some(open) = hers(&ticket, customer) else { return Ok(Err(Refusal::Unknown {})) };
        let now = clock::now(&self.env);
        Ok(Ok(TicketView {
            now,
            id: ticket.id(),
            seq: ticket.seq(),
            stage: open.stage,
            receipt: open.receipt.clone(),
            clocks: open.board().for_customer(now),
            entries: Lines::after(&sql, 0)?.for_customer(),
            people: Vec::new(),
            unread: unread(open),
        }))
    }

    /// The ticket as agents read it.
    pub(super) fn parts(&self) -> Answer<DeskParts> {
        let (ticket, sql) = self.load()?;
        let now = clock::now(&self.env);
        if sql.is_blank()? {
            return Ok(Err(Refusal::Unknown {}));
        }
        let (request, lines) = (rows::request(&sql)?, Lines::after(&sql, 0)?);
        let (Some(open), Some(row)) = (ticket.open(), ticket.row(request.as_ref(), &lines.words, now)) else {
            return Ok(Err(Refusal::Unknown {}));
        };
        Ok(Ok(DeskParts {
            seq: ticket.seq(),
            row,
            complexity: open.complexity,
            team: open.team.clone(),
            receipt: open.receipt.clone(),
            receipts: receipt_lines(&rows::receipts(&sql)?),
            why: ticket.explain(&lines.log),
            request,
            entries: lines.for_agents(),
        }))
    }

    /// What binds it, and whose it is: what the desk needs to resolve other terms.
    pub(super) fn holding(&self) -> Answer<Holding> {
        let (ticket, _) = self.load()?;
        let holding =
            |open: &Open| Holding { company: open.opening.company.clone(), terms: open.terms.clone() };
        Ok(ticket.open().map(holding).ok_or(Refusal::Unknown {}))
    }

    /// The same in short, as the index keeps it.
    pub(super) fn binding(&self) -> Result<Option<Binding>, Fault> {
        let (ticket, _) = self.load()?;
        let (id, seq, alive) = (ticket.id(), ticket.seq(), ticket.is_alive());
        Ok(ticket.bound().map(|bound| Binding { id, seq, alive, bound }))
    }

    /// Its cycles of one month, a line of a ledger each.
    pub(super) fn cycles(&self, month: Window) -> Answer<String> {
        let (ticket, _) = self.load()?;
        if ticket.open().is_none() {
            return Ok(Err(Refusal::Unknown {}));
        }
        let mut lines = String::new();
        for cycle in ticket.cycles_of(month, clock::now(&self.env)) {
            lines.push_str(&serde_json::to_string(&cycle)?);
            lines.push('\n');
        }
        Ok(Ok(lines))
    }

    /// What a change would do to the ticket's clocks. Nothing is written.
    pub(super) fn would(&self, change: &WhatIf) -> Answer<Foresight> {
        let (ticket, now) = (self.load()?.0, clock::now(&self.env));
        let Some(open) = ticket.open() else { return Ok(Err(Refusal::Unknown {})) };
        let (before, after) = (open.board().view(now), open.would(change, now));
        Ok(Ok(Foresight { now, seq: ticket.seq(), before, after }))
    }

    /// The ticket as a merge sees it.
    pub(super) fn party(&self) -> Answer<Party> {
        Ok(self.load()?.0.party().ok_or(Refusal::Unknown {}))
    }

    /// Every receipt, for its customer and for agents.
    pub(super) fn receipts(&self, asker: &Asker) -> Answer<Vec<SignedReceipt>> {
        let (ticket, sql) = self.load()?;
        match may(&ticket, asker) {
            Ok(()) if ticket.open().is_some() => Ok(Ok(rows::receipts(&sql)?)),
            Ok(()) => Ok(Err(Refusal::Unknown {})),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// Accepts a socket, and tells it first what came after the line it knows.
    pub(super) fn listen(
        &self,
        request: &Request,
        customer: CustomerId,
        after: u64,
    ) -> Result<Response, Fault> {
        let (ticket, _) = self.load()?;
        if hers(&ticket, &customer).is_none() {
            return json(&Err::<(), _>(Refusal::Unknown {}));
        }
        if self.state.get_websockets().len() >= LISTENERS {
            return json(&Err::<(), _>(Refusal::TooMany { scope: Scope::Customer, retry_after: LATER }));
        }
        let (socket, response) = socket::accept(&self.state, request, &[])?;
        self.catch_up(&socket, Listener { customer, seq: after }, clock::now(&self.env))?;
        Ok(response)
    }

    /// Tells every socket what is new to it. A socket that cannot be told has gone, and resumes by line when it comes
    /// back.
    pub(super) fn tell(&self, now: Timestamp) -> Result<(), Fault> {
        for socket in self.state.get_websockets() {
            if let Some(listener) = socket.deserialize_attachment::<Listener>()? {
                self.catch_up(&socket, listener, now)?;
            }
        }
        Ok(())
    }

    fn catch_up(&self, socket: &WebSocket, listener: Listener, now: Timestamp) -> Result<(), Fault> {
        let (ticket, sql) = self.load()?;
        let Some(open) = ticket.open() else { return Ok(()) };
        let told = ToApp::Entries {
            now,
            seq: ticket.seq(),
            entries: Lines::after(&sql, listener.seq)?.for_customer(),
            stage: open.stage,
            clocks: open.board().for_customer(now),
            unread: unread(open),
        };
        socket.serialize_attachment(Listener { seq: ticket.seq(), ..listener })?;
        socket::send(socket, &told);
        Ok(())
    }

    fn load(&self) -> Result<(Ticket, Sql), Fault> {
        let sql = Sql::of(&self.state);
        Ok((rows::load(&sql, self.names()?.1)?, sql))
    }
}

/// The list of a ticket's receipts. One that this build cannot read any more keeps its place, and is not in it.
fn receipt_lines(signed: &[SignedReceipt]) -> Vec<ReceiptLine> {
    let line = |(place, signed): (u32, &SignedReceipt)| Some(ReceiptLine::of(place, &signed.read().ok()?));
    (1..).zip(signed).filter_map(line).collect()
}

fn hers<'t>(ticket: &'t Ticket, customer: &CustomerId) -> Option<&'t Open> {
    let asker = Asker::Customer { id: customer.clone() };
    may(ticket, &asker).ok().and_then(|()| ticket.open())
}

fn unread(open: &Open) -> u32 {
    u32::try_from(open.unread.len()).unwrap_or(u32::MAX)
}

/// Lines of the log, and the words that are kept beside it; words that were deleted are empty.
struct Lines {
    log: Vec<Logged>,
    words: BTreeMap<MessageId, String>,
}

impl Lines {
    fn after(sql: &Sql, seq: u64) -> Result<Self, Fault> {
        Ok(Self { log: rows::log(sql, seq)?, words: rows::words(sql)? })
    }

    fn text(&self, message: MessageId) -> String {
        self.words.get(&message).cloned().unwrap_or_default()
    }

    fn for_customer(&self) -> Vec<Entry> {
        self.log.iter().filter_map(|line| Entry::for_customer(line, |message| self.text(message))).collect()
    }

    fn for_agents(&self) -> Vec<Entry> {
        self.log.iter().filter_map(|line| Entry::for_agents(line, |message| self.text(message))).collect()
    }
}
