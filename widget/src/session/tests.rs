use std::rc::Rc;

use jiff::{SignedDuration, Timestamp};
use shared::contract::{CalendarTerms, ClockRules, Covers, Metric, Severity, Target, Terms};
use shared::door::Held;
use shared::ids::{CustomerId, MessageId, TicketId};
use shared::refusal::{Proof, Refusal};
use shared::routing::Route;
use shared::sla::{ClockState, ClockView, Named, Receipt, TierSource};
use shared::ticket::{Author, Field, FieldError, Problem, Stage};
use shared::time::{Day, Local, Mark, MarkKind, Window, Windows, Zone};
use shared::wire::{
    Accepted, ChannelHours, Credential, Entry, Hello, Limits, Parcel, Reply, Sent, TicketView, What,
};
use widget::http::Failure;
use yew::Reducible;

use super::*;

/// J1: National Day, 23:10 in Shanghai.
const NIGHT: &str = "2026-10-01T15:10:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn zone() -> Zone {
    Zone::new("Asia/Shanghai").unwrap()
}

fn local() -> Local {
    Local::new(zone(), 8 * 3600, vec![]).unwrap()
}

/// Workdays after the holiday: 8 and 9 October, 09:00 to 18:00.
fn workdays() -> Windows {
    let days = [8, 9].map(|day| format!("2026-10-{day:02}"));
    days.iter()
        .map(|day| Window::new(at(&format!("{day}T01:00:00Z")), at(&format!("{day}T10:00:00Z"))).unwrap())
        .collect()
}

/// One calendar, closed for National Day.
fn calendar(windows: Windows, until: Timestamp) -> CalendarTerms {
    let kind = MarkKind::Holiday {
        name: "cn.national_day".into(),
        first: Day::constant(2026, 10, 1),
        last: Day::constant(2026, 10, 7),
    };
    let window = Window::new(at("2026-09-30T16:00:00Z"), at("2026-10-07T16:00:00Z")).unwrap();
    CalendarTerms {
        id: "workdays".parse().unwrap(),
        zone: zone(),
        windows,
        until,
        provisional_from: None,
        marks: vec![Mark { kind, window }],
    }
}

fn hello(hours: Windows, within: SignedDuration) -> Hello {
    let until = at("2026-11-01T00:00:00Z");
    let target = |severity| Target {
        metric: Metric::FirstResponse,
        covers: Covers { severity: Some(severity), ..Covers::default() },
        within,
        calendar: "workdays".parse().unwrap(),
        pauses: Vec::new(),
        pauses_at_most: None,
        grace: SignedDuration::ZERO,
    };
    let terms = Terms {
        policy: 1,
        tier: "standard".parse().unwrap(),
        tzdb: "2026b".into(),
        holidays: "1".into(),
        rules: ClockRules::default(),
        targets: Severity::ALL.map(target).into(),
        calendars: vec![calendar(hours, until)],
    };
    let chat = ChannelHours {
        id: "chat".parse().unwrap(),
        writable: true,
        address: None,
        windows: workdays(),
        until,
    };
    Hello {
        now: at(NIGHT),
        tenant: "hesi".parse().unwrap(),
        name: "合思".into(),
        languages: vec!["zh-CN".parse().unwrap()],
        local: local(),
        terms,
        tier_from: TierSource::Default,
        channels: vec![chat],
        calls_from: None,
        limits: Limits { text_chars: 100, contact_required: true },
    }
}

fn an_hour_of_service() -> Hello {
    hello(workdays(), SignedDuration::from_hours(1))
}

fn ticket_id() -> TicketId {
    TicketId::new(1, [7; 10])
}

fn credential(customer: &str) -> Credential {
    let customer: CustomerId = customer.parse().unwrap();
    Credential { bearer: format!("bearer of {customer}"), customer, expires: at("2027-01-01T00:00:00Z") }
}

fn anonymous() -> Credential {
    credential("anon:00112233445566778899aabbccddeeff")
}

/// A session under test, and its clock.
struct Her {
    session: Rc<Session>,
    now: Timestamp,
}

impl Her {
    fn opens(token: Option<&str>) -> Self {
        let tags = vec!["zh-CN".parse().unwrap()];
        let session = Session::new(tags, "Asia/Shanghai".into(), token.map(str::to_owned), true);
        Self { session: Rc::new(session), now: at(NIGHT) }
    }

    fn does(&mut self, action: Action) -> &Session {
        self.session = Rc::clone(&self.session).reduce(Event { now: self.now, action });
        &self.session
    }

    fn later(&mut self, seconds: i64) -> &mut Self {
        self.now = self.now.checked_add(SignedDuration::from_secs(seconds)).unwrap();
        self
    }

    /// A visitor of whom nothing was kept, with the form filled in.
    fn with_a_form() -> Self {
        let mut her = Self::opens(None);
        her.does(Action::Woke(Some(Kept::default())));
        her.does(Action::Greeted(Ok(an_hour_of_service())));
        her.does(Action::Pressed(Press::Go(View::Form)));
        her.does(Action::Typed(Blank::Text, "发票一直显示验真中".into()));
        her.does(Action::Typed(Blank::Contact, "lihua@yunshan.example".into()));
        her
    }

    /// The same, sent and on its way.
    fn sending() -> Self {
        let mut her = Self::with_a_form();
        her.does(Action::Submitted(ticket_id()));
        her.does(Action::Identified(Ok(anonymous())));
        her
    }
}

fn accepted() -> Accepted {
    let receipt = Receipt {
        ticket: ticket_id(),
        asked_at: at(NIGHT),
        zone: zone(),
        tier: "standard".parse().unwrap(),
        severity: Severity::General,
        channel: "chat".parse().unwrap(),
        policy: 1,
        route: Route::Ticket { team: None, opens: None },
        first_response: None,
        resolution: None,
        reasons: vec![],
    };
    Accepted { id: ticket_id(), code: ticket_id().code(), held: Held::Object, receipt, now: at(NIGHT) }
}

#[test]
fn a_visitor_without_a_request_needs_no_name_and_is_not_busy() {
    let mut her = Her::opens(None);
    let session = her.does(Action::Woke(Some(Kept::default())));
    assert_eq!(session.credential.asking, None);
    assert!(session.hello.asking.is_some());
    assert_eq!(session.busy(), Some(false));
}

#[test]
fn every_mistake_of_the_form_stands_beside_its_field_and_nothing_is_sent() {
    let mut her = Her::with_a_form();
    her.does(Action::Typed(Blank::Text, "  ".into()));
    her.does(Action::Typed(Blank::Contact, "lihua.yunshan.example".into()));
    let session = her.does(Action::Submitted(ticket_id()));
    let fields: Vec<Field> = session.errors.iter().map(|error| error.field).collect();
    assert_eq!((fields, session.tries), (vec![Field::Text, Field::Contact], 1));
    assert!(!session.client.unsent());
    let session = her.does(Action::Typed(Blank::Contact, "l".into()));
    assert_eq!(session.errors.len(), 1, "a field that is being mended is not blamed");
}

#[test]
fn a_request_waits_until_the_edge_knows_who_asks_and_then_leaves_under_its_own_id() {
    let mut her = Her::with_a_form();
    let session = her.does(Action::Submitted(ticket_id()));
    assert_eq!(session.view, View::Receipt(ticket_id()));
    assert!(session.sending.is_none() && session.credential.asking.is_some());
    assert_eq!(session.busy(), Some(true));
    let session = her.does(Action::Identified(Ok(anonymous())));
    assert_eq!(session.sending.as_ref().and_then(Parcel::ticket), Some(ticket_id()));
}

#[test]
fn j13_a_lost_answer_is_asked_for_again_with_the_same_id_and_never_at_once() {
    let mut her = Her::sending();
    let id = MessageId::from(ticket_id());
    assert!(her.does(Action::Answered(id, Reply::Lost(None))).sending.is_none());
    assert!(her.session.unreached && her.session.client.wake_at().is_some());
    let again = her.later(2).does(Action::Tick).sending.clone();
    assert_eq!(again.map(|parcel| (parcel.id, parcel.failed)), Some((id, 1)));
}

#[test]
fn j13_after_a_reload_what_was_kept_leaves_again_under_the_same_id() {
    let parcels: Vec<Parcel> = Her::sending().session.client.kept().cloned().collect();
    let mut her = Her::opens(None);
    let kept = Kept { who: Some(anonymous()), draft: None, parcels };
    let sending = her.does(Action::Woke(Some(kept))).sending.clone();
    assert_eq!(sending.map(|parcel| parcel.id), Some(ticket_id().into()));
}

#[test]
fn what_was_acknowledged_is_forgotten_and_its_receipt_is_shown() {
    let mut her = Her::sending();
    let reply = Reply::Taken(Sent::Opened(Box::new(accepted())));
    let session = her.does(Action::Answered(ticket_id().into(), reply));
    assert!(!session.client.unsent() && session.receipt(ticket_id()).is_some());
    assert_eq!(session.view, View::Receipt(ticket_id()));
    assert_eq!(session.draft.blank(Blank::Text), "");
    assert_eq!(session.draft.blank(Blank::Contact), "lihua@yunshan.example", "kept for the next request");
}

#[test]
fn a_form_that_the_edge_refuses_comes_back_with_its_words_and_its_errors() {
    let mut her = Her::sending();
    let errors = vec![FieldError { field: Field::Text, problem: Problem::TooLong { limit: 5, found: 9 } }];
    let session = her.does(Action::Answered(ticket_id().into(), Reply::Refused(Refusal::Form { errors })));
    assert_eq!((session.view, session.errors.len()), (View::Form, 1));
    assert_eq!(session.draft.blank(Blank::Text), "发票一直显示验真中");
}

#[test]
fn a_bearer_that_has_ended_refuses_its_owner_and_not_her_words() {
    let mut her = Her::sending();
    let refusal = Refusal::Unauthorized { why: Proof::Expired };
    let session = her.does(Action::Answered(ticket_id().into(), Reply::Refused(refusal)));
    assert!(session.client.unsent());
    assert_eq!(session.who, Who::Nobody);
    assert!(her.later(60).does(Action::Tick).credential.asking.is_some());
    assert!(her.does(Action::Identified(Ok(anonymous()))).sending.is_some());
}

#[test]
fn j18_whoever_logs_out_leaves_nothing_behind() {
    let parcels: Vec<Parcel> = Her::sending().session.client.kept().cloned().collect();
    let mut her = Her::opens(None);
    let kept = Kept { who: Some(credential("user:li.hua")), draft: Some(her_words()), parcels };
    let session = her.does(Action::Woke(Some(kept)));
    assert_eq!((session.draft.blank(Blank::Text), session.client.unsent()), ("", false));
    assert_eq!(session.bearer(), None);
}

#[test]
fn j13_whoever_signs_in_again_finds_what_was_not_sent_also_when_the_page_names_her_late() {
    let parcels: Vec<Parcel> = Her::sending().session.client.kept().cloned().collect();
    let who = Some(credential("user:demo-vip"));
    let token = "e30.eyJhdWQiOiJoZXNpIiwic3ViIjoiZGVtby12aXAiLCJleHAiOjF9.c2ln";
    let mut her = Her::opens(None);
    her.does(Action::Woke(Some(Kept {
        who: who.clone(),
        draft: Some(her_words()),
        parcels: parcels.clone(),
    })));
    assert_eq!(her.session.busy(), None, "the page may still name her");
    let session = her.does(Action::Token(Some(token.into())));
    assert_eq!((session.draft.blank(Blank::Text), session.client.unsent()), ("secret", true));
    let mut her = Her::opens(Some("a.b.c"));
    her.does(Action::Woke(Some(Kept { who, draft: Some(her_words()), parcels })));
    let session = her.does(Action::Identified(Ok(credential("user:another"))));
    assert!(!session.client.unsent() && session.left.is_none(), "another person sends nothing of hers");
}

fn her_words() -> Draft {
    let mut draft = Draft::default();
    draft.fill(Blank::Text, "secret".into());
    draft
}

#[test]
fn j18_another_persons_token_takes_over_nothing_of_the_first() {
    let mut her = Her::opens(Some("a.b.c"));
    her.does(Action::Woke(Some(Kept::default())));
    her.does(Action::Identified(Ok(credential("user:li.hua"))));
    her.does(Action::Typed(Blank::Text, "secret".into()));
    let session = her.does(Action::Token(Some("d.e.f".into())));
    assert_eq!((session.draft.blank(Blank::Text), session.bearer()), ("", None));
    assert!(session.cards.here.is_none() && session.credential.asking.is_some());
}

#[test]
fn a_token_that_is_refused_is_said_and_the_general_promises_apply() {
    let mut her = Her::opens(Some("not a token"));
    assert!(her.does(Action::Woke(Some(Kept::default()))).credential.asking.is_some());
    let refused = Failure::Refused(Refusal::Unauthorized { why: Proof::Signature });
    let session = her.does(Action::Identified(Err(refused)));
    assert!(session.token_refused && session.hello.asking.is_some());
}

#[test]
fn an_edge_that_does_not_say_who_she_is_is_asked_again_and_the_failure_is_told() {
    let mut her = Her::opens(Some("a.b.c"));
    her.does(Action::Woke(Some(Kept::default())));
    let session = her.does(Action::Identified(Err(Failure::SILENCE)));
    assert!(session.trouble().is_some() && session.credential.asking.is_none());
    assert!(her.later(5).does(Action::Tick).credential.asking.is_none(), "not at once");
    assert!(her.later(5).does(Action::Tick).credential.asking.is_some());
}

#[test]
fn a_browser_that_keeps_nothing_still_starts() {
    let mut her = Her::opens(None);
    let session = her.does(Action::Woke(None));
    assert_eq!(session.keeping, Keeping::Refused);
    assert!(session.hello.asking.is_some());
}

#[test]
fn a_draft_comes_back_after_a_reload() {
    let mut her = Her::opens(None);
    let session = her.does(Action::Woke(Some(Kept { draft: Some(her_words()), ..Kept::default() })));
    assert!(session.draft_restored);
    assert_eq!(session.draft.blank(Blank::Text), "secret");
}

#[test]
fn j1_at_night_it_is_closed_until_the_eighth_and_the_promise_is_an_hour_later() {
    let hello = an_hour_of_service();
    let outlook = Outlook { hello: &hello, now: at(NIGHT) };
    assert_eq!(outlook.opening(), Opening::Opens(at("2026-10-08T01:00:00Z")));
    assert_eq!(outlook.promise(Severity::General), Some((at("2026-10-08T02:00:00Z"), false)));
    assert!(matches!(outlook.cause(at("2026-10-08T01:00:00Z")), Some(MarkKind::Holiday { .. })));
}

#[test]
fn j2_a_promise_that_ends_before_the_doors_open_means_that_somebody_is_called() {
    let hello = hello(Windows::always(), SignedDuration::from_mins(30));
    let outlook = Outlook { hello: &hello, now: at(NIGHT) };
    assert_eq!(outlook.opening(), Opening::OnCall);
    assert_eq!(outlook.promise(Severity::Urgent), Some((at("2026-10-01T15:40:00Z"), false)));
}

#[test]
fn j1_of_eight_days_only_the_last_is_open() {
    let (hello, until) = (an_hour_of_service(), at("2026-11-01T00:00:00Z"));
    let windows = workdays();
    let bars = bars(&hello.local, shared::time::Hours::new(&windows, until), at(NIGHT), 8);
    assert!(bars.iter().take(7).all(|bar| bar.open.is_empty()));
    assert_eq!(bars[7].open, [(375, 750)]);
    assert_eq!((bars[0].now, bars[1].now), (Some(965), None));
    assert_eq!((per_cent(375), per_cent(750)), ("37.5%".into(), "75%".into()));
}

#[test]
fn the_first_answer_is_told_before_the_words_that_gave_it_and_what_waits_comes_last() {
    let (asked, answered) = (at(NIGHT), at("2026-10-01T15:12:00Z"));
    let said = |seq, at, author| Entry {
        seq,
        at,
        what: What::Said { message: MessageId::new(seq, [1; 10]), author, text: seq.to_string() },
    };
    let state = ClockState::Met { at: answered, early: SignedDuration::from_mins(28) };
    let within = SignedDuration::from_mins(30);
    let clock = ClockView {
        metric: Metric::FirstResponse,
        cycle: 1,
        started: asked,
        within,
        spent: within,
        due: None,
        promised: None,
        state,
    };
    let ticket = TicketView {
        now: answered,
        id: ticket_id(),
        seq: 3,
        stage: Stage::Open {},
        receipt: accepted().receipt,
        clocks: vec![clock],
        entries: vec![
            said(2, asked, Author::Customer {}),
            said(3, answered, Author::Agent { id: "lin".parse().unwrap() }),
        ],
        people: vec![Named { id: "lin".parse().unwrap(), name: "林晓".into() }],
        unread: 0,
    };
    let outgoing = shared::wire::Outgoing::Say { ticket: ticket_id(), text: "thanks".into(), reopen: false };
    let id = MessageId::new(9, [2; 10]);
    let waiting = Parcel { id, outgoing, written_at: answered, failed: 0, unknown: 0, refused: None };
    let lines = thread(&ticket, std::iter::empty(), std::iter::once(&waiting));
    assert!(matches!(&lines[0], Line::Group { voice: Voice::Hers, .. }));
    assert!(matches!(&lines[1], Line::Answered { late: None, after, .. } if after.as_mins() == 2));
    assert!(matches!(&lines[2], Line::Group { voice: Voice::Team(Some(_)), .. }));
    assert!(
        matches!(&lines[3], Line::Group { voice: Voice::Hers, sayings, .. } if sayings[0].text == "thanks")
    );
    assert_eq!(lines.len(), 4);
}
