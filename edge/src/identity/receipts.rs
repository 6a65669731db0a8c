//! The keys of a tenant's receipts: made from the edge's secret, the tenant and the key's name, so that none is stored
//! and a name that was listed once makes the same key for ever.

use shared::ids::{KeyId, TenantId};
use shared::sla::{PublicKeys, SigningKey};

use super::Keys;

impl Keys {
    /// The key of this name.
    pub(crate) fn receipts(&self, tenant: &TenantId, kid: &KeyId) -> SigningKey {
        SigningKey::new(kid.clone(), self.of(&format!("receipt/{kid}"), tenant).bytes())
    }

    /// What is published of a tenant's keys, the one that signs first.
    pub(crate) fn published(&self, tenant: &TenantId, kids: &[KeyId]) -> PublicKeys {
        let keys = kids.iter().map(|kid| self.receipts(tenant, kid).public()).collect();
        PublicKeys { tenant: tenant.clone(), keys }
    }
}
