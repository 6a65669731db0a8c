//! The form: from what was typed to a request, or every mistake at once. The same code runs in the form itself and
//! behind it.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::contract::Severity;
use crate::ids::{ChannelId, TicketId, excerpt};
use crate::language::Language;
use crate::time::Zone;

/// A request as a person or a program sends it: nothing in it is trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRequest {
    /// The ticket's id, made by the sender and kept for every retry.
    pub id: String,
    /// How it comes: a channel of the tenant's file.
    pub channel: String,
    /// `general`, `urgent` or `major`.
    pub severity: String,
    /// What happened.
    pub text: String,
    /// Where an answer reaches her: an e-mail address or a phone number.
    #[serde(default)]
    pub contact: String,
    /// What she is called.
    #[serde(default)]
    pub name: String,
    /// The language she reads.
    pub language: String,
    /// Her time zone, as the browser names it.
    pub zone: String,
}

/// What a tenant takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntakeRules {
    /// Characters that a message may have.
    pub text_chars: u32,
    /// Channels through which a request may come.
    pub channels: Vec<ChannelId>,
    /// Whether the customer must say where an answer reaches her: yes, if nobody vouched for her.
    pub contact_required: bool,
}

/// A request that can be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The ticket it opens.
    pub id: TicketId,
    /// How it came.
    pub channel: ChannelId,
    /// How bad she says it is.
    pub severity: Severity,
    /// What happened.
    pub text: String,
    /// Where an answer reaches her.
    pub contact: Option<Contact>,
    /// What she is called.
    pub name: Option<String>,
    /// The language she reads.
    pub language: Language,
    /// Her time zone.
    pub zone: Zone,
}

/// Where an answer reaches a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contact {
    /// An e-mail address (RFC 5321 in its everyday part: one `@`, a dotted host).
    Email {
        /// The address.
        address: String,
    },
    /// A phone number: 5 to 20 digits, as typed.
    Phone {
        /// The number.
        number: String,
    },
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The ticket's id.
    Id,
    /// The channel.
    Channel,
    /// How bad.
    Severity,
    /// What happened.
    Text,
    /// Where an answer reaches her.
    Contact,
    /// What she is called.
    Name,
    /// Her language.
    Language,
    /// Her zone.
    Zone,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// Nothing was said.
    #[error("is empty")]
    Missing {},
    /// More characters than the tenant takes.
    #[error("has at most {limit} characters, found {found}")]
    TooLong {
        /// Characters allowed.
        limit: u32,
        /// Characters found.
        found: u32,
    },
    /// A character that cannot be shown, such as U+0000.
    #[error("holds a character that cannot be shown, U+{found:04X}, as number {place}")]
    Unprintable {
        /// The character.
        found: u32,
        /// Its place, counted from 1.
        place: u32,
    },
    /// An address without an `@`.
    #[error("lacks an @: \"{found}\"")]
    NoAt {
        /// What was typed, cut at 60 characters.
        found: String,
    },
    /// Neither an e-mail address nor a phone number.
    #[error("is neither an e-mail address nor a phone number: \"{found}\"")]
    NoAddress {
        /// What was typed, cut at 60 characters.
        found: String,
    },
    /// Not one of the values that it takes.
    #[error("takes {takes}, found \"{found}\"")]
    Unknown {
        /// What it takes.
        takes: String,
        /// What was found, cut at 60 characters.
        found: String,
    },
}

/// One mistake, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{} {problem}", field.as_str())]
pub struct FieldError {
    /// Where.
    pub field: Field,
    /// What.
    pub problem: Problem,
}

impl Field {
    /// The name in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Channel => "channel",
            Self::Severity => "severity",
            Self::Text => "text",
            Self::Contact => "contact",
            Self::Name => "name",
            Self::Language => "language",
            Self::Zone => "zone",
        }
    }
}

/// Longest name, contact and found text.
const SHORT: u32 = 120;

/// Reads a form.
///
/// # Errors
/// Every mistake at once, in the form's order.
pub fn parse(raw: &RawRequest, rules: &IntakeRules) -> Result<Request, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut note = |field: Field, problem: Problem| errors.push(FieldError { field, problem });
    let id =
        raw.id.parse::<TicketId>().map_err(|_| note(Field::Id, unknown("a UUID of version 7", &raw.id))).ok();
    let channel = channel(&raw.channel, rules).map_err(|problem| note(Field::Channel, problem)).ok();
    let severity = raw.severity.parse::<Severity>().map_err(|()| {
        note(Field::Severity, unknown("general, urgent or major", &raw.severity));
    });
    let text = words(&raw.text, rules.text_chars).map_err(|problem| note(Field::Text, problem)).ok();
    let contact = contact(&raw.contact, rules).map_err(|problem| note(Field::Contact, problem)).ok();
    let name = optional(&raw.name).map_err(|problem| note(Field::Name, problem)).ok();
    let language = raw.language.parse::<Language>().map_err(|_| {
        note(Field::Language, unknown("a tag such as \"zh-CN\"", &raw.language));
    });
    let zone = Zone::new(&raw.zone).map_err(|_| {
        note(Field::Zone, unknown_zone(&raw.zone));
    });
    match (id, channel, severity, text, contact, name, language, zone) {
        (
            Some(id),
            Some(channel),
            Ok(severity),
            Some(text),
            Some(contact),
            Some(name),
            Ok(language),
            Ok(zone),
        ) => Ok(Request { id, channel, severity, text, contact, name, language, zone }),
        _ => Err(errors),
    }
}

/// What is wrong with a zone that there is not.
#[must_use]
pub fn unknown_zone(found: &str) -> Problem {
    unknown("an IANA zone such as \"Asia/Shanghai\"", found)
}

/// Reads the words of a message: not empty, not too long, nothing that cannot be shown.
///
/// # Errors
/// The one problem that a person would mend first.
pub fn words(text: &str, limit: u32) -> Result<String, Problem> {
    let text = text.trim();
    let found = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if found == 0 {
        return Err(Problem::Missing {});
    }
    if found > limit {
        return Err(Problem::TooLong { limit, found });
    }
    let hidden = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    match text.chars().zip(1_u32..).find(|(c, _)| hidden(*c)) {
        Some((c, place)) => Err(Problem::Unprintable { found: u32::from(c), place }),
        None => Ok(text.to_owned()),
    }
}

fn optional(text: &str) -> Result<Option<String>, Problem> {
    if text.trim().is_empty() { Ok(None) } else { words(text, SHORT).map(Some) }
}

fn channel(text: &str, rules: &IntakeRules) -> Result<ChannelId, Problem> {
    let known = rules.channels.iter().find(|channel| channel.as_str() == text);
    known.cloned().ok_or_else(|| {
        let names: Vec<&str> = rules.channels.iter().map(ChannelId::as_str).collect();
        unknown(&names.join(", "), text)
    })
}

fn contact(text: &str, rules: &IntakeRules) -> Result<Option<Contact>, Problem> {
    let Some(text) = optional(text)? else {
        return if rules.contact_required { Err(Problem::Missing {}) } else { Ok(None) };
    };
    if let Some((name, host)) = text.split_once('@') {
        let dotted = host.contains('.') && host.split('.').all(|part| !part.is_empty());
        let plain = !text.chars().any(char::is_whitespace) && !host.contains('@');
        let good = !name.is_empty() && dotted && plain;
        return if good { Ok(Some(Contact::Email { address: text })) } else { Err(no_address(&text)) };
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let typed = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')');
    match ((5..=20).contains(&digits), text.chars().all(typed)) {
        (true, true) => Ok(Some(Contact::Phone { number: text })),
        (false, true) => Err(no_address(&text)),
        (_, false) => Err(Problem::NoAt { found: excerpt(&text) }),
    }
}

fn no_address(found: &str) -> Problem {
    Problem::NoAddress { found: excerpt(found) }
}

fn unknown(takes: &str, found: &str) -> Problem {
    Problem::Unknown { takes: takes.to_owned(), found: excerpt(found) }
}
