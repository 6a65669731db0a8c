//! Between the desk and the edge.

use shared::contract::Severity;
use shared::ticket::PendReason;
use shared::wire::{
    CompanyName, DeskCommand, DeskHello, DeskTicket, Index, NewSession, Row, Session, TeamMember, ToDesk,
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
    let (receipt, request, entries) = (receipt(), Some(request()), entries());
    DeskTicket { now: at(6), seq: 4, row: row(), receipt, request, entries, local: local() }
}

pub(crate) fn desk_commands() -> Vec<DeskCommand> {
    vec![
        DeskCommand::Reply { id: OTHER.into(), text: "已处理".into() },
        DeskCommand::Note { id: OTHER.into(), text: "急".into() },
        DeskCommand::Pend { reason: PendReason::ThirdParty },
        DeskCommand::Resume {},
        DeskCommand::Solve {},
        DeskCommand::Reopen {},
    ]
}

pub(crate) fn to_desks() -> Vec<ToDesk> {
    vec![ToDesk::Rows { now: at(6), rows: vec![row()] }, ToDesk::Behind { since: None }]
}
