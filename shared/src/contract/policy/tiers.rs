//! `[tiers.…]`: what a company can buy, and what its customers' own word starts.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Policy;
use super::reader::{Key, Node, Table};
use crate::contract::{Complexity, Metric, Severity, Target};
use crate::ids::TierId;

/// What a company can buy.
#[derive(Clone, Debug)]
pub struct Tier {
    /// Its name in the file.
    pub id: TierId,
    /// As people call it.
    pub name: String,
    /// From which severity on somebody is called when no team is awake; none: nobody ever.
    pub calls_from: Option<Severity>,
    /// From which severity on the company's account manager is told at once, also while a team is awake.
    pub tells_manager_from: Option<Severity>,
    /// The highest severity that a customer's own word starts; what she says beyond is kept and shown, and started by a
    /// person or by a rule of the file.
    pub may_claim: Severity,
    /// How long its customers may wait in each case; of one metric's, the more specific stand first.
    pub targets: Vec<Target>,
}

impl Policy {
    /// The severity that starts when a customer of this tier says how bad it is: her word, as far as it reaches.
    #[must_use]
    pub fn granted(&self, tier: &TierId, claimed: Severity) -> Severity {
        self.tier(tier).map_or(claimed, |tier| claimed.granted(tier.may_claim))
    }
}

/// More tiers than anybody sells.
const MOST: usize = 24;

pub(super) fn read(file: &mut Table<'_>) -> Vec<Tier> {
    let tiers = file.required("tiers").and_then(|node| node.table());
    let Some(tiers) = tiers else { return Vec::new() };
    if tiers.len() > MOST {
        tiers.say(format!("has {} tiers, more than {MOST}", tiers.len()));
        return Vec::new();
    }
    tiers.entries().filter_map(|(key, node)| tier(&key, &node)).collect()
}

fn tier(key: &Key<'_>, node: &Node<'_>) -> Option<Tier> {
    let tier = tier_row(key, node);
    if tier.is_none() {
        key.broken();
    }
    tier
}

fn tier_row(key: &Key<'_>, node: &Node<'_>) -> Option<Tier> {
    let id = key.parse();
    let mut table = node.table()?;
    let name = table.required("name").and_then(|node| node.name());
    let calls_from = from(table.optional("calls_from"));
    let tells_manager_from = from(table.optional("tells_manager_from"));
    let may_claim = table.optional("may_claim").map_or(Some(Severity::Major), |node| severity(&node));
    table.finish();
    Some(Tier {
        id: id?,
        name: name?,
        calls_from: calls_from?,
        tells_manager_from: tells_manager_from?,
        may_claim: may_claim?,
        targets: Vec::new(),
    })
}

/// `Some(None)` where the file says nothing; `None` where it says what is no severity.
fn from(node: Option<Node<'_>>) -> Option<Option<Severity>> {
    let Some(node) = node else { return Some(None) };
    severity(&node).map(Some)
}

/// A severity by its name.
pub(super) fn severity(node: &Node<'_>) -> Option<Severity> {
    node.word("severity", &Severity::ALL.map(|one| (one.as_str(), one)))
}

/// A complexity by its name.
pub(super) fn complexity(node: &Node<'_>) -> Option<Complexity> {
    node.word("complexity", &Complexity::ALL.map(|one| (one.as_str(), one)))
}

/// A metric by its name.
pub(super) fn metric(node: &Node<'_>) -> Option<Metric> {
    node.word("metric", &Metric::ALL.map(|one| (one.as_str(), one)))
}

/// Tiers of the file, by their names.
pub(super) fn named(node: &Node<'_>, tiers: &[Tier]) -> Option<Vec<TierId>> {
    let tier = |node: &Node<'_>| super::people::tier_named(node, tiers);
    node.list()?.iter().map(tier).collect::<Vec<_>>().into_iter().collect()
}
