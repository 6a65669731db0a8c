//! The customers' program: it says what is open, takes a request, keeps it until the edge has it, and shows what becomes
//! of it. `session` decides, `effects` do, `views` draw.

mod app;
mod effects;
mod later;
mod link;
mod session;
mod start;
mod store;
mod views;

use yew::Renderer;

/// Half the size of the standard library's, which a customer would download before she reads a word.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    // The page says so, with a way to try again.
    let Some(setup) = start::Setup::read() else { wasm_bindgen::throw_str("no words of this build") };
    let root =
        web_sys::window().and_then(|window| window.document()).and_then(|page| page.get_element_by_id("app"));
    if let Some(root) = root {
        Renderer::<app::App>::with_root_and_props(root, app::Props { setup: setup.into() }).render();
    }
}
