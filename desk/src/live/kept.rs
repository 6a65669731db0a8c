//! What this browser keeps for an agent: unsent words with their ids, what was looked at, and the language. A browser
//! that keeps nothing still works; it only forgets.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::rc::Rc;

use jiff::Timestamp;
use shared::ids::TicketId;
use shared::language::Language;
use shared::wire::DeskHello;
use web_sys::Storage;
use widget::words::Words;
use yew::prelude::*;

use crate::state::Session;
use crate::state::draft::{Attempt, Draft, Mode, Unsent};
use crate::state::floor::{Drafts, Seen};

const LANGUAGE: &str = "nightbell.desk.language";
/// So many tickets are remembered as looked at.
const SEEN: usize = 400;

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Each tenant's agent has a place of their own in a shared browser.
fn place(hello: &DeskHello) -> String {
    format!("nightbell.desk.{}.{}.", hello.tenant, hello.me.id)
}

/// What was kept for this agent.
pub(super) fn read(hello: &DeskHello) -> (Drafts, Seen) {
    let place = place(hello);
    let Some(storage) = storage() else { return (Drafts::new(), Seen::new()) };
    let mut drafts = Drafts::new();
    for index in 0..storage.length().unwrap_or_default() {
        let Some(key) = storage.key(index).ok().flatten() else { continue };
        let Some((mode, ticket)) = key.strip_prefix(&*place).and_then(|rest| rest.split_once('.')) else {
            continue;
        };
        let value = storage.get_item(&key).ok().flatten().unwrap_or_default();
        if let (Some(mode), Ok(ticket)) = (named(mode), ticket.parse()) {
            let draft: &mut Draft = drafts.entry(ticket).or_default();
            *draft.unsent_mut(mode) = unsent(&value);
        }
    }
    let seen = storage.get_item(&format!("{place}seen")).ok().flatten().unwrap_or_default();
    let mut looked = Seen::new();
    looked.extend(seen.lines().filter_map(looked_at));
    (drafts, looked)
}

fn looked_at(line: &str) -> Option<(TicketId, Timestamp)> {
    let (ticket, ms) = line.split_once(' ')?;
    Some((ticket.parse().ok()?, Timestamp::from_millisecond(ms.parse().ok()?).ok()?))
}

const MODES: [(Mode, &str); 2] = [(Mode::Reply, "reply"), (Mode::Note, "note")];

fn named(name: &str) -> Option<Mode> {
    MODES.into_iter().find(|(_, known)| *known == name).map(|(mode, _)| mode)
}

/// One line for the id of the attempt, then the words: after a reload the same words still leave under the same id.
fn unsent(value: &str) -> Unsent {
    let (id, text) = value.split_once('\n').unwrap_or_default();
    let text = text.to_owned();
    let attempt = id.parse().ok().map(|id| Attempt { id, text: text.clone() });
    Unsent { text, attempt }
}

fn kept(unsent: &Unsent) -> Option<String> {
    if unsent.is_blank() {
        return None;
    }
    let same = unsent.attempt.as_ref().filter(|attempt| attempt.text == unsent.text);
    let id = same.map(|attempt| attempt.id.to_string()).unwrap_or_default();
    Some([&id, "\n", &*unsent.text].concat())
}

/// Keeps what changes, as it changes.
#[hook]
pub(super) fn use_kept(session: &Session) {
    let before: Rc<std::cell::RefCell<Rc<Drafts>>> = use_mut_ref(Rc::<Drafts>::default);
    let floor = session.floor();
    let place = floor.map(|floor| place(&floor.hello));
    use_effect_with(floor.map(|floor| Rc::clone(&floor.drafts)), {
        let place = place.clone();
        move |drafts| {
            if let (Some(drafts), Some(place), Some(storage)) = (drafts, place, storage()) {
                keep(&storage, &place, &before.replace(Rc::clone(drafts)), drafts);
            }
        }
    });
    use_effect_with(floor.map(|floor| Rc::clone(&floor.seen)), move |seen| {
        if let (Some(seen), Some(place), Some(storage)) = (seen, place, storage()) {
            let _ = storage.set_item(&format!("{place}seen"), &told(seen));
        }
    });
    use_effect_with(session.words.tag(), |tag| {
        if let Some(storage) = storage() {
            let _ = storage.set_item(LANGUAGE, tag);
        }
    });
}

fn keep(storage: &Storage, place: &str, before: &Drafts, after: &Drafts) {
    for (ticket, draft) in after.iter().filter(|(ticket, draft)| before.get(ticket) != Some(draft)) {
        for (mode, name) in MODES {
            let key = format!("{place}{name}.{ticket}");
            // A full or refused storage loses nothing that stands in the box.
            let _ = match kept(draft.unsent(mode)) {
                Some(value) => storage.set_item(&key, &value),
                None => storage.remove_item(&key),
            };
        }
    }
}

fn told(seen: &Seen) -> String {
    let mut latest = BTreeSet::new();
    latest.extend(seen.iter().map(|(ticket, at)| (Reverse(*at), *ticket)));
    let line =
        |(at, ticket): &(Reverse<Timestamp>, TicketId)| format!("{ticket} {}\n", at.0.as_millisecond());
    latest.iter().take(SEEN).map(line).collect()
}

/// The language that was chosen here, else the first that the browser prefers and we have words for.
pub(crate) fn words() -> Words {
    let kept = storage().and_then(|storage| storage.get_item(LANGUAGE).ok().flatten());
    let navigator = web_sys::window().map(|window| window.navigator());
    let preferred = navigator.map(|navigator| navigator.languages()).unwrap_or_default();
    let preferred = preferred.iter().filter_map(|tag| tag.as_string());
    Words::choose(kept.into_iter().chain(preferred).filter_map(|tag| tag.parse::<Language>().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::message;

    #[test]
    fn words_and_the_id_they_left_under_survive_a_reload() {
        let mut typed = Unsent { text: "Two\nlines".into(), attempt: None };
        assert_eq!(kept(&typed).as_deref().map(unsent), Some(typed.clone()));
        typed.send(message(1));
        assert_eq!(kept(&typed).as_deref().map(unsent), Some(typed));
    }

    #[test]
    fn an_empty_box_is_not_kept() {
        assert_eq!(kept(&Unsent { text: " ".into(), attempt: None }), None);
    }
}
