//! What everybody should know, above any view.

use shared::text::{Phrase, first as text};
use widget::icon::icon;
use widget::node::{Node, el, of};

use super::button;
use crate::link::Link;
use crate::session::{Keeping, Press, Session, View};

/// The notices that hold now.
pub(crate) fn notices(session: &Session, link: &Link) -> Node {
    let words = session.words;
    let told = |name: &str, title: Phrase, text: String| {
        let words = el("span").child(el("b").say(words.say(title))).say(" ").told(text);
        (of("p", "notice").set("role", "status").with(icon(name)), words)
    };
    let said_below = session.view == View::Home && session.hello.here.is_none();
    let cut_off = !session.online || (session.unreached && !said_below);
    let cut_off = cut_off.then(|| {
        let title = if session.online { text::UNREACHED_TITLE } else { text::OFFLINE_TITLE };
        let (notice, words) = told("offline", title, waits(session));
        let again = button(session, text::TRY_NOW, link.press(Press::Hurry)).set("data-kind", "link");
        notice.child(words.maybe(since(session))).child(again)
    });
    let unkept = (session.keeping == Keeping::Refused && session.client.unsent()).then(|| {
        let (notice, words) = told("alert", text::NOT_KEPT_TITLE, words.say(text::NOT_KEPT_TEXT).to_owned());
        notice.child(words)
    });
    let stranger = (session.token_refused && session.view == View::Home).then(|| {
        let text = words.say(text::TOKEN_REFUSED_TEXT).to_owned();
        let (notice, words) = told("info", text::TOKEN_REFUSED_TITLE, text);
        notice.child(words)
    });
    let missing = (session.later.failed.is_some() && session.view == View::Form).then(|| {
        let (notice, words) = told("alert", text::PART_MISSING_TITLE, words.say(text::ERROR_TEXT).to_owned());
        let again = button(session, text::TRY_NOW, link.press(Press::Hurry)).set("data-kind", "link");
        notice.child(words).child(again)
    });
    let standing = session.later.here.as_ref().and_then(|later| (later.above)(session));
    of("div", "notices").maybe(cut_off).maybe(unkept).maybe(missing).maybe(stranger).maybe(standing)
}

/// What is kept for later.
fn waits(session: &Session) -> String {
    let words = session.words;
    match session.client.kept().filter(|parcel| parcel.refused.is_none()).count() {
        0 => words.say(text::OFFLINE_TEXT).to_owned(),
        1 => words.say(text::OFFLINE_KEPT_ONE).to_owned(),
        n => words.fill(text::OFFLINE_KEPT, &[("n", &n.to_string())]),
    }
}

fn since(session: &Session) -> Option<Node> {
    let time = session.dates()?.brief(session.reached_at?);
    Some(of("span", "notice-when").told(session.words.fill(text::OFFLINE_SINCE, &[("time", &time)])))
}
