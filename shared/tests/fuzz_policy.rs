//! The reader of tenant files, fed with files that nobody wrote: demo tenants cut, doubled, crossed and filled with what
//! breaks readers. It never panics, never takes long, and names a place in the file for each mistake.
//!
//! `NIGHTBELL_FUZZ_EXECUTIONS` says how many files (`cargo xtask fuzz policy --executions N` sets it), and
//! `NIGHTBELL_FUZZ_FIRST` with which number to begin: a number always makes the same file.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test outside the crate: what it finds amiss, it says by a panic"
)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use shared::contract::policy::{EVERY_KEY, Hosts, Policy};

const QUICK: u64 = 200;
/// What no file may take, however hostile.
const TOO_LONG: Duration = Duration::from_millis(if cfg!(debug_assertions) { 2_000 } else { 100 });
/// Files grow no further, but for one in a thousand.
const LONGEST: usize = 12_000;

const WORDS: [&str; 40] = [
    "\"*\"",
    "\"\"",
    "[",
    "]",
    "{",
    "}",
    "=",
    ".",
    ",",
    "[[",
    "]]",
    "\n",
    "#",
    "'''",
    "\"\"\"",
    "\\u0000",
    "\u{0}",
    "\u{feff}",
    "宕机",
    "1e999",
    "-1",
    "0",
    "99999999999999999999",
    "nan",
    "true",
    "0x7f",
    "9999-12-31",
    "-0001-01-01",
    "0000-01-01",
    "2026-02-30",
    "2026-10-01T00:00:00Z",
    "\"24:00-48:00\"",
    "\"00:00-00:00\"",
    "\"4320h\"",
    "\"9223372036854775807h\"",
    "\"Etc/UTC\"",
    "targets.\"*\".\"*\".\"*\" = { within = \"1h\", calendar = \"always\" }\n",
    "[calendars.both]\nunion = [\"workdays\", \"always\"]\n",
    "channel = \"chat\", ",
    "weekly.mon-sun = []\n",
];

/// A row of numbers that anybody can repeat (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }

    /// A place between two characters.
    fn place(&mut self, text: &str) -> usize {
        let place = self.below(text.len() + 1);
        text.floor_char_boundary(place)
    }

    /// A piece of a text: a few letters, or lines.
    fn piece<'a>(&mut self, text: &'a str) -> &'a str {
        let from = self.place(text);
        let rest = &text[from..];
        let longest = [8, 80, 800][self.below(3)];
        let to = self.place(&rest[..rest.floor_char_boundary(longest.min(rest.len()))]);
        &rest[..to]
    }
}

fn seeds() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../edge/tenants");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let mut seeds: Vec<String> = files.map(|path| fs::read_to_string(path).unwrap()).collect();
    seeds.sort();
    seeds.push(EVERY_KEY.into());
    seeds
}

/// A seed, changed one to six times; one in a thousand made large.
fn file(seeds: &[String], chance: &mut Chance) -> String {
    let mut text = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(6) {
        change(&mut text, seeds, chance);
        text.truncate(text.floor_char_boundary(LONGEST));
    }
    if chance.below(1_000) == 0 {
        let piece = chance.piece(&text).to_owned();
        let place = chance.place(&text);
        text.insert_str(place, &piece.repeat(1 + 200_000 / (piece.len() + 1)));
    }
    text
}

fn change(text: &mut String, seeds: &[String], chance: &mut Chance) {
    let place = chance.place(text);
    match chance.below(7) {
        0 => text.insert_str(place, WORDS[chance.below(WORDS.len())]),
        1 => {
            let other = &seeds[chance.below(seeds.len())];
            text.insert_str(place, chance.piece(other));
        }
        2 => {
            let end = place + chance.place(&text[place..]).min(200);
            let end = text.floor_char_boundary(end);
            text.replace_range(place..end, "");
        }
        3 => {
            let times = 1 + chance.below(4);
            let piece = chance.piece(&text[place..]).repeat(times);
            text.insert_str(place, &piece);
        }
        4 => {
            let end = text[place..].chars().next().map_or(place, |letter| place + letter.len_utf8());
            let letter = char::from_u32(u32::try_from(chance.below(0x250)).unwrap()).unwrap_or('\u{0}');
            text.replace_range(place..end, letter.encode_utf8(&mut [0; 4]));
        }
        5 => text.truncate(place),
        _ => {
            let piece = chance.piece(&text[place..]).to_owned();
            *text = text.replacen(&piece, WORDS[chance.below(WORDS.len())], 1 + chance.below(3));
        }
    }
}

/// Reads a file and asks it what a tenant is asked.
fn read(text: &str) {
    match Policy::parse(text, Hosts::Development) {
        Ok(policy) => {
            let now = jiff::Timestamp::constant(1_775_000_000, 0);
            for tier in &policy.tiers {
                assert!(policy.terms(1, &tier.id, now).is_some());
            }
        }
        Err(mistakes) => {
            assert!(!mistakes.is_empty(), "refused without a mistake");
            let lines = text.matches('\n').count() + 1;
            assert!(mistakes.iter().all(|mistake| (1..=lines).contains(&mistake.line)), "{mistakes:?}");
        }
    }
}

/// How long reading takes this thread: the machine may have been busy with something else meanwhile, so what looks slow
/// is asked again, of the count that the system keeps of each thread's own time.
#[expect(clippy::disallowed_methods, reason = "what is measured is real time, which no decision depends on")]
fn time(text: &str) -> Duration {
    let (begun, worked) = (Instant::now(), worked());
    read(text);
    match (worked, self::worked()) {
        (Some(before), Some(after)) => after - before,
        _ => begun.elapsed(),
    }
}

/// What this thread has worked so far, where the system tells.
fn worked() -> Option<Duration> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// Reads the files of these numbers, of which each makes always the same; the longest time that one took.
fn feed(seeds: &[String], numbers: impl Iterator<Item = u64>) -> Duration {
    let mut longest = Duration::ZERO;
    for number in numbers {
        let text = file(seeds, &mut Chance(number));
        let Ok(took) = catch_unwind(AssertUnwindSafe(|| time(&text))) else {
            panic!("file {number} panics:\n{text}")
        };
        assert!(took <= TOO_LONG, "file {number} takes {took:?}:\n{text}");
        longest = longest.max(took);
    }
    longest
}

#[test]
fn no_file_makes_the_reader_panic_or_hang() {
    let number = |name| env::var(name).ok().and_then(|number| number.parse().ok());
    let executions: u64 = number("NIGHTBELL_FUZZ_EXECUTIONS").unwrap_or(QUICK);
    let first: u64 = number("NIGHTBELL_FUZZ_FIRST").unwrap_or(1);
    let (seeds, workers) = (seeds(), thread::available_parallelism().map_or(1, usize::from));
    let longest = thread::scope(|scope| {
        let numbers = |worker| (first..first + executions).skip(worker).step_by(workers);
        let seeds = &seeds;
        let running: Vec<_> =
            (0..workers).map(|worker| scope.spawn(move || feed(seeds, numbers(worker)))).collect();
        running.into_iter().map(|worker| worker.join().expect("no panic, no hang")).max()
    });
    println!("{executions} files read, the slowest in {:?}", longest.unwrap_or_default());
}
