//! Why a clock is due when it is: the lines add up to the target, and each says what lay between.

use jiff::{SignedDuration, Timestamp};
use shared::contract::{Complexity, Metric, OnChange, PendReason, Severity};
use shared::ids::MessageId;
use shared::sla::{Actor, Explanation, SumLine};
use shared::ticket::{Author, Command, TermsCause};
use shared::time::{Day, Mark, MarkKind, Window, Windows};
use tests::kept::{DAY, HOUR, Kept, MONDAY, at, name, terms, workdays};

fn li() -> Actor {
    Actor::Agent { id: name("li") }
}

fn pends(kept: &mut Kept, when: i64, reason: PendReason) {
    kept.does(at(when), Command::Pend { by: name("li"), reason, evidence: None });
}

/// `Mon 09:00`, by the clock of UTC.
fn clock(instant: Timestamp) -> String {
    let second = instant.as_second() - MONDAY;
    let day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][(second / DAY % 7) as usize];
    format!("{day} {:02}:{:02}", second % DAY / HOUR, second % HOUR / 60)
}

fn told(line: &SumLine) -> String {
    let span = |from: Timestamp, to: Timestamp| format!("{} to {}", clock(from), clock(to));
    match line {
        SumLine::Counted { from, to, adds } => format!("{} + {}", span(*from, *to), adds.as_mins()),
        SumLine::Paused { from, to: Some(to), wait } => {
            let ended = match &wait.ended_by {
                Some(Actor::Customer {}) => "the customer",
                Some(_) => "an agent",
                None => "nobody",
            };
            format!("{} paused by {}, ended by {ended}", span(*from, *to), wait.by)
        }
        SumLine::Paused { from, to: None, wait } => format!("{} paused by {}", clock(*from), wait.by),
        SumLine::Solved { from, to } => format!("{} solved", span(*from, *to)),
        SumLine::Closed { from, to, holidays } => format!("{} closed {}", span(*from, *to), holidays.len()),
        SumLine::Marked { mark } => format!("{} marked", clock(mark.window.from())),
        SumLine::Changed { at, .. } => format!("{} changed", clock(*at)),
    }
}

fn explained(kept: &Kept, metric: Metric) -> Explanation {
    let all = kept.ticket.explain(&kept.log);
    all.into_iter().find(|explanation| explanation.target.metric == metric).expect("it runs")
}

#[track_caller]
fn says(kept: &Kept, metric: Metric, lines: &[&str]) -> Explanation {
    let explanation = explained(kept, metric);
    assert_eq!(explanation.lines.iter().map(told).collect::<Vec<_>>(), lines);
    let sum: SignedDuration = explanation.lines.iter().map(SumLine::adds).sum();
    let whole = explanation.target.within - explanation.left;
    assert_eq!(sum.as_mins(), whole.as_mins(), "the lines add up");
    explanation
}

/// Friday, a little before closing, under a target of eight hours for a general question.
fn on_friday() -> Kept {
    Kept::asked(1, at(4 * DAY + 15 * HOUR + 12 * 60 + 40), terms("standard", 2, workdays(None)))
}

#[test]
fn a_weekend_is_told_and_a_night_is_not() {
    let explanation = says(
        &on_friday(),
        Metric::Resolution,
        &["Fri 15:12 to Fri 17:00 + 108", "Fri 17:00 to Mon 09:00 closed 0", "Mon 09:00 to Mon 15:12 + 372"],
    );
    assert_eq!(explanation.due, Some(at(7 * DAY + 15 * HOUR + 12 * 60 + 40)));
    assert_eq!((explanation.left, explanation.judged), (SignedDuration::ZERO, explanation.due));
}

#[test]
fn what_is_asked_at_night_says_when_the_clock_begins() {
    let kept = Kept::asked(1, at(22 * HOUR), terms("standard", 1, workdays(None)));
    let lines = ["Mon 22:00 to Tue 09:00 closed 0", "Tue 09:00 to Tue 13:00 + 240"];
    says(&kept, Metric::FirstResponse, &lines);
}

#[test]
fn a_closure_names_its_holidays_and_an_open_day_against_the_pattern_is_told() {
    let mut terms = terms("standard", 3, workdays(Some(1)));
    let day = |n: i64| Window::new(at(n * DAY), at((n + 1) * DAY)).unwrap();
    let date = |n: i8| Day::new(2026, 6, n).unwrap();
    let holiday = MarkKind::Holiday { name: "cn.qingming".into(), first: date(2), last: date(2) };
    terms.calendars[0].marks = vec![
        Mark { kind: holiday.clone(), window: day(1) },
        Mark { kind: MarkKind::OtherHours { day: date(3) }, window: day(2) },
        Mark { kind: MarkKind::OtherHours { day: date(9) }, window: day(8) },
    ];
    let kept = Kept::asked(1, at(12 * HOUR), terms);
    let explanation = says(
        &kept,
        Metric::FirstResponse,
        &[
            "Mon 12:00 to Mon 17:00 + 300",
            "Mon 17:00 to Wed 09:00 closed 1",
            "Wed 00:00 marked",
            "Wed 09:00 to Wed 16:00 + 420",
        ],
    );
    let named =
        |line: &SumLine| matches!(line, SumLine::Closed { holidays, .. } if *holidays == [holiday.clone()]);
    assert!(explanation.lines.iter().any(named));
}

#[test]
fn a_wait_is_told_with_who_waited_and_who_ended_it() {
    let mut kept = on_friday();
    pends(&mut kept, 4 * DAY + 16 * HOUR + 20, PendReason::Customer);
    let say = |author| Command::Say { message: MessageId::new(1, [7; 10]), author, text: "8841".into() };
    kept.does(at(7 * DAY + 9 * HOUR + 40 * 60 + 50), say(Author::Customer {}));
    says(
        &kept,
        Metric::Resolution,
        &[
            "Fri 15:12 to Fri 16:00 + 48",
            "Fri 16:00 to Mon 09:40 paused by li, ended by the customer",
            "Mon 09:40 to Mon 16:53 + 432",
        ],
    );
    assert_eq!(explained(&kept, Metric::FirstResponse).lines.len(), 3, "a first reply never waits");
}

#[test]
fn a_wait_that_lasts_leaves_the_rest_open_and_no_instant() {
    let mut kept = on_friday();
    pends(&mut kept, 4 * DAY + 16 * HOUR + 12 * 60 + 40, PendReason::ThirdParty);
    let lines = ["Fri 15:12 to Fri 16:12 + 60", "Fri 16:12 paused by li"];
    let explanation = says(&kept, Metric::AgentWork, &lines);
    assert_eq!((explanation.left, explanation.due), (SignedDuration::from_hours(7), None));
}

#[test]
fn a_wait_ends_where_it_has_used_up_what_waits_may_take() {
    let mut kept = Kept::asked(1, at(9 * HOUR), terms("standard", 1, workdays(None)));
    pends(&mut kept, 10 * HOUR, PendReason::ThirdParty);
    let lines = ["Mon 09:00 to Mon 10:00 + 60", "Mon 10:00 to Mon 16:00 paused by li, ended by nobody"];
    let rest = ["Mon 16:00 to Mon 17:00 + 60", "Tue 09:00 to Tue 11:00 + 120"];
    says(&kept, Metric::Resolution, &[lines, rest].concat());
}

#[test]
fn a_change_of_severity_parts_what_counted_before_it_from_what_counts_after() {
    let mut kept = Kept::asked(1, at(9 * HOUR), terms("standard", 2, workdays(None)));
    kept.does(at(10 * HOUR), Command::SetSeverity { by: li(), to: Severity::Urgent, why: None });
    let lines = ["Mon 09:00 to Mon 10:00 + 60", "Mon 10:00 changed", "Mon 10:00 to Mon 13:00 + 180"];
    let explanation = says(&kept, Metric::Resolution, &lines);
    assert_eq!(explanation.target.within, SignedDuration::from_hours(4));
    let told = explanation.promised.expect("the change made a new promise");
    assert_eq!((told.at, told.receipt, told.kept_from), (at(13 * HOUR), 2, None));
}

#[test]
fn a_clock_that_was_late_at_a_change_says_so_and_still_adds_up() {
    let mut kept = Kept::asked(1, at(9 * HOUR), terms("standard", 2, workdays(None)));
    kept.does(at(15 * HOUR), Command::SetSeverity { by: li(), to: Severity::Urgent, why: None });
    let lines = ["Mon 09:00 to Mon 13:00 + 240", "Mon 15:00 changed"];
    let explanation = says(&kept, Metric::Resolution, &lines);
    assert_eq!(explanation.due, Some(at(13 * HOUR)));
    assert_eq!((explanation.judged, explanation.late_at), (Some(at(15 * HOUR)), Some(at(15 * HOUR))));
}

#[test]
fn a_clock_that_starts_anew_counts_from_the_change_alone() {
    let mut restarting = terms("standard", 2, workdays(None));
    restarting.rules.on_change = OnChange::Restart;
    let mut kept = Kept::asked(1, at(9 * HOUR), restarting);
    kept.does(at(10 * HOUR), Command::SetSeverity { by: li(), to: Severity::Urgent, why: None });
    let explanation = says(&kept, Metric::Resolution, &["Mon 10:00 changed", "Mon 10:00 to Mon 14:00 + 240"]);
    assert_eq!((explanation.started, explanation.counts_from), (at(9 * HOUR), at(10 * HOUR)));
}

#[test]
fn the_time_after_solving_is_told_as_solved() {
    let mut kept = Kept::asked(1, at(9 * HOUR), terms("standard", 1, workdays(None)));
    kept.does(at(10 * HOUR), Command::Solve { by: name("li") });
    kept.does(at(12 * HOUR), Command::Reopen { by: Actor::Customer {} });
    let lines = ["Mon 09:00 to Mon 10:00 + 60", "Mon 10:00 to Mon 12:00 solved", "Mon 12:00 changed"];
    says(&kept, Metric::Resolution, &[&lines[..], &["Mon 12:00 to Mon 15:00 + 180"]].concat());
}

#[test]
fn a_calendar_published_in_between_is_a_change_and_a_holiday_before_it_keeps_its_name() {
    let mut first = terms("standard", 4, workdays(Some(1)));
    let window = Window::new(at(DAY), at(2 * DAY)).unwrap();
    let date = Day::new(2026, 6, 2).unwrap();
    let kind = MarkKind::Holiday { name: "cn.qingming".into(), first: date, last: date };
    first.calendars[0].marks = vec![Mark { kind, window }];
    let mut kept = Kept::asked(1, at(9 * HOUR), first);
    let by = Actor::Tenant {};
    let now_nights: Windows = Windows::always();
    let other = terms("standard", 4, now_nights);
    let at_noon = at(2 * DAY + 12 * HOUR);
    kept.does(at_noon, Command::Bind { terms: other, cause: TermsCause::Calendar { by } });
    says(
        &kept,
        Metric::RequesterWait,
        &[
            "Mon 09:00 to Mon 17:00 + 480",
            "Mon 17:00 to Wed 09:00 closed 1",
            "Wed 09:00 to Wed 12:00 + 180",
            "Wed 12:00 changed",
            "Wed 12:00 to Wed 17:00 + 300",
        ],
    );
}

#[test]
fn complexity_moves_clocks_only_where_a_target_asks_for_it_and_is_told_all_the_same() {
    let mut kept = Kept::asked(1, at(9 * HOUR), terms("standard", 1, workdays(None)));
    kept.does(at(10 * HOUR), Command::SetComplexity { by: li(), to: Complexity::Complex, why: None });
    let lines = ["Mon 09:00 to Mon 10:00 + 60", "Mon 10:00 changed", "Mon 10:00 to Mon 13:00 + 180"];
    let explanation = says(&kept, Metric::FirstResponse, &lines);
    assert_eq!(explanation.due, Some(at(13 * HOUR)));
}
