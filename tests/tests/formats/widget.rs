//! Between the widget and the edge.

use shared::contract::Severity;
use shared::door::Held;
use shared::ids::CustomerId;
use shared::refusal::{Proof, Refusal, Scope, Unfit};
use shared::sla::TierSource;
use shared::ticket::{Field, FieldError, Problem, RawRequest, Stage};
use shared::time::FOREVER;
use shared::wire::{
    Accepted, Card, ChannelHours, Credential, Hello, Limits, NewCustomer, RawMessage, Said, Seen, TicketView,
    ToApp,
};

use super::samples::*;

pub(crate) fn hello() -> Hello {
    let channel = ChannelHours {
        id: name("phone"),
        writable: false,
        address: Some("400-000-0000".into()),
        windows: windows(),
        until: FOREVER,
    };
    Hello {
        now: at(0),
        tenant: name("hesi"),
        name: "合思".into(),
        languages: vec![name("zh-CN"), name("en")],
        local: local(),
        terms: terms(),
        tier_from: TierSource::Default,
        channels: vec![channel],
        calls_from: Some(Severity::Major),
        may_claim: Severity::Urgent,
        limits: Limits { text_chars: 4_000, contact_required: true },
    }
}

pub(crate) fn new_customers() -> Vec<NewCustomer> {
    vec![NewCustomer { token: None }, NewCustomer { token: Some("eyJ.eyJ.sig".into()) }]
}

pub(crate) fn credential() -> Credential {
    Credential { bearer: "b.e.a.r.e.r".into(), customer: CustomerId::anonymous(0xabc), expires: at(1_440) }
}

pub(crate) fn raw_request() -> RawRequest {
    RawRequest {
        id: ID.into(),
        channel: "chat".into(),
        severity: "general".into(),
        text: "无法提交报销单".into(),
        contact: "mei@qingshan.example".into(),
        name: "梅".into(),
        language: "zh-CN".into(),
        zone: "Asia/Shanghai".into(),
    }
}

pub(crate) fn accepted() -> Accepted {
    Accepted {
        id: id(),
        code: id().code(),
        held: Held::Journal,
        receipt: receipt(),
        signed: signed(),
        now: at(0),
    }
}

pub(crate) fn card() -> Card {
    Card {
        id: id(),
        seq: 3,
        customer: mei(),
        subject: Some("无法提交报销单".into()),
        last: None,
        severity: Severity::Major,
        channel: name("chat"),
        stage: Stage::Open {},
        asked_at: at(0),
        changed_at: at(5),
        clocks: clocks(),
        unread: 1,
    }
}

pub(crate) fn ticket_view() -> TicketView {
    TicketView {
        now: at(6),
        id: id(),
        seq: 4,
        stage: Stage::Open {},
        receipt: receipt(),
        clocks: clocks(),
        entries: entries(),
        people: vec![named()],
        unread: 0,
    }
}

pub(crate) fn to_apps() -> Vec<ToApp> {
    let (stage, clocks, entries) = (Stage::Open {}, clocks(), entries());
    vec![ToApp::Entries { now: at(6), seq: 4, entries, stage, clocks, unread: 1 }]
}

pub(crate) fn raw_message() -> RawMessage {
    RawMessage { id: OTHER.into(), text: "谢谢".into(), reopen: false }
}

pub(crate) fn said() -> Said {
    Said { id: message(), seq: 5, now: at(7) }
}

pub(crate) fn seen() -> Seen {
    Seen { upto: 5 }
}

pub(crate) fn problems() -> Vec<Problem> {
    vec![
        Problem::Missing {},
        Problem::TooLong { limit: 4_000, found: 4_001 },
        Problem::Unprintable { found: 0, place: 3 },
        Problem::NoAt { found: "mei".into() },
        Problem::NoAddress { found: "mei@".into() },
        Problem::Unknown { takes: "general, urgent or major".into(), found: "bad".into() },
    ]
}

pub(crate) fn proofs() -> Vec<Proof> {
    use Proof::*;
    vec![
        Missing, Malformed, Algorithm, Key, Signature, Audience, NoExpiry, TooLong, Expired, Subject,
        Company, Link, Session, NotYet,
    ]
}

pub(crate) fn unfits() -> Vec<Unfit> {
    let (found, code) = (|| String::from("x"), || String::from("7K2M94HS"));
    vec![
        Unfit::Team { found: found() },
        Unfit::Tier { found: found() },
        Unfit::Itself {},
        Unfit::NoTicket { found: found() },
        Unfit::SameCode { code: code() },
        Unfit::OtherCustomer { code: code() },
        Unfit::Final { code: code(), found: "merged".into() },
    ]
}

pub(crate) fn refusals() -> Vec<Refusal> {
    let fields = [Field::Id, Field::Channel, Field::Severity, Field::Text, Field::Contact, Field::Name];
    let fields = fields.into_iter().chain([Field::Language, Field::Zone]);
    let errors = fields.map(|field| FieldError { field, problem: Problem::Missing {} }).collect();
    let too_many = |scope| Refusal::TooMany { scope, retry_after: 30 };
    vec![
        Refusal::Form { errors },
        Refusal::Malformed { found: "end of the body".into() },
        Refusal::TooLarge { limit: 65_536, found: 65_537 },
        Refusal::TooDeep { limit: 16 },
        Refusal::ContentType { found: "text/plain".into() },
        Refusal::Unauthorized { why: Proof::Missing },
        Refusal::Origin { found: "https://evil.example".into() },
        Refusal::Unknown {},
        Refusal::Method { allowed: "GET, POST".into(), found: "PUT".into() },
        too_many(Scope::Customer),
        too_many(Scope::Address),
        too_many(Scope::Tenant),
        Refusal::Stage { wanted: "set pending".into(), found: "solved".into() },
        Refusal::Unfit { why: Unfit::Itself {} },
        Refusal::Policy { mistakes: vec!["3:1: unknown key".into()] },
    ]
}
