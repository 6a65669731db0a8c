//! What this browser keeps for us: one IndexedDB store of frames under short names. It may be refused; then the program
//! says so and goes on.

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

/// The one store of the database.
const STORE: &str = "kept";

/// An open database.
#[derive(Clone, Debug)]
pub(crate) struct Store(IdbDatabase);

impl Store {
    /// Opens the tenant's database, or makes it.
    pub(crate) async fn open(tenant: &str) -> Result<Self, JsValue> {
        // The getter throws where the browser refuses storage to frames.
        let factory = web_sys::window().ok_or(JsValue::NULL)?.indexed_db()?.ok_or(JsValue::NULL)?;
        let request: IdbOpenDbRequest = factory.open_with_u32(&["nightbell", tenant].join("/"), 1)?;
        let opening = request.clone();
        let make = Closure::once_into_js(move || {
            let made = opening.result().and_then(JsCast::dyn_into::<IdbDatabase>);
            let _ = made.and_then(|database| database.create_object_store(STORE));
        });
        request.set_onupgradeneeded(Some(make.unchecked_ref()));
        Ok(Self(done(&request).await?.dyn_into()?))
    }

    /// Keeps bytes under a name, and answers once they are on disk; no bytes: forgets the name.
    pub(crate) async fn write(&self, key: &str, bytes: &[u8]) -> Result<(), JsValue> {
        let (store, key) = (self.store(IdbTransactionMode::Readwrite)?, JsValue::from_str(key));
        let kept = if bytes.is_empty() {
            store.delete(&key)?
        } else {
            store.put_with_key(&Uint8Array::from(bytes), &key)?
        };
        done(&kept).await.map(|_| ())
    }

    /// Everything, by name.
    pub(crate) async fn all(&self) -> Result<Vec<(String, Vec<u8>)>, JsValue> {
        let store = self.store(IdbTransactionMode::Readonly)?;
        let (keys, values) = (store.get_all_keys()?, store.get_all()?);
        // The second answer comes after the first, so both are here then.
        let values: Array = done(&values).await?.dyn_into()?;
        let keys: Array = keys.result()?.dyn_into()?;
        let name = |key: JsValue| key.as_string().unwrap_or_default();
        Ok(keys.iter().map(name).zip(values.iter().map(|value| Uint8Array::new(&value).to_vec())).collect())
    }

    fn store(&self, mode: IdbTransactionMode) -> Result<IdbObjectStore, JsValue> {
        self.0.transaction_with_str_and_mode(STORE, mode)?.object_store(STORE)
    }
}

/// Waits for a request's result.
async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await?;
    request.result()
}
