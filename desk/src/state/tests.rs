//! The reducer, without a browser: what each answer and each key press makes of the desk.

use std::rc::Rc;

use jiff::{SignedDuration, Timestamp};
use shared::contract::{Metric, Severity};
use shared::ids::{CustomerId, MessageId, TicketId};
use shared::refusal::{Proof, Refusal};
use shared::routing::Route;
use shared::sla::{ClockState, ClockView, Named, Receipt};
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
    }
}

fn desk_ticket(row: Row, entries: Vec<Entry>) -> Box<DeskTicket> {
    let receipt = Receipt {
        ticket: row.id,
        asked_at: row.asked_at,
        zone: Zone::new("Asia/Shanghai").unwrap(),
        tier: row.tier.clone(),
        severity: row.severity,
        channel: row.channel.clone(),
        policy: 1,
        route: row.route.clone(),
        first_response: None,
        resolution: None,
        reasons: vec![],
    };
    let (now, seq) = (at("09:00"), row.seq);
    Box::new(DeskTicket { now, seq, row, receipt, request: None, entries, local: local() })
}

fn said(seq: u64, id: MessageId, text: &str) -> Entry {
    let author = Author::Agent { id: "zhou".parse().unwrap() };
    Entry { seq, at: at("09:00"), what: What::Said { message: id, author, text: text.into() } }
}

/// A desk that can be told what happens, one thing after the other.
struct World(Rc<Desk>);

impl World {
    fn outside() -> Self {
        Self(Rc::new(Desk::at_the_door(Words(Tongue::ENGLISH), Some("token".into()))))
    }

    fn inside(rows: impl IntoIterator<Item = Row>) -> Self {
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

    fn floor(&self) -> &Floor {
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

#[test]
fn rows_stay_where_they_are_while_somebody_points_at_the_list() {
    let (soon, sooner) = (row(1, |r| r.due("10:00")), row(2, |r| r.due("09:20")));
    let world = World::inside([soon]).then(Action::Pointed(true)).tells([sooner]);
    assert_eq!(world.order(), [ticket(1)]);
    assert_eq!(world.floor().held_back(), 1);
    let world = world.then(Action::Pointed(false));
    assert_eq!(world.order(), [ticket(2), ticket(1)]);
    assert_eq!(world.floor().held_back(), 0);
}

#[test]
fn an_older_row_never_replaces_a_newer_one_and_known_words_stay() {
    let world = World::inside([row(1, |r| r.due("10:00").says("Stuck", "Li Hua").changed(5, "08:00"))])
        .tells([row(1, |r| r.due("11:00").changed(4, "07:30"))])
        .tells([row(1, |r| r.due("12:00").changed(6, "08:30"))]);
    let shown = world.floor().rows.get(&ticket(1)).unwrap();
    assert_eq!((shown.seq, shown.subject.as_deref()), (6, Some("Stuck")));
}

#[test]
fn a_new_ticket_is_news_and_the_first_list_is_not() {
    let world = World::inside([row(1, |r| r.due("10:00"))]);
    assert_eq!(world.floor().news, None);
    let world = world.tells([row(2, |r| r.due("10:00"))]);
    assert_eq!(world.floor().news, Some(floor::News::Ticket(ticket(2))));
}

#[test]
fn a_ticket_is_unread_until_it_is_opened_and_again_when_the_customer_writes() {
    let first = row(1, |r| r.due("10:00").changed(2, "08:00"));
    let world = World::inside([first.clone()]);
    assert!(world.floor().unread(&first));
    let world = world.reads(first.clone());
    assert!(!world.floor().unread(&first));
    assert!(world.floor().unread(&row(1, |r| r.due("10:00").changed(3, "08:30"))));
    assert!(!world.floor().unread(&row(1, |r| r.waiting(false).changed(4, "08:40"))));
}

#[test]
fn the_open_ticket_is_read_again_when_its_row_changes() {
    let world = World::inside([row(1, |r| r.due("10:00"))]).reads(row(1, |r| r.due("10:00")));
    assert!(!world.floor().stale());
    let before = world.floor().wanted();
    let world = world.tells([row(1, |r| r.due("10:00").changed(3, "08:30"))]);
    assert!(world.floor().stale());
    assert_ne!(world.floor().wanted(), before);
}

#[test]
fn an_answer_that_was_sent_empties_the_box_and_one_that_failed_does_not() {
    let open = row(1, |r| r.due("10:00"));
    let world = World::inside([open.clone()])
        .reads(open.clone())
        .then(Action::Typed("Done".into()))
        .then(Action::Send(message(1)));
    let lost = world.serial();
    let world = world.then(Action::Done(lost, Err(LOST)));
    assert_eq!(world.typed(), "Done");
    assert!(world.floor().failure().is_some());

    let world = world.then(Action::Send(message(2)));
    let again = world.serial();
    let reply = DeskCommand::Reply { id: message(1).to_string(), text: "Done".into() };
    assert_eq!(world.on_its_way(), [&reply], "the same words leave under the same id");
    let shown = desk_ticket(open, vec![said(3, message(1), "Done")]);
    let world = world.then(Action::Done(again, Ok(shown)));
    assert_eq!(world.typed(), "");
    assert!(world.floor().failure().is_none() && world.on_its_way().is_empty());
}

#[test]
fn a_lost_answer_that_had_arrived_is_found_in_the_ticket() {
    let open = row(1, |r| r.due("10:00"));
    let world = World::inside([open.clone()])
        .reads(open.clone())
        .then(Action::Typed("Done".into()))
        .then(Action::Send(message(1)));
    let tries = world.floor().wanted();
    let lost = world.serial();
    let world = world.then(Action::Done(lost, Err(LOST)));
    assert_ne!(world.floor().wanted(), tries, "the ticket is read again");
    let shown = desk_ticket(open, vec![said(3, message(1), "Done")]);
    let world = world.then(Action::Read(ticket(1), Ok(shown)));
    assert_eq!(world.typed(), "");
    assert!(world.floor().failure().is_none(), "what has arrived has not failed");
}

#[test]
fn typed_words_wait_for_their_ticket() {
    let (one, two) = (row(1, |r| r.due("10:00")), row(2, |r| r.due("11:00")));
    let world = World::inside([one.clone(), two.clone()])
        .reads(one)
        .then(Action::Typed("for one".into()))
        .reads(two)
        .then(Action::Write(Mode::Note))
        .then(Action::Typed("about two".into()));
    assert_eq!(world.typed(), "about two");
    let world = world.then(Action::Opened(Some(ticket(1))));
    assert_eq!(world.typed(), "for one");
}

#[test]
fn one_deed_at_a_time_on_a_ticket() {
    let open = row(1, |r| r.due("10:00"));
    let world = World::inside([open.clone()]).reads(open).then(Action::Solve).then(Action::Solve);
    assert_eq!(world.on_its_way(), [&DeskCommand::Solve {}]);
}

#[test]
fn a_session_that_ended_leads_outside() {
    let why = Failure::Refused(Refusal::Unauthorized { why: Proof::Session });
    let world = World::inside([]).then(Action::Listed(Err(why)));
    assert_eq!(world.0.place, Place::Outside(Outside::Ended));
}

#[test]
fn a_refusal_of_the_list_leaves_the_list_that_is_shown() {
    let world = World::inside([row(1, |r| r.due("10:00"))]).then(Action::Listed(Err(LOST)));
    assert_eq!(world.order(), [ticket(1)]);
}

#[test]
fn a_lost_line_counts_from_its_first_loss() {
    let world = World::inside([])
        .then(Action::Line(Line::Lost { since: at("09:00") }))
        .then(Action::Line(Line::Lost { since: at("09:05") }));
    assert_eq!(world.floor().line, Line::Lost { since: at("09:00") });
}

#[test]
fn each_dial_in_vain_rests_longer_and_a_live_line_begins_anew() {
    let lost = || Action::Line(Line::Lost { since: at("09:00") });
    let world = World::inside([]).then(lost()).then(lost());
    assert_eq!((world.floor().dials, world.floor().dialled_in_vain), (2, 2));
    let asked = world.floor().resyncs;
    let world = world.then(Action::Line(Line::Live));
    assert_eq!(
        (world.floor().dials, world.floor().dialled_in_vain),
        (2, 0),
        "a live line is not dialled again"
    );
    assert_eq!(world.floor().resyncs, asked + 1, "what was said unheard is asked for");
}

#[test]
fn whoever_looks_at_the_page_again_waits_for_no_rest() {
    let world = World::inside([]).then(Action::Line(Line::Lost { since: at("09:00") }));
    let (dials, asked) = (world.floor().dials, world.floor().resyncs);
    let world = world.then(Action::Resync);
    assert_eq!((world.floor().dials, world.floor().dialled_in_vain), (dials + 1, 0));
    assert_eq!(world.floor().resyncs, asked + 1);
}

#[test]
fn nothing_waits_for_somebody_that_is_not_open_or_is_solved() {
    let pause = || Action::Sheet(Some(Sheet::Pending));
    let world = World::inside([row(1, |r| r.due("10:00"))]);
    assert_eq!(world.then(pause()).floor().sheet, None);
    let solved = row(1, |r| r.stage(Stage::Solved { at: at("08:00") }));
    assert_eq!(World::inside([solved.clone()]).reads(solved).then(pause()).floor().sheet, None);
    let open = row(1, |r| r.due("10:00"));
    assert_eq!(World::inside([open.clone()]).reads(open).then(pause()).floor().sheet, Some(Sheet::Pending));
}

#[test]
fn what_failed_on_one_ticket_is_tried_again_there_and_let_go_there() {
    let (one, two) = (row(1, |r| r.due("10:00")), row(2, |r| r.due("11:00")));
    let world = World::inside([one.clone(), two.clone()]).reads(one).then(Action::Solve);
    let serial = world.serial();
    let world = world.then(Action::Done(serial, Err(LOST))).reads(two);
    assert!(world.floor().failure().is_none(), "another ticket has nothing to do with it");
    let world = world.then(Action::Opened(Some(ticket(1))));
    assert!(world.floor().failure().is_some());
    let world = world.then(Action::Again);
    assert_eq!(world.on_its_way(), [&DeskCommand::Solve {}]);
    assert!(world.floor().failure().is_none());
}

#[test]
fn a_link_that_met_no_network_is_tried_again_with_its_token() {
    let unreached = Outside::Unreached { token: Some("token".into()), tries: 0, trouble: LOST };
    let world = World::outside().then(Action::Kept(unreached)).then(Action::Knock);
    assert_eq!(world.0.place, Place::Entering { token: Some("token".into()), tries: 1 });
}
