//! One object per ticket, `t/{tenant}/k/{ticket}`.
//!
//! **Holds** the ticket's log (the truth), a snapshot of its fold, the words beside the log, and the outbox: the tables
//! of `store/ticket.rs`. In memory only which lanes of the outbox are being emptied.
//!
//! **Called by** the door and the routes (`perform::ticket`), its alarm, the sweeper, and its customer's sockets, which
//! only listen.
//!
//! **Atomic** because every change goes through [`Keeper::drive`]: load → step → save and arm, one transaction →
//! perform. The transaction holds the input gate, so nothing else runs between load and save; nothing leaves before it
//! is committed, and what must leave was committed with it.

mod commands;
mod promising;
mod reading;
mod sending;

use std::rc::Rc;

use jiff::{SignedDuration, Timestamp};
use shared::ids::{KeyId, TenantId, TicketId};
use shared::outbox::Parcel;
use shared::refusal::Refusal;
use shared::ticket::{Command, Effect, Step, Ticket};
use worker::{DurableObject, Env, Request, Response, State, durable_object, wasm_bindgen};

use self::commands::{Driven, line_of, may, message_of, step};
use self::promising::Signing;
use crate::error::Fault;
use crate::names::Place;
use crate::perform::{self, Answer, Asker, Attempt, Opened, Outcome, TicketCall};
use crate::store::outbox::{self, Lane};
use crate::store::{Sql, Wake, name, ticket as rows, transact};
use crate::{clock, faults, socket};

/// After an event that broke, and for a timer that is past and cannot be dealt with yet.
const TRY_AGAIN: SignedDuration = SignedDuration::from_secs(60);

/// Longer than any attempt takes.
const ATTEMPT_DIED: SignedDuration = SignedDuration::from_secs(20);

/// The object: its doors.
#[durable_object]
pub struct TicketObject {
    keeper: Rc<Keeper>,
}

// The cells in it say which lanes are being emptied; after a panic they say that none is.
impl std::panic::RefUnwindSafe for TicketObject {}

impl DurableObject for TicketObject {
    fn new(state: State, env: Env) -> Self {
        Self {
            keeper: Rc::new(Keeper { state, env, inside: Default::default(), outside: Default::default() }),
        }
    }

    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        perform::answer(self.answer(&mut request).await)
    }

    /// Never an error: the platform would try six times and then forget.
    async fn alarm(&self) -> worker::Result<Response> {
        if let Err(fault) = self.keeper.wake().await {
            fault.log();
            self.keeper.try_again().await;
        }
        Response::empty()
    }

    socket::only_tells!();
}

impl TicketObject {
    async fn answer(&self, request: &mut Request) -> Result<Response, Fault> {
        let keeper = &self.keeper;
        let call = perform::read(request).await?;
        faults::handler(keeper.names()?.1).await;
        let answer = match call {
            TicketCall::Open { attempt } => perform::json(&keeper.open(*attempt).await?),
            TicketCall::Commands { asker, commands } => {
                perform::json(&keeper.commands(asker, commands).await?)
            }
            TicketCall::View { customer } => perform::json(&keeper.view(&customer)?),
            TicketCall::Receipts { asker } => perform::json(&keeper.receipts(&asker)?),
            TicketCall::Holding {} => perform::json(&keeper.holding()?),
            TicketCall::FromFile { command, kid } => perform::json(&keeper.file_says(*command, kid).await?),
            TicketCall::Cycles { month } => perform::json(&keeper.cycles(month)?),
            TicketCall::Parts {} => perform::json(&keeper.parts()?),
            TicketCall::Would { change } => perform::json(&keeper.would(&change)?),
            TicketCall::Party {} => perform::json(&keeper.party()?),
            TicketCall::Listen { customer, after } => keeper.listen(request, customer, after),
        };
        faults::answer()?;
        answer
    }
}

/// Keeps one ticket.
struct Keeper {
    state: State,
    env: Env,
    inside: sending::Turn,
    outside: sending::Turn,
}

impl Keeper {
    async fn open(self: &Rc<Self>, attempt: Attempt) -> Answer<Opened> {
        let command = Command::Open { intake: Box::new(attempt.intake) };
        let driven = self.drive(Asker::Edge {}, vec![command], Signing::Told(attempt.signed)).await?;
        let signed = rows::receipts(&Sql::of(&self.state))?.pop();
        Ok(driven.and_then(|driven| {
            let open = driven.ticket.open().ok_or(Refusal::Unknown {})?;
            Ok(Opened { receipt: open.receipt.clone(), signed, seq: driven.ticket.seq() })
        }))
    }

    async fn commands(self: &Rc<Self>, asker: Asker, commands: Vec<Command>) -> Answer<Outcome> {
        let message = commands.iter().find_map(message_of);
        let driven = self.drive(asker, commands, Signing::AsBefore).await?;
        Ok(driven.map(|driven| Outcome { seq: line_of(&driven.ticket, message) }))
    }

    /// A change that comes out of the tenant's file.
    async fn file_says(self: &Rc<Self>, command: Command, kid: KeyId) -> Answer<()> {
        let driven = self.drive(Asker::Edge {}, vec![command], Signing::With(kid)).await?;
        Ok(driven.map(|_| ()))
    }

    /// What the alarm does: time has passed, and something may have to leave. It does not wait for a receiver outside:
    /// the next alarm comes only after this one has ended.
    async fn wake(self: &Rc<Self>) -> Result<(), Fault> {
        // A ticket does not refuse that time passes.
        let _ = self.drive(Asker::Edge {}, vec![Command::Tick {}], Signing::AsBefore).await?;
        self.empty_soon(Lane::Outside);
        self.empty(Lane::Inside).await
    }

    /// The only way a ticket changes: load, step, save and arm, perform.
    async fn drive(
        self: &Rc<Self>,
        asker: Asker,
        commands: Vec<Command>,
        signing: Signing,
    ) -> Answer<Driven> {
        let ((tenant, id), now, env) = (self.names()?, clock::now(&self.env), self.env.clone());
        let driven = transact(&self.state, &self.env, move |sql| {
            let loaded = rows::load(sql, id)?;
            let driven = match may(&loaded, &asker).and_then(|()| step(loaded, commands, now)) {
                Ok(driven) => driven,
                Err(refusal) => return Ok((Err(refusal), Wake::Unchanged)),
            };
            if faults::forgets() {
                return Ok((Ok(driven), Wake::Unchanged));
            }
            save(sql, &tenant, &driven, now)?;
            promising::keep(sql, (&env, &tenant), &driven.step.events, &signing)?;
            // The step has told all that came true: what is past now cannot be dealt with yet.
            let wake = wake_at(sql, &driven.ticket, now, later(now, TRY_AGAIN))?;
            Ok((Ok(driven), wake))
        });
        let driven = driven.await?;
        if let Ok(Driven { step, .. }) = &driven {
            self.perform(step, now);
        }
        Ok(driven)
    }

    /// What follows from a step once it is saved: the outbox is emptied after the answer; sockets are told now, as
    /// well as it goes.
    fn perform(self: &Rc<Self>, step: &Step, now: Timestamp) {
        if step.effects.contains(&Effect::Tell {})
            && let Err(fault) = self.tell(now)
        {
            fault.log();
        }
        for lane in [Lane::Inside, Lane::Outside] {
            if step.effects.iter().any(|effect| lane_of(effect) == Some(lane)) {
                self.empty_soon(lane);
            }
        }
    }

    /// Whose, and which ticket.
    fn names(&self) -> Result<(TenantId, TicketId), Fault> {
        let name = match self.state.id().name() {
            Some(name) => name,
            None => name::read(&Sql::of(&self.state))?.unwrap_or_default(),
        };
        match name.parse()? {
            Place::Ticket { tenant, ticket } => Ok((tenant, ticket)),
            Place::Desk { .. } | Place::Access { .. } | Place::Customer { .. } => {
                Err(Fault::new("ticket.name", format!("no ticket is called \"{name}\"")))
            }
        }
    }

    async fn try_again(&self) {
        let at = later(clock::now(&self.env), TRY_AGAIN);
        if let Err(error) = self.state.storage().set_alarm(clock::alarm(&self.env, at)).await {
            Fault::new("ticket.alarm", error).log();
        }
    }
}

fn save(sql: &Sql, tenant: &TenantId, driven: &Driven, now: Timestamp) -> Result<(), Fault> {
    let Driven { ticket, step } = driven;
    if step.events.is_empty() && step.effects.is_empty() {
        return Ok(());
    }
    sql.prepare(rows::SCHEMA)?;
    if step.events.iter().any(|line| line.seq == 1) {
        let place = Place::Ticket { tenant: tenant.clone(), ticket: ticket.id() };
        name::keep(sql, &place.to_string())?;
    }
    rows::append(sql, ticket, &step.events)?;
    for effect in &step.effects {
        match effect {
            Effect::KeepWords { message, text } => rows::keep_words(sql, *message, text)?,
            Effect::KeepRequest { request } => rows::keep_request(sql, request)?,
            Effect::Index { row } => outbox::put(sql, &Parcel::Index { row: (**row).clone() }, now)?,
            Effect::List { card } => outbox::put(sql, &Parcel::List { card: (**card).clone() }, now)?,
            Effect::Ring { ring } => outbox::put(sql, &Parcel::Ring { ring: (**ring).clone() }, now)?,
            Effect::AskTerms {} => {
                let tier = ticket.open().map(|open| open.terms.tier.clone());
                tier.map_or(Ok(()), |tier| outbox::put(sql, &Parcel::Terms { tier }, now))?;
            }
            Effect::Tell {} => {}
        }
    }
    Ok(())
}

/// Which lane of the outbox an effect went into.
fn lane_of(effect: &Effect) -> Option<Lane> {
    match effect {
        Effect::Index { .. } | Effect::List { .. } | Effect::AskTerms {} => Some(Lane::Inside),
        Effect::Ring { .. } => Some(Lane::Outside),
        Effect::KeepWords { .. } | Effect::KeepRequest { .. } | Effect::Tell {} => None,
    }
}

/// The earlier of the ticket's next timer and the outbox's next attempt. A timer that is past waits until `overdue`; an
/// attempt that is due is being made, and is looked after in case it dies.
fn wake_at(sql: &Sql, ticket: &Ticket, now: Timestamp, overdue: Timestamp) -> Result<Wake, Fault> {
    if sql.is_blank()? {
        return Ok(Wake::Unchanged);
    }
    let timer = ticket.wake_at().map(|at| if at <= now { overdue } else { at });
    let attempt = outbox::next_at(sql)?.map(|at| if at <= now { later(now, ATTEMPT_DIED) } else { at });
    Ok(Wake::from(timer.into_iter().chain(attempt).min()))
}

fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.saturating_add(by).unwrap_or(Timestamp::MAX)
}
