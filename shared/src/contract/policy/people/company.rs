//! `[[companies]]`: the tenant's clients.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;

use super::{Agent, agent_named, given, tier_named};
use crate::contract::credit::Contract;
use crate::contract::policy::Tier;
use crate::contract::policy::contracts;
use crate::contract::policy::reader::Node;
use crate::ids::{AgentId, CompanyId, CustomerId, TierId};
use crate::time::calendar::Zones;

/// The tenant's client.
#[derive(Clone, Debug)]
pub struct Company {
    /// As the host's signed token names it.
    pub id: CompanyId,
    /// As people call it.
    pub name: String,
    /// Who looks after it.
    pub account_manager: Option<AgentId>,
    /// Its own people who may see all of its tickets.
    pub contact: Vec<CustomerId>,
    /// What it is given back when the service level is missed.
    pub contract: Option<Contract>,
    tier: TierId,
    go_live: Option<(Timestamp, TierId)>,
}

impl Company {
    /// What it has bought: until its go-live one tier, from then on the other.
    pub fn tier(&self, now: Timestamp) -> &TierId {
        match &self.go_live {
            Some((instant, tier)) if *instant <= now => tier,
            Some(_) | None => &self.tier,
        }
    }

    /// When it goes live, if that changes its tier.
    pub fn go_live(&self) -> Option<Timestamp> {
        self.go_live.as_ref().map(|(instant, _)| *instant)
    }

    /// Whether it has this tier because its go-live is past.
    pub fn is_live_with(&self, tier: &TierId, now: Timestamp) -> bool {
        self.go_live.as_ref().is_some_and(|(instant, after)| *instant <= now && after == tier)
    }
}

pub(super) fn read(node: &Node<'_>, tiers: &[Tier], agents: &[Agent], zones: &Zones) -> Option<Company> {
    let mut table = node.table()?;
    let id = table.required("id").and_then(|node| node.parse());
    let name = table.required("name").and_then(|node| node.name());
    let tier = table.required("tier").and_then(|node| tier_named(&node, tiers));
    let account_manager = given(table.optional("account_manager"), |node| agent_named(node, agents));
    let contact = table.optional("contact").map_or(Some(Vec::new()), |node| contact(&node));
    let go_live = table.optional("go_live");
    let after = table.optional("tier_after_go_live").map(|node| tier_named(&node, tiers));
    if go_live.is_some() != after.is_some() {
        table.say("\"go_live\" and \"tier_after_go_live\" go together");
    }
    let bought: Vec<&TierId> =
        [tier.as_ref(), after.as_ref().and_then(Option::as_ref)].into_iter().flatten().collect();
    let contract = given(table.optional("contract"), |node| contracts::contract(node, zones, tiers, &bought));
    table.finish();
    let form = "must be an instant with its offset, as 2026-12-01T00:00:00+08:00";
    let go_live = go_live.map(|node| node.written(form)).zip(after);
    let go_live = match go_live {
        Some((instant, tier)) => Some((instant?, tier?)),
        None => None,
    };
    Some(Company {
        id: id?,
        name: name?,
        account_manager: account_manager?,
        contact: contact?,
        contract: contract?,
        tier: tier?,
        go_live,
    })
}

/// Customers as the host's token names them in `sub`: an anonymous one is nobody's contact.
fn contact(node: &Node<'_>) -> Option<Vec<CustomerId>> {
    let one = |node: &Node<'_>| CustomerId::signed(node.text()?).map_err(|error| node.say(error)).ok();
    node.list()?.iter().map(one).collect::<Vec<_>>().into_iter().collect()
}
