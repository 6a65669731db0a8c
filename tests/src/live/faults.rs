//! Faults on request (`POST /test/faults`). They hold for the whole product: tests that ask for them run alone, all
//! others side by side.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use serde_json::{Value, json};

use super::Edge;

static TURN: RwLock<()> = RwLock::new(());

/// Nothing is broken on purpose while this is held.
pub struct Calm(#[expect(dead_code, reason = "held, not read")] RwLockReadGuard<'static, ()>);

/// Something is broken on purpose; dropping it mends everything.
pub struct Trouble {
    edge: Edge,
    _turn: RwLockWriteGuard<'static, ()>,
}

pub fn calm() -> Calm {
    Calm(TURN.read().unwrap_or_else(PoisonError::into_inner))
}

/// Waits until no other test runs.
pub fn trouble() -> Trouble {
    let turn = TURN.write().unwrap_or_else(PoisonError::into_inner);
    Trouble { edge: Edge::running(), _turn: turn }
}

impl Trouble {
    /// Breaks exactly this.
    #[track_caller]
    pub fn make(&self, faults: &Value) {
        let set = self.edge.post("/test/faults").json(faults).send();
        assert_eq!(set.status, 204, "{}", set.text());
    }

    pub fn mend(&self) {
        self.make(&json!({}));
    }
}

impl Drop for Trouble {
    fn drop(&mut self) {
        let _ = self.edge.post("/test/faults").json(&json!({})).send();
    }
}
