//! An object's SQLite. All writes of one event, its alarm included, are one transaction: a plain `exec` that fails does
//! not take back the ones before it.

pub(crate) mod access;
pub(crate) mod bound;
pub(crate) mod cards;
pub(crate) mod index;
pub(crate) mod name;
pub(crate) mod outbox;
pub(crate) mod policies;
pub(crate) mod ticket;

use std::cell::Cell;
use std::rc::Rc;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use worker::{Env, SqlStorage, SqlStorageValue, State};

use crate::clock;
use crate::error::Fault;
use crate::faults;

/// A value of a row.
pub(crate) type Value = SqlStorageValue;

/// When an object's alarm is to go off, once its event is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wake {
    /// As before.
    Unchanged,
    /// At this instant of the edge's clock.
    At(Timestamp),
    /// Not at all.
    Never,
}

impl From<Option<Timestamp>> for Wake {
    fn from(at: Option<Timestamp>) -> Self {
        at.map_or(Self::Never, Self::At)
    }
}

/// The tables of one kind of object, in the order in which they were invented: a version is the number of statements
/// that were run. New ones go to the end, and an older build must be able to read what a newer one wrote.
pub(crate) type Schema = &'static [&'static str];

/// The database of one object.
#[derive(Clone)]
pub(crate) struct Sql(SqlStorage);

impl Sql {
    pub(crate) fn of(state: &State) -> Self {
        Self(state.storage().sql())
    }

    /// Every row of a query.
    pub(crate) fn rows<T: DeserializeOwned>(&self, query: &str, values: Vec<Value>) -> Result<Vec<T>, Fault> {
        faults::statement()?;
        self.0.exec(query, values).and_then(|cursor| cursor.to_array()).map_err(Fault::at("store"))
    }

    /// The first row of a query, if it has one.
    pub(crate) fn first<T: DeserializeOwned>(
        &self,
        query: &str,
        values: Vec<Value>,
    ) -> Result<Option<T>, Fault> {
        Ok(self.rows(query, values)?.into_iter().next())
    }

    /// Runs a statement for what it changes.
    pub(crate) fn run(&self, statement: &str, values: Vec<Value>) -> Result<(), Fault> {
        faults::statement()?;
        self.0.exec(statement, values).map(|_| ()).map_err(Fault::at("store"))
    }

    /// Whether anything was ever saved here. Reading an unknown object creates nothing in it.
    pub(crate) fn is_blank(&self) -> Result<bool, Fault> {
        #[derive(Deserialize)]
        struct Table {}
        let query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'version'";
        Ok(self.first::<Table>(query, vec![])?.is_none())
    }

    /// Brings the tables up to this build's, inside the transaction that is about to use them.
    pub(crate) fn prepare(&self, schema: Schema) -> Result<(), Fault> {
        #[derive(Deserialize)]
        struct Version {
            ran: usize,
        }
        if self.is_blank()? {
            self.run("CREATE TABLE version (ran INTEGER NOT NULL)", vec![])?;
            self.run("INSERT INTO version VALUES (0)", vec![])?;
        }
        let ran = self.first::<Version>("SELECT ran FROM version", vec![])?.map_or(0, |version| version.ran);
        if ran < schema.len() {
            schema.iter().skip(ran).try_for_each(|statement| self.run(statement, vec![]))?;
            self.run("UPDATE version SET ran = ?", vec![count(schema.len())])?;
        }
        Ok(())
    }
}

/// Runs `work` in one transaction, and sets the alarm in it: everything is saved, or nothing is.
pub(crate) async fn transact<T: 'static>(
    state: &State,
    env: &Env,
    work: impl FnOnce(&Sql) -> Result<(T, Wake), Fault> + 'static,
) -> Result<T, Fault> {
    let worked: Rc<Cell<Option<Result<T, Fault>>>> = Rc::default();
    let (inside, storage, sql, env) = (Rc::clone(&worked), state.storage(), Sql::of(state), env.clone());
    let outer = state.storage();
    let committed = outer.transaction(move |_| async move {
        match work(&sql) {
            Ok((done, wake)) => {
                match wake {
                    Wake::Unchanged => {}
                    Wake::At(due) => storage.set_alarm(clock::alarm(&env, due)).await?,
                    Wake::Never => storage.delete_alarm().await?,
                }
                inside.set(Some(Ok(done)));
                Ok(())
            }
            Err(fault) => {
                inside.set(Some(Err(fault)));
                Err(worker::Error::RustError("rolled back".into()))
            }
        }
    });
    let committed = committed.await;
    match (worked.take(), committed) {
        (Some(Ok(done)), Ok(())) => Ok(done),
        (Some(Err(fault)), _) => Err(fault),
        (_, Err(error)) => Err(Fault::new("store.commit", error)),
        (None, Ok(())) => Err(Fault::new("store.commit", "the transaction ended without its work")),
    }
}

/// An instant as a row keeps it.
pub(crate) fn millis(at: Timestamp) -> Value {
    Value::Integer(at.as_millisecond())
}

/// A count as a row keeps it. SQLite's numbers reach us as JavaScript's: exact up to 2^53.
pub(crate) fn count<N: TryInto<i64>>(count: N) -> Value {
    Value::Integer(count.try_into().unwrap_or(i64::MAX))
}
