//! Bytes that nobody meant as a receipt: whatever they are, reading them ends at once, with a receipt or a flaw.
//!
//! A short run by default; `NB_FUZZ=10000000 cargo test --release -p tests --test decoder` runs as many as it says.

use std::time::{Duration, Instant};

use shared::contract::Severity::{General, Urgent};
use shared::sla::{Receipt, SignedReceipt};
use tests::chance::Chance;
use tests::tenant::Tenant;
use tests::world::World;

/// No single reading takes longer.
const LONGEST: Duration = Duration::from_millis(100);

/// Real receipts to begin with, of a tier with many windows and of one with a single window.
fn seeds() -> Vec<Vec<u8>> {
    let mut world = World::of(Tenant::demo("hesi"), "2026-10-01 23:10 Asia/Shanghai");
    let asked = [("standard", General), ("vip", Urgent)];
    asked
        .map(|(tier, severity)| {
            let customer = world.customer(tier);
            let ticket = world.asks(&customer, severity);
            SignedReceipt::bytes_of(&world.receipt(ticket))
        })
        .into()
}

/// A few changes: bytes flipped, set to an extreme, left out, doubled, cut, or all of them made up.
fn mutated(seed: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=chance.below(4) {
        let at = usize::try_from(chance.below(bytes.len().max(1) as u64)).unwrap();
        match chance.below(7) {
            0 => bytes = (0..chance.below(400)).map(|_| chance.bytes()[0]).collect(),
            1 => bytes.truncate(at),
            2 if at < bytes.len() => drop(bytes.remove(at)),
            3 => bytes.insert(at, 0xff),
            4 => bytes.splice(at..at, [0xff; 9]).for_each(drop),
            _ if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            _ => bytes.push(1),
        }
    }
    if let Some(format) = bytes.first_mut().filter(|_| chance.percent(90)) {
        *format = 1;
    }
    bytes
}

/// Everything that is done with bytes from outside before a signature is known to fit.
fn read(bytes: Vec<u8>) -> Option<Receipt> {
    let signed = SignedReceipt { kid: "1".parse().unwrap(), bytes, signature: vec![0; 64] };
    let receipt = signed.read().ok()?;
    let _ = receipt.recompute();
    assert!(signed.file(&receipt).is_ok());
    Some(receipt)
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long a reading takes is the question")]
fn no_bytes_make_the_decoder_panic_or_wait() {
    let runs: u64 = std::env::var("NB_FUZZ").map_or(50_000, |runs| runs.parse().unwrap());
    let (seeds, mut chance) = (seeds(), Chance::new(5));
    let (mut longest, mut taken) = (Duration::ZERO, 0_u64);
    for run in 0..runs {
        let seed = &seeds[usize::try_from(run % 2).unwrap()];
        let bytes = mutated(seed, &mut chance);
        let timed = || {
            let began = Instant::now();
            (read(bytes.clone()), began.elapsed())
        };
        let (receipt, mut took) = timed();
        // A machine that was busy with something else is not asked to be quick: the same bytes again.
        for _ in 0..3 {
            took = if took < LONGEST { took } else { took.min(timed().1) };
        }
        assert!(took < LONGEST, "{took:?} for {bytes:?}");
        longest = longest.max(took);
        taken += u64::from(receipt.is_some());
    }
    eprintln!("{runs} readings, {taken} were receipts, the longest took {longest:?}");
    assert!(taken > runs / 100 && taken < runs, "{taken} of {runs} were receipts: nothing is tried");
}

#[test]
fn what_claims_to_be_long_takes_no_memory() {
    let mut claims = vec![1];
    // A tenant's name of four thousand million letters.
    claims.extend([0xff, 0xff, 0xff, 0xff, 0x0f]);
    assert_eq!(read(claims), None);
    assert_eq!(read(vec![1; 70_000]), None);
}
