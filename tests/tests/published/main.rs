//! A tenant's file is published anew while tickets run: who is touched, what changes for them, and what never does.

mod crowd;

use jiff::{SignedDuration, Timestamp};
use shared::contract::policy::{Hosts, Policy};
use shared::contract::{Metric, Severity, Terms};
use shared::ids::CompanyId;
use shared::routing::{Grade, Staff};
use shared::sla::{Cause, Clock};
use shared::ticket::{Asker, Bound, Command, Ctx, Event, Intake, Newest, Request, TermsCause, Ticket};
use shared::time::{Local, Zone};
use tests::instant::{instant, utc};
use tests::kept::{id, name};

/// Two companies, each with a tier and a calendar of its own.
const FILE: &str = include_str!("../../tenants/two.toml");

fn policy(text: &str) -> Policy {
    Policy::parse(text, Hosts::Development).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))
}

/// The file with one line put in the place of another.
#[track_caller]
fn edited(old: &str, new: &str) -> Policy {
    assert_eq!(FILE.matches(old).count(), 1, "{old} is not there, or twice");
    policy(&FILE.replace(old, new))
}

fn longer_at_bell() -> Policy {
    edited(r#"weekly.mon-fri = ["10:00-16:00"] # bell"#, r#"weekly.mon-fri = ["08:00-20:00"]"#)
}

/// A company's door: what holds for its customers from an instant on.
struct Opened {
    company: CompanyId,
    terms: Terms,
    staff: Staff,
    local: Local,
}

impl Opened {
    fn at(policy: &Policy, company: &str, at: Timestamp) -> Self {
        let company: CompanyId = name(company);
        let tier = policy.tier_of(Some(&company), at).unwrap();
        let zone = Zone::new("Asia/Shanghai").unwrap();
        Self {
            terms: policy.terms(1, tier, at).unwrap(),
            staff: Staff::of(policy, Some(&company), at).unwrap(),
            local: policy.zones().local(&zone, at, at + SignedDuration::from_hours(24 * 60)).unwrap(),
            company,
        }
    }

    fn asks(&self, number: u32, at: Timestamp) -> Ticket {
        let request = Request {
            id: id(number),
            channel: name("chat"),
            severity: Severity::General,
            text: "?".into(),
            contact: None,
            name: None,
            language: name("en"),
            zone: self.local.zone().clone(),
        };
        let asker = Asker {
            tenant: &name("two"),
            customer: name("user:ada"),
            company: Some(self.company.clone()),
            grade: &Grade::of(Severity::General),
            terms: self.terms.clone(),
            staff: &self.staff,
            local: &self.local,
        };
        let intake = Box::new(Intake::decide(at, request, asker));
        let mut ticket = Ticket::blank(id(number));
        does(&mut ticket, at, Command::Open { intake });
        ticket
    }
}

/// A company's request, decided by a file as the door does.
fn asked(policy: &Policy, number: u32, company: &str, at: Timestamp) -> Ticket {
    Opened::at(policy, company, at).asks(number, at)
}

/// Takes a command, and says what happened.
fn does(ticket: &mut Ticket, now: Timestamp, command: Command) -> Vec<Event> {
    let step = ticket.step(Ctx { now }, command).unwrap();
    step.events.iter().for_each(|line| ticket.apply(line));
    step.events.into_iter().map(|line| line.event).collect()
}

/// What the desk's object does for one ticket: nothing if its kind is not touched, else it asks.
fn poked(ticket: &mut Ticket, own: &Policy, newest: Newest<'_>, now: Timestamp) -> Vec<Event> {
    let touched = newest.touches(&ticket.bound().unwrap(), Some(own), now);
    if touched { rebound(ticket, newest, now) } else { Vec::new() }
}

fn rebound(ticket: &mut Ticket, newest: Newest<'_>, now: Timestamp) -> Vec<Event> {
    let open = ticket.open().unwrap();
    match newest.anew(open.opening.company.as_ref(), &open.terms, now) {
        Some(command) => does(ticket, now, command),
        None => Vec::new(),
    }
}

fn told(events: &[Event]) -> Vec<String> {
    events.iter().map(tests::tell::event).collect()
}

fn clock(ticket: &Ticket) -> Clock<'_> {
    ticket.open().unwrap().board().clock(Metric::FirstResponse).unwrap()
}

/// The promise of a first response that is in force.
fn promise(ticket: &Ticket) -> Timestamp {
    clock(ticket).cycle.promised.unwrap()
}

fn due(ticket: &Ticket) -> Timestamp {
    clock(ticket).due().unwrap()
}

const FRIDAY: &str = "2026-06-05 15:00 Asia/Shanghai";
const MONDAY: &str = "2026-06-08 08:30 Asia/Shanghai";

#[test]
fn longer_hours_make_a_promise_earlier_by_a_new_receipt_that_names_the_file() {
    let (first, second) = (policy(FILE), longer_at_bell());
    let mut ticket = asked(&first, 1, "bell", instant(FRIDAY));
    assert_eq!(utc(promise(&ticket)), "2026-06-08T05:00Z");
    let newest = Newest { number: 2, policy: &second };
    let events = poked(&mut ticket, &first, newest, instant("2026-06-05 18:00 Asia/Shanghai"));
    assert_eq!(
        told(&events),
        [
            "terms of vip, number 2",
            "promised a reply by 2026-06-08T01:00Z, a solution by 2026-06-08T09:00Z: calendars of number 2"
        ]
    );
    let receipt = &ticket.open().unwrap().receipt;
    assert_eq!((receipt.number, receipt.cause.clone()), (2, Cause::Calendar { policy: 2 }));
}

#[test]
fn shorter_hours_move_what_is_due_and_never_what_was_promised() {
    let first = policy(FILE);
    let second = edited(r#"["10:00-16:00"] # bell"#, r#"["14:00-15:00"]"#);
    let mut ticket = asked(&first, 1, "bell", instant(FRIDAY));
    let before = promise(&ticket);
    let events = poked(&mut ticket, &first, Newest { number: 2, policy: &second }, instant(MONDAY));
    assert_eq!(told(&events), ["terms of vip, number 2"]);
    assert_eq!((promise(&ticket), utc(due(&ticket)).as_str()), (before, "2026-06-10T07:00Z"));
    assert_eq!(clock(&ticket).judged(), Some(before));
}

#[test]
fn a_promise_that_was_broken_already_is_judged_as_before_when_the_calendar_changes() {
    let (first, second) = (policy(FILE), longer_at_bell());
    let mut ticket = asked(&first, 1, "bell", instant(FRIDAY));
    let (before, now) = (promise(&ticket), instant("2026-06-08 13:30 Asia/Shanghai"));
    does(&mut ticket, now, Command::Tick {});
    let events = poked(&mut ticket, &first, Newest { number: 2, policy: &second }, now);
    let cause = "promised a solution by 2026-06-09T01:00Z: calendars of number 2";
    assert_eq!(told(&events), ["terms of vip, number 2", cause]);
    assert_eq!(clock(&ticket).judged(), Some(before));
}

#[test]
fn new_targets_bind_tickets_that_are_asked_after_them_and_no_other() {
    let first = policy(FILE);
    let second = edited(r#"within = "4h", calendar = "bell""#, r#"within = "1h", calendar = "bell""#);
    let mut ticket = asked(&first, 1, "bell", instant(FRIDAY));
    let newest = Newest { number: 2, policy: &second };
    assert!(!newest.touches(&ticket.bound().unwrap(), Some(&first), instant(MONDAY)));
    assert_eq!(told(&poked(&mut ticket, &first, newest, instant(MONDAY))), Vec::<&str>::new());
    let open = ticket.open().unwrap();
    assert_eq!(newest.anew(open.opening.company.as_ref(), &open.terms, instant(MONDAY)), None);
    assert_eq!(utc(promise(&asked(&second, 2, "bell", instant(FRIDAY)))), "2026-06-05T08:00Z");
}

#[test]
fn a_ticket_keeps_its_targets_also_when_its_calendar_changes_in_a_later_file() {
    let first = policy(FILE);
    let second = edited(r#"within = "4h", calendar = "bell""#, r#"within = "4h", calendar = "acme""#);
    let third = policy(
        &FILE
            .replace(r#"within = "4h", calendar = "bell""#, r#"within = "4h", calendar = "acme""#)
            .replace(r#"["10:00-16:00"] # bell"#, r#"["08:00-20:00"]"#),
    );
    let mut ticket = asked(&first, 1, "bell", instant(FRIDAY));
    let now = instant("2026-06-05 18:00 Asia/Shanghai");
    assert_eq!(poked(&mut ticket, &first, Newest { number: 2, policy: &second }, now), []);
    let events = poked(&mut ticket, &first, Newest { number: 3, policy: &third }, now);
    assert_eq!((events.len(), utc(due(&ticket)).as_str()), (2, "2026-06-08T01:00Z"));
}

#[test]
fn a_calendar_that_the_file_has_no_more_goes_on_for_whom_it_binds() {
    let first = policy(FILE);
    let second = policy(
        &FILE
            .replace("calendars.bell]", "calendars.night]")
            .replace(r#"calendar = "bell""#, r#"calendar = "night""#),
    );
    let mut ticket = asked(&first, 1, "bell", instant(FRIDAY));
    let newest = Newest { number: 2, policy: &second };
    assert_eq!(poked(&mut ticket, &first, newest, instant(MONDAY)), []);
}

#[test]
fn a_company_that_buys_another_tier_takes_its_running_tickets_along() {
    let first = policy(FILE);
    let second = edited("tier = \"vip\"", "tier = \"standard\"");
    let mut ticket = asked(&first, 1, "bell", instant(FRIDAY));
    let now = instant("2026-06-05 15:30 Asia/Shanghai");
    let events = poked(&mut ticket, &first, Newest { number: 2, policy: &second }, now);
    let tier = |event: &Event| matches!(event, Event::TermsSet { cause: TermsCause::Tier { .. }, .. });
    assert!(tier(&events[0]), "{events:?}");
    assert_eq!(
        told(&events),
        [
            "terms of standard, number 2",
            "promised a reply by 2026-06-08T07:00Z, a solution by 2026-06-09T07:00Z: vip became standard"
        ]
    );
}

#[test]
fn from_its_go_live_on_a_company_has_its_other_tier() {
    let live = "tier = \"vip\"\ngo_live = 2026-06-06T00:00:00+08:00\ntier_after_go_live = \"standard\"";
    let file = edited("tier = \"vip\"", live);
    let (friday, monday) = (instant(FRIDAY), instant(MONDAY));
    let newest = Newest { number: 1, policy: &file };
    let mut ticket = asked(&file, 1, "bell", friday);
    assert_eq!(newest.next_go_live(friday).map(utc).as_deref(), Some("2026-06-05T16:00Z"));
    assert_eq!((newest.gone_live(friday, monday), newest.next_go_live(monday)), (vec![name("bell")], None));
    assert_eq!(poked(&mut ticket, &file, newest, friday), []);
    let events = poked(&mut ticket, &file, newest, monday);
    let bound = |event: &Event| matches!(event, Event::TermsSet { cause: TermsCause::Contract { .. }, .. });
    assert!(events.iter().any(bound), "{events:?}");
}

#[test]
fn with_other_time_data_only_the_ticket_can_tell_and_nothing_happens_if_nothing_changes() {
    let first = policy(FILE);
    let mut ticket = asked(&first, 1, "bell", instant(FRIDAY));
    let newest = Newest { number: 1, policy: &first };
    let old = Bound { tzdb: "2025a".into(), ..ticket.bound().unwrap() };
    assert!(newest.touches(&old, Some(&first), instant(MONDAY)));
    let open = ticket.open().unwrap();
    let terms = Terms { tzdb: "2025a".into(), ..open.terms.clone() };
    assert_eq!(newest.anew(open.opening.company.as_ref(), &terms, instant(MONDAY)), None);
    let same = Command::Bind { terms, cause: TermsCause::Calendar { by: shared::ticket::Actor::Tenant {} } };
    let now = instant("2026-06-05 15:10 Asia/Shanghai");
    assert_eq!(does(&mut ticket, now, same), []);
}

#[test]
fn later_windows_come_with_the_targets_that_bind_the_ticket() {
    let first = policy(FILE);
    let second = edited(r#"within = "4h", calendar = "bell""#, r#"within = "1h", calendar = "bell""#);
    let ticket = asked(&first, 1, "bell", instant(FRIDAY));
    let open = ticket.open().unwrap();
    let later = open.terms.until() - SignedDuration::from_hours(24);
    let longer = second.rebind(2, &open.terms, later);
    assert!(longer.until() > open.terms.until());
    assert_eq!((&longer.targets, &longer.tier), (&open.terms.targets, &open.terms.tier));
    let past = |terms: &Terms| {
        let hours = |terms: &Terms| terms.calendars[0].windows.iter().take(20).copied().collect::<Vec<_>>();
        hours(terms)
    };
    assert_eq!(past(&longer), past(&open.terms));
}
