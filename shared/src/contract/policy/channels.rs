//! `[channels.…]`: the ways to reach the tenant, and when somebody answers on each.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::calendars::NamedCalendar;
use super::people::calendar_named;
use super::reader::{Key, Node, Table};
use super::targets::maybe;
use super::tiers::Tier;
use crate::ids::{CalendarId, ChannelId, TierId};

/// A way to reach the tenant.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its name in the file.
    pub id: ChannelId,
    /// What it is.
    pub kind: ChannelKind,
    /// A phone number or an address, if it has one.
    pub address: Option<String>,
    hours: Option<CalendarId>,
    tier_hours: Vec<(TierId, CalendarId)>,
}

/// What a channel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelKind {
    /// A number to call.
    Phone,
    /// The widget: a person who answers here and now.
    Chat,
    /// An address to write to.
    Email,
    /// Articles to read.
    Articles,
    /// The company's own person.
    AccountManager,
}

impl ChannelKind {
    const ALL: [(&'static str, Self); 5] = [
        ("phone", Self::Phone),
        ("chat", Self::Chat),
        ("email", Self::Email),
        ("articles", Self::Articles),
        ("account_manager", Self::AccountManager),
    ];

    /// Whether a ticket can come through it, also one that an agent writes down for the customer.
    pub const fn opens_tickets(self) -> bool {
        match self {
            Self::Phone | Self::Chat | Self::Email | Self::AccountManager => true,
            Self::Articles => false,
        }
    }

    /// Whether a request can be written in the widget through it.
    pub const fn writable(self) -> bool {
        match self {
            Self::Chat | Self::Email => true,
            Self::Phone | Self::Articles | Self::AccountManager => false,
        }
    }
}

impl Channel {
    /// The calendar of its hours for a tier; none if that tier does not have this channel.
    pub fn hours(&self, tier: &TierId) -> Option<&CalendarId> {
        let own = self.tier_hours.iter().find(|(id, _)| id == tier).map(|(_, calendar)| calendar);
        own.or(self.hours.as_ref())
    }

    /// Whether those hours are this tier's own, and not everybody's.
    pub fn has_own_hours(&self, tier: &TierId) -> bool {
        self.tier_hours.iter().any(|(id, _)| id == tier)
    }
}

/// More channels than anybody looks after.
const MOST: usize = 32;

pub(super) fn read(node: &Node<'_>, calendars: &[NamedCalendar], tiers: &[Tier]) -> Vec<Channel> {
    let Some(channels) = node.table() else { return Vec::new() };
    if channels.len() > MOST {
        channels.say(format!("has {} channels, more than {MOST}", channels.len()));
        return Vec::new();
    }
    let one = |(key, node): (Key<'_>, Node<'_>)| {
        let channel = channel(&key, &node, calendars, tiers);
        if channel.is_none() {
            key.broken();
        }
        channel
    };
    channels.entries().filter_map(one).collect()
}

fn channel(key: &Key<'_>, node: &Node<'_>, calendars: &[NamedCalendar], tiers: &[Tier]) -> Option<Channel> {
    let id = key.parse();
    let mut table = node.table()?;
    let kind = table.required("kind").and_then(|node| kind(&node));
    let address = maybe(table.optional("address"), Node::name);
    let (hours, tier_hours) = hours(&mut table, calendars, tiers);
    table.finish();
    Some(Channel { id: id?, kind: kind?, address: address?, hours, tier_hours })
}

fn kind(node: &Node<'_>) -> Option<ChannelKind> {
    node.word("kind of channel", &ChannelKind::ALL)
}

/// `hours` is the calendar for every tier, `tier_hours` those of single ones; at least one of the two.
fn hours(
    table: &mut Table<'_>,
    calendars: &[NamedCalendar],
    tiers: &[Tier],
) -> (Option<CalendarId>, Vec<(TierId, CalendarId)>) {
    let hours = table.optional("hours");
    let of_tiers = table.optional("tier_hours");
    if hours.is_none() && of_tiers.is_none() {
        table.say("\"hours\" is missing");
    }
    let of_tier = |(key, node): (Key<'_>, Node<'_>)| {
        let Some(tier) = tiers.iter().find(|tier| tier.id.as_str() == key.name) else {
            key.unknown("tier", tiers.iter().map(|tier| tier.id.as_str()));
            return None;
        };
        Some((tier.id.clone(), calendar_named(&node, calendars)?))
    };
    let of_tiers = of_tiers.and_then(|node| node.table());
    let of_tiers = of_tiers.map(|table| table.entries().filter_map(of_tier).collect());
    (hours.and_then(|node| calendar_named(&node, calendars)), of_tiers.unwrap_or_default())
}
