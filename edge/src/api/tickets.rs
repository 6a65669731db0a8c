//! `/v1/{tenant}/tickets`: a customer's requests. Another customer's ticket is unknown, like one that never was.

use shared::contract::Complexity;
use shared::contract::policy::Written;
use shared::ids::AgentId;
use shared::refusal::Refusal;
use shared::routing::Grade;
use shared::sla::Named;
use shared::ticket::{self, Actor, Asker, Author, Intake, RawRequest};
use shared::wire::{Accepted, Entry, What};
use worker::Response;

use super::call::{Call, ticket_id};
use crate::error::Failure;
use crate::perform::Attempt;
use crate::tenants::Tenant;
use crate::{door, perform};

/// `GET`: her tickets, the newest first.
pub(crate) async fn list(call: &Call, tenant: &str) -> Result<Response, Failure> {
    let tenant = call.tenant(tenant).await?;
    let bearer = call.customer(&tenant, call.now())?;
    call.answer(&perform::customer(&call.env, &tenant.id, &bearer.customer)?.cards().await??)
}

/// `POST`: a new request, through the door. The same id again gives the same ticket.
pub(crate) async fn create(call: &mut Call, tenant: &str) -> Result<Response, Failure> {
    let tenant = call.tenant(tenant).await?;
    let arrived = call.now();
    let bearer = call.customer(&tenant, arrived)?;
    call.count(&tenant, Some(&bearer.customer), arrived)?;
    let raw: RawRequest = call.read(&tenant).await?;
    let now = call.now();
    let (request, local) =
        ticket::parse_in_zone(&raw, &tenant.rules(&bearer.customer), |zone| tenant.resolve(zone, now))
            .map_err(|errors| Refusal::Form { errors })?;
    let company = tenant.known(bearer.company.as_ref()).cloned();
    let standing = tenant.standing(company.as_ref(), now)?;
    let (terms, staff) = (standing.terms, &standing.staff);
    let written = Written { text: &request.text, language: Some(&request.language) };
    let claimed = (request.severity, Complexity::default());
    let grade = &Grade::by(&tenant.policy, &terms.tier, written, claimed);
    let asker =
        Asker { tenant: &tenant.id, customer: bearer.customer, company, grade, terms, staff, local: &local };
    let id = request.id;
    let intake = Intake::decide(now, request, asker);
    let signed = call.signer(&tenant)?.sign(&intake.receipt);
    let taken = door::intake(&call.env, &call.ctx, &tenant.id, Attempt { intake, signed }).await??;
    let door::Taken { held, receipt, signed } = taken;
    call.answer(&Accepted { id, code: id.code(), held, receipt, signed, now })
}

/// `GET …/{id}`: what was said, what was promised, how it stands.
pub(crate) async fn show(call: &Call, tenant: &str, id: &str) -> Result<Response, Failure> {
    let tenant = call.tenant(tenant).await?;
    let bearer = call.customer(&tenant, call.now())?;
    let stub = perform::ticket(&call.env, &tenant.id, ticket_id(id)?)?;
    let mut view = stub.view(&bearer.customer).await??;
    view.people = people(&tenant, &view.entries);
    call.answer(&view)
}

/// `GET …/{id}/socket`: a browser cannot set headers on an upgrade, so the bearer comes as the second protocol.
pub(crate) async fn listen(call: &Call, tenant: &str, id: &str) -> Result<Response, Failure> {
    let tenant = call.tenant(tenant).await?;
    let now = call.now();
    call.must_upgrade()?;
    let protocols = call.header("sec-websocket-protocol").unwrap_or_default();
    let (first, bearer) = protocols.split_once(',').unwrap_or((&protocols, ""));
    let bearer = if first.trim() == perform::PROTOCOL { bearer.trim() } else { "" };
    let bearer = call.open(bearer, &tenant, now)?;
    call.count(&tenant, Some(&bearer.customer), now)?;
    let after = call.query("after")?.and_then(|after| after.parse().ok()).unwrap_or_default();
    let stub = perform::ticket(&call.env, &tenant.id, ticket_id(id)?)?;
    Ok(stub.listen(&call.request, &bearer.customer, after).await??)
}

/// The people in a ticket, with the names that customers see.
fn people(tenant: &Tenant, entries: &[Entry]) -> Vec<Named> {
    let mut people: Vec<Named> = Vec::new();
    for id in entries.iter().filter_map(|entry| agent(&entry.what)) {
        let known = people.iter().any(|named| named.id == *id);
        let named = tenant.policy.agent(id).filter(|_| !known);
        people.extend(named.map(|agent| Named { id: agent.id.clone(), name: agent.name.clone() }));
    }
    people
}

fn agent(what: &What) -> Option<&AgentId> {
    match what {
        What::Said { author: Author::Agent { id }, .. } => Some(id),
        What::Noted { by, .. } | What::Pended { by, .. } | What::Solved { by } => Some(by),
        What::Resumed { by: Actor::Agent { id } } | What::Reopened { by: Actor::Agent { id } } => Some(id),
        What::Said { .. }
        | What::Resumed { .. }
        | What::Reopened { .. }
        | What::Warned { .. }
        | What::Breached { .. }
        | What::Antedated { .. }
        | What::Promised { .. }
        | What::Severity { .. }
        | What::Complexity { .. }
        | What::Bound { .. }
        | What::Team { .. }
        | What::MergedInto { .. }
        | What::MergedFrom { .. }
        | What::Discarded { .. }
        | What::Closed {} => None,
    }
}
