//! One request on its way through the routes, and the questions that every route asks of it.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::ids::{CustomerId, TicketId};
use shared::refusal::{Proof, Refusal};
use shared::sla::SigningKey;
use shared::time::Zone;
use worker::{Context, Env, Request, Response};

use crate::clock;
use crate::error::{Failure, Fault};
use crate::http::{self, BodyLimits, Format};
use crate::identity::{Bearer, keys};
use crate::limits::{self, Sender};
use crate::tenants::{self, Tenant};

/// One request.
pub(crate) struct Call {
    pub(crate) request: Request,
    pub(crate) env: Env,
    pub(crate) ctx: Context,
    /// What its answer should be.
    pub(crate) format: Format,
}

impl Call {
    /// The edge's clock: read once a request, after KV has answered.
    pub(crate) fn now(&self) -> Timestamp {
        clock::now(&self.env)
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        http::header(&self.request, name)
    }

    /// A value of the query; the first one, if there are several.
    pub(crate) fn query(&self, name: &str) -> Result<Option<String>, Failure> {
        let url = self.request.url()?;
        Ok(url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned()))
    }

    /// The tenant of the route.
    pub(crate) async fn tenant(&self, name: &str) -> Result<Tenant, Failure> {
        Tenant::of(&self.env, name).await
    }

    /// The body, as the tenant allows it.
    pub(crate) async fn read<T: DeserializeOwned>(&mut self, tenant: &Tenant) -> Result<T, Failure> {
        let limits = tenant.policy.limits;
        http::read(&mut self.request, BodyLimits { bytes: limits.body_bytes, depth: limits.depth }).await
    }

    pub(crate) fn answer<T: Serialize>(&self, value: &T) -> Result<Response, Failure> {
        http::answer(self.format, value)
    }

    /// What stands behind `Authorization: Bearer`; it is never looked for anywhere else.
    pub(crate) fn bearer(&self) -> Result<Option<String>, Refusal> {
        let Some(header) = self.header("authorization") else { return Ok(None) };
        let (scheme, bearer) = header.split_once(' ').unwrap_or((&header, ""));
        if bearer.trim().is_empty() {
            Err(Refusal::Unauthorized { why: Proof::Missing })
        } else if scheme.eq_ignore_ascii_case("bearer") {
            Ok(Some(bearer.to_owned()))
        } else {
            Err(Refusal::Unauthorized { why: Proof::Malformed })
        }
    }

    /// The customer who asks.
    pub(crate) fn customer(&self, tenant: &Tenant, now: Timestamp) -> Result<Bearer, Failure> {
        let bearer = self.bearer()?.ok_or(Refusal::Unauthorized { why: Proof::Missing })?;
        self.open(&bearer, tenant, now)
    }

    /// The customer whom a bearer names. An anonymous one is nobody where the tenant's file asks for the host's word,
    /// also if her bearer is older than that.
    pub(crate) fn open(&self, bearer: &str, tenant: &Tenant, now: Timestamp) -> Result<Bearer, Failure> {
        let key = keys(&self.env).map_err(Fault::at("keys"))?.of("bearer", &tenant.id);
        let bearer = Bearer::open(bearer, &key, &tenant.id, now).and_then(|bearer| {
            let nobody = tenant.policy.identity_required && bearer.customer.is_anonymous();
            if nobody { Err(Proof::Missing) } else { Ok(bearer) }
        });
        Ok(bearer.map_err(|why| Refusal::Unauthorized { why })?)
    }

    /// The key that signs the tenant's receipts now.
    pub(crate) fn signer(&self, tenant: &Tenant) -> Result<SigningKey, Failure> {
        let kid = tenant.policy.receipt_keys.first();
        let kid = kid.ok_or_else(|| Fault::new("call.signer", format!("{} has no key", tenant.id)))?;
        Ok(keys(&self.env).map_err(Fault::at("keys"))?.receipts(&tenant.id, kid))
    }

    /// Counts this request as a change, or refuses it. The address is the platform's word, and nobody else's.
    pub(crate) fn count(
        &self,
        tenant: &Tenant,
        customer: Option<&CustomerId>,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let address = self.header("cf-connecting-ip").unwrap_or_default();
        let sender = Sender { tenant: &tenant.id, address: &address, customer };
        limits::count(&tenant.policy.limits, sender, now)
    }

    /// The zone that the program names in the query; without one, UTC.
    pub(crate) fn zone(&self) -> Result<Zone, Failure> {
        let name = self.query("zone")?.unwrap_or_else(|| "Etc/UTC".into());
        Ok(Zone::new(name.as_str()).map_err(|_| tenants::unknown_zone(&name))?)
    }

    /// Refuses what asks for a socket's address without asking for a socket.
    pub(crate) fn must_upgrade(&self) -> Result<(), Refusal> {
        let wish = self.header("upgrade").unwrap_or_default();
        if wish.eq_ignore_ascii_case("websocket") {
            return Ok(());
        }
        let found = shared::ids::excerpt(&wish);
        Err(Refusal::Malformed {
            found: format!("this address takes an upgrade to a websocket, found \"{found}\""),
        })
    }
}

/// A ticket's id in an address. What cannot be one is malformed; what is nobody's is unknown.
pub(crate) fn ticket_id(text: &str) -> Result<TicketId, Refusal> {
    text.parse().map_err(|error: shared::ids::IdError| Refusal::Malformed { found: error.to_string() })
}
