//! Lines of the index that wait a moment, so that one commit can take them all: a disk makes 250 commits a second, and
//! takes a hundred rows in each as gladly as one. The one thing that an object keeps in memory; nobody was told that
//! it is kept, so losing it loses nothing.

use std::cell::RefCell;
use std::time::Duration;

use futures_channel::oneshot;
use shared::wire::Row;
use worker::Delay;

use crate::error::Fault;
use crate::perform::Binding;

/// How long the first line waits for others.
const WAIT: Duration = Duration::from_millis(15);

/// Whoever waits for the commit, told what came of it.
type Waiting = oneshot::Sender<Result<(), String>>;

/// What a ticket says of itself.
#[derive(Clone)]
pub(super) enum Line {
    /// To people.
    Row(Box<Row>),
    /// To whoever looks for tickets that a new policy touches.
    Binding(Box<Binding>),
}

/// The lines that wait.
#[derive(Default)]
pub(super) struct Hold {
    held: RefCell<Option<Held>>,
}

#[derive(Default)]
struct Held {
    lines: Vec<Line>,
    others: Vec<Waiting>,
}

impl Hold {
    /// Adds lines, and returns once they are committed. The first to come waits, commits for all, and tells the others;
    /// if it breaks on the way, they hear that too, and send again.
    pub(super) async fn committed(
        &self,
        lines: Vec<Line>,
        save: impl AsyncFnOnce(Vec<Line>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        if let Some(told) = self.join(&lines) {
            let told = told.await.map_err(|_| Fault::new("desk.hold", "the commit for all was given up"))?;
            return told.map_err(|id| Fault::Logged { id });
        }
        let first = First { hold: self };
        self.held.replace(Some(Held { lines, others: Vec::new() }));
        Delay::from(WAIT).await;
        let Held { lines, others } = first.take();
        let saved = save(lines).await.map_err(|fault| fault.log());
        for other in others {
            // An other that has gone sends again.
            let _ = other.send(saved.clone());
        }
        saved.map_err(|id| Fault::Logged { id })
    }

    /// Joins those who wait, if somebody does.
    fn join(&self, lines: &[Line]) -> Option<oneshot::Receiver<Result<(), String>>> {
        let mut held = self.held.borrow_mut();
        let held = held.as_mut()?;
        let (sender, receiver) = oneshot::channel();
        held.lines.extend_from_slice(lines);
        held.others.push(sender);
        Some(receiver)
    }
}

/// The first to come: whatever becomes of it, the next one is first again.
struct First<'h> {
    hold: &'h Hold,
}

impl First<'_> {
    fn take(self) -> Held {
        self.hold.held.take().unwrap_or_default()
    }
}

impl Drop for First<'_> {
    fn drop(&mut self) {
        self.hold.held.take();
    }
}
