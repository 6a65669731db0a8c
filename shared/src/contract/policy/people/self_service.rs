//! `[self_service]`: up to which severity articles come first while nobody is awake. The ticket stays, and so does its
//! promise.

use alloc::vec::Vec;

use crate::contract::Severity;
use crate::contract::policy::Tier;
use crate::contract::policy::reader::{Key, Node};
use crate::ids::TierId;

/// Up to which severity, by tier; a tier that is not here has none.
pub(in crate::contract::policy) type SelfService = Vec<(TierId, Severity)>;

/// `standard = "general"`.
pub(super) fn read(node: &Node<'_>, tiers: &[Tier]) -> SelfService {
    let row = |(key, node): (Key<'_>, Node<'_>)| {
        let Some(tier) = tiers.iter().find(|tier| tier.id.as_str() == key.name) else {
            key.unknown("tier", tiers.iter().map(|tier| tier.id.as_str()));
            return None;
        };
        let severity = node.one_of("severity", &Severity::ALL, |one| one.as_str())?;
        Some((tier.id.clone(), *severity))
    };
    node.table().map(|table| table.entries().filter_map(row).collect()).unwrap_or_default()
}
