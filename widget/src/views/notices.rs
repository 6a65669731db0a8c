//! What everybody should know, above any view.

use jiff::Timestamp;
use shared::text::{Phrase, widget as text};
use shared::wire::Parcel;
use widget::icon::icon;
use yew::prelude::*;

use super::ticket::under_bar;
use crate::link::Link;
use crate::session::{Action, Keeping, Session, View};

/// The notices that hold now.
pub(crate) fn notices(session: &Session, link: &Link) -> Html {
    let words = session.words;
    let told = |name: &'static str, title: Phrase, body: Html, retry: bool| {
        html! {
            <p class="notice" role="status">
                { icon(name) }
                <span><b>{ words.say(title) }</b>{ " " }{ body }</span>
                if retry {
                    <button class="button" data-kind="link" onclick={link.on(|| Action::Retry(None))}>
                        { words.say(text::TRY_NOW) }
                    </button>
                }
            </p>
        }
    };
    let cut_off = !session.online || (session.unreached && session.hello.here.is_some());
    let title = if session.online { text::UNREACHED_TITLE } else { text::OFFLINE_TITLE };
    let unkept = session.keeping == Keeping::Refused && session.client.unsent();
    html! {
        <>
            if cut_off { { told("offline", title, cut_off_text(session), true) } }
            if unkept { { told("alert", text::NOT_KEPT_TITLE, words.say(text::NOT_KEPT_TEXT).into(), false) } }
            if session.token_refused && session.view == View::Home {
                { told("info", text::TOKEN_REFUSED_TITLE, words.say(text::TOKEN_REFUSED_TEXT).into(), false) }
            }
            if let View::Ticket(id) = session.view { { under_bar(session, id) } }
        </>
    }
}

fn cut_off_text(session: &Session) -> Html {
    let words = session.words;
    let waits = session.client.kept().filter(|parcel: &&Parcel| parcel.refused.is_none()).count();
    let told = match waits {
        0 => words.say(text::OFFLINE_TEXT).to_owned(),
        1 => words.say(text::OFFLINE_KEPT_ONE).to_owned(),
        n => words.fill(text::OFFLINE_KEPT, &[("n", &n.to_string())]),
    };
    let since = |at: Timestamp| Some(session.dates()?.brief(at));
    let since = session.reached_at.and_then(since);
    html! {
        <>
            { told }
            if let Some(time) = since {
                <span class="notice-when">{ words.fill(text::OFFLINE_SINCE, &[("time", &time)]) }</span>
            }
        </>
    }
}
