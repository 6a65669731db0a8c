//! What she has typed and not sent: kept over a reload.

use serde::{Deserialize, Serialize};
use shared::contract::Severity;
use shared::ids::{ChannelId, TicketId};
use shared::ticket::{Field, IntakeRules, RawRequest};
use shared::wire::Hello;

/// A field that she types in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blank {
    /// What happened.
    Text,
    /// Where an answer reaches her.
    Contact,
    /// What she is called.
    Name,
}

impl Blank {
    /// Where a mistake in it is reported.
    pub(crate) fn field(self) -> Field {
        match self {
            Self::Text => Field::Text,
            Self::Contact => Field::Contact,
            Self::Name => Field::Name,
        }
    }
}

/// The form, and what is half written for tickets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Draft {
    /// How bad.
    pub(crate) severity: Severity,
    text: String,
    contact: String,
    name: String,
    replies: Vec<(TicketId, String)>,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            severity: Severity::General,
            text: String::new(),
            contact: String::new(),
            name: String::new(),
            replies: Vec::new(),
        }
    }
}

impl Draft {
    /// What stands in a field.
    pub(crate) fn blank(&self, blank: Blank) -> &str {
        match blank {
            Blank::Text => &self.text,
            Blank::Contact => &self.contact,
            Blank::Name => &self.name,
        }
    }

    /// Types into a field.
    pub(crate) fn fill(&mut self, blank: Blank, words: String) {
        match blank {
            Blank::Text => self.text = words,
            Blank::Contact => self.contact = words,
            Blank::Name => self.name = words,
        }
    }

    /// What is half written for a ticket.
    pub(crate) fn reply(&self, ticket: TicketId) -> &str {
        self.replies.iter().find(|(id, _)| *id == ticket).map_or("", |(_, text)| text)
    }

    /// Writes on it; nothing left is nothing kept.
    pub(crate) fn set_reply(&mut self, ticket: TicketId, text: String) {
        self.replies.retain(|(id, _)| *id != ticket);
        if !text.is_empty() {
            self.replies.push((ticket, text));
        }
    }

    /// The request was sent: its words are in the outbox now. Her name and address stay for the next one.
    pub(crate) fn sent(&mut self) {
        self.text.clear();
        self.severity = Severity::General;
    }

    /// A request comes back to be mended.
    pub(crate) fn take_back(&mut self, form: &RawRequest) {
        self.severity = form.severity.parse().unwrap_or(Severity::General);
        self.text.clone_from(&form.text);
        self.contact.clone_from(&form.contact);
        self.name.clone_from(&form.name);
    }

    /// Whether somebody would miss it.
    pub(crate) fn worth_telling(&self) -> bool {
        !self.text.trim().is_empty()
    }

    /// The form as it is sent.
    pub(crate) fn request(&self, id: TicketId, hello: &Hello, language: &str, zone: &str) -> RawRequest {
        RawRequest {
            id: id.to_string(),
            channel: writable(hello).map(ChannelId::to_string).unwrap_or_default(),
            severity: self.severity.as_str().to_owned(),
            text: self.text.clone(),
            contact: self.contact.clone(),
            name: self.name.clone(),
            language: language.to_owned(),
            zone: zone.to_owned(),
        }
    }
}

/// The channel that a form comes through: live chat, or else the first that takes one.
pub(super) fn writable(hello: &Hello) -> Option<&ChannelId> {
    let mut takes = hello.channels.iter().filter(|channel| channel.writable).map(|channel| &channel.id);
    takes.clone().find(|id| id.as_str() == "chat").or_else(|| takes.next())
}

/// What the tenant takes.
pub(super) fn rules(hello: &Hello) -> IntakeRules {
    IntakeRules {
        text_chars: hello.limits.text_chars,
        channels: hello.channels.iter().filter(|c| c.writable).map(|c| c.id.clone()).collect(),
        contact_required: hello.limits.contact_required,
    }
}
