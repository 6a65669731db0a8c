//! The form: how bad, each with its own promise beside it; what happened; where the answer goes.

use shared::contract::Severity;
use shared::text::widget as text;
use shared::ticket::Field;
use web_sys::HtmlInputElement;
use widget::dates::Dates;
use widget::icon::small;
use widget::reasons::severity_phrase;
use yew::prelude::*;

use super::refused;
use crate::link::Link;
use crate::session::{Action, Blank, Outlook, Session};

/// The form.
pub(crate) fn form(session: &Session, link: &Link) -> Html {
    let words = session.words;
    let submit = {
        let link = link.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            link.tell(Action::Submitted(link.new_ticket()));
        })
    };
    let contact_required = session.hello.here.as_ref().is_some_and(|hello| hello.limits.contact_required);
    let contact = (words.say(text::CONTACT_QUESTION), words.say(text::CONTACT_HINT), contact_required);
    let name = (words.say(text::NAME_QUESTION), "", false);
    html! {
        <>
            <form class="body" data-view="form" id="request" novalidate=true onsubmit={submit}>
                { severities(session, link) }
                { what(session, link) }
                { line(session, link, Blank::Contact, contact) }
                { line(session, link, Blank::Name, name) }
            </form>
            <footer class="foot">
                <p class="foot-promise">{ small("running") }<span>{ promise(session) }</span></p>
                <button class="button" data-kind="primary" data-wide="" type="submit" form="request">
                    { words.say(text::SUBMIT) }
                </button>
            </footer>
        </>
    }
}

fn promise(session: &Session) -> Html {
    let words = session.words;
    let told = session.outlook().and_then(|outlook| outlook.promise(session.draft.severity));
    match (told, session.dates()) {
        (Some((at, _)), Some(dates)) => words.html(text::FOOT_PROMISE, &[("time", dates.element(at))]),
        (Some(_) | None, _) => words.say(text::FOOT_PROMISE_UNKNOWN).into(),
    }
}

fn severities(session: &Session, link: &Link) -> Html {
    let words = session.words;
    let choice = |severity: Severity| {
        let help = match severity {
            Severity::General => text::GENERAL_HELP,
            Severity::Urgent => text::URGENT_HELP,
            Severity::Major => text::MAJOR_HELP,
        };
        html! {
            <label class="choice" key={severity.as_str()}>
                <input type="radio" name="severity" value={severity.as_str()}
                    checked={session.draft.severity == severity}
                    onchange={link.on(move || Action::Chose(severity))} />
                <span><b>{ words.say(severity_phrase(severity)) }</b><small>{ words.say(help) }</small></span>
                <span class="choice-when">{ when(session.outlook(), session.dates(), severity) }</span>
            </label>
        }
    };
    html! {
        <fieldset class="field">
            <legend class="field-label">{ words.say(text::SEVERITY_QUESTION) }</legend>
            <div class="choices">{ for Severity::ALL.into_iter().map(choice) }</div>
        </fieldset>
    }
}

/// The promise of one severity; and what sets it apart, where the same hour would hide it.
fn when(outlook: Option<Outlook<'_>>, dates: Option<Dates<'_>>, severity: Severity) -> Html {
    let (Some(outlook), Some(dates)) = (outlook, dates) else { return Html::default() };
    let Some((at, _)) = outlook.promise(severity) else { return Html::default() };
    let same = severity != Severity::General && outlook.promise(Severity::General).is_some_and(|(g, _)| g == at);
    html! {
        <>
            { dates.words.html(text::BY, &[("time", dates.element(at))]) }
            if same { <small>{ dates.words.say(text::TAKEN_FIRST) }</small> }
        </>
    }
}

fn what(session: &Session, link: &Link) -> Html {
    let words = session.words;
    let error = error(session, Field::Text);
    let typed = typed(link, Blank::Text);
    html! {
        <label class="field" data-error={error.as_ref().map(|_| "")}>
            <span class="field-label">{ words.say(text::WHAT_QUESTION) }</span>
            <textarea class="field-input" rows="3" name="text" dir="auto" placeholder={words.say(text::WHAT_HINT)}
                aria-invalid={error.as_ref().map(|_| "true")} aria-describedby={error.as_ref().map(|_| "text-error")}
                value={session.draft.blank(Blank::Text).to_owned()} oninput={typed} />
            { told(error, "text-error") }
            if session.draft_restored { <span class="help" role="status">{ words.say(text::DRAFT_RESTORED) }</span> }
        </label>
    }
}

fn line(
    session: &Session,
    link: &Link,
    blank: Blank,
    (question, hint, required): (&'static str, &'static str, bool),
) -> Html {
    let words = session.words;
    let field = blank.field();
    let error = error(session, field);
    let (id, complete) = match blank {
        Blank::Contact => ("contact-error", "email"),
        Blank::Name | Blank::Text => ("name-error", "name"),
    };
    html! {
        <label class="field" data-error={error.as_ref().map(|_| "")}>
            <span class="field-label">
                { question }if !required { <span>{ words.say(text::OPTIONAL) }</span> }
            </span>
            <input class="field-input" type="text" name={field.as_str()} autocomplete={complete} placeholder={hint}
                aria-invalid={error.as_ref().map(|_| "true")} aria-describedby={error.as_ref().map(|_| id)}
                value={session.draft.blank(blank).to_owned()} oninput={typed(link, blank)} />
            { told(error, id) }
            if blank == Blank::Contact { <span class="help">{ words.say(text::CONTACT_HELP) }</span> }
        </label>
    }
}

/// What stands in a field now. A text area answers to the same name as an input.
fn typed(link: &Link, blank: Blank) -> Callback<InputEvent> {
    let link = link.clone();
    Callback::from(move |event: InputEvent| {
        link.tell(Action::Typed(blank, event.target_unchecked_into::<HtmlInputElement>().value()));
    })
}

fn error(session: &Session, field: Field) -> Option<String> {
    session.errors.iter().find(|error| error.field == field).map(|error| refused::field(session.words, error))
}

fn told(error: Option<String>, id: &'static str) -> Html {
    let Some(error) = error else { return Html::default() };
    html! { <span class="field-error" {id}>{ small("alert") }{ error }</span> }
}
