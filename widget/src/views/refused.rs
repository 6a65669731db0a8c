//! Refusals in words: what, where, found.

use shared::refusal::Refusal;
use shared::text::{Phrase, refusal as text};
use shared::ticket::{Field, FieldError, Problem};
use widget::words::Words;

/// What is wrong with a field.
pub(crate) fn field(words: Words, error: &FieldError) -> String {
    let contact = error.field == Field::Contact;
    match &error.problem {
        Problem::Missing {} if contact => words.say(text::CONTACT_MISSING).to_owned(),
        Problem::Missing {} => words.say(text::WHAT_MISSING).to_owned(),
        Problem::TooLong { limit, found } => {
            let phrase = match error.field {
                Field::Name => text::NAME_TOO_LONG,
                Field::Contact => text::CONTACT_TOO_LONG,
                Field::Text
                | Field::Id
                | Field::Channel
                | Field::Severity
                | Field::Language
                | Field::Zone => text::WHAT_TOO_LONG,
            };
            words.fill(phrase, &[("limit", &limit.to_string()), ("found", &found.to_string())])
        }
        Problem::Unprintable { found, .. } => {
            words.fill(text::TEXT_NOT_ALLOWED, &[("found", &["U+", &hexadecimal(*found)].concat())])
        }
        Problem::NoAt { found } => words.fill(text::CONTACT_LACKS_AT, &[("found", found)]),
        Problem::NoAddress { found } => words.fill(text::CONTACT_UNKNOWN, &[("found", found)]),
        Problem::Unknown { found, .. } => words.fill(unknown(error.field), &[("found", found)]),
    }
}

fn unknown(field: Field) -> Phrase {
    match field {
        Field::Severity => text::SEVERITY_UNKNOWN,
        Field::Channel => text::CHANNEL_UNKNOWN,
        Field::Zone => text::ZONE_UNKNOWN,
        Field::Id | Field::Text | Field::Contact | Field::Name | Field::Language => text::OTHER,
    }
}

/// Why something was not taken.
pub(super) fn whole(words: Words, refusal: &Refusal) -> String {
    let other = |found: &str| words.fill(text::OTHER, &[("found", found)]);
    match refusal {
        Refusal::Form { errors } => {
            errors.iter().map(|error| field(words, error)).collect::<Vec<_>>().join(" ")
        }
        Refusal::TooLarge { limit, found } => {
            words.fill(text::TOO_LARGE, &[("limit", &limit.to_string()), ("found", &found.to_string())])
        }
        Refusal::Unauthorized { .. } => words.say(text::NOT_SIGNED_IN).to_owned(),
        Refusal::Origin { .. } => words.say(text::ORIGIN_REFUSED).to_owned(),
        Refusal::Unknown {} => words.say(text::NOT_FOUND).to_owned(),
        Refusal::Stage { .. } | Refusal::Unfit { .. } => words.say(text::CHANGED_MEANWHILE).to_owned(),
        Refusal::Malformed { found } | Refusal::ContentType { found } => other(found),
        Refusal::TooDeep { .. }
        | Refusal::Method { .. }
        | Refusal::TooMany { .. }
        | Refusal::Policy { .. } => words.say(text::UNAVAILABLE).to_owned(),
    }
}

fn hexadecimal(number: u32) -> String {
    let digit = |place: u32| char::from_digit(number >> (4 * place) & 15, 16);
    (0..4).rev().filter_map(digit).map(|c| c.to_ascii_uppercase()).collect()
}
