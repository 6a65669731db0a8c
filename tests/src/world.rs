//! A world: one tenant, its customers and agents, and a clock that is moved. Every decision is `shared`'s.

mod people;
mod sight;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use shared::contract::Severity;
use shared::door::{self, Door, Heard, Held, Next};
use shared::ids::{CompanyId, CustomerId, TicketId};
use shared::language::Language;
use shared::outbox::Parcel;
use shared::refusal::Refusal;
use shared::ticket::{Asker, Command, Intake, RawRequest, parse_in_zone};
use shared::time::Zone;
use shared::wire::Accepted;

use crate::chance::Chance;
use crate::instant::{instant, utc};
use crate::object::Object;
use crate::places::Places;
use crate::tell;
use crate::tenant::Tenant;

/// How often the sweeper looks.
const SWEEP: i64 = 60;

/// A person who asks.
#[derive(Clone, Debug)]
pub struct Customer {
    pub id: CustomerId,
    pub company: Option<CompanyId>,
    pub zone: Zone,
    pub language: Language,
}

/// What does not work. Everything does, unless a test says otherwise.
#[derive(Clone, Copy, Debug, Default)]
pub struct Faults {
    /// Tickets' objects cannot be reached.
    pub objects_down: bool,
    /// Tickets' objects answer only when the door has lost its patience.
    pub objects_slow: bool,
    /// The journal cannot be written.
    pub journal_down: bool,
    /// The journal's entry cannot be deleted.
    pub journal_sticks: bool,
    /// The tenant's index cannot be reached.
    pub index_down: bool,
    /// The webhook's receiver does not answer.
    pub receiver_down: bool,
    /// Every parcel arrives twice.
    pub parcels_twice: bool,
    /// Every alarm rings twice.
    pub alarms_twice: bool,
    /// Alarms ring so much later.
    pub alarms_late: SignedDuration,
    /// Alarms do not ring at all.
    pub alarms_lost: bool,
    /// Objects die between saving and performing.
    pub dies_after_saving: bool,
}

/// Why a request was not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turned {
    /// It was refused.
    Away(Refusal),
    /// Nobody could take it: try again.
    Back,
}

/// The world.
#[derive(Clone, Debug)]
pub struct World {
    pub faults: Faults,
    tenant: Tenant,
    now: Timestamp,
    objects: BTreeMap<TicketId, Object>,
    places: Places,
    receipts: BTreeMap<TicketId, Accepted>,
    news: Vec<String>,
    chance: Chance,
}

impl World {
    /// A world in which nothing has happened.
    pub fn of(tenant: Tenant, start: &str) -> Self {
        let (objects, places, receipts) = (BTreeMap::new(), Places::default(), BTreeMap::new());
        let (faults, news, chance) = (Faults::default(), Vec::new(), Chance::new(1));
        Self { faults, tenant, now: instant(start), objects, places, receipts, news, chance }
    }

    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Moves the clock: every alarm and sweep on the way happens at its own instant.
    pub fn until(&mut self, text: &str) {
        let end = instant(text);
        assert!(end >= self.now, "the clock stands at {}, after {text}", utc(self.now));
        while let Some(at) = self.next_instant().filter(|at| *at <= end) {
            self.now = at.max(self.now);
            self.wake();
            self.sweep();
        }
        self.now = end;
    }

    fn next_instant(&self) -> Option<Timestamp> {
        let rings = !self.faults.alarms_lost && !self.faults.objects_down;
        let alarms = self.objects.values().filter_map(Object::alarm).filter(|_| rings);
        let alarms = alarms.map(|at| (at + self.faults.alarms_late).max(self.now));
        let work = !self.places.journal_is_empty() || self.faults.alarms_lost && !self.objects.is_empty();
        let minute = self.now.as_second().div_euclid(SWEEP) * SWEEP + SWEEP;
        let sweep = Timestamp::from_second(minute).ok().filter(|_| work);
        alarms.chain(sweep).min()
    }

    fn wake(&mut self) {
        let due = |object: &Object| object.alarm().is_some_and(|at| at + self.faults.alarms_late <= self.now);
        let rings = !self.faults.alarms_lost && !self.faults.objects_down;
        let due = |(_, object): &(&TicketId, &Object)| rings && due(object);
        let woken: Vec<TicketId> = self.objects.iter().filter(due).map(|(id, _)| *id).collect();
        for ticket in woken {
            self.tick(ticket);
            if self.faults.alarms_twice {
                self.tick(ticket);
            }
        }
    }

    /// An alarm of a ticket's object, now, whether it is due or not.
    pub fn tick(&mut self, ticket: TicketId) {
        let _ = self.drive(ticket, Command::Tick {});
        self.perform(ticket);
    }

    /// What the sweeper does each minute: hands over what the journal still has, wakes who slept too long.
    fn sweep(&mut self) {
        if self.now.as_second() % SWEEP != 0 {
            return;
        }
        for (key, intake) in self.places.journaled() {
            if door::sweeps(key.1, self.now) && !self.faults.objects_down {
                let _ = self.drive(key.0, Command::Open { intake: Box::new(intake) });
                self.places.forget(key);
            }
        }
        for ticket in self.places.overdue(self.now - SignedDuration::from_secs(SWEEP)) {
            self.tick(ticket);
        }
    }

    /// A customer of this tier's first company, in Shanghai.
    pub fn customer(&mut self, tier: &str) -> Customer {
        let company = self.tenant.company_of(tier, self.now);
        let id = CustomerId::signed(&format!("{:x}@{company}", self.chance.draw())).expect("a name");
        let (zone, language) =
            (Zone::new("Asia/Shanghai").expect("a zone"), "zh-CN".parse().expect("a language"));
        Customer { id, company: Some(company), zone, language }
    }

    /// A customer for whom nobody vouches.
    pub fn anonymous(&mut self, zone: &str, language: &str) -> Customer {
        let id = CustomerId::anonymous(u128::from(self.chance.draw()));
        let (zone, language) = (Zone::new(zone).expect("a zone"), language.parse().expect("a language"));
        Customer { id, company: None, zone, language }
    }

    /// A new form, filled in.
    pub fn form(&mut self, customer: &Customer, severity: Severity) -> RawRequest {
        RawRequest {
            id: TicketId::new(0, self.chance.bytes()).to_string(),
            channel: "chat".into(),
            severity: severity.as_str().into(),
            text: "无法提交报销单".into(),
            contact: "li.hua@example.com".into(),
            name: String::new(),
            language: customer.language.to_string(),
            zone: customer.zone.as_str().into(),
        }
    }

    /// A customer asks, and is accepted.
    #[track_caller]
    pub fn asks(&mut self, customer: &Customer, severity: Severity) -> TicketId {
        let form = self.form(customer, severity);
        self.sends(customer, &form).expect("accepted").id
    }

    /// One attempt of a request, at the door.
    pub fn sends(&mut self, customer: &Customer, form: &RawRequest) -> Result<Accepted, Turned> {
        let rules = self.tenant.rules(customer.company.as_ref(), self.now);
        let (request, local) = parse_in_zone(form, &rules, |zone| self.tenant.local(zone, self.now))
            .map_err(|errors| Turned::Away(Refusal::Form { errors }))?;
        let asker = Asker {
            tenant: self.tenant.id(),
            customer: customer.id.clone(),
            company: customer.company.clone(),
            grade: &self.tenant.grade(&request, customer.company.as_ref(), self.now),
            terms: self.tenant.terms(&self.tenant.tier(customer.company.as_ref(), self.now), self.now),
            staff: &self.tenant.staff(customer.company.as_ref(), self.now),
            local: &local,
        };
        self.knock(Intake::decide(self.now, request, asker))
    }

    /// The door: journal and object side by side, the answer as soon as one of them is enough.
    fn knock(&mut self, intake: Intake) -> Result<Accepted, Turned> {
        let (id, now, mut receipt) = (intake.request.id, self.now, intake.receipt.clone());
        let mut heard = vec![if self.faults.journal_down { Heard::JournalFailed } else { Heard::Journaled }];
        if !self.faults.journal_down {
            self.places.journal(&intake);
        }
        let key = (id, receipt.asked_at);
        let mut refusal = Refusal::Unknown {};
        if self.faults.objects_slow {
            heard.push(Heard::TimeUp);
        }
        heard.push(match self.drive(id, Command::Open { intake: Box::new(intake) }) {
            Ok(()) => Heard::Taken,
            Err(Turned::Back) => Heard::ObjectFailed,
            Err(Turned::Away(found)) => {
                refusal = found;
                Heard::Refused
            }
        });
        let mut door = Door::default();
        let answers: Vec<Next> = heard.into_iter().map(|heard| door.hear(heard)).collect();
        if door.journal_is_spent() && !self.faults.journal_sticks {
            self.places.forget(key);
        }
        match answers.into_iter().find(|next| *next != Next::Wait) {
            Some(Next::Accept(held)) => {
                if held == Held::Object {
                    receipt = self.objects[&id].ticket().open().expect("taken").receipt.clone();
                }
                let (code, signed) = (id.code(), self.tenant.key().sign(&receipt));
                let accepted = Accepted { id, code, held, receipt, signed, now };
                self.receipts.insert(id, accepted.clone());
                Ok(accepted)
            }
            Some(Next::Refuse) => Err(Turned::Away(refusal)),
            Some(Next::Fail | Next::Wait) | None => Err(Turned::Back),
        }
    }

    /// A command at a ticket's object, and what follows from it.
    pub fn drive(&mut self, ticket: TicketId, command: Command) -> Result<(), Turned> {
        self.step(ticket, command)?;
        if !self.faults.dies_after_saving {
            self.perform(ticket);
        }
        Ok(())
    }

    fn step(&mut self, ticket: TicketId, command: Command) -> Result<(), Turned> {
        if self.faults.objects_down {
            return Err(Turned::Back);
        }
        let object = self.objects.entry(ticket).or_insert_with(|| Object::blank(ticket));
        let events = object.drive(self.now, command).map_err(Turned::Away)?;
        self.news.extend(events.iter().map(|line| tell::event(&line.event)));
        Ok(())
    }

    /// Sends what an object has to send by now, oldest first, until nothing is left to send.
    fn perform(&mut self, ticket: TicketId) {
        while let Some(row) = self.objects.get(&ticket).and_then(|object| object.sendable(self.now)) {
            let mut arrived = self.deliver(ticket, row.id, row.parcel());
            if self.faults.parcels_twice {
                arrived = self.deliver(ticket, row.id, row.parcel()) || arrived;
            }
            if let Some(object) = self.objects.get_mut(&ticket) {
                object.sent(row.id, arrived, self.now);
            }
        }
    }

    fn deliver(&mut self, ticket: TicketId, id: u64, parcel: Parcel) -> bool {
        match parcel {
            Parcel::Index { .. } if self.faults.index_down => return false,
            Parcel::Ring { .. } if self.faults.receiver_down => return false,
            Parcel::Index { row } => self.places.index(row),
            Parcel::List { card } => self.places.list(card),
            Parcel::Ring { ring } => {
                if self.places.ring(&ring, id) {
                    self.news.push(tell::ring(&ring));
                }
            }
            Parcel::Terms { .. } => {
                let terms = self.tenant.rebind(self.objects[&ticket].terms(), self.now);
                return self.step(ticket, Command::Extend { terms }).is_ok();
            }
        }
        true
    }
}
