//! `/desk/{tenant}/…`: an agent acts by HTTP, each request checked at the access object, and listens by socket.

use jiff::Timestamp;
use shared::refusal::{Proof, Refusal};
use shared::sla::Named;
use shared::wire::{CompanyName, DeskHello, DeskTicket, NewSession, Session, TeamMember, TeamName};
use worker::Response;

use super::call::{Call, ticket_id};
use crate::error::{Failure, Fault};
use crate::http;
use crate::perform::{self, Signed, TicketStub};
use crate::tenants::Tenant;

/// The session's cookie: for this host alone, never read by a script, never sent along by another site's requests.
const COOKIE: &str = "__Host-nightbell";

const ATTRIBUTES: &str = "Secure; HttpOnly; SameSite=Lax; Path=/";

/// `POST sessions`: a sign-in link is used up.
pub(crate) async fn sign_in(call: &mut Call, tenant: &str) -> Result<Response, Failure> {
    let tenant = call.tenant(tenant).await?;
    call.count(&tenant, None, call.now())?;
    let NewSession { token } = call.read(&tenant).await?;
    let entered = perform::access(&call.env, &tenant.id)?.enter(token, call.now()).await??;
    let response = call.answer(&Session { agent: entered.agent, expires: entered.expires })?;
    response.headers().set("set-cookie", &format!("{COOKIE}={}; {ATTRIBUTES}", entered.token))?;
    Ok(response)
}

/// `DELETE sessions`: the agent goes; nobody else can say who was here.
pub(crate) async fn sign_out(call: &Call, tenant: &str) -> Result<Response, Failure> {
    let tenant = call.tenant(tenant).await?;
    if let Some(token) = cookie(call) {
        let session = perform::access(&call.env, &tenant.id)?.leave(token).await??;
        perform::desk(&call.env, &tenant.id)?.close_session(&session).await??;
    }
    let response = http::done()?;
    response.headers().set("set-cookie", &format!("{COOKIE}=; {ATTRIBUTES}; Max-Age=0"))?;
    Ok(response)
}

/// `GET hello`: who is signed in, and everybody's names.
pub(crate) async fn hello(call: &Call, tenant: &str) -> Result<Response, Failure> {
    let (tenant, signed, now) = enter(call, tenant).await?;
    let policy = &tenant.policy;
    let me = policy.agent(&signed.agent).ok_or_else(ended)?;
    let people =
        policy.agents.iter().map(|agent| TeamMember { id: agent.id.clone(), name: agent.name.clone() });
    let companies = policy
        .companies
        .iter()
        .map(|company| CompanyName { id: company.id.clone(), name: company.name.clone() });
    let teams = policy.teams.iter().map(|team| TeamName { id: team.id.clone(), name: team.name.clone() });
    call.answer(&DeskHello {
        now,
        tenant: tenant.id.clone(),
        name: policy.name.clone(),
        me: Named { id: me.id.clone(), name: me.name.clone() },
        local: tenant.local(&call.zone()?, now)?,
        people: people.collect(),
        text_chars: policy.limits.text_chars,
        companies: companies.collect(),
        teams: teams.collect(),
        tiers: policy.tiers.iter().map(|tier| tier.id.clone()).collect(),
    })
}

/// `GET tickets`: the index.
pub(crate) async fn index(call: &Call, tenant: &str) -> Result<Response, Failure> {
    let (tenant, ..) = enter(call, tenant).await?;
    call.answer(&perform::desk(&call.env, &tenant.id)?.index().await??)
}

/// `GET tickets/{id}`.
pub(crate) async fn show(call: &Call, tenant: &str, id: &str) -> Result<Response, Failure> {
    let (tenant, _, now) = enter(call, tenant).await?;
    let stub = perform::ticket(&call.env, &tenant.id, ticket_id(id)?)?;
    call.answer(&read(&tenant, &stub, now).await?)
}

/// `GET socket`. A session that was revoked while the socket was opened is found by asking again: whoever revokes
/// ends the session first and closes sockets then.
pub(crate) async fn listen(call: &Call, tenant: &str) -> Result<Response, Failure> {
    call.must_upgrade()?;
    let (tenant, signed, now) = enter(call, tenant).await?;
    let desk = perform::desk(&call.env, &tenant.id)?;
    let response = desk.listen(&call.request, &signed.agent, &signed.session).await??;
    if let Err(refusal) = check(call, &tenant, now).await? {
        desk.close_session(&signed.session).await??;
        return Err(refusal.into());
    }
    Ok(response)
}

/// The tenant and the agent of a request, and its moment.
pub(super) async fn enter(call: &Call, tenant: &str) -> Result<(Tenant, Signed, Timestamp), Failure> {
    let tenant = call.tenant(tenant).await?;
    let now = call.now();
    let signed = check(call, &tenant, now).await??;
    Ok((tenant, signed, now))
}

async fn check(call: &Call, tenant: &Tenant, now: Timestamp) -> Result<Result<Signed, Refusal>, Fault> {
    match cookie(call) {
        Some(token) => perform::access(&call.env, &tenant.id)?.check(token, now).await,
        None => Ok(Err(Refusal::Unauthorized { why: Proof::Missing })),
    }
}

fn ended() -> Refusal {
    Refusal::Unauthorized { why: Proof::Session }
}

fn cookie(call: &Call) -> Option<String> {
    session_of(&call.header("cookie")?).map(str::to_owned)
}

/// The session in a `Cookie` header; an empty one is none.
fn session_of(header: &str) -> Option<&str> {
    let pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(name, _)| *name == COOKIE).map(|(_, value)| value).find(|value| !value.is_empty())
}

/// The ticket as agents read it.
pub(super) async fn read(tenant: &Tenant, stub: &TicketStub, now: Timestamp) -> Result<DeskTicket, Failure> {
    let parts = stub.parts().await??;
    let local = tenant.local(parts.receipt.zone(), now)?;
    let perform::DeskParts { seq, row, complexity, team, receipt, receipts, why, request, entries } = parts;
    Ok(DeskTicket { now, seq, row, complexity, team, receipt, receipts, why, request, entries, local })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_is_read_from_its_own_cookie_only() {
        assert_eq!(session_of("__Host-nightbell=abc"), Some("abc"));
        assert_eq!(session_of("a=b; __Host-nightbell=abc; c=d"), Some("abc"));
        for header in ["", "__Host-nightbell=", "__Host-nightbell", "nightbell=abc", "x__Host-nightbell=abc"]
        {
            assert_eq!(session_of(header), None, "{header}");
        }
    }
}
