//! The intake journal: one key per attempt of a request, write-once, never read on a request's path. What is left here
//! after [`shared::door::SWEEP_AFTER`] is handed over by the sweeper.

use shared::ids::TenantId;
use worker::Env;

use crate::error::Fault;
use crate::faults;
use crate::kv::Kv;
use crate::names::{INTAKE, IntakeKey};
use crate::perform::Attempt;

/// The journal.
pub(crate) struct Journal(Kv);

/// Some of what is left, and where the rest begins.
pub(crate) struct Left {
    pub(crate) keys: Vec<IntakeKey>,
    pub(crate) cursor: Option<String>,
}

impl Journal {
    pub(crate) fn of(env: &Env) -> Result<Self, Fault> {
        Kv::of(env).map(Self)
    }

    /// The key of this attempt.
    pub(crate) fn key(tenant: &TenantId, intake: &shared::ticket::Intake) -> IntakeKey {
        let (ticket, asked_at) = (intake.request.id, intake.receipt.asked_at);
        IntakeKey { tenant: tenant.clone(), ticket, asked_at }
    }

    /// Writes an attempt down.
    pub(crate) async fn put(&self, key: &IntakeKey, attempt: &Attempt) -> Result<(), Fault> {
        faults::journal()?;
        self.0.put(&key.to_string(), &serde_json::to_string(attempt)?).await
    }

    /// What an attempt said; `None` when it was handed over meanwhile.
    pub(crate) async fn get(&self, key: &IntakeKey) -> Result<Option<Attempt>, Fault> {
        let kept = self.0.get(&key.to_string()).await?;
        kept.map(|kept| Ok(serde_json::from_str(&kept)?)).transpose()
    }

    /// Forgets an attempt: its object has it, or has refused it.
    pub(crate) async fn forget(&self, key: &IntakeKey) -> Result<(), Fault> {
        self.0.delete(&key.to_string()).await
    }

    /// A page of what is left, in the order of tenants and tickets.
    pub(crate) async fn left(&self, cursor: Option<String>) -> Result<Left, Fault> {
        let page = self.0.list(INTAKE, cursor).await?;
        Ok(Left {
            keys: page.names.iter().filter_map(|name| IntakeKey::parse(name)).collect(),
            cursor: page.cursor,
        })
    }
}
