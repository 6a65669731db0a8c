//! Calls to a tenant's access object: agents, sign-in links, sessions, and secrets that never leave it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::ids::{AgentId, TenantId};
use shared::time::instant::millis;
use worker::Env;

use crate::error::Fault;
use crate::identity::Claims;
use crate::names::Place;
use crate::perform::{Answer, Object, ask, object};

/// What may be asked of an access object.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AccessCall {
    /// A tenant file was published.
    Publish {
        roll: Roll,
        secrets: BTreeMap<String, Option<String>>,
        #[serde(with = "millis")]
        now: Timestamp,
    },
    /// A sign-in link for an agent.
    Invite {
        agent: AgentId,
        #[serde(with = "millis")]
        now: Timestamp,
    },
    /// The link is used.
    Enter {
        token: String,
        #[serde(with = "millis")]
        now: Timestamp,
    },
    /// Whose session is this?
    Check {
        token: String,
        #[serde(with = "millis")]
        now: Timestamp,
    },
    /// The agent signs out.
    Leave { token: String },
    /// Every session and link of an agent ends.
    Revoke { agent: AgentId },
    /// What has ended is swept out.
    Sweep {
        #[serde(with = "millis")]
        now: Timestamp,
    },
    /// A host's token, to be believed or not.
    Verify {
        token: String,
        #[serde(with = "millis")]
        now: Timestamp,
    },
    /// The signature of a webhook.
    SignWebhook { id: String, sent_at: i64, body: String },
}

/// What the newest tenant file says about access.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Roll {
    /// Everybody who may sign in.
    pub(crate) agents: Vec<AgentId>,
    /// Keys of the host's server: `kid`, and the name of the secret.
    pub(crate) keys: Vec<(String, String)>,
    /// The name of the webhook's secret.
    pub(crate) webhook: Option<String>,
}

/// What follows from a publication.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Enrolled {
    /// Agents who are not in the file any more, and had sessions: their sockets must be closed.
    pub(crate) gone: Vec<AgentId>,
    /// Names of secrets that the file uses and nobody has published.
    pub(crate) missing: Vec<String>,
}

/// A sign-in link's secret part.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Invitation {
    pub(crate) token: String,
    #[serde(with = "millis")]
    pub(crate) expires: Timestamp,
}

/// A session that has begun.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entered {
    /// What the cookie holds.
    pub(crate) token: String,
    pub(crate) agent: AgentId,
    #[serde(with = "millis")]
    pub(crate) expires: Timestamp,
}

/// A session that lives.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Signed {
    pub(crate) agent: AgentId,
    /// By what its sockets are closed; it opens nothing.
    pub(crate) session: String,
}

/// The access object of one tenant.
pub(crate) struct AccessStub(Object);

/// The access object of this tenant.
pub(crate) fn access(env: &Env, tenant: &TenantId) -> Result<AccessStub, Fault> {
    object(env, "ACCESS", &Place::Access { tenant: tenant.clone() }).map(AccessStub)
}

impl AccessStub {
    /// Takes in what a tenant file says. A secret that is not named stays; `None` removes one.
    pub(crate) async fn publish(
        &self,
        roll: Roll,
        secrets: BTreeMap<String, Option<String>>,
        now: Timestamp,
    ) -> Answer<Enrolled> {
        ask(&self.0, &AccessCall::Publish { roll, secrets, now }).await
    }

    /// A link with which this agent signs in, once; unknown if the file has no such agent.
    pub(crate) async fn invite(&self, agent: &AgentId, now: Timestamp) -> Answer<Invitation> {
        ask(&self.0, &AccessCall::Invite { agent: agent.clone(), now }).await
    }

    /// Uses up a link and begins a session.
    pub(crate) async fn enter(&self, token: String, now: Timestamp) -> Answer<Entered> {
        ask(&self.0, &AccessCall::Enter { token, now }).await
    }

    /// Whose session it is, if it lives.
    pub(crate) async fn check(&self, token: String, now: Timestamp) -> Answer<Signed> {
        ask(&self.0, &AccessCall::Check { token, now }).await
    }

    /// Ends a session, and says by what its sockets are closed.
    pub(crate) async fn leave(&self, token: String) -> Answer<String> {
        ask(&self.0, &AccessCall::Leave { token }).await
    }

    /// Ends every session and link of an agent.
    pub(crate) async fn revoke(&self, agent: &AgentId) -> Answer<()> {
        ask(&self.0, &AccessCall::Revoke { agent: agent.clone() }).await
    }

    /// Sweeps out links and sessions that have ended, and says by what the sessions' sockets are closed.
    pub(crate) async fn sweep(&self, now: Timestamp) -> Answer<Vec<String>> {
        ask(&self.0, &AccessCall::Sweep { now }).await
    }

    /// Judges a token of the host's server.
    pub(crate) async fn verify(&self, token: String, now: Timestamp) -> Answer<Claims> {
        ask(&self.0, &AccessCall::Verify { token, now }).await
    }

    /// The header `webhook-signature` of a message (Standard Webhooks): one signature, or two while a secret is being
    /// replaced; `None` if no secret was published. `sent_at` in seconds.
    pub(crate) async fn sign_webhook(&self, id: &str, sent_at: i64, body: &str) -> Answer<Option<String>> {
        let call = AccessCall::SignWebhook { id: id.to_owned(), sent_at, body: body.to_owned() };
        ask(&self.0, &call).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The roll is stored: the build before this one reads it, and this one reads that one's.
    #[test]
    fn the_roll_is_kept_in_a_pinned_form() {
        let json = r#"{"agents":["li"],"keys":[["demo","HESI_IDENTITY"]],"webhook":"HESI_WEBHOOK"}"#;
        let roll = Roll {
            agents: vec!["li".parse().unwrap()],
            keys: vec![("demo".into(), "HESI_IDENTITY".into())],
            webhook: Some("HESI_WEBHOOK".into()),
        };
        assert_eq!(serde_json::to_string(&roll).unwrap(), json);
        assert_eq!(serde_json::from_str::<Roll>(json).unwrap(), roll);
    }
}
