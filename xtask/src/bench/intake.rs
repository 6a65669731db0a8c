//! What an acknowledged request costs, beside the least that plain JavaScript must do for the same promise: one row in a
//! new object, acknowledged after the commit. Both on this machine, on this disk, in turns.

use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::customer::{Api, new_id, request};
use super::subject::Subject;
use crate::clock::Stopwatch;

const PAIRS: usize = 150;
const WARM_UP: usize = 10;
/// From a card in the list to an empty outbox.
const SETTLED: Duration = Duration::from_millis(40);
/// Requests in one burst of `hello`, and connections.
const BURST: usize = 2_000;
const CONNECTIONS: usize = 8;

/// Times both in turns, and `hello` of both under load.
pub(crate) fn run(subject: &Subject, floor: &str) -> Result<Value> {
    let api = Api::new(subject.edge(), "bench");
    let bearer = api.sign_up()?;
    let client: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let (mut intake, mut insert) = (Vec::new(), Vec::new());
    for turn in 0..PAIRS + WARM_UP {
        let (theirs, ours) = (insert_once(&client, floor)?, intake_once(&api, &bearer)?);
        if turn >= WARM_UP {
            insert.push(theirs);
            intake.push(ours);
        }
    }
    let hello = format!("{}/v1/bench/hello?zone=Etc/UTC&language=en", subject.edge());
    Ok(json!({
        "intake_p50_ms": percentile(&mut intake, 50), "intake_p99_ms": percentile(&mut intake, 99),
        "insert_p50_ms": percentile(&mut insert, 50), "insert_p99_ms": percentile(&mut insert, 99),
        "hello_rps": per_second(&hello)?, "hello_js_rps": per_second(&format!("{floor}/hello"))?,
        "rss_mb": subject.workerd_rss_mb()?,
    }))
}

fn intake_once(api: &Api, bearer: &str) -> Result<f64> {
    let body = request(&new_id()?, "the invoice check does not end");
    let watch = Stopwatch::start();
    let (status, answer) = api.attempt(bearer, "tickets", Some(&body))?;
    let ms = watch.seconds() * 1_000.0;
    anyhow::ensure!((200..300).contains(&status), "intake: {status}: {answer}");
    settle(api, bearer, answer.get("id").and_then(Value::as_str).unwrap_or_default())?;
    Ok(ms)
}

/// The next request waits until the last one's outbox is empty: its card stands in the customer's list, and the rest
/// that leaves with it has had its time.
fn settle(api: &Api, bearer: &str, ticket: &str) -> Result<()> {
    let watch = Stopwatch::start();
    loop {
        let (_, cards) = api.attempt(bearer, "tickets", None)?;
        if cards.to_string().contains(ticket) {
            thread::sleep(SETTLED);
            return Ok(());
        }
        anyhow::ensure!(watch.seconds() < 10.0, "{ticket} never came to its customer's list");
        thread::sleep(Duration::from_millis(10));
    }
}

fn insert_once(client: &ureq::Agent, floor: &str) -> Result<f64> {
    let id = new_id()?;
    let watch = Stopwatch::start();
    let body = json!({ "id": id, "body": "the invoice check does not end" });
    let answer = client.post(format!("{floor}/insert?room={id}")).send_json(body)?;
    let ms = watch.seconds() * 1_000.0;
    anyhow::ensure!(answer.status().is_success(), "floor: {}", answer.status());
    Ok(ms)
}

/// By nearest rank, in milliseconds with two decimals.
fn percentile(sample: &mut [f64], percent: usize) -> f64 {
    sample.sort_by(f64::total_cmp);
    let rank = (sample.len() * percent).div_ceil(100).saturating_sub(1);
    (sample.get(rank).copied().unwrap_or_default() * 100.0).round() / 100.0
}

fn per_second(url: &str) -> Result<u32> {
    let burst = |count: usize| -> Result<()> {
        let client = ureq::Agent::new_with_defaults();
        for _ in 0..count {
            client.get(url).call().with_context(|| url.to_owned())?.body_mut().read_to_vec()?;
        }
        Ok(())
    };
    burst(BURST / 10)?;
    thread::sleep(Duration::from_millis(200));
    let watch = Stopwatch::start();
    thread::scope(|scope| {
        let runs: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(|| burst(BURST / CONNECTIONS))).collect();
        runs.into_iter().try_for_each(|run| run.join().unwrap_or_else(|_| anyhow::bail!("a client broke")))
    })?;
    let rate = f64::from(u32::try_from(BURST).unwrap_or_default()) / watch.seconds();
    Ok(format!("{rate:.0}").parse().unwrap_or_default())
}
