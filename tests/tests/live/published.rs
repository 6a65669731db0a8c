//! A file is published while a thousand tickets run, and everything is killed in the middle of what follows from it.

#![expect(clippy::disallowed_methods, reason = "how long the round takes is told")]

use std::time::Instant;

use shared::sla::{Cause, SignedReceipt};
use shared::ticket::TermsCause;
use shared::wire::{DeskTicket, What};
use tests::live::{Customer, Desk, Product, Tenant, trouble, within};

/// Two companies, each with a calendar of its own.
const FILE: &str = include_str!("../../tenants/two.toml");

const EACH: usize = 500;
const AT_ONCE: usize = 8;

/// Does something so many times, a few side by side.
fn side_by_side<T: Send>(times: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let share = |of: usize| (of..times).step_by(AT_ONCE);
    std::thread::scope(|scope| {
        let work = &work;
        let spawn = |of| scope.spawn(move || share(of).map(work).collect::<Vec<T>>());
        let all: Vec<_> = (0..AT_ONCE).map(spawn).collect();
        all.into_iter().flat_map(|some| some.join().unwrap()).collect()
    })
}

/// How many lines of the index are of tickets with more than their first two events.
fn touched(desk: &Desk) -> usize {
    desk.index().rows.iter().filter(|row| row.seq > 2).count()
}

/// How often other terms were set, and how often anything was promised anew.
fn changes(ticket: &DeskTicket) -> (usize, usize) {
    let count = |what: fn(&What) -> bool| ticket.entries.iter().filter(|entry| what(&entry.what)).count();
    let by_calendar = |what: &What| matches!(what, What::Bound { cause: TermsCause::Calendar { .. }, .. });
    let anew = |what: &What| matches!(what, What::Promised { cause: Cause::Calendar { policy: 2 }, .. });
    (count(by_calendar), count(anew))
}

#[test]
#[ignore = "written without a product to run it against: to be run by name, then taken into the gate"]
fn a_calendar_that_is_published_changes_its_five_hundred_of_a_thousand_tickets_once_each_through_a_kill() {
    let _alone = trouble();
    let mut product = Product::start("2026-06-05 15:00 Asia/Shanghai");
    let tenant = Tenant::of_file(product.edge(), FILE);
    let customers: [Customer; 2] = ["acme", "bell"].map(|company| tenant.signed("ada", Some(company)));
    let watch = Instant::now();
    let ids = side_by_side(2 * EACH, |n| (n % 2, customers[n % 2].asks().id.to_string()));
    println!("{} tickets opened in {:?}", ids.len(), watch.elapsed());
    let li = tenant.agent("li");
    within(60, "the index of a thousand", || (li.index().rows.len() == 2 * EACH).then_some(()));
    assert_eq!(touched(&li), 0);

    let longer = tenant.file().replace(r#"["10:00-16:00"] # bell"#, r#"["08:00-20:00"]"#);
    let longer = format!("{longer}\n[receipts]\nkeys = [\"2026-06\", \"1\"]\n");
    let watch = Instant::now();
    assert_eq!(tenant.put(&longer, false).status, 200);
    let before = within(60, "a part of the round", || Some(touched(&li)).filter(|touched| *touched > 50));
    product.kill();
    println!("killed after {:?} with {before} of {EACH} touched", watch.elapsed());
    assert!(before < EACH, "the round was over before it could be killed");
    product.go_on();
    let watch = Instant::now();
    within(60, "the end of the round", || (touched(&li) >= EACH).then_some(()));
    println!("gone on with, and done after {:?}", watch.elapsed());

    let found = side_by_side(ids.len(), |n| (ids[n].0, li.ticket(&ids[n].1)));
    for (company, ticket) in &found {
        let expected = if *company == 0 { ((0, 0), 2) } else { ((1, 1), 4) };
        assert_eq!((changes(ticket), ticket.seq), expected, "{:?}", ticket.entries);
    }
    let (_, bell) = ids.iter().find(|(company, _)| *company == 1).unwrap();
    let receipts: Vec<SignedReceipt> = li.get(&format!("tickets/{bell}/receipts")).send().read();
    let kids: Vec<&str> = receipts.iter().map(|signed| signed.kid.as_str()).collect();
    assert_eq!(kids, ["1", "2026-06"], "what comes out of the file is signed with its newest key");
    let keys: shared::sla::PublicKeys = tenant.edge.get(&tenant.path("keys")).send().read();
    assert_eq!(keys.check(&receipts[1]).unwrap().number, 2);
    tenant.edge.sweep();
    assert_eq!(touched(&li), EACH);
}
