//! The key-value store: what is read much and written seldom, and the intake journal. Elsewhere it is up to 60 s stale,
//! for absences too, and refuses quick rewrites of a key; under `test-faults` it can be made to behave so here.

use jiff::Timestamp;
use worker::{Env, KvStore};

use crate::clock;
use crate::error::Fault;
use crate::faults;

/// The store behind the binding `KV`.
pub(crate) struct Kv {
    store: KvStore,
    opened_at: Timestamp,
}

/// A page of keys.
pub(crate) struct Keys {
    pub(crate) names: Vec<String>,
    /// Where the next page begins, if there is one.
    pub(crate) cursor: Option<String>,
}

impl Kv {
    pub(crate) fn of(env: &Env) -> Result<Self, Fault> {
        Ok(Self { store: env.kv("KV")?, opened_at: clock::now(env) })
    }

    pub(crate) async fn get(&self, key: &str) -> Result<Option<String>, Fault> {
        let value = self.store.get(key).text().await?;
        Ok(faults::known(key, value, self.opened_at))
    }

    pub(crate) async fn put(&self, key: &str, value: &str) -> Result<(), Fault> {
        faults::rewritten(key, self.opened_at)?;
        Ok(self.store.put(key, value)?.execute().await?)
    }

    pub(crate) async fn delete(&self, key: &str) -> Result<(), Fault> {
        Ok(self.store.delete(key).await?)
    }

    /// Keys with a prefix, a thousand at a time.
    pub(crate) async fn list(&self, prefix: &str, cursor: Option<String>) -> Result<Keys, Fault> {
        let list = self.store.list().prefix(prefix.to_owned());
        let list = match cursor {
            Some(cursor) => list.cursor(cursor),
            None => list,
        };
        let page = list.execute().await?;
        let names =
            page.keys.into_iter().map(|key| key.name).filter(|name| !faults::fresh(name, self.opened_at));
        Ok(Keys { names: names.collect(), cursor: page.cursor.filter(|_| !page.list_complete) })
    }
}
