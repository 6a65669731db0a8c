//! The way in: the link's token becomes a cookie once, and never stays in the address.

use shared::refusal::Refusal;
use widget::http::Failure;
use widget::task::Task;
use yew::prelude::*;

use super::{Edge, address, kept};
use crate::state::{Action, Entrance, Outside, Place, Session};

#[hook]
pub(super) fn use_entering(session: &Session, edge: &Edge) {
    let wish = match &session.place {
        Place::Entering { token, tries } => Some((token.clone(), *tries)),
        Place::Outside(_) | Place::Inside(_) => None,
    };
    let (tell, edge) = (session.dispatcher(), edge.clone());
    use_effect_with(wish, move |wish| {
        let enter =
            |(token, tries)| Task::spawn(async move { tell.dispatch(enter(&edge, token, tries).await) });
        let task = wish.clone().map(enter);
        move || drop(task)
    });
}

async fn enter(edge: &Edge, token: Option<AttrValue>, tries: u32) -> Action {
    let unreached = |token, trouble| Action::Kept(Outside::Unreached { token, tries, trouble });
    let mut used = false;
    if let Some(link) = &token {
        match edge.sign_in(link).await {
            Ok(_) => {}
            // A link opened again by someone who is still signed in leads inside.
            Err(Failure::Refused(_)) => used = true,
            Err(trouble @ Failure::Lost { .. }) => return unreached(token, trouble),
        }
    }
    match edge.hello().await {
        Ok(hello) => {
            let (drafts, seen) = kept::read(&hello);
            Action::Entered(Box::new(Entrance { hello, drafts, seen, open: address::ticket() }))
        }
        Err(Failure::Refused(Refusal::Unauthorized { .. })) if used => Action::Kept(Outside::LinkUsed),
        Err(Failure::Refused(Refusal::Unauthorized { .. })) => Action::Kept(Outside::NoLink),
        Err(trouble) => unreached(None, trouble),
    }
}
