//! What survives a reload: who she is, what she typed, what was not acknowledged.

use std::cell::RefCell;
use std::rc::Rc;

use serde::Serialize;
use shared::ids::MessageId;
use shared::wire::{Parcel, frame};
use wasm_bindgen_futures::spawn_local;
use widget::task::Task;
use yew::prelude::*;

use crate::link::Link;
use crate::session::{self, Action, Session, Who};
use crate::start::Setup;
use crate::store::Store;

const WHO: &str = "who";
const DRAFT: &str = "draft";
const PARCEL: &str = "parcel/";

/// The store, once it is open, if this browser keeps anything for us.
pub(crate) type Kept = Rc<RefCell<Option<Store>>>;

/// Opens the store and tells the session what is in it.
#[hook]
pub(crate) fn use_store(setup: &Rc<Setup>, link: &Link) -> Kept {
    let kept = use_mut_ref(|| None);
    let (store, setup, link) = (Rc::clone(&kept), Rc::clone(setup), link.clone());
    use_effect_with((), move |()| {
        let work = Task::spawn(async move {
            let opened = async {
                let opened = Store::open(&setup.tenant).await?;
                let rows = opened.all().await?;
                Ok::<_, wasm_bindgen::JsValue>((opened, rows))
            };
            let (opened, rows) = opened.await.ok().unzip();
            store.replace(opened);
            link.tell(Action::Woke(rows.map(read)));
        });
        move || drop(work)
    });
    kept
}

/// What the rows say. One that this version cannot read is as if it were not there.
fn read(rows: Vec<(String, Vec<u8>)>) -> session::Kept {
    let mut kept = session::Kept::default();
    for (key, bytes) in rows {
        match key.as_str() {
            WHO => kept.who = frame::decode(&bytes).ok(),
            DRAFT => kept.draft = frame::decode(&bytes).ok(),
            parcel if parcel.starts_with(PARCEL) => kept.parcels.extend(frame::decode::<Parcel>(&bytes).ok()),
            _unknown => {}
        }
    }
    kept
}

/// Keeps the session's words in step with the store.
#[hook]
pub(crate) fn use_kept(session: &Session, store: &Kept) {
    let awake = session.who != Who::Unknown;
    let keep = Rc::clone(store);
    use_effect_with((awake, session.draft.clone()), move |(awake, draft)| {
        if *awake {
            put(&keep, DRAFT, draft);
        }
    });
    let keep = Rc::clone(store);
    use_effect_with(session.who.clone(), move |who| match who {
        Who::Unknown => {}
        Who::Nobody => delete(&keep, WHO),
        Who::Known(credential) => put(&keep, WHO, credential.as_ref()),
    });
    let keep = Rc::clone(store);
    let before = use_mut_ref(Vec::<Parcel>::new);
    let parcels: Vec<Parcel> = session.client.kept().cloned().collect();
    use_effect_with((awake, parcels), move |(awake, parcels)| {
        if !*awake {
            return;
        }
        let before = before.replace(parcels.clone());
        let gone = before.iter().filter(|old| parcels.iter().all(|parcel| parcel.id != old.id));
        gone.for_each(|old| delete(&keep, &key(old.id)));
        parcels.iter().filter(|parcel| !before.contains(parcel)).for_each(|new| put(&keep, &key(new.id), new));
    });
}

fn key(id: MessageId) -> String {
    [PARCEL, &id.to_string()].concat()
}

/// Puts a parcel on disk; answers when it is there, or will never be.
pub(super) async fn keep(store: &Kept, parcel: &Parcel) {
    let opened = store.borrow().clone();
    if let Some(store) = opened {
        let _ = store.put(&key(parcel.id), &frame::encode(parcel)).await;
    }
}

fn put(store: &Kept, key: &str, value: &impl Serialize) {
    let bytes = frame::encode(value);
    if let Some(store) = store.borrow().clone() {
        let key = key.to_owned();
        // Not bound to the component: what is being written when the page goes is still worth writing.
        spawn_local(async move {
            let _ = store.put(&key, &bytes).await;
        });
    }
}

fn delete(store: &Kept, key: &str) {
    if let Some(store) = store.borrow().clone() {
        let key = key.to_owned();
        spawn_local(async move {
            let _ = store.delete(&key).await;
        });
    }
}
