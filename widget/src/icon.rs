//! Icons: names of the sprite that the page's template carries.

use yew::prelude::*;

/// An icon of 20 px.
#[must_use]
pub fn icon(name: &'static str) -> Html {
    of("icon", name)
}

/// An icon of 16 px, beside captions.
#[must_use]
pub fn small(name: &'static str) -> Html {
    of("icon icon-s", name)
}

/// An icon of 20 px that points along the line, and so turns where lines run from right to left.
#[must_use]
pub fn along(name: &'static str) -> Html {
    of("icon icon-flow", name)
}

/// The same in 16 px.
#[must_use]
pub fn small_along(name: &'static str) -> Html {
    of("icon icon-s icon-flow", name)
}

fn of(class: &'static str, name: &'static str) -> Html {
    html! { <svg {class} aria-hidden="true"><use href={format!("#{name}")} /></svg> }
}
