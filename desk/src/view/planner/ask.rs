//! The question, as a sentence with words to choose; what nothing has as its name is refused beside its word.

use std::rc::Rc;

use shared::contract::{Complexity, Severity};
use shared::text::{Phrase, planner as text};
use shared::wire::{Outcome, PlanAnswer, PlanField, UnknownName};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use widget::dates::wall_clock;
use widget::icon::small;
use widget::reasons::{channel_name, severity_phrase, tier_name};
use widget::words::{Words, listed};
use yew::prelude::*;

use super::{act, planned};
use crate::state::{Act, Action, Session};

#[derive(Properties, PartialEq)]
pub(super) struct AskProps {
    pub(super) session: Session,
    pub(super) answer: Rc<PlanAnswer>,
}

#[component]
pub(super) fn Ask(props: &AskProps) -> Html {
    let AskProps { session, answer } = props;
    let words = session.words;
    let submit = |event: SubmitEvent| event.prevent_default();
    let word = |field, control| worded(words, answer, field, control);
    let values = [
        ("tier", word(PlanField::Tier, tier(session, answer))),
        ("company", word(PlanField::Company, company(session, answer))),
        ("complexity", word(PlanField::Complexity, complexity(session, answer))),
        ("severity", word(PlanField::Severity, severity(session, answer))),
        ("channel", word(PlanField::Channel, channel(session, answer))),
        ("language", word(PlanField::Language, listed_word(session, answer, PlanField::Language))),
        ("at", word(PlanField::At, at(session, answer))),
        ("zone", word(PlanField::Zone, listed_word(session, answer, PlanField::Zone))),
    ];
    let reader = unknown(answer, PlanField::Reader).map(|name| refused(words, name));
    html! {
        <form class="planner-ask" aria-label={words.say(text::QUESTION_LABEL)} onsubmit={submit}>
            <div class="planner-question">{ words.html(text::QUESTION, &values) }</div>
            { for reader }
        </form>
    }
}

fn label(field: PlanField) -> Phrase {
    match field {
        PlanField::Tier => text::TIER,
        PlanField::Company => text::COMPANY,
        PlanField::Severity => text::SEVERITY,
        PlanField::Complexity => text::COMPLEXITY,
        PlanField::Channel => text::CHANNEL,
        PlanField::Language => text::LANGUAGE,
        PlanField::At => text::AT,
        PlanField::Zone | PlanField::Reader => text::ZONE,
    }
}

/// A word of the sentence, with what is wrong with it.
fn worded(words: Words, answer: &PlanAnswer, field: PlanField, control: Html) -> Html {
    let wrong = unknown(answer, field);
    html! {
        <span class="planner-word" data-error={wrong.map(|_| "")}>
            { control }
            { for wrong.map(|name| refused(words, name)) }
        </span>
    }
}

fn unknown(answer: &PlanAnswer, field: PlanField) -> Option<&UnknownName> {
    let Outcome::Unknown { names } = &answer.published else { return None };
    names.iter().find(|name| name.field == field)
}

fn refused(words: Words, name: &UnknownName) -> Html {
    html! { <span class="field-error" role="alert">{ small("alert") }<span>{ sentence(words, name) }</span></span> }
}

/// What nothing has as its name, and what was probably meant.
pub(super) fn sentence(words: Words, name: &UnknownName) -> String {
    let phrase = match name.field {
        PlanField::Tier => text::UNKNOWN_TIER,
        PlanField::Company => text::UNKNOWN_COMPANY,
        PlanField::Severity => text::UNKNOWN_SEVERITY,
        PlanField::Complexity => text::UNKNOWN_COMPLEXITY,
        PlanField::Channel => text::UNKNOWN_CHANNEL,
        PlanField::Language => text::UNKNOWN_LANGUAGE,
        PlanField::At => text::UNKNOWN_AT,
        PlanField::Zone => text::UNKNOWN_ZONE,
        PlanField::Reader => text::UNKNOWN_READER,
    };
    let told = words.fill(phrase, &[("found", &name.found)]);
    let hint = match &name.meant {
        Some(meant) => words.fill(text::MEANT, &[("name", meant)]),
        None if name.known.is_empty() => return told,
        None => {
            let known = listed(words, name.known.iter().map(String::as_str));
            words.fill(text::KNOWN, &[("names", &known)])
        }
    };
    [told, " ".to_owned(), hint].concat()
}

/// Some names to choose from, each with what people call it.
fn choice(session: &Session, field: PlanField, chosen: &str, names: Vec<(String, String)>) -> Html {
    let tell = session.dispatcher();
    let onchange = move |event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        tell.dispatch(Action::Planner(Act::Word(field, value)));
    };
    let option = |(name, told): (String, String)| {
        let selected = name == chosen;
        html! { <option {selected} value={name}>{ told }</option> }
    };
    let name = session.words.say(label(field));
    html! { <select class="planner-choice" aria-label={name} {onchange}>{ for names.into_iter().map(option) }</select> }
}

/// The tier that was asked for, or the one that the company has.
fn tier(session: &Session, answer: &PlanAnswer) -> Html {
    let words = session.words;
    let found = planned(&answer.published).map(|forecast| forecast.plan.tier.as_str());
    let chosen = answer.question.tier.as_deref().or(found).unwrap_or_default();
    let tiers = answer.choices.tiers.iter().map(|tier| (tier.to_string(), tier_name(words, tier)));
    choice(session, PlanField::Tier, chosen, tiers.collect())
}

fn company(session: &Session, answer: &PlanAnswer) -> Html {
    let any = (String::new(), session.words.say(text::ANY_COMPANY).to_owned());
    let companies = answer.choices.companies.iter().map(|one| (one.id.to_string(), one.name.clone()));
    let chosen = answer.question.company.as_deref().unwrap_or_default();
    choice(session, PlanField::Company, chosen, std::iter::once(any).chain(companies).collect())
}

fn severity(session: &Session, answer: &PlanAnswer) -> Html {
    let name = |one: Severity| (one.as_str().to_owned(), session.words.say(severity_phrase(one)).to_owned());
    let chosen = answer.question.severity.as_deref().unwrap_or_default();
    choice(session, PlanField::Severity, chosen, Severity::ALL.into_iter().map(name).collect())
}

fn complexity(session: &Session, answer: &PlanAnswer) -> Html {
    let phrase = |one: Complexity| match one {
        Complexity::Ordinary => text::ORDINARY,
        Complexity::Complex => text::COMPLEX,
    };
    let name = |one: Complexity| (one.as_str().to_owned(), session.words.say(phrase(one)).to_owned());
    let chosen = answer.question.complexity.as_deref().unwrap_or_default();
    choice(session, PlanField::Complexity, chosen, Complexity::ALL.into_iter().map(name).collect())
}

fn channel(session: &Session, answer: &PlanAnswer) -> Html {
    let words = session.words;
    let channels = answer.choices.channels.iter().map(|one| (one.to_string(), channel_name(words, one)));
    let chosen = answer.question.channel.as_deref().unwrap_or_default();
    choice(session, PlanField::Channel, chosen, channels.collect())
}

/// A word that is written, with some at hand: hundreds of languages and zones fit on no list.
fn listed_word(session: &Session, answer: &PlanAnswer, field: PlanField) -> Html {
    let (id, names, value) = if field == PlanField::Language {
        ("planner-languages", &answer.choices.languages, &answer.question.language)
    } else {
        ("planner-zones", &answer.choices.zones, &answer.question.zone)
    };
    let value = value.clone().unwrap_or_default();
    let size = value.chars().count().clamp(6, 22).to_string();
    let option = |name: &String| html! { <option value={name.clone()} /> };
    html! {
        <>
            <input class="planner-choice" aria-label={session.words.say(label(field))} dir="ltr" autocomplete="off" spellcheck="false" list={id} {size} {value}
                onchange={typed(session, field)} />
            <datalist {id}>{ for names.iter().map(option) }</datalist>
        </>
    }
}

fn typed(session: &Session, field: PlanField) -> Callback<Event> {
    let tell = session.dispatcher();
    Callback::from(move |event: Event| {
        let value = event.target_unchecked_into::<HtmlInputElement>().value();
        tell.dispatch(Action::Planner(Act::Word(field, value)));
    })
}

/// The moment by the reader's clock; without one, now.
fn at(session: &Session, answer: &PlanAnswer) -> Html {
    let words = session.words;
    let shown = planned(&answer.published).map(|forecast| {
        let civil = forecast.reader.civil(forecast.plan.at);
        let day = civil.day.date();
        format!("{:04}-{:02}-{:02}T{}", day.year(), day.month(), day.day(), wall_clock(civil))
    });
    let value = answer.question.at.clone().or(shown).unwrap_or_default();
    let now = answer.question.at.is_some().then(|| {
        let onclick = act(session, Act::Word(PlanField::At, String::new()));
        html! { <button type="button" class="button" data-kind="link" {onclick}>{ words.say(text::ASK_NOW) }</button> }
    });
    let weekday = planned(&answer.published).map(|forecast| {
        let day = forecast.reader.civil(forecast.plan.at).day;
        words.say(widget::dates::weekday(day.weekday()))
    });
    html! {
        <span class="planner-at">
            <span class="number" lang={words.tag()}>{ for weekday }</span>
            <input class="planner-choice" type="datetime-local" aria-label={words.say(text::AT)} {value} onchange={typed(session, PlanField::At)} />
            { for now }
            if answer.question.at.is_none() { <small>{ words.say(text::NOW) }</small> }
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::text::{Tongue, date};

    fn unknown(field: PlanField, found: &str, meant: Option<&str>, known: &[&str]) -> String {
        let known = known.iter().map(ToString::to_string).collect();
        let name = UnknownName { field, found: found.into(), meant: meant.map(str::to_owned), known };
        sentence(Words(Tongue::ENGLISH), &name)
    }

    #[test]
    fn an_unknown_word_is_refused_with_the_one_that_was_meant_or_all_that_there_are() {
        assert_eq!(
            unknown(PlanField::Tier, "vipp", Some("vip"), &["vip"]),
            "No tier is called “vipp”. Did you mean “vip”?"
        );
        assert_eq!(
            unknown(PlanField::Channel, "pigeon", None, &["chat", "email"]),
            format!(
                "No channel is called “pigeon”. There are chat{}email.",
                Words(Tongue::ENGLISH).say(date::LIST)
            )
        );
        assert_eq!(
            unknown(PlanField::At, "tonight", None, &[]),
            "“tonight” is not a date with a time, as 2026-10-01T23:10."
        );
    }
}
