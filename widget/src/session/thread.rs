//! A ticket as it is read: what was said, grouped by who said it, and what happened between.

use jiff::{SignedDuration, Timestamp};
use shared::contract::Metric;
use shared::ids::{AgentId, MessageId};
use shared::refusal::Refusal;
use shared::sla::ClockState;
use shared::ticket::{Actor, Author, PendReason};
use shared::wire::{Entry, Outgoing, Parcel, TicketView, What};

use super::Echo;

/// One line of what is read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Line {
    /// Somebody said something, once or several times in a row.
    Group {
        /// Who.
        voice: Voice,
        /// Since when.
        at: Timestamp,
        /// The words.
        sayings: Vec<Saying>,
    },
    /// The first answer was given, and how that compares with the promise.
    Answered {
        /// When.
        at: Timestamp,
        /// After how long.
        after: SignedDuration,
        /// How much too late; none: the promise was kept.
        late: Option<SignedDuration>,
    },
    /// An agent waits.
    Pended {
        /// Since when.
        at: Timestamp,
        /// Who.
        by: AgentId,
        /// For whom.
        reason: PendReason,
    },
    /// The wait is over.
    Resumed(Timestamp),
    /// It is dealt with.
    Solved {
        /// When.
        at: Timestamp,
        /// By whom.
        by: AgentId,
    },
    /// It is not.
    Reopened(Timestamp),
    /// She said that it is dealt with.
    Closed(Timestamp),
    /// Another instant is promised for the first answer from here on.
    PromisedReply(Timestamp),
    /// Another instant is promised for the solution from here on.
    PromisedSolution(Timestamp),
    /// A promise was broken.
    Breached {
        /// Which.
        metric: Metric,
        /// When.
        at: Timestamp,
    },
}

/// Who speaks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Voice {
    /// The reader herself.
    Hers,
    /// The tenant: one of its people, or a program of its.
    Team(Option<AgentId>),
}

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Saying {
    /// Which.
    pub(crate) message: MessageId,
    /// The words.
    pub(crate) text: String,
    /// How far it has come.
    pub(crate) sent: Sent,
}

/// How far a message has come.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sent {
    /// The edge has it.
    At(Timestamp),
    /// It is on its way, or waits for the network.
    Waiting(Timestamp),
    /// The edge will not have it.
    Refused(Refusal),
}

/// The lines of a ticket, then what the edge has but this copy of the ticket has not, then what waits to leave.
pub(crate) fn thread<'a>(
    ticket: &TicketView,
    said: impl Iterator<Item = &'a Echo>,
    waiting: impl Iterator<Item = &'a Parcel>,
) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut answer = first_answer(ticket);
    for entry in &ticket.entries {
        if answer.as_ref().is_some_and(|(at, _)| *at <= entry.at && !by_customer(entry)) {
            lines.extend(answer.take().map(|(_, line)| line));
        }
        add(&mut lines, entry);
    }
    lines.extend(answer.map(|(_, line)| line));
    for echo in said {
        let saying = Saying { message: echo.message, text: echo.text.clone(), sent: Sent::At(echo.at) };
        say(&mut lines, Voice::Hers, echo.at, saying);
    }
    for parcel in waiting {
        let Outgoing::Say { text, .. } = &parcel.outgoing else { continue };
        let sent = parcel.refused.clone().map_or(Sent::Waiting(parcel.written_at), Sent::Refused);
        let saying = Saying { message: parcel.id, text: text.clone(), sent };
        say(&mut lines, Voice::Hers, parcel.written_at, saying);
    }
    lines
}

fn by_customer(entry: &Entry) -> bool {
    matches!(&entry.what, What::Said { author: Author::Customer {}, .. })
}

fn first_answer(ticket: &TicketView) -> Option<(Timestamp, Line)> {
    let clock = ticket.clocks.iter().find(|clock| clock.metric == Metric::FirstResponse)?;
    let (at, late) = match clock.state {
        ClockState::Met { at, .. } => (at, None),
        ClockState::Missed { at, late } => (at, Some(late)),
        ClockState::Running { .. }
        | ClockState::Paused {}
        | ClockState::Late { .. }
        | ClockState::Endless {} => return None,
    };
    Some((at, Line::Answered { at, after: at.duration_since(clock.started), late }))
}

fn add(lines: &mut Vec<Line>, entry: &Entry) {
    let at = entry.at;
    match &entry.what {
        What::Said { message, author, text } => {
            let voice = match author {
                Author::Customer {} => Voice::Hers,
                Author::Agent { id } => Voice::Team(Some(id.clone())),
                Author::Bot {} | Author::Automatic {} => Voice::Team(None),
            };
            say(lines, voice, at, Saying { message: *message, text: text.clone(), sent: Sent::At(at) });
        }
        What::Pended { by, reason } => lines.push(Line::Pended { at, by: by.clone(), reason: *reason }),
        // Her own answer ends a wait; the words above say so already.
        What::Resumed { by: Actor::Agent { .. } | Actor::Rule { .. } | Actor::Tenant {} } => {
            lines.push(Line::Resumed(at))
        }
        What::Solved { by } => lines.push(Line::Solved { at, by: by.clone() }),
        What::Reopened { .. } => lines.push(Line::Reopened(at)),
        What::Closed {} => lines.push(Line::Closed(at)),
        What::Promised { first_response, resolution, .. } => {
            lines.extend(first_response.map(|promised| Line::PromisedReply(promised.at)));
            lines.extend(resolution.map(|promised| Line::PromisedSolution(promised.at)));
        }
        What::Breached { metric, stamped } => lines.push(Line::Breached { metric: *metric, at: *stamped }),
        What::Resumed { by: Actor::Customer {} }
        | What::Noted { .. }
        | What::Warned { .. }
        | What::Antedated { .. }
        | What::Severity { .. }
        | What::Complexity { .. }
        | What::Bound { .. }
        | What::Team { .. }
        | What::MergedInto { .. }
        | What::MergedFrom { .. }
        | What::Discarded { .. } => {}
    }
}

fn say(lines: &mut Vec<Line>, voice: Voice, at: Timestamp, saying: Saying) {
    if let Some(Line::Group { voice: last, sayings, .. }) = lines.last_mut()
        && *last == voice
    {
        return sayings.push(saying);
    }
    lines.push(Line::Group { voice, at, sayings: vec![saying] });
}
