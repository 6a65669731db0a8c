//! The kill test: twenty customers write while workerd itself is killed again and again, without a warning. What was
//! acknowledged must be there, once, in its order. `--plant` breaks the edge on purpose: the test must find it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::customer::{Api, new_id, request};
use super::history::{Acknowledged, Findings};
use super::subject::Subject;
use crate::clock::Stopwatch;
use crate::place::Place;
use crate::say;

const CLIENTS: usize = 20;
const KILLS: usize = 20;
const ACKNOWLEDGEMENTS: usize = 2_000;
/// Messages of one ticket after its first.
const MESSAGES: usize = 4;
/// The sweeper's minute, and what it needs to hand over.
const SWEPT: Duration = Duration::from_secs(80);
/// After this long the run ends with what it has, and says so.
const LONGEST: Duration = Duration::from_secs(600);

/// A fault that the test must find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Plant {
    /// Now and then an object acknowledges what it does not save.
    ForgetAfterAck,
    /// An object takes a retry for a new message.
    DoubleOnRetry,
}

impl Plant {
    fn name(self) -> &'static str {
        match self {
            Self::ForgetAfterAck => "forget_after_ack",
            Self::DoubleOnRetry => "double_on_retry",
        }
    }
}

/// What the customers share.
#[derive(Default)]
struct Crowd {
    stop: AtomicBool,
    acknowledged: AtomicUsize,
    tickets: Mutex<Vec<Acknowledged>>,
}

/// Runs the test. Without a plant any finding is an error; with one, none is.
pub(crate) fn run(place: &Place, plant: Option<Plant>) -> Result<Value> {
    let faults = plant.map_or(json!({}), |plant| json!({ "plant": plant.name() }));
    let mut subject = Subject::start_with(place, "kill", &faults)?;
    let api = Api::new(subject.edge(), "bench");
    let crowd = Crowd::default();
    let kills = thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(|| customer(&api, &crowd));
        }
        let kills = rampage(&mut subject, &crowd);
        crowd.stop.store(true, Ordering::Relaxed);
        kills
    })?;
    let findings = examine(&api, &crowd)?;
    let figures = json!({
        "kills": kills, "acknowledged": findings.acknowledged, "lost": findings.lost, "doubled": findings.doubled,
        "out_of_order": findings.out_of_order, "plant": plant.map(Plant::name),
    });
    match (plant, findings.is_clean()) {
        (None, false) => bail!("acknowledged words were lost, doubled or reordered: {figures}"),
        (Some(plant), true) => bail!("{} was planted and not found: {figures}", plant.name()),
        (None, true) | (Some(_), false) => Ok(figures),
    }
}

/// Kills and restarts until there were enough kills and acknowledgements.
fn rampage(subject: &mut Subject, crowd: &Crowd) -> Result<usize> {
    let watch = Stopwatch::start();
    let mut kills = 0;
    while kills < KILLS || crowd.acknowledged.load(Ordering::Relaxed) < ACKNOWLEDGEMENTS {
        if watch.elapsed() > LONGEST {
            bail!("only {kills} kills in {} s: this machine is too slow for the test", LONGEST.as_secs());
        }
        thread::sleep(Duration::from_millis(chance(300, 1_200)?));
        subject.kill_workerd().context("kill -9 of workerd")?;
        kills += 1;
        subject.restart().context("start after a kill")?;
        say::line(format_args!("kill {kills}: {} acknowledged", crowd.acknowledged.load(Ordering::Relaxed)));
    }
    Ok(kills)
}

fn chance(from: u64, to: u64) -> Result<u64> {
    let mut random = [0_u8; 2];
    getrandom::fill(&mut random).map_err(|why| anyhow::anyhow!("no random bytes: {why}"))?;
    Ok(from + u64::from(u16::from_le_bytes(random)) % (to - from))
}

fn customer(api: &Api, crowd: &Crowd) {
    let Ok(bearer) = api.sign_up() else { return };
    while !crowd.stop.load(Ordering::Relaxed) {
        let mut known = Acknowledged { bearer: bearer.clone(), ..Acknowledged::default() };
        // A refusal ends this ticket: what was acknowledged before it is still held against the edge.
        let _end = converse(api, crowd, &mut known);
        crowd.tickets.lock().unwrap_or_else(PoisonError::into_inner).push(known);
    }
}

fn converse(api: &Api, crowd: &Crowd, known: &mut Acknowledged) -> Result<()> {
    known.ticket = new_id()?;
    known.sent.insert(known.ticket.clone());
    let acknowledge = |known: &mut Acknowledged, id: String| {
        known.messages.push(id);
        crowd.acknowledged.fetch_add(1, Ordering::Relaxed);
    };
    api.insist(&known.bearer, "tickets", Some(&request(&known.ticket, "the batch run stopped at item 7")))?;
    acknowledge(known, known.ticket.clone());
    for n in 0..MESSAGES {
        if crowd.stop.load(Ordering::Relaxed) {
            break;
        }
        let id = new_id()?;
        known.sent.insert(id.clone());
        let path = format!("tickets/{}/messages", known.ticket);
        api.insist(&known.bearer, &path, Some(&json!({ "id": id, "text": format!("and item {n}") })))?;
        acknowledge(known, id);
    }
    Ok(())
}

/// Reads every ticket once more, after the last restart.
fn examine(api: &Api, crowd: &Crowd) -> Result<Findings> {
    let tickets = crowd.tickets.lock().unwrap_or_else(PoisonError::into_inner);
    let (mut findings, since) = (Findings::default(), Stopwatch::start());
    for known in tickets.iter().filter(|known| !known.messages.is_empty()) {
        findings.look(known, &settled(api, known, &since)?);
    }
    Ok(findings)
}

/// What a ticket holds. A request that only the journal held becomes a ticket by the sweeper's next minute.
fn settled(api: &Api, known: &Acknowledged, since: &Stopwatch) -> Result<Vec<String>> {
    loop {
        let found = api.messages(&known.bearer, &known.ticket)?;
        if !found.is_empty() || since.elapsed() > SWEPT {
            return Ok(found);
        }
        thread::sleep(Duration::from_secs(1));
    }
}
