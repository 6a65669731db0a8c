//! Published policies, as requests read them: KV's pointer and immutable copies, parsed once per instance of the worker.
//!
//! Elsewhere KV is up to 60 s stale, for absences too. So a copy that is held is never given up for an older pointer or
//! for none, and a number whose copy has not arrived yet is asked of the desk object, which numbered it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use jiff::{SignedDuration, Timestamp};
use shared::contract::Terms;
use shared::contract::policy::{Mistake, Policy};
use shared::ids::{CompanyId, CustomerId, TenantId, TierId};
use shared::refusal::Refusal;
use shared::routing::Staff;
use shared::ticket::{self, Field, FieldError, IntakeRules};
use shared::time::{Local, Zone};
use worker::Env;

use crate::error::{Failure, Fault};
use crate::hosts::hosts;
use crate::kv::Kv;
use crate::{clock, names, perform};

/// How long a pointer is believed before it is read again.
const FRESH: SignedDuration = SignedDuration::from_secs(5);

/// Clock changes are told so far back and ahead, for programs that know no zones: past the longest terms.
const HORIZON: SignedDuration = SignedDuration::from_hours(400 * 24);

/// A tenant with the policy in force.
#[derive(Clone)]
pub(crate) struct Tenant {
    pub(crate) id: TenantId,
    /// The number under which its file was published.
    pub(crate) number: u32,
    pub(crate) policy: Rc<Policy>,
}

/// What holds for one customer at one moment.
pub(crate) struct Standing {
    pub(crate) terms: Terms,
    pub(crate) staff: Staff,
}

struct Held {
    tenant: Tenant,
    read_at: Timestamp,
}

thread_local! {
    static HELD: RefCell<HashMap<TenantId, Held>> = RefCell::default();
}

impl Tenant {
    /// The tenant of a route; unknown if nothing is published under its name.
    pub(crate) async fn of(env: &Env, name: &str) -> Result<Self, Failure> {
        let id: TenantId = name.parse().map_err(|_| Refusal::Unknown {})?;
        // This reading only tells how old the pointer is: the request's own moment is read after KV has answered.
        let now = clock::now(env);
        let held = HELD.with_borrow(|held| held.get(&id).map(|held| (held.tenant.clone(), held.read_at)));
        if let Some((tenant, _)) = held.as_ref().filter(|(_, at)| now.duration_since(*at).abs() < FRESH) {
            return Ok(tenant.clone());
        }
        let held = held.map(|(tenant, _)| tenant);
        let tenant = read(env, id, held).await?;
        tenant.hold(now);
        Ok(tenant)
    }

    /// Keeps this policy for the requests that come: also the one just published here, which KV may not show yet.
    pub(crate) fn hold(&self, read_at: Timestamp) {
        let held = Held { tenant: self.clone(), read_at };
        HELD.with_borrow_mut(|all| all.insert(self.id.clone(), held));
    }

    /// What holds for a customer of this company, or of none. A company that is in the file no more is none.
    pub(crate) fn standing(&self, company: Option<&CompanyId>, now: Timestamp) -> Result<Standing, Fault> {
        let incomplete =
            || Fault::new("tenants.standing", format!("policy {} of {} is incomplete", self.number, self.id));
        let company = self.known(company);
        let tier: &TierId = self.policy.tier_of(company, now).ok_or_else(incomplete)?;
        let terms = self.policy.terms(self.number, tier, now).ok_or_else(incomplete)?;
        let staff = Staff::of(&self.policy, company, now).ok_or_else(incomplete)?;
        Ok(Standing { terms, staff })
    }

    /// The company, if the file still has it.
    pub(crate) fn known<'a>(&self, company: Option<&'a CompanyId>) -> Option<&'a CompanyId> {
        company.filter(|id| self.policy.company(id).is_some())
    }

    /// What a form may hold.
    pub(crate) fn rules(&self, customer: &CustomerId) -> IntakeRules {
        let writable = self.policy.channels.iter().filter(|channel| channel.kind.writable());
        IntakeRules {
            text_chars: self.policy.limits.text_chars,
            channels: writable.map(|channel| channel.id.clone()).collect(),
            contact_required: customer.is_anonymous(),
        }
    }

    /// The wall clock of a zone around now.
    pub(crate) fn local(&self, zone: &Zone, now: Timestamp) -> Result<Local, Refusal> {
        self.resolve(zone, now).ok_or_else(|| unknown_zone(zone.as_str()))
    }

    /// The same; none if the time zone database has no such zone.
    pub(crate) fn resolve(&self, zone: &Zone, now: Timestamp) -> Option<Local> {
        let from = now.saturating_sub(HORIZON).unwrap_or(now);
        let to = now.saturating_add(HORIZON).unwrap_or(now);
        self.policy.zones().local(zone, from, to).ok()
    }
}

/// The refusal of a zone that the time zone database has not.
pub(crate) fn unknown_zone(found: &str) -> Refusal {
    let mistake = FieldError { field: Field::Zone, problem: ticket::unknown_zone(found) };
    Refusal::Form { errors: vec![mistake] }
}

/// Reads a tenant's file as this deployment takes it.
pub(crate) fn parse(env: &Env, file: &str) -> Result<Policy, Vec<Mistake>> {
    Policy::parse(file, hosts(env))
}

async fn read(env: &Env, id: TenantId, held: Option<Tenant>) -> Result<Tenant, Failure> {
    let kv = Kv::of(env)?;
    let pointer = match (kv.get(&names::policy(&id)).await, &held) {
        (Ok(pointer), _) => pointer,
        (Err(fault), Some(_)) => {
            fault.log();
            None
        }
        (Err(fault), None) => return Err(fault.into()),
    };
    let number = pointer.and_then(|number| number.parse::<u32>().ok());
    let (number, held) = match (number, held) {
        (None, None) => return Err(Refusal::Unknown {}.into()),
        (None, Some(held)) => return Ok(held),
        (Some(number), Some(held)) if number <= held.number => return Ok(held),
        (Some(number), held) => (number, held),
    };
    match policy(env, &kv, &id, number).await {
        Ok(policy) => Ok(Tenant { id, number, policy: Rc::new(policy) }),
        Err(fault) => {
            let held = held.ok_or(Failure::Broken(fault));
            Ok(held?)
        }
    }
}

/// A published policy: KV's copy, or, if that has not arrived here yet, the desk object's own.
async fn policy(env: &Env, kv: &Kv, id: &TenantId, number: u32) -> Result<Policy, Fault> {
    let file = match kv.get(&names::policy_version(id, number)).await {
        Ok(Some(file)) => file,
        Ok(None) | Err(_) => {
            let published = perform::desk(env, id)?.policy(Some(number)).await?;
            published
                .map_err(|refusal| {
                    Fault::new("tenants.policy", format!("policy {number} of {id}: {refusal}"))
                })?
                .toml
        }
    };
    let told = |mistakes: Vec<Mistake>| {
        let first = mistakes.first().map(ToString::to_string).unwrap_or_default();
        Fault::new("tenants.policy", format!("policy {number} of {id} is not taken any more: {first}"))
    };
    parse(env, &file).map_err(told)
}
