//! How a ticket's outbox is emptied. A parcel may arrive twice: whoever receives it goes by its number or its line.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use shared::ids::TierId;
use shared::outbox::Parcel;
use shared::refusal::Refusal;
use shared::ticket::Command;
use shared::ticket::Ring;
use shared::wire::{Card, Row};
use worker::Delay;

use super::{Keeper, wake_at};
use crate::error::Fault;
use crate::perform::{Answer, Extended, customer, desk};
use crate::store::outbox::{self, Lane, Sent, Waiting};
use crate::store::{Sql, ticket as rows, transact};
use crate::{clock, webhook};

/// How long an answer takes to leave the machine.
const AFTER_THE_ANSWER: Duration = Duration::from_millis(10);

/// Whose turn it is to empty a lane: one event's at a time. Forgotten with the instance, which is why a row in the
/// outbox always has an alarm, too.
#[derive(Default)]
pub(super) struct Turn(Cell<bool>);

impl Turn {
    fn take(&self) -> Option<Taken<'_>> {
        if self.0.replace(true) { None } else { Some(Taken(&self.0)) }
    }
}

struct Taken<'k>(&'k Cell<bool>);

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl Keeper {
    /// Empties a lane after the answer has left: what is sent at once would be served before it.
    pub(super) fn empty_soon(self: &Rc<Self>, lane: Lane) {
        let keeper = Rc::clone(self);
        let emptying: Pin<Box<dyn Future<Output = ()>>> = Box::pin(async move {
            Delay::from(AFTER_THE_ANSWER).await;
            if let Err(fault) = keeper.empty(lane).await {
                fault.log();
            }
        });
        self.state.wait_until(emptying);
    }

    /// Sends until nothing is due. What arrived is deleted and the alarm set anew in one transaction.
    pub(super) async fn empty(self: &Rc<Self>, lane: Lane) -> Result<(), Fault> {
        let turn = match lane {
            Lane::Inside => self.inside.take(),
            Lane::Outside => self.outside.take(),
        };
        let (Some(_turn), sql) = (turn, Sql::of(&self.state)) else { return Ok(()) };
        if sql.is_blank()? {
            return Ok(());
        }
        loop {
            let due = outbox::due(&sql, lane, clock::now(&self.env))?;
            if due.is_empty() {
                return Ok(());
            }
            let sent = match lane {
                Lane::Inside => self.send_inside(due).await,
                Lane::Outside => self.send_outside(due).await,
            };
            self.settle(sent).await?;
        }
    }

    async fn settle(&self, sent: Vec<(Waiting, Sent)>) -> Result<(), Fault> {
        let (id, now) = (self.names()?.1, clock::now(&self.env));
        transact(&self.state, &self.env, move |sql| {
            outbox::settle(sql, &sent, now)?;
            // Something may have come true meanwhile: the alarm is to tell it at once.
            Ok(((), wake_at(sql, &rows::load(sql, id)?, now, now)?))
        })
        .await
    }

    /// To our own objects: all lines in one call, all cards in another, side by side.
    async fn send_inside(self: &Rc<Self>, due: Vec<Waiting>) -> Vec<(Waiting, Sent)> {
        let lines: Vec<Row> = due.iter().filter_map(|waiting| line(&waiting.parcel)).collect();
        let cards: Vec<Card> = due.iter().filter_map(|waiting| card(&waiting.parcel)).collect();
        let (indexed, listed) = futures_util::join!(self.index(lines), self.list(cards));
        let mut sent = Vec::with_capacity(due.len());
        for waiting in due {
            let came = match &waiting.parcel {
                Parcel::Index { .. } => indexed,
                Parcel::List { .. } => listed,
                Parcel::Terms { tier } => self.ask_terms(tier).await,
                Parcel::Ring { .. } => Sent::Failed,
            };
            sent.push((waiting, came));
        }
        sent
    }

    async fn send_outside(&self, due: Vec<Waiting>) -> Vec<(Waiting, Sent)> {
        let mut sent = Vec::with_capacity(due.len());
        for waiting in due {
            let came = match &waiting.parcel {
                Parcel::Ring { ring } => self.ring(waiting.id, ring).await,
                Parcel::Index { .. } | Parcel::List { .. } | Parcel::Terms { .. } => Sent::Failed,
            };
            sent.push((waiting, came));
        }
        sent
    }

    async fn index(&self, rows: Vec<Row>) -> Sent {
        if rows.is_empty() {
            return Sent::Arrived;
        }
        let upsert = async || desk(&self.env, &self.names()?.0)?.upsert(rows, self.binding()?).await;
        arrived(upsert().await)
    }

    async fn list(&self, cards: Vec<Card>) -> Sent {
        let Some(owner) = cards.first().map(|card| card.customer.clone()) else { return Sent::Arrived };
        let upsert = async || customer(&self.env, &self.names()?.0, &owner)?.upsert(cards).await;
        arrived(upsert().await)
    }

    /// The terms that bind the ticket go along: its targets stay (S6). Should the tier have changed since the question,
    /// what comes back fits no more, and changes nothing.
    async fn ask_terms(self: &Rc<Self>, tier: &TierId) -> Sent {
        let asked = async || {
            let Ok(holding) = self.holding()? else { return Ok(Err(Refusal::Unknown {})) };
            if holding.terms.tier != *tier {
                return Ok(Err(Refusal::Unknown {}));
            }
            match desk(&self.env, &self.names()?.0)?.extend(holding.terms).await? {
                Ok(Extended { terms, kid }) => self.file_says(Command::Extend { terms }, kid).await,
                Err(refusal) => Ok(Err(refusal)),
            }
        };
        match asked().await {
            Ok(Ok(_)) => Sent::Arrived,
            Ok(Err(_)) => Sent::GivenUp,
            Err(fault) => failed(&fault),
        }
    }

    /// The id of a ring is the ticket's and its row's: the same over all attempts.
    async fn ring(&self, row: u64, ring: &Ring) -> Sent {
        let told = async || {
            let (tenant, ticket) = self.names()?;
            webhook::send(&self.env, &tenant, &format!("msg_{ticket}_{row}"), ring).await
        };
        told().await.unwrap_or_else(|fault| failed(&fault))
    }
}

fn line(parcel: &Parcel) -> Option<Row> {
    match parcel {
        Parcel::Index { row } => Some(row.clone()),
        Parcel::List { .. } | Parcel::Ring { .. } | Parcel::Terms { .. } => None,
    }
}

fn card(parcel: &Parcel) -> Option<Card> {
    match parcel {
        Parcel::List { card } => Some(card.clone()),
        Parcel::Index { .. } | Parcel::Ring { .. } | Parcel::Terms { .. } => None,
    }
}

fn arrived(answer: Answer<()>) -> Sent {
    match answer {
        Ok(Ok(())) => Sent::Arrived,
        Ok(Err(refusal)) => failed(&Fault::new("outbox", refusal)),
        Err(fault) => failed(&fault),
    }
}

fn failed(fault: &Fault) -> Sent {
    fault.log();
    Sent::Failed
}
