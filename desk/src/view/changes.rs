//! What changes a ticket in mid-flight: each change in a dialog of its own, with what it would do beside the choice.

use shared::contract::{Complexity, Severity};
use shared::ids::{TeamId, TierId};
use shared::text::{Phrase, change, desk};
use shared::ticket::Discard;
use shared::wire::{Because, DeskCommand};
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use widget::reasons;
use yew::prelude::*;

use super::changed::complexity;
use super::sheets::{closed, use_dialog};
use super::{Props, foreseen};
use crate::live::fresh;
use crate::state::{Action, Session, Sheet};

/// A dialog that asks for one change, and what its button says; without it there is nothing to do.
#[derive(Properties, PartialEq)]
pub(super) struct AskProps {
    pub(super) session: Session,
    pub(super) title: Phrase,
    pub(super) text: Option<Phrase>,
    pub(super) apply: Option<Phrase>,
    /// The button only, until there is something to do.
    #[prop_or_default]
    pub(super) unable: bool,
    pub(super) onapply: Callback<()>,
    pub(super) children: Children,
}

#[component]
pub(super) fn Ask(props: &AskProps) -> Html {
    let AskProps { session, title, text, apply, unable, onapply, children } = props;
    let words = session.words;
    let dialog = use_dialog();
    let onsubmit = {
        let onapply = onapply.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            onapply.emit(());
        }
    };
    let tell = session.dispatcher();
    let cancel = move |_: MouseEvent| tell.dispatch(Action::Sheet(None));
    let leave = words.say(if apply.is_some() { desk::CANCEL } else { desk::CLOSE });
    html! {
        <dialog ref={dialog} class="dialog" aria-labelledby="ask-title" onclose={closed(session)}>
            <form class="dialog-body" {onsubmit}>
                <h2 id="ask-title">{ words.say(*title) }</h2>
                { for text.map(|text| html! { <p>{ words.say(text) }</p> }) }
                { children.clone() }
                <div class="dialog-foot">
                    <button type="button" class="button" onclick={cancel}>{ leave }</button>
                    if let Some(apply) = apply {
                        <button class="button" data-kind="primary" disabled={*unable}>{ words.say(*apply) }</button>
                    }
                </div>
            </form>
        </dialog>
    }
}

/// One of a few, as buttons.
pub(super) fn picks<T: PartialEq + Clone + 'static>(
    legend: &'static str,
    all: impl IntoIterator<Item = (T, String)>,
    chosen: &T,
    pick: &Callback<T>,
) -> Html {
    let one = |(value, told): (T, String)| {
        let checked = value == *chosen;
        let pick = pick.clone();
        let onchange = move |_: Event| pick.emit(value.clone());
        html! { <label><input class="visually-hidden" type="radio" name="pick" {checked} {onchange} />{ told }</label> }
    };
    html! {
        <fieldset class="field">
            <legend class="field-label">{ legend }</legend>
            <div class="picks">{ for all.into_iter().map(one) }</div>
        </fieldset>
    }
}

/// How bad, or how much work: the same question about two things.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Rank {
    Severity(Severity),
    Complexity(Complexity),
}

#[derive(Properties, PartialEq)]
pub(super) struct RankProps {
    pub(super) session: Session,
    pub(super) chosen: Rank,
}

#[component]
pub(super) fn Ranking(props: &RankProps) -> Html {
    let RankProps { session, chosen } = props;
    let (words, chosen) = (session.words, *chosen);
    let note = use_state(String::new);
    let id = use_memo((), |()| fresh().to_string());
    let Some((floor, ticket)) = session.floor().and_then(|floor| Some((floor, floor.ticket()?))) else {
        return Html::default();
    };
    let tell = session.dispatcher();
    let pick = Callback::from(move |rank| {
        tell.dispatch(Action::Sheet(Some(match rank {
            Rank::Severity(to) => Sheet::Severity(to),
            Rank::Complexity(to) => Sheet::Complexity(to),
        })));
    });
    let severity = |of| (Rank::Severity(of), words.say(reasons::severity_phrase(of)).to_owned());
    let work = |of| (Rank::Complexity(of), words.say(complexity(of)).to_owned());
    let (title, legend, all, now) = match chosen {
        Rank::Severity(_) => {
            let all: Vec<_> = Severity::ALL.into_iter().map(severity).collect();
            (change::SEVERITY_TITLE, change::SEVERITY, all, Rank::Severity(ticket.row.severity))
        }
        Rank::Complexity(_) => {
            let all: Vec<_> = Complexity::ALL.into_iter().map(work).collect();
            (change::COMPLEXITY_TITLE, change::COMPLEXITY, all, Rank::Complexity(ticket.complexity))
        }
    };
    let (tell, text) = (session.dispatcher(), note.trim().to_owned());
    let onapply = Callback::from(move |()| {
        let note = (!text.is_empty()).then(|| Because { id: (*id).clone(), text: text.clone() });
        tell.dispatch(Action::Change(match chosen {
            Rank::Severity(to) => DeskCommand::Severity { to, note },
            Rank::Complexity(to) => DeskCommand::Complexity { to, note },
        }));
    });
    html! {
        <Ask session={session.clone()} {title} text={None::<Phrase>} apply={Some(change::APPLY)} unable={chosen == now} {onapply}>
            { picks(words.say(legend), all, &chosen, &pick) }
            { foreseen::told(session, floor) }
            { note_box(session, &note) }
        </Ask>
    }
}

fn note_box(session: &Session, note: &UseStateHandle<String>) -> Html {
    let words = session.words;
    let set = note.setter();
    let oninput =
        move |event: InputEvent| set.set(event.target_unchecked_into::<HtmlTextAreaElement>().value());
    html! {
        <label class="field">
            <span class="field-label">{ words.say(change::NOTE) }</span>
            <textarea class="field-input" rows="2" dir="auto" placeholder={words.say(change::NOTE_HINT)} value={(**note).clone()} {oninput} />
        </label>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct TierProps {
    pub(super) session: Session,
    pub(super) chosen: TierId,
}

/// What another tier would do: to look at, never to do.
#[component]
pub(super) fn Tiers(props: &TierProps) -> Html {
    let TierProps { session, chosen } = props;
    let words = session.words;
    let Some(floor) = session.floor() else { return Html::default() };
    let tell = session.dispatcher();
    let pick = Callback::from(move |tier| tell.dispatch(Action::Sheet(Some(Sheet::Tier(tier)))));
    let all = floor.hello.tiers.iter().map(|tier| (tier.clone(), reasons::tier_name(words, tier)));
    html! {
        <Ask session={session.clone()} title={change::TIER_TITLE} text={Some(change::TIER_TEXT)} apply={None::<Phrase>} onapply={Callback::noop()}>
            { picks(words.say(desk::TIER), all, chosen, &pick) }
            { foreseen::told(session, floor) }
        </Ask>
    }
}

#[component]
pub(super) fn Team(props: &Props) -> Html {
    let session = &props.session;
    let words = session.words;
    let now = session.floor().and_then(|floor| floor.ticket()?.team.clone());
    let chosen = use_state(|| now.clone());
    let Some(floor) = session.floor() else { return Html::default() };
    let set = chosen.setter();
    let onchange = move |event: Event| {
        set.set(event.target_unchecked_into::<HtmlSelectElement>().value().parse::<TeamId>().ok());
    };
    let option = |id: &str, name: &str, selected: bool| {
        html! { <option value={id.to_owned()} {selected}>{ name.to_owned() }</option> }
    };
    let teams = floor
        .hello
        .teams
        .iter()
        .map(|team| option(team.id.as_str(), &team.name, chosen.as_ref() == Some(&team.id)));
    let (tell, to) = (session.dispatcher(), (*chosen).clone());
    let onapply = Callback::from(move |()| {
        if let Some(to) = to.clone() {
            tell.dispatch(Action::Change(DeskCommand::Team { to }));
        }
    });
    html! {
        <Ask session={session.clone()} title={change::TEAM_TITLE} text={Some(change::TEAM_TEXT)} apply={Some(change::APPLY)}
            unable={chosen.is_none() || *chosen == now} {onapply}>
            <label class="field">
                <span class="field-label">{ words.say(change::TEAM) }</span>
                <select class="field-input" {onchange}>
                    if now.is_none() { { option("", words.say(change::TEAM_NONE), chosen.is_none()) } }
                    { for teams }
                </select>
            </label>
        </Ask>
    }
}

#[component]
pub(super) fn Merge(props: &Props) -> Html {
    let session = &props.session;
    let words = session.words;
    let code = use_state(String::new);
    let set = code.setter();
    let oninput = move |event: InputEvent| set.set(event.target_unchecked_into::<HtmlInputElement>().value());
    let (tell, into) = (session.dispatcher(), code.trim().to_owned());
    let unable = into.is_empty();
    let onapply = Callback::from(move |()| {
        tell.dispatch(Action::Change(DeskCommand::Merge { into: into.clone(), confirmed: false }));
    });
    html! {
        <Ask session={session.clone()} title={change::MERGE_TITLE} text={Some(change::MERGE_TEXT)} apply={Some(change::MERGE)} {unable} {onapply}>
            <label class="field">
                <span class="field-label">{ words.say(change::MERGE_CODE) }</span>
                <input class="field-input" dir="ltr" autocomplete="off" spellcheck="false" placeholder={words.say(change::MERGE_HINT)}
                    value={(*code).clone()} {oninput} />
            </label>
        </Ask>
    }
}

#[component]
pub(super) fn Throwing(props: &Props) -> Html {
    let session = &props.session;
    let words = session.words;
    let why = use_state(|| Discard::Spam);
    let set = why.setter();
    let pick = Callback::from(move |why| set.set(why));
    let all = [(Discard::Spam, change::DISCARD_SPAM), (Discard::Deleted, change::DISCARD_DELETED)];
    let all = all.map(|(why, phrase)| (why, words.say(phrase).to_owned()));
    let (tell, chosen) = (session.dispatcher(), *why);
    let onapply =
        Callback::from(move |()| tell.dispatch(Action::Change(DeskCommand::Discard { why: chosen })));
    html! {
        <Ask session={session.clone()} title={change::DISCARD_TITLE} text={Some(change::DISCARD_TEXT)} apply={Some(change::DISCARD)} {onapply}>
            { picks(words.say(change::DISCARD_WHY), all, &chosen, &pick) }
        </Ask>
    }
}
