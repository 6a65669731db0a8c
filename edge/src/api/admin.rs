//! `/admin/tenants/{tenant}`: the operator publishes a tenant's file and its secrets, lets agents in, and sends them out.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use shared::contract::policy::Policy;
use shared::ids::{AgentId, TenantId};
use shared::refusal::Refusal;
use shared::time::instant::millis;
use worker::Response;

use super::call::Call;
use crate::error::Failure;
use crate::http::{self, BodyLimits};
use crate::identity::{unfit, webhook};
use crate::kv::Kv;
use crate::names;
use crate::perform::{self, Roll};
use crate::tenants::{self, Tenant};

/// A tenant file is a page or two; this is a book.
pub(super) const LIMITS: BodyLimits = BodyLimits { bytes: 262_144, depth: 4 };

/// A key of the host's server has at least as many bytes as its signatures.
const SHORTEST_KEY: usize = 32;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Publication {
    file: String,
    #[serde(default)]
    secrets: Secrets,
}

/// Values by name; a name that is not here stays as it was, `null` removes one.
#[derive(Default)]
struct Secrets(BTreeMap<String, Option<String>>);

impl<'de> Deserialize<'de> for Secrets {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Self::default())
    }
}

/// Read by hand, because a map would let the last of two equal names win.
impl<'de> Visitor<'de> for Secrets {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("secrets by their names")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<Self, A::Error> {
        while let Some((name, value)) = entries.next_entry::<String, Option<String>>()? {
            if self.0.contains_key(&name) {
                return Err(A::Error::custom(format!("duplicate secret `{}`", shared::ids::excerpt(&name))));
            }
            self.0.insert(name, value);
        }
        Ok(self)
    }
}

#[derive(Serialize)]
struct Published {
    number: u32,
    /// Secrets that the file names and nobody has published yet.
    missing: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ForAgent {
    agent: AgentId,
}

#[derive(Serialize)]
struct Invited {
    path: String,
    token: String,
    #[serde(with = "millis")]
    expires: jiff::Timestamp,
}

/// `PUT`: the desk object numbers and keeps the file, the access object takes its people and secrets, KV gets a copy
/// and then the pointer. Each step can be repeated, so an operator who saw it fail publishes again.
pub(crate) async fn publish(call: &mut Call, tenant: &str) -> Result<Response, Failure> {
    let tenant: TenantId = tenant.parse().map_err(|_| Refusal::Unknown {})?;
    let Publication { file, secrets: Secrets(secrets) } = http::read(&mut call.request, LIMITS).await?;
    let policy = judge(tenants::parse(&call.env, &file), &secrets)?;
    let desk = perform::desk(&call.env, &tenant)?;
    let number = desk.publish(file.clone()).await??;
    let access = perform::access(&call.env, &tenant)?;
    let enrolled = access.publish(roll(&policy), secrets, call.now()).await??;
    for agent in &enrolled.gone {
        desk.close_agent(agent).await??;
    }
    let kv = Kv::of(&call.env)?;
    kv.put(&names::policy_version(&tenant, number), &file).await?;
    kv.put(&names::policy(&tenant), &number.to_string()).await?;
    Tenant { id: tenant, number, policy: Rc::new(policy) }.hold(call.now());
    call.answer(&Published { number, missing: enrolled.missing })
}

/// `POST sign-ins`: a link that works once.
pub(crate) async fn invite(call: &mut Call, tenant: &str) -> Result<Response, Failure> {
    let tenant = call.tenant(tenant).await?.id;
    let ForAgent { agent } = http::read(&mut call.request, LIMITS).await?;
    let invitation = perform::access(&call.env, &tenant)?.invite(&agent, call.now()).await??;
    let path = format!("/desk/{tenant}#{}", invitation.token);
    call.answer(&Invited { path, token: invitation.token, expires: invitation.expires })
}

/// `POST revocations`: every session of an agent ends, then every socket.
pub(crate) async fn revoke(call: &mut Call, tenant: &str) -> Result<Response, Failure> {
    let tenant = call.tenant(tenant).await?.id;
    let ForAgent { agent } = http::read(&mut call.request, LIMITS).await?;
    perform::access(&call.env, &tenant)?.revoke(&agent).await??;
    perform::desk(&call.env, &tenant)?.close_agent(&agent).await??;
    http::done()
}

/// The policy, or everything that is wrong with the file and with the secrets beside it.
fn judge(
    parsed: Result<Policy, Vec<shared::contract::policy::Mistake>>,
    secrets: &BTreeMap<String, Option<String>>,
) -> Result<Policy, Refusal> {
    let policy = parsed.map_err(|mistakes| told(mistakes.iter().map(ToString::to_string)))?;
    let wrong = |(name, value): (&String, &Option<String>)| {
        let why = misfit(&policy, name, value.as_deref())?;
        Some(format!("secret {}: {why}", shared::ids::excerpt(name)))
    };
    let mistakes: Vec<String> = secrets.iter().filter_map(wrong).collect();
    if mistakes.is_empty() { Ok(policy) } else { Err(told(mistakes)) }
}

fn told(mistakes: impl IntoIterator<Item = String>) -> Refusal {
    Refusal::Policy { mistakes: mistakes.into_iter().collect() }
}

/// What is wrong with a secret; its value is never repeated.
fn misfit(policy: &Policy, name: &str, value: Option<&str>) -> Option<String> {
    let value = value?;
    let rings = policy.webhook.as_ref().is_some_and(|webhook| webhook.secret == name);
    let signs = policy.identity_keys.iter().any(|key| key.secret == name);
    if !rings && !signs {
        return Some("no key and no webhook of the file has this name".into());
    }
    if rings && webhook::key(value).is_none() {
        return Some("a webhook's secret is whsec_ and base64 of at least 24 bytes".into());
    }
    if signs && value.len() < SHORTEST_KEY {
        return Some(format!("a key has at least {SHORTEST_KEY} bytes, found {}", value.len()));
    }
    unfit(value.strip_prefix("whsec_").unwrap_or(value)).map(|why| why.to_string())
}

fn roll(policy: &Policy) -> Roll {
    Roll {
        agents: policy.agents.iter().map(|agent| agent.id.clone()).collect(),
        keys: policy.identity_keys.iter().map(|key| (key.kid.clone(), key.secret.clone())).collect(),
        webhook: policy.webhook.as_ref().map(|webhook| webhook.secret.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Publication, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn a_publication_is_read_strictly() {
        let good = read(r#"{"file": "", "secrets": {"A": "x", "B": null}}"#).unwrap();
        assert_eq!(good.secrets.0.len(), 2);
        assert!(read(r#"{"file": ""}"#).is_ok());
        assert!(read(r#"{"file": "", "tenant": "x"}"#).is_err());
        assert!(read(r#"{"file": "", "secrets": {"A": "x", "A": "y"}}"#).is_err());
        assert!(read(r#"{"file": "", "secrets": {"A": 1}}"#).is_err());
    }
}
