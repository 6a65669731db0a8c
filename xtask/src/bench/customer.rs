//! A customer's program without a browser: the public API, as JSON, retried with the same ids.

use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use shared::ids::TicketId;

use crate::clock::{self, Stopwatch};

/// How long one request is retried before the run is called broken.
const PATIENCE: Duration = Duration::from_secs(60);

/// The pause before a request is tried again.
const REST: Duration = Duration::from_millis(50);

/// The public API of one tenant.
#[derive(Clone)]
pub(crate) struct Api {
    agent: ureq::Agent,
    edge: String,
    tenant: String,
}

impl Api {
    pub(crate) fn new(edge: &str, tenant: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(10)))
            .build();
        Self { agent: config.into(), edge: edge.to_owned(), tenant: tenant.to_owned() }
    }

    /// One attempt: the status, and the body as JSON.
    pub(crate) fn attempt(&self, bearer: &str, path: &str, body: Option<&Value>) -> Result<(u16, Value)> {
        let url = format!("{}/v1/{}/{path}", self.edge, self.tenant);
        let mut answer = match body {
            Some(body) => {
                let request = self.agent.post(&url).header("origin", &self.edge);
                request.header("authorization", format!("Bearer {bearer}")).send_json(body)?
            }
            None => self.agent.get(&url).header("authorization", format!("Bearer {bearer}")).call()?,
        };
        Ok((answer.status().as_u16(), answer.body_mut().read_json().unwrap_or(Value::Null)))
    }

    /// The same until it is acknowledged; a refusal ends it.
    pub(crate) fn insist(&self, bearer: &str, path: &str, body: Option<&Value>) -> Result<Value> {
        let watch = Stopwatch::start();
        loop {
            match self.attempt(bearer, path, body) {
                Ok((200..=299, answer)) => return Ok(answer),
                Ok((status @ 400..=428, answer)) => bail!("{path}: refused with {status}: {answer}"),
                Ok(_) | Err(_) if watch.elapsed() < PATIENCE => thread::sleep(REST),
                Ok((status, answer)) => {
                    bail!("{path}: still {status} after {} s: {answer}", PATIENCE.as_secs())
                }
                Err(why) => return Err(why).with_context(|| format!("{path}: no answer")),
            }
        }
    }

    pub(crate) fn sign_up(&self) -> Result<String> {
        let answer = self.insist("", "customers", Some(&json!({ "token": null })))?;
        answer
            .get("bearer")
            .and_then(Value::as_str)
            .map(str::to_owned)
            .context("customers: no bearer in the answer")
    }

    /// The ids of the messages in a ticket's log, in its order.
    pub(crate) fn messages(&self, bearer: &str, ticket: &str) -> Result<Vec<String>> {
        let (status, view) = self.attempt(bearer, &format!("tickets/{ticket}"), None)?;
        if status == 404 {
            return Ok(Vec::new());
        }
        let entries =
            view.get("entries").and_then(Value::as_array).with_context(|| format!("{ticket}: {status}"))?;
        let said = entries.iter().filter_map(|entry| entry.pointer("/what/said/message")?.as_str());
        Ok(said.map(str::to_owned).collect())
    }
}

/// A request as the widget sends it.
pub(crate) fn request(id: &str, text: &str) -> Value {
    json!({
        "id": id, "channel": "chat", "severity": "general", "text": text, "contact": "load@bench.example",
        "name": "", "language": "en", "zone": "Etc/UTC",
    })
}

/// A fresh id, as a browser makes it.
pub(crate) fn new_id() -> Result<String> {
    let mut random = [0_u8; 10];
    getrandom::fill(&mut random).map_err(|why| anyhow::anyhow!("no random bytes: {why}"))?;
    let ms = u64::try_from(clock::now().as_millisecond()).unwrap_or_default();
    Ok(TicketId::new(ms, random).to_string())
}
