//! Work that dies with its owner: what is spawned stops at its next pause once the task is dropped.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::Poll;

use wasm_bindgen_futures::spawn_local;

/// Running work. Keep it in the effect that started it.
#[derive(Debug)]
pub struct Task(Rc<Cell<bool>>);

impl Task {
    /// Starts `work`.
    #[must_use]
    pub fn spawn(work: impl Future<Output = ()> + 'static) -> Self {
        let wanted = Rc::new(Cell::new(true));
        let still = Rc::clone(&wanted);
        let mut work = Box::pin(work);
        spawn_local(poll_fn(move |cx| if still.get() { work.as_mut().poll(cx) } else { Poll::Ready(()) }));
        Self(wanted)
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.set(false);
    }
}
