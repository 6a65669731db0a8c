//! What survives a reload: who she is, what she typed, what was not acknowledged.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::ids::MessageId;
use shared::time::instant::millis;
use shared::wire::{Outgoing, Parcel, frame};
use wasm_bindgen_futures::spawn_local;
use widget::task::Task;

use crate::link::Link;
use crate::session::{Action, Draft, Kept, Session, Who};
use crate::store::Store;

const WHO: &str = "who";
const DRAFT: &str = "draft";
const PARCEL: &str = "parcel/";

/// Keeps the store in step with the session.
pub(super) struct Keeper {
    store: Rc<RefCell<Option<Store>>>,
    ready: Rc<Cell<bool>>,
    who: Who,
    draft: Draft,
    parcels: Vec<MessageId>,
    _opening: Task,
}

/// A parcel on disk. How often it was tried, and why it was refused, is found out again.
#[derive(Serialize, Deserialize)]
struct Row {
    id: MessageId,
    outgoing: Outgoing,
    #[serde(with = "millis")]
    written_at: Timestamp,
}

impl Keeper {
    /// Opens the store and tells the session what is in it.
    pub(super) fn open(tenant: &str, link: &Link) -> Self {
        let store = Rc::new(RefCell::new(None));
        let ready = Rc::new(Cell::new(false));
        let (opened, settled) = (Rc::clone(&store), Rc::clone(&ready));
        let (link, tenant) = (link.clone(), tenant.to_owned());
        let opening = Task::spawn(async move {
            let rows = match Store::open(&tenant).await {
                Ok(store) => {
                    let rows = store.all().await.ok();
                    opened.replace(Some(store));
                    rows
                }
                Err(_) => None,
            };
            settled.set(true);
            link.tell(Action::Recalled(rows.map(read)));
        });
        Self {
            store,
            ready,
            who: Who::Unknown,
            draft: Draft::default(),
            parcels: Vec::new(),
            _opening: opening,
        }
    }

    /// Whether the store is open, or will never be.
    pub(super) fn is_ready(&self) -> bool {
        self.ready.get()
    }

    /// Writes what changed.
    pub(super) fn follow(&mut self, session: &Session) {
        if session.who == Who::Unknown && session.credential.asking.is_none() {
            return;
        }
        if let Some(left) = &session.left {
            // The store holds what is another's: known, so that it goes when somebody else begins, but not written over.
            self.parcels = left.parcels.iter().map(|parcel| parcel.id).collect();
            self.draft = left.draft.clone().unwrap_or_default();
            return;
        }
        if session.who != self.who {
            self.who = session.who.clone();
            let who = match &self.who {
                Who::Unknown => None,
                Who::Nobody => Some(Vec::new()),
                Who::Known(credential) => Some(frame::encode(credential.as_ref())),
            };
            who.into_iter().for_each(|row| self.write(WHO.to_owned(), row));
        }
        if session.draft != self.draft {
            self.draft = session.draft.clone();
            self.write(DRAFT.to_owned(), frame::encode(&self.draft));
        }
        let parcels: Vec<MessageId> = session.client.kept().map(|parcel| parcel.id).collect();
        if parcels != self.parcels {
            let before = core::mem::replace(&mut self.parcels, parcels);
            let gone = before.iter().filter(|id| !self.parcels.contains(id));
            gone.for_each(|id| self.write(key(*id), Vec::new()));
            let new = session.client.kept().filter(|parcel| !before.contains(&parcel.id));
            new.for_each(|parcel| spawn_local(self.keep(parcel)));
        }
    }

    /// Puts a parcel on disk; done when it is there, or will never be.
    pub(super) fn keep(&self, parcel: &Parcel) -> impl Future<Output = ()> + use<> {
        let row = Row { id: parcel.id, outgoing: parcel.outgoing.clone(), written_at: parcel.written_at };
        written(self.store.borrow().clone(), key(parcel.id), frame::encode(&row))
    }

    /// Not bound to its owner: what is being written when the page goes is still worth writing.
    fn write(&self, key: String, row: Vec<u8>) {
        spawn_local(written(self.store.borrow().clone(), key, row));
    }
}

async fn written(store: Option<Store>, key: String, row: Vec<u8>) {
    if let Some(store) = store {
        let _ = store.write(&key, &row).await;
    }
}

fn key(id: MessageId) -> String {
    [PARCEL, &id.to_string()].concat()
}

/// What the rows say. One that this version cannot read is as if it were not there.
fn read(rows: Vec<(String, Vec<u8>)>) -> Kept {
    let mut kept = Kept::default();
    for (key, row) in rows {
        if key == WHO {
            kept.who = frame::decode(&row).ok();
        } else if key == DRAFT {
            kept.draft = frame::decode(&row).ok();
        } else if let Ok(Row { id, outgoing, written_at }) = frame::decode(&row) {
            kept.parcels.push(Parcel { id, outgoing, written_at, failed: 0, unknown: 0, refused: None });
        }
    }
    kept
}
