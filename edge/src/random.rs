//! Random bytes from the platform: ids, keys of links and sessions. Nothing else here makes any.

use core::fmt::Write;

/// `N` bytes that nobody can guess.
#[cfg(target_arch = "wasm32")]
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    use worker::js_sys::{Function, Reflect, Uint8Array, global};
    use worker::wasm_bindgen::JsCast;

    let mut bytes = [0; N];
    let array = Uint8Array::from(bytes.as_slice());
    let crypto = Reflect::get(&global(), &"crypto".into()).unwrap_or_default();
    let fill = Reflect::get(&crypto, &"getRandomValues".into()).unwrap_or_default();
    // Without random bytes nothing may go on: a key that can be guessed is worse than a refused request.
    let Ok(filled) = fill.unchecked_into::<Function>().call1(&crypto, &array) else {
        worker::wasm_bindgen::throw_str("the platform gives no random bytes");
    };
    filled.unchecked_into::<Uint8Array>().copy_to(&mut bytes);
    bytes
}

/// Outside of the edge there is nobody to guess: tests get bytes that differ.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    use std::hash::{BuildHasher, RandomState};
    core::array::from_fn(|at| {
        RandomState::new().hash_one(at).to_be_bytes().first().copied().unwrap_or_default()
    })
}

/// `N` random bytes as hexadecimal digits.
pub(crate) fn hex<const N: usize>() -> String {
    bytes::<N>().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
