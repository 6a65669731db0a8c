//! Icons: names of the sprite that the page's template carries.

use yew::Html;

use crate::node::{el, of};

/// An icon of 20 px.
pub fn icon(name: &str) -> Html {
    drawn("icon", name)
}

/// An icon of 16 px, beside captions.
pub fn small(name: &str) -> Html {
    drawn("icon icon-s", name)
}

/// An icon of 20 px that points along the line, and so turns where lines run from right to left.
pub fn along(name: &str) -> Html {
    drawn("icon icon-flow", name)
}

/// The same in 16 px.
pub fn small_along(name: &str) -> Html {
    drawn("icon icon-s icon-flow", name)
}

fn drawn(class: &'static str, name: &str) -> Html {
    of("svg", class).set("aria-hidden", "true").child(el("use").put("href", ["#", name].concat())).html()
}
