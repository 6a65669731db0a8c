//! The customer's client over a bad network, and the faults that such a run must find.

use std::thread;

use shared::contract::Severity::General;
use tests::phone::{Network, Phone};
use tests::sim::{Plant, Tally, run};
use tests::tenant::Tenant;
use tests::world::World;

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
