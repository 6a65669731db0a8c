//! A key-value store as it is elsewhere: stale for reads and absences, slow to list, unwilling to rewrite.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::Timestamp;

use super::with;
use crate::error::Fault;

#[derive(Default)]
struct Memory {
    read: BTreeMap<String, (Timestamp, Option<String>)>,
    written: BTreeMap<String, Timestamp>,
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// New faults, new memory.
pub(super) fn forget() {
    MEMORY.with_borrow_mut(|memory| *memory = Memory::default());
}

fn within(since: Timestamp, now: Timestamp, ms: i64) -> bool {
    now.duration_since(since).as_millis() < i128::from(ms)
}

/// What a reader is given for a key whose value is now `value`.
pub(crate) fn known(key: &str, value: Option<String>, now: Timestamp) -> Option<String> {
    let stale = with(|faults| faults.kv_stale_ms);
    MEMORY.with_borrow_mut(|memory| {
        let (since, first) = memory.read.entry(key.to_owned()).or_insert_with(|| (now, value.clone()));
        if !within(*since, now, stale) {
            (*since, *first) = (now, value);
        }
        first.clone()
    })
}

/// Whether a key was written too lately to be listed.
pub(crate) fn fresh(key: &str, now: Timestamp) -> bool {
    let hidden = with(|faults| faults.kv_hidden_ms);
    MEMORY.with_borrow(|memory| memory.written.get(key).is_some_and(|at| within(*at, now, hidden)))
}

/// Refuses to write a key again too soon.
pub(crate) fn rewritten(key: &str, now: Timestamp) -> Result<(), Fault> {
    let rewrite = with(|faults| faults.kv_rewrite_ms);
    MEMORY.with_borrow_mut(|memory| match memory.written.insert(key.to_owned(), now) {
        Some(before) if within(before, now, rewrite) => {
            Err(Fault::new("kv", "429: too many writes of one key"))
        }
        Some(_) | None => Ok(()),
    })
}
