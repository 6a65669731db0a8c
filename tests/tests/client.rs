//! The customer's client over a bad network, and the faults that such a run must find.

use std::thread;

use jiff::SignedDuration;
use shared::contract::Severity::General;
use shared::ids::{MessageId, TicketId};
use shared::refusal::Refusal;
use shared::wire::{Client, Outgoing, Reply, Sent};
use tests::phone::{Network, Phone};
use tests::sim::{Plant, Tally, run};
use tests::tenant::Tenant;
use tests::world::{Customer, World};

const SEEDS: u64 = 1_000;

/// All seeds, on as many threads as a small machine has.
fn run_all(tenant: &Tenant) -> Vec<Tally> {
    let quarter = |first: u64| {
        let seeds = (first..SEEDS).step_by(4);
        seeds
            .map(|seed| run(tenant, seed, None).unwrap_or_else(|what| panic!("seed {seed}: {what}")))
            .collect()
    };
    thread::scope(|scope| {
        let quarters: Vec<_> =
            (0..4).map(|first| scope.spawn(move || -> Vec<Tally> { quarter(first) })).collect();
        quarters.into_iter().flat_map(|quarter| quarter.join().expect("no violation")).collect()
    })
}

#[test]
fn nothing_is_lost_doubled_or_reordered_over_a_network_that_does_all_of_it() {
    let tallies = run_all(&Tenant::plain());
    let sum = |of: fn(&Tally) -> usize| tallies.iter().map(of).sum::<usize>();
    assert!(sum(|t| t.written) > 9_000, "too little was written");
    assert!(sum(|t| t.lost) > 5_000 && sum(|t| t.doubled) > 2_000, "the network was too good");
    assert!(sum(|t| t.reloads) > 3_000 && sum(|t| t.outages) > 1_000, "nothing much happened");
}

#[test]
fn each_planted_fault_is_found() {
    let tenant = Tenant::plain();
    for plant in Plant::ALL {
        let found = (0..SEEDS).find(|seed| run(&tenant, *seed, Some(plant)).is_err());
        assert!(found.is_some(), "{plant:?} was not found in {SEEDS} runs");
    }
}

#[test]
fn words_for_a_ticket_that_only_the_journal_has_wait_until_it_is_one() {
    let mut world = World::of(Tenant::plain(), "2026-11-20T09:00Z");
    let mei = world.customer("standard");
    let mut phone = Phone::of(&mei);
    world.faults.objects_down = true;
    let ticket = phone.asks(&mut world, General);
    phone.tries(&mut world, Network::Works);
    world.faults.objects_down = false;
    phone.says(&mut world, ticket, "附上截图");
    phone.tries(&mut world, Network::Works);
    assert!(phone.is_sending());
    world.until("2026-11-20T09:01Z");
    phone.tries(&mut world, Network::Works);
    assert_eq!(world.customer_reads(ticket), ["customer: 无法提交报销单", "customer: 附上截图"]);
    assert!(!phone.is_sending());
}

/// A client alone, with ids and forms made by a world.
struct Alone {
    world: World,
    client: Client,
    mei: Customer,
}

impl Alone {
    fn new() -> Self {
        let mut world = World::of(Tenant::plain(), "2026-11-20T09:00Z");
        let mei = world.customer("standard");
        Self { world, client: Client::default(), mei }
    }

    fn asks(&mut self) -> TicketId {
        let form = self.world.form(&self.mei, General);
        let ticket: TicketId = form.id.parse().unwrap();
        self.client.send(ticket.into(), Outgoing::Open { form }, self.world.now());
        ticket
    }

    fn says(&mut self, ticket: TicketId) -> MessageId {
        let id = self.world.message();
        let text = "在吗".into();
        self.client.send(id, Outgoing::Say { ticket, text, reopen: false }, self.world.now());
        id
    }

    /// What is sent so many seconds after the start.
    fn sends_at(&mut self, second: i64) -> Option<MessageId> {
        self.client.poll(self.world.now() + SignedDuration::from_secs(second)).map(|parcel| parcel.id)
    }

    fn hears_at(&mut self, second: i64, id: MessageId, reply: Reply) {
        self.client.answered(id, reply, self.world.now() + SignedDuration::from_secs(second));
    }
}

#[test]
fn words_behind_a_refused_request_wait_for_it_and_other_tickets_do_not() {
    let mut alone = Alone::new();
    let (first, second) = (alone.asks(), alone.asks());
    let words = alone.says(first);
    assert_eq!(alone.sends_at(0), Some(first.into()));
    alone.hears_at(0, first.into(), Reply::Refused(Refusal::Form { errors: Vec::new() }));
    assert_eq!(alone.sends_at(0), Some(second.into()));
    alone.hears_at(0, second.into(), Reply::Taken(Sent::Said));
    assert_eq!(alone.sends_at(0), None);
    assert!(alone.client.unsent(), "the words still wait");
    alone.client.retry(first.into());
    assert_eq!(alone.sends_at(0), Some(first.into()));
    alone.hears_at(0, first.into(), Reply::Taken(Sent::Said));
    assert_eq!(alone.sends_at(0), Some(words));
}

#[test]
fn a_client_rests_twice_as_long_after_each_loss_and_never_more_than_a_minute() {
    let mut alone = Alone::new();
    let id = alone.asks().into();
    let mut second = 0;
    for rest in [1, 2, 4, 8, 16, 32, 60, 60] {
        assert_eq!(alone.sends_at(second), Some(id));
        alone.hears_at(second, id, Reply::Lost(None));
        assert_eq!(alone.sends_at(second + rest - 1), None);
        second += rest;
    }
}

#[test]
fn a_wait_that_the_edge_asks_for_is_kept_unless_the_person_hurries() {
    let mut alone = Alone::new();
    let id = alone.asks().into();
    alone.sends_at(0);
    alone.hears_at(0, id, Reply::Lost(Some(SignedDuration::from_secs(42))));
    assert_eq!(alone.sends_at(41), None);
    assert_eq!(alone.client.wake_at(), Some(alone.world.now() + SignedDuration::from_secs(42)));
    alone.client.hurry();
    assert_eq!(alone.sends_at(1), Some(id));
}

#[test]
fn what_is_in_flight_cannot_be_taken_back_and_what_waits_can() {
    let mut alone = Alone::new();
    let ticket = alone.asks();
    let words = alone.says(ticket);
    alone.sends_at(0);
    alone.client.discard(ticket.into());
    alone.client.discard(words);
    assert_eq!(alone.client.kept().map(|parcel| parcel.id).collect::<Vec<_>>(), [ticket.into()]);
}

#[test]
fn words_for_a_ticket_that_never_was_are_given_back_after_ten_attempts() {
    let mut alone = Alone::new();
    let words = alone.says(TicketId::new(0, [9; 10]));
    let attempts = (0..2_000).filter(|second| {
        let sent = alone.sends_at(*second);
        sent.into_iter().for_each(|id| alone.hears_at(*second, id, Reply::Refused(Refusal::Unknown {})));
        sent == Some(words)
    });
    assert_eq!(attempts.count(), 11);
    assert_eq!(
        alone.client.kept().next().and_then(|parcel| parcel.refused.clone()),
        Some(Refusal::Unknown {})
    );
}
