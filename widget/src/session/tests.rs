//! The reducer, without a browser: what each answer and each key press makes of her session.

mod form;
mod person;
mod promises;
mod proof;

use jiff::{SignedDuration, Timestamp};
use shared::contract::{CalendarTerms, ClockRules, Complexity, Covers, Metric, Severity, Target, Terms};
use shared::door::Held;
use shared::ids::{CustomerId, MessageId, TicketId};
use shared::refusal::{Proof, Refusal};
use shared::routing::Route;
use shared::sla::{Cause, ClockState, ClockView, Named, Receipt, SignedReceipt, TierSource};
use shared::ticket::{Author, Field, FieldError, Problem, Stage};
use shared::time::{Day, Local, Mark, MarkKind, Window, Windows, Zone};
use shared::wire::{
    Accepted, ChannelHours, Credential, Entry, Hello, Limits, Parcel, Reply, Sent, TicketView, What,
};
use widget::http::Failure;

use super::*;
use crate::later::Later;

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
        may_claim: Severity::Major,
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
    session: Session,
    now: Timestamp,
}

impl Her {
    fn opens(token: Option<&str>) -> Self {
        let tags = vec!["zh-CN".parse().unwrap()];
        let words = Words::choose(tags.iter().cloned());
        let mut session =
            Session::new(words, tags, "Asia/Shanghai".into(), token.map(str::to_owned)).shown(true);
        session.later.answered(Ok(Later::here(words)));
        Self { session, now: at(NIGHT) }
    }

    fn does(&mut self, action: Action) -> &Session {
        self.session.hear(Event { now: self.now, action });
        &self.session
    }

    fn later(&mut self, seconds: i64) -> &mut Self {
        self.now = self.now.checked_add(SignedDuration::from_secs(seconds)).unwrap();
        self
    }

    /// A visitor of whom nothing was kept, with the form filled in.
    fn with_a_form() -> Self {
        let mut her = Self::opens(None);
        her.does(Action::Woke(Found::Nothing));
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
        tenant: "hesi".parse().unwrap(),
        company: None,
        ticket: ticket_id(),
        number: 1,
        asked_at: at(NIGHT),
        issued_at: at(NIGHT),
        cause: Cause::Asked {},
        local: Local::new(zone(), 28_800, vec![]).unwrap(),
        tier: "standard".parse().unwrap(),
        severity: Severity::General,
        complexity: Complexity::Ordinary,
        channel: "chat".parse().unwrap(),
        policy: 1,
        tzdb: "2026e".into(),
        holidays: "2026-11".into(),
        route: Route::Ticket { team: None, opens: None },
        promises: vec![],
        calendars: vec![],
        reasons: vec![],
    };
    let bytes = SignedReceipt::bytes_of(&receipt);
    let signed = SignedReceipt { kid: "1".parse().unwrap(), bytes, signature: vec![0; 64] };
    Accepted {
        id: ticket_id(),
        code: ticket_id().code(),
        held: Held::Object,
        receipt,
        signed,
        now: at(NIGHT),
    }
}

fn her_words() -> Draft {
    let mut draft = Draft::default();
    draft.fill(Blank::Text, "secret".into());
    draft
}
