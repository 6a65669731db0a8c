//! What covers the page: for whom to wait, and which key does what. The browser's own dialog keeps the focus inside.

use shared::ids::MessageId;
use shared::text::{Phrase, change, desk, planner};
use shared::ticket::{Author, PendReason};
use shared::wire::{DeskCommand, Entry, What};
use web_sys::{HtmlDialogElement, HtmlSelectElement};
use widget::words::Words;
use yew::prelude::*;

use super::changed::pending;
use super::changes::{Ask, Merge, Rank, Ranking, Team, Throwing, Tiers, picks};
use super::{Props, clocks, foreseen};
use crate::state::{Action, Floor, Session, Sheet};

#[component]
pub(super) fn Sheets(props: &Props) -> Html {
    let session = &props.session;
    let own = session.clone();
    match session.floor().and_then(|floor| floor.sheet.as_ref()) {
        None => Html::default(),
        Some(Sheet::Pending { reason, evidence }) => {
            html! { <Pending session={own} reason={*reason} evidence={*evidence} /> }
        }
        Some(Sheet::Severity(to)) => html! { <Ranking session={own} chosen={Rank::Severity(*to)} /> },
        Some(Sheet::Complexity(to)) => html! { <Ranking session={own} chosen={Rank::Complexity(*to)} /> },
        Some(Sheet::Tier(tier)) => html! { <Tiers session={own} chosen={tier.clone()} /> },
        Some(Sheet::Team) => html! { <Team session={own} /> },
        Some(Sheet::Merge) => html! { <Merge session={own} /> },
        Some(Sheet::Discard) => html! { <Throwing session={own} /> },
        Some(Sheet::Keys) => html! { <Keys session={own} /> },
    }
}

/// A dialog that is shown as long as it is mounted, and gives the focus back to where it was.
#[hook]
pub(super) fn use_dialog() -> NodeRef {
    let dialog = use_node_ref();
    use_effect_with(dialog.clone(), |dialog| {
        let dialog = dialog.cast::<HtmlDialogElement>();
        if let Some(dialog) = &dialog {
            // It is refused only while it is shown already.
            let _ = dialog.show_modal();
        }
        move || {
            if let Some(dialog) = dialog {
                dialog.close();
            }
        }
    });
    dialog
}

pub(super) fn closed(session: &Session) -> Callback<Event> {
    let tell = session.dispatcher();
    Callback::from(move |_| tell.dispatch(Action::Sheet(None)))
}

#[derive(Properties, PartialEq)]
struct PendingProps {
    session: Session,
    reason: PendReason,
    evidence: Option<MessageId>,
}

#[component]
fn Pending(props: &PendingProps) -> Html {
    let PendingProps { session, reason, evidence } = props;
    let words = session.words;
    let Some(floor) = session.floor() else { return Html::default() };
    let choose = |evidence: Option<MessageId>| {
        let tell = session.dispatcher();
        Callback::from(move |reason| tell.dispatch(Action::Sheet(Some(Sheet::Pending { reason, evidence }))))
    };
    let all = PendReason::ALL.map(|reason| (reason, words.say(pending(reason)).to_owned()));
    let (tell, reason, evidence) = (session.dispatcher(), *reason, *evidence);
    let onapply =
        Callback::from(move |()| tell.dispatch(Action::Change(DeskCommand::Pend { reason, evidence })));
    html! {
        <Ask session={session.clone()} title={desk::PENDING_TITLE} text={Some(desk::PENDING_TEXT)} apply={Some(desk::SET_PENDING)} {onapply}>
            { picks(words.say(desk::PENDING_REASON), all, &reason, &choose(evidence)) }
            { foreseen::told(session, floor) }
            { shown_by(session, floor, (reason, evidence)) }
        </Ask>
    }
}

/// So many of the last messages may show why somebody is waited for.
const LAST: usize = 12;

/// The message that shows why somebody is waited for.
fn shown_by(session: &Session, floor: &Floor, (reason, chosen): (PendReason, Option<MessageId>)) -> Html {
    let (words, dates) = (session.words, clocks::dates(session, floor));
    let tell = session.dispatcher();
    let onchange = move |event: Event| {
        let evidence = event.target_unchecked_into::<HtmlSelectElement>().value().parse().ok();
        tell.dispatch(Action::Sheet(Some(Sheet::Pending { reason, evidence })));
    };
    let option = |entry: &Entry| {
        let (id, by, text) = if let What::Said { message, author, text } = &entry.what {
            (message, author_name(floor, author, words), text)
        } else if let What::Noted { message, by, text } = &entry.what {
            (message, floor.name(by), text)
        } else {
            return None;
        };
        let start: String = text.chars().take(40).collect();
        let values = [("name", by), ("time", &*dates.brief(entry.at)), ("words", &start)];
        let told = words.fill(change::EVIDENCE_OF, &values);
        Some(html! { <option value={id.to_string()} selected={chosen == Some(*id)}>{ told }</option> })
    };
    let entries = floor.ticket().map(|ticket| ticket.entries.as_slice()).unwrap_or_default();
    html! {
        <label class="field">
            <span class="field-label">{ words.say(change::EVIDENCE) }</span>
            <select class="field-input" {onchange}>
                <option value="" selected={chosen.is_none()}>{ words.say(change::EVIDENCE_NONE) }</option>
                { for entries.iter().rev().filter_map(option).take(LAST) }
            </select>
        </label>
    }
}

fn author_name<'n>(floor: &'n Floor, author: &'n Author, words: Words) -> &'n str {
    match author {
        Author::Customer {} => words.say(desk::THE_CUSTOMER),
        Author::Agent { id } => floor.name(id),
        Author::Bot {} | Author::Automatic {} => words.say(desk::A_PROGRAM),
    }
}

const KEYS: [(&str, Phrase); 10] = [
    ("J K ↓ ↑", desk::KEY_MOVE),
    ("↵", desk::KEY_OPEN),
    ("R", desk::KEY_REPLY),
    ("N", desk::KEY_NOTE),
    ("P", desk::KEY_PENDING),
    ("S", desk::KEY_SOLVE),
    ("/", desk::KEY_FIND),
    ("Ctrl ↵", desk::KEY_SEND),
    ("L", planner::KEY),
    ("?", desk::KEY_KEYS),
];

#[component]
fn Keys(props: &Props) -> Html {
    let session = &props.session;
    let words = session.words;
    let dialog = use_dialog();
    let row = |(keys, phrase): (&str, Phrase)| {
        let keys = keys.split(' ').map(|key| html! { <kbd>{ key.to_owned() }</kbd> });
        html! { <><dt>{ for keys }</dt><dd>{ words.say(phrase) }</dd></> }
    };
    let tell = session.dispatcher();
    let close = move |_: MouseEvent| tell.dispatch(Action::Sheet(None));
    html! {
        <dialog ref={dialog} class="dialog" aria-labelledby="keys-title" onclose={closed(session)}>
            <div class="dialog-body">
                <h2 id="keys-title">{ words.say(desk::KEYS_TITLE) }</h2>
                <dl class="keys">{ for KEYS.into_iter().map(row) }</dl>
                <div class="dialog-foot">
                    <button class="button" data-kind="primary" onclick={close}>{ words.say(desk::CLOSE) }</button>
                </div>
            </div>
        </dialog>
    }
}
