//! Between the desk and the edge.

use jiff::SignedDuration;
use shared::contract::{Complexity, Severity};
use shared::sla::{Explanation, PromiseTold, SumLine, Wait};
use shared::ticket::{Actor, Discard, PendReason};
use shared::wire::{
    Because, CompanyName, DeskCommand, DeskHello, DeskTicket, Foresight, Index, NewSession, ReceiptLine, Row,
    Session, TeamMember, TeamName, ToDesk, Wondered,
};

use super::samples::*;

pub(crate) fn new_session() -> NewSession {
    NewSession { token: "s1gn-1n".into() }
}

pub(crate) fn session() -> Session {
    Session { agent: li(), expires: at(720) }
}

pub(crate) fn desk_hello() -> DeskHello {
    DeskHello {
        now: at(0),
        tenant: name("hesi"),
        name: "合思".into(),
        me: named(),
        local: local(),
        people: vec![TeamMember { id: li(), name: "李娜".into() }],
        text_chars: 4_000,
        companies: vec![CompanyName { id: name("qingshan"), name: "青山机械".into() }],
        teams: vec![TeamName { id: name("support"), name: "客服一组".into() }],
        tiers: vec![name("standard"), name("vip")],
    }
}

pub(crate) fn row() -> Row {
    Row {
        id: id(),
        seq: 3,
        subject: Some("无法提交报销单".into()),
        who: Some("梅".into()),
        last: None,
        customer: mei(),
        company: Some(name("qingshan")),
        tier: name("standard"),
        severity: Severity::General,
        channel: name("chat"),
        language: name("zh-CN"),
        route: routes().remove(0),
        stage: stages().remove(1),
        asked_at: at(0),
        changed_at: at(5),
        waits: true,
        clocks: clocks(),
        wake_at: Some(at(30)),
        tzdb: "2026e".into(),
        holidays: "2026-11".into(),
    }
}

pub(crate) fn index() -> Index {
    Index { now: at(6), rows: vec![row()], behind_since: Some(at(1)) }
}

pub(crate) fn desk_ticket() -> DeskTicket {
    DeskTicket {
        now: at(6),
        seq: 4,
        row: row(),
        complexity: Complexity::Complex,
        team: Some(name("support")),
        receipt: receipt(),
        receipts: vec![ReceiptLine::of(1, &receipt())],
        why: vec![explanation()],
        request: Some(request()),
        entries: entries(),
        local: local(),
    }
}

fn explanation() -> Explanation {
    Explanation {
        target: terms().targets.remove(0),
        cycle: 1,
        policy: 7,
        zone: zone(),
        started: at(0),
        counts_from: at(0),
        lines: sum_lines(),
        left: SignedDuration::from_mins(30),
        due: Some(at(60)),
        promised: Some(PromiseTold { at: at(55), receipt: 2, kept_from: Some(1) }),
        judged: Some(at(55)),
        late_at: Some(at(50)),
        provisional_from: Some(at(40)),
    }
}

pub(crate) fn sum_lines() -> Vec<SumLine> {
    let wait = Wait {
        reason: PendReason::Customer,
        from: at(10),
        to: Some(at(20)),
        by: li(),
        evidence: Some(message()),
        ended_by: Some(Actor::Customer {}),
    };
    let (from, to) = (at(10), at(20));
    vec![
        SumLine::Counted { from: at(0), to: at(10), adds: SignedDuration::from_mins(10) },
        SumLine::Paused { from, to: Some(to), wait },
        SumLine::Solved { from, to },
        SumLine::Closed { from, to, holidays: marks() },
        SumLine::Marked { mark: mark() },
        SumLine::Changed { at: at(20), cause: causes().remove(0) },
    ]
}

pub(crate) fn wonders() -> Vec<Wondered> {
    vec![
        Wondered::Pend { reason: PendReason::Customer },
        Wondered::Resume {},
        Wondered::Severity { to: Severity::Major },
        Wondered::Complexity { to: Complexity::Complex },
        Wondered::Tier { to: name("vip") },
    ]
}

pub(crate) fn foresight() -> Foresight {
    Foresight { now: at(6), seq: 4, before: clocks(), after: clocks() }
}

pub(crate) fn desk_commands() -> Vec<DeskCommand> {
    vec![
        DeskCommand::Reply { id: OTHER.into(), text: "已处理".into() },
        DeskCommand::Note { id: OTHER.into(), text: "急".into() },
        DeskCommand::Pend { reason: PendReason::ThirdParty, evidence: None },
        DeskCommand::Pend { reason: PendReason::Customer, evidence: Some(message()) },
        DeskCommand::Resume {},
        DeskCommand::Solve {},
        DeskCommand::Reopen {},
        DeskCommand::Severity { to: Severity::Urgent, note: Some(because()) },
        DeskCommand::Complexity { to: Complexity::Complex, note: None },
        DeskCommand::Team { to: name("support") },
        DeskCommand::Merge { into: "7K2M-94HS".into(), confirmed: true },
        DeskCommand::Discard { why: Discard::Spam },
    ]
}

fn because() -> Because {
    Because { id: OTHER.into(), text: "整个公司都受影响".into() }
}

pub(crate) fn to_desks() -> Vec<ToDesk> {
    vec![ToDesk::Rows { now: at(6), rows: vec![row()] }, ToDesk::Behind { since: None }]
}
