//! What a step promised, signed in the transaction that saves it: nobody reads a promise that has no signature.

use shared::ids::{KeyId, TenantId};
use shared::sla::{Receipt, SignedReceipt};
use shared::ticket::{Event, Logged};
use worker::Env;

use crate::error::Fault;
use crate::identity::keys;
use crate::store::{Sql, ticket as rows};

/// The name of the first key, for a ticket that has no receipt to show another.
const FIRST: &str = "1";

/// With what the receipts of a change are signed: an object knows no tenant's file.
#[derive(Clone, Debug)]
pub(super) enum Signing {
    /// The door has signed what it told; the rest goes with the same key.
    Told(SignedReceipt),
    /// The change came out of the tenant's file, and this key with it.
    With(KeyId),
    /// The key that signed the ticket's latest receipt.
    AsBefore,
}

/// Keeps what was told at the door as it was told, and signs each other receipt of these lines.
pub(super) fn keep(
    sql: &Sql,
    (env, tenant): (&Env, &TenantId),
    lines: &[Logged],
    signing: &Signing,
) -> Result<(), Fault> {
    let promised: Vec<&Receipt> = lines.iter().filter_map(|line| receipt(&line.event)).collect();
    if promised.is_empty() {
        return Ok(());
    }
    let first = || FIRST.parse::<KeyId>().map_err(Fault::at("promising.key"));
    let (kid, told) = match signing {
        Signing::Told(told) => (told.kid.clone(), Some(told)),
        Signing::With(kid) => (kid.clone(), None),
        Signing::AsBefore => (rows::receipts(sql)?.pop().map_or_else(first, |latest| Ok(latest.kid))?, None),
    };
    told.map_or(Ok(()), |told| rows::keep_receipt(sql, told))?;
    let key = keys(env).map_err(Fault::at("keys"))?.receipts(tenant, &kid);
    let at_the_door = told.and_then(|told| told.read().ok());
    let mut anew = promised.into_iter().filter(|receipt| at_the_door.as_ref() != Some(*receipt));
    anew.try_for_each(|receipt| rows::keep_receipt(sql, &key.sign(receipt)))
}

/// The receipt that an event carries.
fn receipt(event: &Event) -> Option<&Receipt> {
    match event {
        Event::Opened { receipt, .. } | Event::Antedated { receipt } => Some(receipt),
        Event::Promised { receipt } => Some(receipt),
        Event::TermsSet { .. }
        | Event::Said { .. }
        | Event::Noted { .. }
        | Event::Pended { .. }
        | Event::Resumed { .. }
        | Event::Solved { .. }
        | Event::Reopened { .. }
        | Event::Warned { .. }
        | Event::Breached { .. }
        | Event::Seen { .. }
        | Event::TermsAsked {}
        | Event::SeverityChanged { .. }
        | Event::ComplexityChanged { .. }
        | Event::TeamChanged { .. }
        | Event::MergedInto { .. }
        | Event::MergedFrom { .. }
        | Event::Discarded { .. }
        | Event::Closed {}
        | Event::Notified { .. } => None,
    }
}
