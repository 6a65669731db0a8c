//! The agents' program: who waits, until when, and the answer. One reducer (`state/`), components that draw it
//! (`view/`), and effects that carry it to the edge and back (`live/`).

mod live;
mod state;
mod view;

fn main() {
    let root = web_sys::window().and_then(|window| window.document()?.get_element_by_id("app"));
    if let Some(root) = root {
        yew::Renderer::<view::App>::with_root(root).render();
    }
}
