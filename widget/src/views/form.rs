//! The form: how bad, each with its own promise beside it; what happened; where the answer goes.

use shared::contract::Severity;
use shared::text::{Phrase, first as text};
use shared::ticket::Field;
use web_sys::HtmlInputElement;
use widget::dates::Dates;
use widget::icon::small;
use widget::node::{Node, el, of};
use widget::reasons::severity_phrase;
use yew::prelude::*;

use crate::link::Link;
use crate::session::{Action, Blank, Outlook, Press, Session};

/// The form.
pub(crate) fn form(session: &Session, link: &Link) -> [Node; 2] {
    let words = session.words;
    let sender = link.clone();
    let submit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        sender.tell(Action::Submitted(sender.new_ticket()));
    });
    let required = session.hello.here.as_ref().is_none_or(|hello| hello.limits.contact_required);
    let form = of("form", "body")
        .set("data-view", "form")
        .set("id", "request")
        .set("novalidate", "")
        .on_submit(submit)
        .child(severities(session, link))
        .child(field(session, link, Blank::Text, true))
        .child(field(session, link, Blank::Contact, required))
        .child(field(session, link, Blank::Name, false));
    let send = of("button", "button").set("data-kind", "primary").set("data-wide", "");
    let send = send.set("type", "submit").set("form", "request").phrase(words, &text::SUBMIT);
    let promise = of("p", "foot-promise").with(small("running")).child(promise(session));
    [form, of("footer", "foot").child(promise).child(send)]
}

fn promise(session: &Session) -> Node {
    let words = session.words;
    let told = session.outlook().and_then(|outlook| outlook.promise(session.draft.severity));
    match told.zip(session.dates()) {
        Some(((at, _), dates)) => el("span").with(words.around(text::FOOT_PROMISE, dates.element(at))),
        None => el("span").phrase(words, &text::FOOT_PROMISE_UNKNOWN),
    }
}

fn severities(session: &Session, link: &Link) -> Node {
    let legend = of("legend", "field-label").phrase(session.words, &text::SEVERITY_QUESTION);
    let choices = Severity::ALL.into_iter().map(|severity| choice(session, link, severity));
    of("fieldset", "field").child(legend).child(of("div", "choices").all(choices))
}

fn choice(session: &Session, link: &Link, severity: Severity) -> Node {
    let words = session.words;
    let help = match severity {
        Severity::General => text::GENERAL_HELP,
        Severity::Urgent => text::URGENT_HELP,
        Severity::Major => text::MAJOR_HELP,
    };
    let dot = el("input")
        .set("type", "radio")
        .set("name", "severity")
        .set("value", severity.as_str())
        .checked(session.draft.severity == severity)
        .on_change(link.press(Press::Choose(severity)));
    let name = el("b").say(words.say(severity_phrase(severity)));
    let name = el("span").child(name).child(el("small").say(words.say(help)));
    let when =
        session.outlook().zip(session.dates()).and_then(|(outlook, dates)| when(outlook, &dates, severity));
    of("label", "choice").child(dot).child(name).maybe(when)
}

/// The promise of one severity; and what sets it apart, where the same hour would hide it.
fn when(outlook: Outlook<'_>, dates: &Dates<'_>, severity: Severity) -> Option<Node> {
    let (at, _) = outlook.promise(severity)?;
    let general = outlook.promise(Severity::General).map(|(at, _)| at);
    let same = severity != Severity::General && general == Some(at);
    let told = dates.words.around(text::BY, dates.element(at));
    let first = same.then(|| el("small").phrase(dates.words, &text::TAKEN_FIRST));
    Some(of("span", "choice-when").with(told).maybe(first))
}

/// What stands around one field.
struct Around {
    question: Phrase,
    hint: Option<Phrase>,
    help: Option<Phrase>,
    error: &'static str,
    complete: &'static str,
}

fn around(session: &Session, blank: Blank) -> Around {
    let (question, hint, help, error, complete) = match blank {
        Blank::Text => {
            let restored = session.draft_restored.then_some(text::DRAFT_RESTORED);
            (text::WHAT_QUESTION, Some(text::WHAT_HINT), restored, "text-error", "off")
        }
        Blank::Contact => {
            let (hint, help) = (Some(text::CONTACT_HINT), Some(text::CONTACT_HELP));
            (text::CONTACT_QUESTION, hint, help, "contact-error", "email")
        }
        Blank::Name => (text::NAME_QUESTION, None, None, "name-error", "name"),
    };
    Around { question, hint, help, error, complete }
}

fn field(session: &Session, link: &Link, blank: Blank, required: bool) -> Node {
    let words = session.words;
    let field = blank.field();
    let Around { question, hint, help, error: id, complete } = around(session, blank);
    let error = error(session, field);
    let wrong = error.is_some();
    let optional = (!required).then(|| el("span").phrase(words, &text::OPTIONAL));
    let input =
        if blank == Blank::Text { el("textarea").set("rows", "3") } else { el("input").set("type", "text") };
    let input = input
        .set("class", "field-input")
        .set("name", field.as_str())
        .set("dir", "auto")
        .set("autocomplete", complete)
        .set("placeholder", hint.map_or("", |hint| words.say(hint)))
        .set_if(wrong, "aria-invalid", "true")
        .set_if(wrong, "aria-describedby", id)
        .value(session.draft.blank(blank))
        .on_input(typed(link, blank));
    of("label", "field")
        .set_if(wrong, "data-error", "")
        .child(of("span", "field-label").say(words.say(question)).maybe(optional))
        .child(input)
        .maybe(error.map(|error| of("span", "field-error").set("id", id).with(small("alert")).told(error)))
        .maybe(help.map(|help| of("span", "help").say(words.say(help))))
}

/// What stands in a field now. A text area answers to the same name as an input.
fn typed(link: &Link, blank: Blank) -> Callback<InputEvent> {
    let link = link.clone();
    Callback::from(move |event: InputEvent| {
        link.tell(Action::Typed(blank, event.target_unchecked_into::<HtmlInputElement>().value()));
    })
}

fn error(session: &Session, field: Field) -> Option<String> {
    let error = session.errors.iter().find(|error| error.field == field)?;
    session.later.here.as_ref().map(|later| (later.field)(session.words, error))
}
