//! One value of everything that is pinned, or one of each variant: the parts of which the rest is made.

use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use shared::contract::{
    CalendarTerms, ClockRules, Complexity, Covers, Metric, PendReason, Severity, Target, Terms,
};
use shared::ids::{AgentId, CustomerId, MessageId, TicketId};
use shared::routing::Route;
use shared::sla::{
    CalendarUsed, Cause, ClockState, ClockView, Named, Promise, Promised, Reason, Receipt, SignedReceipt,
    SigningKey, TierSource, Trigger,
};
use shared::ticket::{Actor, Author, Contact, Discard, Request, Stage, TermsCause};
use shared::time::{Civil, Day, FOREVER, Local, Mark, MarkKind, Window, Windows, Zone};
use shared::wire::{Entry, What};

pub(crate) const ID: &str = "019f0c3e-7a00-7b11-8c22-0123456789ab";
pub(crate) const OTHER: &str = "019f0c3e-7a01-7b11-8c22-ba9876543210";

pub(crate) fn name<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(serde_json::Value::String(text.into())).unwrap()
}

/// Thu 1 Oct 2026 15:10Z and so many minutes.
pub(crate) fn at(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_790_867_400 + minutes * 60).unwrap()
}

pub(crate) fn id() -> TicketId {
    name(ID)
}

pub(crate) fn other() -> TicketId {
    name(OTHER)
}

pub(crate) fn message() -> MessageId {
    name(OTHER)
}

pub(crate) fn li() -> AgentId {
    name("li")
}

pub(crate) fn mei() -> CustomerId {
    name("user:mei@qingshan")
}

pub(crate) fn named() -> Named {
    Named { id: li(), name: "李娜".into() }
}

pub(crate) fn zone() -> Zone {
    Zone::new("Asia/Shanghai").unwrap()
}

pub(crate) fn windows() -> Windows {
    [Window::new(at(0), at(60)).unwrap(), Window::without_end(at(120)).unwrap()].into_iter().collect()
}

pub(crate) fn promised() -> Promised {
    let civil = Civil { day: Day::constant(2026, 10, 8), hour: 10, minute: 0 };
    Promised { at: at(9_770), civil, provisional: false }
}

pub(crate) fn local() -> Local {
    Local::new(Zone::new("Europe/Berlin").unwrap(), 7_200, vec![(1_792_890_000_000, 3_600)]).unwrap()
}

pub(crate) fn marks() -> Vec<MarkKind> {
    let day = Day::constant(2026, 10, 1);
    vec![
        MarkKind::Holiday { name: "cn.national_day".into(), first: day, last: Day::constant(2026, 10, 7) },
        MarkKind::MakeUpDay { day },
        MarkKind::OtherHours { day },
        MarkKind::ClockChange { minutes: -60 },
    ]
}

pub(crate) fn mark() -> Mark {
    Mark { kind: marks().remove(0), window: Window::new(at(0), at(10_080)).unwrap() }
}

pub(crate) fn terms() -> Terms {
    let within = SignedDuration::from_hours(1);
    let calendar = CalendarTerms {
        id: name("workdays"),
        zone: zone(),
        windows: windows(),
        until: FOREVER,
        provisional_from: Some(at(130_000)),
        marks: vec![mark()],
    };
    let target = Target {
        metric: Metric::FirstResponse,
        covers: Covers { severity: Some(Severity::General), complexity: None, channel: Some(name("chat")) },
        within,
        calendar: name("workdays"),
        pauses: vec![PendReason::Customer],
        pauses_at_most: Some(SignedDuration::from_hours(40)),
        grace: SignedDuration::from_mins(5),
    };
    Terms {
        policy: 7,
        tier: name("standard"),
        tzdb: "2026e".into(),
        holidays: "2026-11".into(),
        rules: ClockRules::default(),
        targets: vec![target],
        calendars: vec![calendar],
    }
}

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::Live { team: name("support"), name: "客服一组".into() },
        Route::Region { team: name("singapore"), name: "Singapore".into() },
        Route::OnCall { agents: vec![named()] },
        Route::Ticket { team: Some(name("support")), opens: Some(at(9_710)) },
        Route::SelfService { channel: name("articles"), team: Some(name("support")), opens: Some(at(9_710)) },
    ]
}

fn trigger() -> Trigger {
    Trigger { rule: "rules[0]".into(), word: "宕机".into() }
}

pub(crate) fn reasons() -> Vec<Reason> {
    let (calendar, channel, tier) = (|| name("workdays"), || name("chat"), name("standard"));
    let (metric, severity, within) =
        (Metric::FirstResponse, Severity::General, SignedDuration::from_hours(1));
    vec![
        Reason::Asked { at: at(0) },
        Reason::Tier { tier, from: TierSource::Company },
        Reason::ChannelOpen { channel: channel(), until: None },
        Reason::ChannelClosed { channel: channel(), opens: Some(at(9_710)) },
        Reason::Calendar { calendar: calendar(), mark: mark() },
        Reason::CountsFrom { calendar: calendar(), at: at(9_710) },
        Reason::CountsAlways { calendar: calendar() },
        Reason::Counted { from: at(9_710), to: at(9_770) },
        Reason::Target { metric, severity, within },
        Reason::OnCall { agents: vec![named()] },
        Reason::AccountManager { agent: named() },
        Reason::Team { team: name("support"), name: "客服一组".into(), from: None },
        Reason::Provisional { from: at(130_000) },
        Reason::Due { metric, promised: promised() },
        Reason::Claimed { claimed: Severity::Major, granted: Severity::Urgent },
        Reason::Severity { from: Severity::General, to: Severity::Major, by: trigger() },
        Reason::Complexity { to: Complexity::Complex, by: trigger() },
    ]
}

pub(crate) fn causes() -> Vec<Cause> {
    let by = || Actor::Agent { id: li() };
    vec![
        Cause::Asked {},
        Cause::Antedated {},
        Cause::Severity { from: Severity::General, to: Severity::Urgent, by: by() },
        Cause::Complexity { from: Complexity::Ordinary, to: Complexity::Complex, by: by() },
        Cause::Tier { from: name("standard"), to: name("vip"), policy: 8 },
        Cause::Paused { reason: PendReason::ThirdParty, by: li() },
        Cause::Resumed { by: Actor::Customer {} },
        Cause::Reopened { by: Actor::Customer {} },
        Cause::Calendar { policy: 8 },
        Cause::Merged { ticket: name(OTHER), by: li() },
    ]
}

fn promise() -> Promise {
    Promise {
        metric: Metric::FirstResponse,
        started: at(0),
        within: SignedDuration::from_hours(1),
        calendar: name("workdays"),
        counted: Windows::from(Window::new(at(0), at(10)).unwrap()),
        since: at(10),
        pauses: Windows::from(Window::new(at(20), at(30)).unwrap()),
        due: at(9_780),
        promised: promised(),
        kept_from: Some(1),
    }
}

fn calendar_used() -> CalendarUsed {
    CalendarUsed { id: name("workdays"), version: 7, provisional_from: Some(at(130_000)), windows: windows() }
}

pub(crate) fn receipt() -> Receipt {
    Receipt {
        tenant: name("hesi"),
        company: Some(name("qingshan")),
        ticket: id(),
        number: 2,
        asked_at: at(0),
        issued_at: at(5),
        cause: causes().remove(2),
        local: local(),
        tier: name("standard"),
        severity: Severity::General,
        complexity: Complexity::Ordinary,
        channel: name("chat"),
        policy: 7,
        tzdb: "2026e".into(),
        holidays: "2026-11".into(),
        route: routes().remove(3),
        promises: vec![promise()],
        calendars: vec![calendar_used()],
        reasons: reasons().into_iter().take(2).collect(),
    }
}

pub(crate) fn signed() -> SignedReceipt {
    SigningKey::new(name("2026-11"), &[7; 32]).sign(&receipt())
}

pub(crate) fn stages() -> Vec<Stage> {
    let since = at(5);
    vec![
        Stage::Open {},
        Stage::Pending { since, reason: PendReason::Customer },
        Stage::Pending { since, reason: PendReason::ThirdParty },
        Stage::Pending { since, reason: PendReason::Appointment },
        Stage::Solved { at: at(9) },
        Stage::Merged { at: at(9) },
        Stage::Discarded { at: at(9), why: Discard::Spam },
    ]
}

pub(crate) fn clock_states() -> Vec<ClockState> {
    vec![
        ClockState::Running { due: at(60), near: Some(at(45)) },
        ClockState::Paused {},
        ClockState::Late { due: at(60) },
        ClockState::Met { at: at(20), early: SignedDuration::from_mins(40) },
        ClockState::Missed { at: at(61), late: SignedDuration::from_mins(1) },
        ClockState::Endless {},
    ]
}

pub(crate) fn clocks() -> Vec<ClockView> {
    let (within, spent) = (SignedDuration::from_hours(1), SignedDuration::from_millis(1_500));
    let (started, cycle, due, promised) = (at(0), 1, Some(at(60)), None);
    let view = |metric, state| ClockView { metric, cycle, started, within, spent, due, promised, state };
    let mut states = clock_states();
    vec![view(Metric::FirstResponse, states.remove(0)), view(Metric::Resolution, states.remove(0))]
}

pub(crate) fn contacts() -> Vec<Contact> {
    let (address, number) = ("mei@qingshan.example".into(), "+86 10 1234 5678".into());
    vec![Contact::Email { address }, Contact::Phone { number }]
}

pub(crate) fn request() -> Request {
    Request {
        id: id(),
        channel: name("chat"),
        severity: Severity::Urgent,
        text: "无法提交报销单".into(),
        contact: Some(contacts().remove(0)),
        name: None,
        language: name("zh-CN"),
        zone: zone(),
    }
}

pub(crate) fn entries() -> Vec<Entry> {
    whats().into_iter().zip(1..).map(|(what, seq)| Entry { seq, at: at(0), what }).take(2).collect()
}

pub(crate) fn whats() -> Vec<What> {
    let (metric, reason) = (Metric::Resolution, PendReason::Customer);
    let said = |author| What::Said { message: message(), author, text: "你好".into() };
    let by = || Actor::Rule { name: "down".into() };
    vec![
        said(Author::Customer {}),
        said(Author::Agent { id: li() }),
        said(Author::Bot {}),
        said(Author::Automatic {}),
        What::Noted { message: message(), by: li(), text: "急".into() },
        What::Pended { by: li(), reason },
        What::Resumed { by: Actor::Customer {} },
        What::Solved { by: li() },
        What::Reopened { by: Actor::Agent { id: li() } },
        What::Warned { metric, percent: 75 },
        What::Breached { metric, stamped: at(60) },
        What::Antedated { receipt: Box::new(receipt()) },
        What::Promised { first_response: None, resolution: Some(promised()), cause: Cause::Antedated {} },
        What::Severity { from: Severity::General, to: Severity::Major, by: by() },
        What::Complexity { from: Complexity::Ordinary, to: Complexity::Complex, by: by() },
        What::Bound { tier: name("vip"), cause: TermsCause::Tier { by: by() } },
        What::Team { team: name("support"), by: by() },
        What::MergedInto { ticket: other(), by: li() },
        What::MergedFrom { ticket: other(), by: li() },
        What::Discarded { why: Discard::Spam, by: by() },
        What::Closed {},
    ]
}
