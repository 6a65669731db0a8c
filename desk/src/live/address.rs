//! The address: it names the tenant, the open ticket, and for one moment the token of a sign-in link.

use gloo::events::EventListener;
use shared::ids::TicketId;
use wasm_bindgen::JsValue;
use web_sys::Location;
use yew::prelude::*;

use crate::state::{Act, Action, Session};

/// Shorter than any token, longer than what people type behind a `#`.
const SHORTEST_TOKEN: usize = 16;

fn location() -> Option<Location> {
    web_sys::window().map(|window| window.location())
}

fn hash() -> String {
    location().and_then(|location| location.hash().ok()).unwrap_or_default()
}

pub(super) fn origin() -> String {
    location().and_then(|location| location.origin().ok()).unwrap_or_default()
}

/// `/desk/{tenant}`, whatever follows it.
pub(super) fn base() -> String {
    let path = location().and_then(|location| location.pathname().ok()).unwrap_or_default();
    let mut parts = path.split('/').skip(1);
    let (desk, tenant) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    format!("/{desk}/{tenant}")
}

/// Takes the token of a sign-in link out of the address, and out of the history.
pub(crate) fn take_token() -> Option<AttrValue> {
    let token = token(&hash())?;
    let history = web_sys::window().and_then(|window| window.history().ok())?;
    // If the browser refuses, the token still works only once.
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&base()));
    Some(token.into())
}

/// What stands behind the `#` of a sign-in link: `#sign-in=TOKEN`, or the token alone.
fn token(hash: &str) -> Option<String> {
    let behind = hash.strip_prefix('#')?;
    let token = behind.strip_prefix("sign-in=").unwrap_or(behind);
    let is_token = token.len() >= SHORTEST_TOKEN && token.parse::<TicketId>().is_err();
    is_token.then(|| token.to_owned())
}

/// The ticket that the address names.
pub(super) fn ticket() -> Option<TicketId> {
    hash().strip_prefix('#')?.parse().ok()
}

/// Where the signed file of a receipt is.
pub(crate) fn receipt(ticket: TicketId, place: u32) -> String {
    format!("{}/tickets/{ticket}/receipts/{place}", base())
}

/// The planner's address.
pub(crate) const PLANNER: &str = "#planner";

/// Leads to the planner, as its link does.
pub(super) fn to_planner() {
    if let Some(location) = location() {
        // A browser that refuses leaves the page as it is.
        let _ = location.set_hash(PLANNER);
    }
}

/// The address decides which ticket is open, or the planner, so that *back* works as everywhere.
#[hook]
pub(super) fn use_address(session: &Session) {
    let tell = session.dispatcher();
    use_effect_with(session.floor().is_some(), move |_| {
        let named = move || {
            tell.dispatch(Action::Opened(ticket()));
            tell.dispatch(Action::Planner(Act::Shown(hash() == PLANNER)));
        };
        named();
        let changed = move |_: &Event| named();
        let listener = web_sys::window().map(|window| EventListener::new(&window, "hashchange", changed));
        move || drop(listener)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_link_carries_its_token_and_a_tickets_address_carries_none() {
        assert_eq!(token("#sign-in=0123456789abcdef0123").as_deref(), Some("0123456789abcdef0123"));
        assert_eq!(token("#0123456789abcdef0123").as_deref(), Some("0123456789abcdef0123"));
        assert_eq!(token(&format!("#{}", crate::state::tests::ticket(1))), None);
        assert_eq!(token("#top"), None);
        assert_eq!(token(""), None);
    }
}
