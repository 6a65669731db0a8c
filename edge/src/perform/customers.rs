//! Calls to a customer's object.

use serde::{Deserialize, Serialize};
use shared::ids::{CustomerId, TenantId};
use shared::wire::Card;
use worker::Env;

use crate::error::Fault;
use crate::names::Place;
use crate::perform::{Answer, Object, ask, object};

/// What may be asked of a customer's object.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CustomerCall {
    /// Her tickets.
    Cards {},
    /// New cards of her list.
    Upsert { cards: Vec<Card> },
}

/// The object of one customer.
pub(crate) struct CustomerStub(Object);

/// The object of this customer of this tenant.
pub(crate) fn customer(env: &Env, tenant: &TenantId, customer: &CustomerId) -> Result<CustomerStub, Fault> {
    let place = Place::Customer { tenant: tenant.clone(), customer: customer.clone() };
    object(env, "CUSTOMER", &place).map(CustomerStub)
}

impl CustomerStub {
    /// Her tickets, the newest first.
    pub(crate) async fn cards(&self) -> Answer<Vec<Card>> {
        ask(&self.0, &CustomerCall::Cards {}).await
    }

    /// Takes in cards; an older one never replaces a newer one.
    pub(crate) async fn upsert(&self, cards: Vec<Card>) -> Answer<()> {
        ask(&self.0, &CustomerCall::Upsert { cards }).await
    }
}
