//! The log is the truth: whatever people do in whatever order, replaying it from any prefix, stored and read back, gives
//! the same ticket with the same clocks.

use proptest::prelude::*;
use shared::ids::{AgentId, TicketId};
use shared::ticket::{Actor, Author, Command, PendReason, Ticket};
use tests::tenant::Tenant;
use tests::world::World;

fn agent() -> AgentId {
    "chen".parse().unwrap()
}

/// One thing that somebody may try; the ticket refuses what makes no sense where it stands.
fn attempt(world: &mut World, ticket: TicketId, deed: u8) {
    let message = world.message();
    let text = String::from("words");
    let command = match deed {
        0 => Command::Say { message, author: Author::Customer {}, text },
        1 => Command::Say { message, author: Author::Agent { id: agent() }, text },
        2 => Command::Pend { by: agent(), reason: PendReason::Customer, evidence: None },
        3 => Command::Pend { by: agent(), reason: PendReason::ThirdParty, evidence: None },
        4 => Command::Resume { by: agent() },
        5 => Command::Solve { by: agent() },
        6 => Command::Reopen { by: Actor::Customer {} },
        _ => Command::Note { message, by: agent(), text },
    };
    let _refused_or_not = world.drive(ticket, command);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn replaying_the_log_from_any_prefix_gives_the_same_clocks(deeds in prop::collection::vec((0..8_u8, 0..2_000_i64), 1..25), part in 0..100_usize) {
        let mut world = World::of(Tenant::demo("hesi"), "2026-09-25T09:00Z");
        let customer = world.customer("standard");
        let ticket = world.asks(&customer, shared::contract::Severity::General);
        for (deed, minutes) in deeds {
            let then = world.now() + jiff::SignedDuration::from_mins(minutes);
            world.until(&then.to_string());
            attempt(&mut world, ticket, deed);
        }
        let log = world.object(ticket).log();
        let cut = log.len() * part / 100;
        let stored = serde_json::to_string(&Ticket::replay(ticket, &log[..cut])).unwrap();
        let mut resumed: Ticket = serde_json::from_str(&stored).unwrap();
        log[cut..].iter().for_each(|line| resumed.apply(line));
        prop_assert_eq!(&resumed, world.ticket(ticket));
        let clocks = |ticket: &Ticket| ticket.open().map(|open| open.board().view(world.now()));
        prop_assert_eq!(clocks(&resumed), clocks(world.ticket(ticket)));
        prop_assert!(clocks(&resumed).is_some_and(|clocks| !clocks.is_empty()));
    }
}
