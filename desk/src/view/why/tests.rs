use super::*;
use crate::state::tests::{World, at, desk_ticket, row};
use shared::contract::{Metric, PendReason, Severity, Target};
use shared::sla::{Actor, PromiseTold};
use shared::text::Tongue;
use shared::time::{Day, Zone};
use widget::words::Words;

fn wait(to: Option<Timestamp>) -> Wait {
    let (reason, by) = (PendReason::ThirdParty, "zhou".parse().unwrap());
    Wait { reason, from: at("11:00"), to, by, evidence: None, ended_by: to.map(|_| Actor::Customer {}) }
}

fn explanation(lines: Vec<SumLine>) -> Explanation {
    let covers = Covers { severity: Some(Severity::Urgent), ..Covers::default() };
    let target = Target {
        metric: Metric::Resolution,
        covers,
        within: SignedDuration::from_hours(4),
        calendar: "workdays".parse().unwrap(),
        pauses: vec![],
        pauses_at_most: None,
        grace: SignedDuration::ZERO,
    };
    Explanation {
        target,
        cycle: 1,
        policy: 3,
        zone: Zone::new("Asia/Shanghai").unwrap(),
        started: at("10:00"),
        counts_from: at("10:00"),
        lines,
        left: SignedDuration::ZERO,
        due: Some(at("15:00")),
        promised: Some(PromiseTold { at: at("14:00"), receipt: 3, kept_from: Some(1) }),
        judged: Some(at("14:00")),
        late_at: None,
        provisional_from: None,
    }
}

/// What an agent reads of a clock behind what was agreed.
#[track_caller]
fn says(tag: &str, explanation: &Explanation, expected: &[(&str, &str, &str)]) {
    let open = row(1, |r| r.due("10:00"));
    let (world, ticket) = (World::inside([open.clone()]), desk_ticket(open, vec![]));
    let words = Words(Tongue::of(&tag.parse().unwrap()).unwrap());
    let floor = world.floor();
    let dates = Dates { words, local: &floor.hello.local, now: floor.now };
    let told = lines(explanation, Telling { session: None, floor, ticket: &ticket, dates });
    let told: Vec<_> = told.iter().map(|line| (line.kind, &*line.told, &*line.sum)).skip(4).collect();
    assert_eq!(told, expected);
}

fn counted(from: &str, to: &str, hours: i64) -> SumLine {
    SumLine::Counted { from: at(from), to: at(to), adds: SignedDuration::from_hours(hours) }
}

#[test]
fn due_promised_and_judged_stand_apart_under_a_sum_that_adds_up() {
    let by = Actor::Agent { id: "zhou".parse().unwrap() };
    let cause = Cause::Severity { from: Severity::General, to: Severity::Urgent, by };
    let paused = SumLine::Paused { from: at("11:00"), to: Some(at("12:00")), wait: wait(Some(at("12:00"))) };
    let changed = SumLine::Changed { at: at("13:00"), cause };
    let lines = vec![
        counted("10:00", "11:00", 1),
        paused,
        counted("12:00", "13:00", 1),
        changed,
        counted("13:00", "15:00", 2),
    ];
    says(
        "en",
        &explanation(lines),
        &[
            ("counted", "Thu 1 Oct, 10:00–11:00", "+ 1 h"),
            (
                "paused",
                "Paused Thu 1 Oct, 11:00 to 12:00 by zhou: Somebody else · Ended by the customer",
                "does not count",
            ),
            ("counted", "Thu 1 Oct, 12:00–13:00", "+ 1 h"),
            ("changed", "zhou changed the severity Thu 1 Oct, 13:00: General became Urgent", "2 h so far"),
            ("counted", "Thu 1 Oct, 13:00–15:00", "+ 2 h"),
            ("sum", "Adds up to", "4 h"),
            ("due", "Due", "Thu 1 Oct, 15:00"),
            ("promised", "Promised, kept from receipt 1", "Thu 1 Oct, 14:00"),
            ("result", "Judged by", "Thu 1 Oct, 14:00"),
        ],
    );
}

#[test]
fn what_stands_still_has_no_instant_and_says_what_is_left() {
    let paused = SumLine::Paused { from: at("11:00"), to: None, wait: wait(None) };
    let mut explanation = explanation(vec![counted("10:00", "11:00", 1), paused]);
    (explanation.due, explanation.judged, explanation.promised) = (None, None, None);
    explanation.left = SignedDuration::from_hours(3);
    says(
        "zh-CN",
        &explanation,
        &[
            ("counted", "10月1日 周四 10:00–11:00", "+ 1 小时"),
            ("paused", "10月1日 周四 11:00 起由zhou暂停：等第三方", "不计时"),
            ("left", "恢复计时后还剩", "+ 3 小时"),
            ("sum", "合计", "4 小时"),
            ("due", "到期", "暂停期间没有到期时间"),
            ("promised", "承诺", "目前没有"),
            ("result", "判定依据", "暂停期间没有到期时间"),
        ],
    );
}

#[test]
fn a_closure_names_its_holidays() {
    let (first, last) = (Day::new(2026, 10, 1).unwrap(), Day::new(2026, 10, 7).unwrap());
    let holidays = vec![MarkKind::Holiday { name: "cn.national_day".into(), first, last }];
    let closed = SumLine::Closed { from: at("-06:00"), to: at("177:00"), holidays };
    let explanation = explanation(vec![closed]);
    let told = "Closed Wed 30 Sep, 18:00 to Thu 8 Oct, 09:00 · National Day, 1 Oct to 7 Oct";
    says(
        "en",
        &explanation,
        &[
            ("closed", told, "does not count"),
            ("sum", "Adds up to", "4 h"),
            ("due", "Due", "Thu 1 Oct, 15:00"),
            ("promised", "Promised, kept from receipt 1", "Thu 1 Oct, 14:00"),
            ("result", "Judged by", "Thu 1 Oct, 14:00"),
        ],
    );
}
