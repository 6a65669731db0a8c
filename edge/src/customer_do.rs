//! One object per customer, `t/{tenant}/c/{customer}`.
//!
//! **Holds** the cards of her tickets: the table of `store/cards.rs`. A copy, told by each ticket's outbox.
//!
//! **Called by** tickets' outboxes and the route that lists her tickets. It has neither alarm nor sockets.
//!
//! **Atomic** because a change is one transaction; a card that comes twice or late changes nothing.

use worker::{DurableObject, Env, Request, Response, State, durable_object, wasm_bindgen};

use crate::error::Fault;
use crate::perform::{self, CustomerCall};
use crate::store::{Sql, Wake, cards, transact};
use crate::{faults, socket};

/// The object.
#[durable_object]
pub struct CustomerObject {
    state: State,
    env: Env,
}

impl DurableObject for CustomerObject {
    fn new(state: State, env: Env) -> Self {
        Self { state, env }
    }

    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        perform::answer(self.answer(&mut request).await)
    }

    async fn alarm(&self) -> worker::Result<Response> {
        Response::empty()
    }

    socket::has_no_sockets!();
}

impl CustomerObject {
    async fn answer(&self, request: &mut Request) -> Result<Response, Fault> {
        let call = perform::read(request).await?;
        faults::handler("customer").await;
        match call {
            CustomerCall::Cards {} => perform::json(&Ok(cards::list(&Sql::of(&self.state))?)),
            CustomerCall::Upsert { cards } => {
                let saved = transact(&self.state, &self.env, move |sql| {
                    sql.prepare(cards::SCHEMA)?;
                    cards.into_iter().try_for_each(|card| cards::upsert(sql, card))?;
                    Ok(((), Wake::Unchanged))
                });
                saved.await?;
                perform::json(&Ok(()))
            }
        }
    }
}
