//! `origins`, `[identity]`, `[webhook]` and `[limits]`: how a tenant touches the world outside.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::hosts::{Hosts, check_origin, check_url, checked};
use super::reader::{Node, Table};
use super::taken::Taken;
use crate::ids::KeyId;

/// A key with which the host's server signs its customers' tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityKey {
    /// Its id, as the token's `kid` names it.
    pub kid: String,
    /// The name of the secret that holds it; never the secret itself.
    pub secret: String,
}

/// Where the people on call are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// The address.
    pub url: String,
    /// The name of the secret that signs what is sent there.
    pub secret: String,
}

/// How much a tenant takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Characters of a message.
    pub text_chars: u32,
    /// Bytes of a request's body.
    pub body_bytes: u32,
    /// Levels that a body nests.
    pub depth: u32,
    /// Changing requests a minute of one customer.
    pub per_customer: u32,
    /// Changing requests a minute from one network address.
    pub per_address: u32,
    /// Changing requests a minute of all customers together.
    pub per_tenant: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            text_chars: 4_000,
            body_bytes: 65_536,
            depth: 16,
            per_customer: 30,
            per_address: 120,
            per_tenant: 3_000,
        }
    }
}

pub(super) fn origins(node: &Node<'_>, hosts: Hosts) -> Option<Vec<String>> {
    let origin =
        |node: &Node<'_>| checked(node.text()?, check_origin, hosts).map_err(|error| node.wrong(error)).ok();
    let origins: Option<Vec<String>> =
        node.list()?.iter().map(origin).collect::<Vec<_>>().into_iter().collect();
    if origins.as_ref().is_some_and(Vec::is_empty) {
        node.say("must name at least one origin: no page could show the widget");
    }
    origins
}

/// `[identity] keys = [{ kid = "2026-11", secret = "HESI_IDENTITY" }]`, and whether `required`.
pub(super) fn identity(node: &Node<'_>) -> Option<(Vec<IdentityKey>, bool)> {
    let mut table = node.table()?;
    let keys = table.required("keys");
    let required = table.optional("required").map_or(Some(false), |node| node.boolean());
    table.finish();
    let mut read: Vec<IdentityKey> = Vec::new();
    let mut taken = Taken::none();
    for node in keys?.list()? {
        let Some(key) = identity_key(&node) else { continue };
        if taken.has(key.kid.clone()) {
            node.say(format!("the kid \"{}\" is taken by another key above", key.kid));
        }
        read.push(key);
    }
    Some((read, required?))
}

fn identity_key(node: &Node<'_>) -> Option<IdentityKey> {
    let mut table = node.table()?;
    let kid = table.required("kid").and_then(|node| node.name());
    let secret = table.required("secret").and_then(|node| secret(&node));
    table.finish();
    Some(IdentityKey { kid: kid?, secret: secret? })
}

/// `[receipts] keys = ["2026-11", "2026-05"]`: the first signs, all are published. Without it there is one, `1`.
pub(super) fn receipts(file: &mut Table<'_>) -> Option<Vec<KeyId>> {
    let Some(node) = file.optional("receipts") else { return Some("1".parse().into_iter().collect()) };
    let mut table = node.table()?;
    let keys = table.required("keys");
    table.finish();
    let keys = keys?;
    let mut read: Vec<KeyId> = Vec::new();
    let mut taken = Taken::none();
    for node in keys.list()? {
        let Some(key) = node.parse::<KeyId>() else { continue };
        if taken.has(key.clone()) {
            node.say(format!("the key \"{key}\" is listed above"));
        }
        read.push(key);
    }
    if read.is_empty() {
        keys.say("must name at least one key: no receipt could be signed");
    }
    Some(read)
}

pub(super) fn webhook(node: &Node<'_>, hosts: Hosts) -> Option<Webhook> {
    let mut table = node.table()?;
    let url =
        |node: Node<'_>| checked(node.text()?, check_url, hosts).map_err(|error| node.wrong(error)).ok();
    let url = table.required("url").and_then(url);
    let secret = table.required("secret").and_then(|node| secret(&node));
    table.finish();
    Some(Webhook { url: url?, secret: secret? })
}

/// The *name* of a secret, as `HESI_WEBHOOK`: whoever writes the secret itself here is told so, and it is not shown.
fn secret(node: &Node<'_>) -> Option<String> {
    let name = node.text()?;
    let capitals = name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    if capitals && (1..=64).contains(&name.len()) && name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return Some(name.into());
    }
    node.say("must be the name of a secret in capital letters, as HESI_WEBHOOK, never the secret itself");
    None
}

pub(super) fn limits(node: &Node<'_>) -> Limits {
    let usual = Limits::default();
    let Some(mut table) = node.table() else { return usual };
    let mut limit = |key, usual, most| table.optional(key).map_or(Some(usual), |node| node.whole(1..=most));
    let limits = Limits {
        text_chars: limit("text_chars", usual.text_chars, 20_000).unwrap_or(usual.text_chars),
        body_bytes: limit("body_bytes", usual.body_bytes, 1_048_576).unwrap_or(usual.body_bytes),
        depth: limit("depth", usual.depth, 64).unwrap_or(usual.depth),
        per_customer: limit("per_customer", usual.per_customer, MOST).unwrap_or(usual.per_customer),
        per_address: limit("per_address", usual.per_address, MOST).unwrap_or(usual.per_address),
        per_tenant: limit("per_tenant", usual.per_tenant, MOST).unwrap_or(usual.per_tenant),
    };
    table.finish();
    limits
}

/// No limit at all cannot be written; this many a minute is none.
const MOST: u32 = 10_000_000;

/// A colour as `#1f6feb`.
pub(super) fn accent(node: &Node<'_>) -> Option<String> {
    let text = node.text()?;
    let hex =
        text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()));
    if hex.is_none() {
        node.wrong("must be a colour as #1f6feb");
    }
    hex.map(|_| text.into())
}

/// The tenant's languages and which of them it speaks to somebody whose language it has not.
pub(super) fn languages(
    file: &mut Table<'_>,
) -> Option<(Vec<crate::language::Language>, crate::language::Language)> {
    let languages = file.required("languages").and_then(|node| super::people::languages(&node));
    let default = file.required("default_language");
    let languages = languages?;
    let default = default?.one_of("language of this tenant", &languages, |one| one.as_str())?.clone();
    Some((languages, default))
}
