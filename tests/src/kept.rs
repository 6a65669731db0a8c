//! One ticket with its log, under terms with a target for every metric, on weekdays from nine to five.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use shared::contract::{CalendarTerms, ClockRules, Complexity, Covers, Metric, Severity, Target, Terms};
use shared::ids::{CustomerId, TicketId};
use shared::language::Language;
use shared::sla::{Cause, Receipt, Route};
use shared::ticket::{Command, Ctx, Event, Intake, Logged, Request, Ticket};
use shared::time::{FOREVER, Local, Window, Windows, Zone};

pub const HOUR: i64 = 3600;
pub const DAY: i64 = 24 * HOUR;
/// Mon 1 June 2026, 00:00Z.
pub const MONDAY: i64 = 1_780_272_000;

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(MONDAY + second).unwrap()
}

pub fn name<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().unwrap()
}

/// Nine to five on weekdays, for four months; without one day, if it is told which.
pub fn workdays(without: Option<i64>) -> Windows {
    let days = (0..120).filter(|day| day % 7 < 5 && Some(*day) != without);
    days.map(|day| Window::new(at(day * DAY + 9 * HOUR), at(day * DAY + 17 * HOUR)).unwrap()).collect()
}

/// Terms with a target for every metric at every severity.
pub fn terms(tier: &str, hours: i64, windows: Windows) -> Terms {
    let target = |metric: Metric, severity: Severity| Target {
        metric,
        covers: Covers { severity: Some(severity), complexity: None, channel: None },
        within: SignedDuration::from_hours(match severity {
            Severity::General => 4 * hours,
            Severity::Urgent => 2 * hours,
            Severity::Major => hours,
        }),
        calendar: name("hours"),
        pauses: metric.usual_pauses().to_vec(),
        pauses_at_most: (metric == Metric::Resolution).then(|| SignedDuration::from_hours(6)),
        grace: SignedDuration::from_mins(if metric == Metric::FirstResponse { 30 } else { 0 }),
    };
    let targets = Metric::ALL.into_iter().flat_map(|metric| Severity::ALL.map(|of| target(metric, of)));
    let calendar = CalendarTerms {
        id: name("hours"),
        zone: zone(),
        windows,
        until: FOREVER,
        provisional_from: None,
        marks: Vec::new(),
    };
    Terms {
        policy: 1,
        tier: name(tier),
        tzdb: String::new(),
        holidays: String::new(),
        rules: ClockRules::default(),
        targets: targets.collect(),
        calendars: vec![calendar],
    }
}

pub fn zone() -> Zone {
    Zone::new("Etc/UTC").unwrap()
}

pub fn id(number: u32) -> TicketId {
    let [a, b, c, d] = number.to_be_bytes();
    TicketId::new(0, [a, b, c, d, 0, 0, 0, 0, 0, 1])
}

pub fn intake(ticket: TicketId, asked_at: Timestamp, terms: Terms) -> Command {
    let receipt = Receipt {
        tenant: name("tenant"),
        company: None,
        ticket,
        number: 1,
        asked_at,
        issued_at: asked_at,
        cause: Cause::Asked {},
        local: Local::new(zone(), 0, Vec::new()).unwrap(),
        tier: terms.tier.clone(),
        severity: Severity::General,
        complexity: Complexity::Ordinary,
        channel: name("chat"),
        policy: 1,
        tzdb: String::new(),
        holidays: String::new(),
        route: Route::Ticket { team: None, opens: None },
        calendars: Vec::new(),
        promises: Vec::new(),
        reasons: Vec::new(),
    };
    let request = Request {
        id: ticket,
        channel: name("chat"),
        severity: Severity::General,
        text: "?".into(),
        contact: None,
        name: None,
        language: "en".parse::<Language>().unwrap(),
        zone: zone(),
    };
    let customer = CustomerId::anonymous(1);
    let (company, ring, opened_by) = (None, None, None);
    let intake = Intake { request, customer, company, terms, receipt, ring, opened_by };
    Command::Open { intake: Box::new(intake) }
}

/// A ticket with its log, as an object keeps it.
pub struct Kept {
    pub ticket: Ticket,
    pub log: Vec<Logged>,
}

impl Kept {
    pub fn asked(number: u32, asked_at: Timestamp, terms: Terms) -> Self {
        let mut kept = Self { ticket: Ticket::blank(id(number)), log: Vec::new() };
        kept.does(asked_at, intake(id(number), asked_at, terms));
        kept
    }

    /// A command; one that is refused changes nothing.
    pub fn does(&mut self, now: Timestamp, command: Command) {
        let Ok(step) = self.ticket.step(Ctx { now }, command) else { return };
        step.events.iter().for_each(|line| self.ticket.apply(line));
        self.log.extend(step.events);
    }

    /// Wakes it whenever it asks to be, until an instant.
    pub fn sleeps_until(&mut self, until: Timestamp) {
        while let Some(at) = self.ticket.wake_at().filter(|at| *at <= until) {
            let before = self.ticket.seq();
            self.does(at, Command::Tick {});
            assert!(self.ticket.seq() > before, "woken at {at} for nothing");
        }
    }

    /// How often each thing was told.
    pub fn told(&self) -> BTreeMap<(Metric, u32, u8), usize> {
        let mut told = BTreeMap::new();
        for line in &self.log {
            let key = if let Event::Warned { metric, cycle, percent, .. } = &line.event {
                (*metric, *cycle, *percent)
            } else if let Event::Breached { metric, cycle, .. } = &line.event {
                (*metric, *cycle, 100)
            } else if let Event::Notified { metric, cycle } = &line.event {
                (*metric, *cycle, 101)
            } else {
                continue;
            };
            *told.entry(key).or_default() += 1;
        }
        told
    }
}
