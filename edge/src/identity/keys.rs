//! The two secrets of an operator, `NIGHTBELL_SECRET` and `NIGHTBELL_OPERATOR`. One that is missing, short, or known
//! from an example opens no door at all.

use std::cell::OnceCell;

use serde_json::json;
use worker::{Env, console_error};

use super::{Key, sign};

/// Fewer characters than this can be guessed.
const SHORTEST: usize = 32;

/// Fewer different characters than this are no random secret.
const VARIETY: usize = 8;

/// Words that stand in examples, and in no random secret.
const EXAMPLES: [&str; 7] =
    ["changeme", "change-me", "change_me", "example", "secret", "password", "placeholder"];

/// Why a secret is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unfit {
    #[error("is missing or empty")]
    Missing,
    #[error("has fewer than {SHORTEST} characters")]
    Short,
    #[error("has fewer than {VARIETY} different characters")]
    Monotonous,
    #[error("holds a word that stands in examples")]
    Example,
}

/// Whether a value can be a secret. The value itself is never repeated.
pub(crate) fn unfit(value: &str) -> Option<Unfit> {
    let lower = value.to_ascii_lowercase();
    let mut different: Vec<char> = value.chars().collect();
    different.sort_unstable();
    different.dedup();
    if value.trim().is_empty() {
        Some(Unfit::Missing)
    } else if EXAMPLES.iter().any(|example| lower.contains(example)) {
        Some(Unfit::Example)
    } else if value.chars().count() < SHORTEST {
        Some(Unfit::Short)
    } else if different.len() < VARIETY {
        Some(Unfit::Monotonous)
    } else {
        None
    }
}

/// What the edge signs with, and what an operator shows.
pub(crate) struct Keys {
    root: Key,
    operator: String,
}

impl Keys {
    /// The key for one use within one tenant.
    pub(crate) fn of(&self, purpose: &str, tenant: &shared::ids::TenantId) -> Key {
        self.root.derive(&format!("nightbell/{purpose}/{tenant}"))
    }

    /// Whether this is the operator's bearer.
    pub(crate) fn is_operator(&self, bearer: &str) -> bool {
        super::same(bearer, &self.operator)
    }
}

thread_local! {
    // Secrets do not change within an instance of the worker: they are judged once, when it starts to work.
    static KEYS: OnceCell<Result<std::rc::Rc<Keys>, String>> = const { OnceCell::new() };
}

/// The keys, or why this deployment must not answer.
pub(crate) fn keys(env: &Env) -> Result<std::rc::Rc<Keys>, String> {
    KEYS.with(|keys| keys.get_or_init(|| read(env)).clone())
}

fn read(env: &Env) -> Result<std::rc::Rc<Keys>, String> {
    let value = |name: &str| {
        let value = env.var(name).map(|var| var.to_string()).unwrap_or_default();
        match unfit(&value) {
            None => Ok(value),
            Some(why) => {
                Err(format!("{name} {why}: make a random one and set it with `wrangler secret put {name}`"))
            }
        }
    };
    let read = value("NIGHTBELL_SECRET").and_then(|secret| {
        let root = Key(sign(b"nightbell/root", secret.as_bytes()));
        Ok(std::rc::Rc::new(Keys { root, operator: value("NIGHTBELL_OPERATOR")? }))
    });
    if let Err(why) = &read {
        let line = json!({ "level": "fault", "where": "keys", "what": why });
        console_error!("{line}");
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_is_missing_short_or_from_an_example_is_none() {
        assert_eq!(unfit("2b1e0d6a94c84f0f8f6f2f0b7a53c1de"), None);
        assert_eq!(unfit(""), Some(Unfit::Missing));
        assert_eq!(unfit(&" ".repeat(40)), Some(Unfit::Missing));
        assert_eq!(unfit("2b1e0d6a94c84f0f8f6f2f0b7a53c1d"), Some(Unfit::Short));
        assert_eq!(unfit(&"0".repeat(64)), Some(Unfit::Monotonous));
        for example in
            ["changeme", "ChangeMe-2b1e0d6a94c84f0f8f6f2f0b7a53c1de", "super-secret-key-of-nightbell-12345"]
        {
            assert_eq!(unfit(example), Some(Unfit::Example), "{example}");
        }
    }
}
