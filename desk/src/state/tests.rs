//! The reducer, without a browser: what each answer and each key press makes of the desk.

mod line;
mod list;
mod planner;
mod sheets;
mod words;

use std::rc::Rc;

use jiff::{SignedDuration, Timestamp};
use shared::contract::{Complexity, Metric, Severity};
use shared::ids::{CustomerId, MessageId, TicketId};
use shared::refusal::{Proof, Refusal};
use shared::routing::Route;
use shared::sla::{Cause, ClockState, ClockView, Named, Receipt};
use shared::text::Tongue;
use shared::ticket::{Author, Stage};
use shared::time::{Local, Zone};
use shared::wire::{DeskCommand, DeskHello, DeskTicket, Entry, Index, Row, ToDesk, What};
use widget::http::Failure;
use widget::words::Words;
use yew::Reducible;

use super::inbox::Moment;
use super::*;

/// No answer came.
const LOST: Failure = Failure::Lost { wait: None, fault: None };

/// Hours and minutes on Thursday 1 October 2026 in Shanghai; hours above 24 are the next day's.
pub(crate) fn at(clock: &str) -> Timestamp {
    let (hours, minutes) = clock.split_once(':').unwrap();
    let midnight: Timestamp = "2026-09-30T16:00:00Z".parse().unwrap();
    midnight + SignedDuration::from_mins(hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap())
}

pub(crate) fn local() -> Local {
    Local::new(Zone::new("Asia/Shanghai").unwrap(), 8 * 3600, vec![]).unwrap()
}

pub(crate) fn moment<'l>(local: &'l Local, clock: &str) -> Moment<'l> {
    Moment { now: at(clock), local }
}

pub(crate) fn ticket(n: u8) -> TicketId {
    TicketId::new(1, [n; 10])
}

pub(crate) fn message(n: u8) -> MessageId {
    MessageId::new(1, [n; 10])
}

/// A row of the index, told like a sentence: `row(1, |r| r.due("10:00").waiting(true))`.
pub(crate) fn row(n: u8, told: impl Fn(Telling) -> Telling) -> Row {
    let row = Row {
        id: ticket(n),
        seq: 2,
        subject: None,
        who: None,
        last: None,
        customer: CustomerId::anonymous(n.into()),
        company: None,
        tier: "standard".parse().unwrap(),
        severity: Severity::General,
        channel: "chat".parse().unwrap(),
        language: "zh-CN".parse().unwrap(),
        route: Route::Ticket { team: None, opens: None },
        stage: Stage::Open {},
        asked_at: at("07:00"),
        changed_at: at("07:00"),
        waits: true,
        clocks: vec![],
        wake_at: None,
        tzdb: String::new(),
        holidays: String::new(),
    };
    told(Telling(row)).0
}

pub(crate) struct Telling(Row);

impl Telling {
    fn clock(mut self, metric: Metric, state: ClockState) -> Self {
        let hour = SignedDuration::from_hours(1);
        let (started, within, spent) = (self.0.asked_at, hour, SignedDuration::ZERO);
        let (cycle, due, promised) = (1, None, None);
        self.0.clocks.push(ClockView { metric, cycle, started, within, spent, due, promised, state });
        self
    }

    pub(crate) fn due(self, clock: &str) -> Self {
        self.clock(Metric::FirstResponse, ClockState::Running { due: at(clock), near: None })
    }

    pub(crate) fn paused(self) -> Self {
        self.clock(Metric::Resolution, ClockState::Paused {})
    }

    pub(crate) fn stage(mut self, stage: Stage) -> Self {
        self.0.stage = stage;
        self
    }

    pub(crate) fn waiting(mut self, waits: bool) -> Self {
        self.0.waits = waits;
        self
    }

    pub(crate) fn says(mut self, subject: &str, who: &str) -> Self {
        self.0.subject = Some(subject.into());
        self.0.who = Some(who.into());
        self
    }

    pub(crate) fn of(mut self, company: &str) -> Self {
        self.0.company = company.parse().ok();
        self
    }

    fn changed(mut self, seq: u64, clock: &str) -> Self {
        self.0.seq = seq;
        self.0.changed_at = at(clock);
        self
    }
}

fn hello() -> DeskHello {
    DeskHello {
        now: at("09:00"),
        tenant: "hesi".parse().unwrap(),
        name: "Hesi".into(),
        me: Named { id: "zhou".parse().unwrap(), name: "Zhou Yutong".into() },
        local: local(),
        people: vec![],
        text_chars: 4000,
        companies: vec![],
        teams: vec![],
        tiers: vec![],
    }
}

pub(crate) fn desk_ticket(row: Row, entries: Vec<Entry>) -> Box<DeskTicket> {
    let receipt = Receipt {
        tenant: "hesi".parse().unwrap(),
        company: None,
        ticket: row.id,
        number: 1,
        asked_at: row.asked_at,
        issued_at: row.asked_at,
        cause: Cause::Asked {},
        local: local(),
        tier: row.tier.clone(),
        severity: row.severity,
        complexity: Complexity::Ordinary,
        channel: row.channel.clone(),
        policy: 1,
        tzdb: "2026e".into(),
        holidays: "2026-11".into(),
        route: row.route.clone(),
        promises: vec![],
        calendars: vec![],
        reasons: vec![],
    };
    Box::new(DeskTicket {
        now: at("09:00"),
        seq: row.seq,
        row,
        complexity: Complexity::Ordinary,
        team: None,
        receipt,
        receipts: vec![],
        why: vec![],
        request: None,
        entries,
        local: local(),
    })
}

fn said(seq: u64, id: MessageId, text: &str) -> Entry {
    let author = Author::Agent { id: "zhou".parse().unwrap() };
    Entry { seq, at: at("09:00"), what: What::Said { message: id, author, text: text.into() } }
}

/// A desk that can be told what happens, one thing after the other.
pub(crate) struct World(Rc<Desk>);

impl World {
    fn outside() -> Self {
        Self(Rc::new(Desk::at_the_door(Words(Tongue::ENGLISH), Some("token".into()))))
    }

    pub(crate) fn inside(rows: impl IntoIterator<Item = Row>) -> Self {
        let entrance =
            Entrance { hello: hello(), drafts: Default::default(), seen: Default::default(), open: None };
        let index = Index { now: at("09:00"), rows: rows.into_iter().collect(), behind_since: None };
        Self::outside().then(Action::Entered(Box::new(entrance))).then(Action::Listed(Ok(index)))
    }

    fn then(self, action: Action) -> Self {
        Self(self.0.reduce(action))
    }

    /// A ticket is opened and read.
    fn reads(self, row: Row) -> Self {
        let id = row.id;
        self.then(Action::Opened(Some(id))).then(Action::Read(id, Ok(desk_ticket(row, vec![]))))
    }

    fn tells(self, rows: impl IntoIterator<Item = Row>) -> Self {
        self.then(Action::Told(ToDesk::Rows { now: at("09:00"), rows: rows.into_iter().collect() }))
    }

    pub(crate) fn floor(&self) -> &Floor {
        self.0.floor().unwrap()
    }

    fn order(&self) -> Vec<TicketId> {
        self.floor().sections.iter().flat_map(|section| section.tickets.clone()).collect()
    }

    fn typed(&self) -> &str {
        self.floor().draft().map_or("", |draft| &draft.unsent(draft.mode).text)
    }

    fn on_its_way(&self) -> Vec<&DeskCommand> {
        self.floor().deeds.iter().map(|deed| &deed.command).collect()
    }

    fn serial(&self) -> u32 {
        self.floor().deeds.front().unwrap().serial
    }
}
