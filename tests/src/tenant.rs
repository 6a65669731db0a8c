//! Tenants of tests: a tenant's file, read as the edge reads it.

use jiff::{SignedDuration, Timestamp};
use shared::contract::policy::{Hosts, Policy, Written};
use shared::contract::{Complexity, Terms};
use shared::ids::{CompanyId, MessageId, TenantId, TierId};
use shared::routing::{Grade, Staff};
use shared::sla::SigningKey;
use shared::ticket::{Command, IntakeRules, Request};
use shared::time::{Local, Zone};

/// Days for which a customer's zone is resolved.
const LOCAL_DAYS: i64 = 400;

/// A tenant, published once.
#[derive(Clone, Debug)]
pub struct Tenant {
    id: TenantId,
    policy: Policy,
}

impl Tenant {
    /// A demo tenant, from the folder that operators read.
    #[track_caller]
    pub fn demo(name: &str) -> Self {
        let path = format!("{}/../edge/tenants/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        Self::read(name, &std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}")))
    }

    /// Always open: first response within an hour, solved within a day.
    pub fn plain() -> Self {
        Self::read("plain", include_str!("../tenants/plain.toml"))
    }

    fn read(name: &str, text: &str) -> Self {
        let policy = Policy::parse(text, Hosts::Development);
        let id = name.parse().unwrap_or_else(|error| panic!("{error}"));
        Self { id, policy: policy.unwrap_or_else(|mistakes| panic!("{mistakes:#?}")) }
    }

    /// Its name in routes and receipts.
    pub fn id(&self) -> &TenantId {
        &self.id
    }

    /// The key that signs its receipts.
    pub fn key(&self) -> SigningKey {
        SigningKey::new(self.policy.receipt_keys[0].clone(), &[7; 32])
    }

    /// The first company of a tier.
    #[track_caller]
    pub fn company_of(&self, tier: &str, now: Timestamp) -> CompanyId {
        let company = self.policy.companies.iter().find(|company| company.tier(now).as_str() == tier);
        company.unwrap_or_else(|| panic!("no company of the tenant has the tier {tier}")).id.clone()
    }

    pub fn tier(&self, company: Option<&CompanyId>, now: Timestamp) -> TierId {
        self.policy.tier_of(company, now).expect("a company of the file").clone()
    }

    pub fn terms(&self, tier: &TierId, now: Timestamp) -> Terms {
        self.policy.terms(1, tier, now).expect("a tier of the file")
    }

    /// How a request of this company, or of nobody's, counts.
    pub fn grade(&self, request: &Request, company: Option<&CompanyId>, now: Timestamp) -> Grade {
        let written = Written { text: &request.text, language: Some(&request.language) };
        let claimed = (request.severity, Complexity::default());
        Grade::by(&self.policy, &self.tier(company, now), written, claimed)
    }

    /// What a customer's later words start.
    pub fn raising(&self, tier: &TierId, message: MessageId, text: &str) -> Vec<Command> {
        Command::raising(&self.policy, tier, message, text)
    }

    /// The same for longer.
    pub fn rebind(&self, terms: &Terms, now: Timestamp) -> Terms {
        self.policy.rebind(1, terms, now)
    }

    pub fn staff(&self, company: Option<&CompanyId>, now: Timestamp) -> Staff {
        Staff::of(&self.policy, company, now).expect("a company of the file")
    }

    pub fn local(&self, zone: &Zone, now: Timestamp) -> Option<Local> {
        let until = now + SignedDuration::from_hours(24 * LOCAL_DAYS);
        self.policy.zones().local(zone, now, until).ok()
    }

    pub fn rules(&self, company: Option<&CompanyId>, now: Timestamp) -> IntakeRules {
        IntakeRules::of(&self.policy, company, now).expect("a company of the file")
    }
}
