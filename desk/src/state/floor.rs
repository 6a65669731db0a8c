//! The desk once somebody is signed in: the list, the open ticket, what is typed, and what is on its way.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use jiff::Timestamp;
use shared::ids::{AgentId, CompanyId, MessageId, TeamId, TicketId};
use shared::refusal::Refusal;
use shared::wire::{DeskCommand, DeskHello, DeskTicket, Row};
use widget::http::Failure;

use super::draft::Draft;
use super::inbox::{self, Filter, Find, Moment, Rows, Section};
use super::sheet::{Foreseen, Sheet};
use super::{Act, Action, Outside, Place, Planner};

/// What an agent brings in: the edge's hello, and what this browser kept.
#[derive(Clone, Debug)]
pub(crate) struct Entrance {
    pub(crate) hello: DeskHello,
    pub(crate) drafts: Drafts,
    pub(crate) seen: Seen,
    pub(crate) open: Option<TicketId>,
}

/// What is typed, by ticket.
pub(crate) type Drafts = BTreeMap<TicketId, Draft>;

/// The last change of each ticket that this agent has looked at, in this browser.
pub(crate) type Seen = BTreeMap<TicketId, Timestamp>;

/// The socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// The first try.
    Connecting,
    Live,
    /// What changes elsewhere is not heard.
    Lost {
        since: Timestamp,
    },
}

/// Something that an agent does to a ticket, on its way.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Deed {
    /// Tells two tries apart.
    pub(crate) serial: u32,
    pub(crate) ticket: TicketId,
    pub(crate) command: DeskCommand,
}

impl Deed {
    /// The message that it says, if it says one.
    pub(super) fn says(&self) -> Option<MessageId> {
        match &self.command {
            DeskCommand::Reply { id, .. } | DeskCommand::Note { id, .. } => id.parse().ok(),
            DeskCommand::Severity { note, .. } | DeskCommand::Complexity { note, .. } => {
                note.as_ref()?.id.parse().ok()
            }
            DeskCommand::Pend { .. }
            | DeskCommand::Resume {}
            | DeskCommand::Solve {}
            | DeskCommand::Reopen {}
            | DeskCommand::Team { .. }
            | DeskCommand::Merge { .. }
            | DeskCommand::Discard { .. } => None,
        }
    }
}

/// A deed that came to nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Failed {
    pub(crate) deed: Deed,
    pub(crate) trouble: Failure,
}

/// The list as the edge last told it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Listing {
    Waiting,
    Known,
    Failed(Failure),
}

/// The ticket that is open.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    pub(crate) id: TicketId,
    /// Counts the tries: each one asks the edge.
    pub(crate) tries: u32,
    /// It may have changed without a newer row having said so.
    pub(crate) outdated: bool,
    pub(crate) ticket: Option<Rc<DeskTicket>>,
    /// The last try failed.
    pub(crate) trouble: Option<Failure>,
}

/// Signing out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Leaving {
    No,
    Asked,
    Failed(Failure),
}

/// News for those who do not look at the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    Ticket(TicketId),
    Message(TicketId),
}

/// Everything inside.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Floor {
    pub(crate) hello: Rc<DeskHello>,
    pub(crate) now: Timestamp,
    pub(crate) line: Line,
    pub(crate) listing: Listing,
    /// Counts the dials: each one opens a socket.
    pub(crate) dials: u32,
    /// Dials in vain since the line last lived.
    pub(crate) dialled_in_vain: u32,
    /// Counts the wishes for a new index.
    pub(crate) resyncs: u32,
    pub(crate) behind_since: Option<Timestamp>,
    pub(crate) rows: Rc<Rows>,
    pub(crate) sections: Rc<Vec<Section>>,
    pub(crate) pointed: bool,
    pub(crate) filter: Filter,
    pub(crate) find: String,
    pub(crate) reading: Option<Reading>,
    pub(crate) drafts: Rc<Drafts>,
    pub(crate) seen: Rc<Seen>,
    pub(crate) deeds: VecDeque<Deed>,
    pub(crate) failures: BTreeMap<TicketId, Failed>,
    pub(super) serials: u32,
    /// Counts the calls for the composer: each one brings the focus there.
    pub(crate) summons: u32,
    pub(crate) sheet: Option<Sheet>,
    pub(super) foreseen: Option<Foreseen>,
    pub(crate) side: bool,
    pub(crate) news: Option<News>,
    pub(crate) leaving: Leaving,
    pub(crate) planner: Planner,
}

impl Floor {
    pub(super) fn enter(entrance: Entrance) -> Self {
        let Entrance { hello, drafts, seen, open } = entrance;
        let mut floor = Self {
            now: hello.now,
            planner: Planner::of(hello.local.zone().as_str()),
            hello: Rc::new(hello),
            line: Line::Connecting,
            listing: Listing::Waiting,
            dials: 0,
            dialled_in_vain: 0,
            resyncs: 0,
            behind_since: None,
            rows: Rc::default(),
            sections: Rc::default(),
            pointed: false,
            filter: Filter::default(),
            find: String::new(),
            reading: None,
            drafts: Rc::new(drafts),
            seen: Rc::new(seen),
            deeds: VecDeque::new(),
            failures: BTreeMap::new(),
            serials: 0,
            summons: 0,
            sheet: None,
            foreseen: None,
            side: false,
            news: None,
            leaving: Leaving::No,
        };
        floor.open(open);
        floor
    }

    pub(super) fn after(mut self: Box<Self>, action: Action) -> Place {
        if unknown_to_the_edge(&action) {
            return Place::Outside(Outside::Ended);
        }
        match action {
            Action::Ticked(now) => self.tick(now),
            Action::Listed(listed) => self.listed(listed),
            Action::Told(told) => self.told(told),
            Action::Line(line) => self.line(line),
            Action::Resync => self.resync(),
            Action::Pointed(pointed) => self.pointed(pointed),
            Action::Filtered(filter) => self.filtered(filter),
            Action::Sought(find) => self.sought(find),
            Action::Opened(id) => self.open(id),
            Action::Read(id, read) => self.read(id, read),
            Action::ReadAgain => self.read_again(),
            Action::Write(mode) => self.write(mode),
            Action::Typed(text) => self.typed(text),
            Action::Send(fresh) => self.send(fresh),
            Action::Change(command) => self.change(command),
            Action::Confirm => self.confirm(),
            Action::Foreseen(wonder, answer) => self.foresee(wonder, answer),
            Action::Resume => self.do_to_open(DeskCommand::Resume {}),
            Action::Solve => self.do_to_open(DeskCommand::Solve {}),
            Action::Reopen => self.do_to_open(DeskCommand::Reopen {}),
            Action::Again => self.again(),
            Action::Dismiss => self.dismiss(),
            Action::Done(serial, outcome) => self.done(serial, outcome),
            Action::Leave => self.leaving = Leaving::Asked,
            Action::Stayed(why) => self.leaving = Leaving::Failed(why),
            Action::Sheet(sheet) => self.cover(sheet),
            Action::Side(side) => self.side = side,
            Action::Planner(act) => self.planner.after(act),
            // Answered before anybody was inside.
            Action::Speak(_) | Action::Entered(_) | Action::Kept(_) | Action::Knock => {}
        }
        Place::Inside(self)
    }

    /// What the find box asks for.
    pub(super) fn sought_for(&self) -> Find<'_> {
        Find { words: &self.find, companies: &self.hello.companies }
    }

    pub(crate) fn moment(&self) -> Moment<'_> {
        Moment { now: self.now, local: &self.hello.local }
    }

    /// What people call a company.
    pub(crate) fn company<'n>(&'n self, company: &'n CompanyId) -> &'n str {
        inbox::company(&self.hello.companies, company)
    }

    /// What people call a team.
    pub(crate) fn team(&self, team: &TeamId) -> String {
        let known = self.hello.teams.iter().find(|known| known.id == *team);
        known.map_or_else(|| team.to_string(), |known| known.name.clone())
    }

    /// What people call an agent.
    pub(crate) fn name<'n>(&'n self, agent: &'n AgentId) -> &'n str {
        let member = self.hello.people.iter().find(|member| member.id == *agent);
        member.map_or(agent.as_str(), |member| member.name.as_str())
    }
}

pub(super) fn merged(known: Option<&Rc<Row>>, newer: Row) -> Row {
    match known {
        Some(known) => Row::clone(known).merged(newer),
        None => newer,
    }
}

/// The edge no longer knows who asks, whatever was asked.
fn unknown_to_the_edge(action: &Action) -> bool {
    let (Action::Listed(Err(why))
    | Action::Read(_, Err(why))
    | Action::Done(_, Err(why))
    | Action::Foreseen(_, Err(why))
    | Action::Planner(Act::Answered(_, Err(why)))) = action
    else {
        return false;
    };
    matches!(why, Failure::Refused(Refusal::Unauthorized { .. }))
}
