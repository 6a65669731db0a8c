//! Whether a signature fits: by the browser's own Ed25519, else by a module that is loaded then. Both are asked by name:
//! each binding of its own would stand in the glue, which is loaded before the first view.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Function, Promise, Uint8Array};
use shared::sla::{PublicKey, SignedReceipt};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::start::{call, get};

/// The module for browsers without an Ed25519 of their own; loaded once.
pub(super) struct Module {
    load: Option<Function>,
    here: RefCell<Option<JsValue>>,
    tries: Cell<u32>,
}

impl Module {
    /// A module that `load` loads.
    pub(super) fn new(load: Option<Function>) -> Self {
        Self { load, here: RefCell::default(), tries: Cell::default() }
    }

    async fn get(&self) -> Result<JsValue, JsValue> {
        if let Some(here) = self.here.borrow().clone() {
            return Ok(here);
        }
        // A browser may remember of an address that it did not load.
        let tries = self.tries.replace(self.tries.get().saturating_add(1));
        let another = if tries == 0 { String::new() } else { ["?", &tries.to_string()].concat() };
        let load = self.load.as_ref().ok_or(JsValue::NULL)?;
        let module = settled(load.call1(&JsValue::UNDEFINED, &another.into())).await?;
        self.here.replace(Some(module.clone()));
        Ok(module)
    }
}

/// Whether this key made the signature.
///
/// # Errors
/// Nobody here can say.
pub(super) async fn fits(key: &PublicKey, signed: &SignedReceipt, module: &Module) -> Result<bool, JsValue> {
    let bytes = |bytes: &[u8]| JsValue::from(Uint8Array::from(bytes));
    let (key, signature, message) = (bytes(&key.ed25519), bytes(&signed.signature), bytes(&signed.message()));
    let subtle = get(&get(&js_sys::global(), "crypto"), "subtle");
    let name = JsValue::from_str("Ed25519");
    let uses: Array = [JsValue::from_str("verify")].into_iter().collect();
    let raw = [JsValue::from_str("raw"), key.clone(), name.clone(), JsValue::FALSE, uses.into()];
    let answer = match settled(call(&subtle, "importKey", raw)).await {
        Ok(own) => settled(call(&subtle, "verify", [name, own, signature, message])).await?,
        // A browser that has none takes no such key.
        Err(_) => settled(call(&module.get().await?, "fits", [key, signature, message])).await?,
    };
    Ok(answer.is_truthy())
}

async fn settled(answer: Result<JsValue, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&answer?)).await
}
