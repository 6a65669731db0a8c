//! The receiver of webhooks in development: stands for whatever wakes the person on call. Verifies each ring
//! as Standard Webhooks asks, shows the last ones, and says one line for each.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use serde::Serialize;
use serde_json::Value;
use sha2::Sha256;
use tiny_http::Method;

use super::Clock;
use super::secrets::WEBHOOK_PREFIX;
use super::server::{Answer, Request, text};
use crate::say;

const KEPT: usize = 100;
/// A ring whose time is further away was recorded and is played again.
const TOLERANCE_SECONDS: u64 = 5 * 60;

/// Something that arrived, whether or not it was genuine.
#[derive(Clone, Serialize)]
struct Ring {
    id: String,
    path: String,
    /// By the edge's clock, in milliseconds.
    at: i64,
    /// Why it was refused; none for a genuine one.
    refused: Option<&'static str>,
    body: Value,
}

/// Receives the rings of every tenant of this machine.
pub(crate) struct Receiver {
    keys: Vec<Vec<u8>>,
    clock: Clock,
    rings: Arc<Mutex<VecDeque<Ring>>>,
}

impl Receiver {
    /// `secrets` as tenants keep them: `whsec_` and base64.
    pub(crate) fn new(secrets: &[String], clock: Clock) -> Self {
        let key = |secret: &String| STANDARD.decode(secret.strip_prefix(WEBHOOK_PREFIX)?).ok();
        Self { keys: secrets.iter().filter_map(key).collect(), clock, rings: Arc::default() }
    }

    pub(crate) fn answer(&self, request: &Request) -> Result<Answer> {
        match (&request.method, request.path.as_str()) {
            (Method::Post, _) => Ok(self.receive(request)),
            (_, "/rings") => Ok(text(200, "application/json", &serde_json::to_string(&self.kept())?)),
            _ => Ok(text(200, "text/html; charset=utf-8", &page(&self.kept()))),
        }
    }

    fn receive(&self, request: &Request) -> Answer {
        let refused = self.verify(request).err();
        let body = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
        let id = request.header("webhook-id").unwrap_or_default().to_owned();
        say::line(format_args!(
            "ring {id}: {}{body}",
            refused.map(|why| format!("REFUSED, {why}: ")).unwrap_or_default()
        ));
        let ring =
            Ring { id, path: request.path.clone(), at: self.clock.now().as_millisecond(), refused, body };
        let mut rings = self.rings.lock().unwrap_or_else(PoisonError::into_inner);
        rings.push_front(ring);
        rings.truncate(KEPT);
        match refused {
            None => text(204, "text/plain; charset=utf-8", ""),
            Some(why) => text(401, "text/plain; charset=utf-8", why),
        }
    }

    fn verify(&self, request: &Request) -> Result<(), &'static str> {
        let id = request.header("webhook-id").ok_or("no webhook-id")?;
        let sent_at = request.header("webhook-timestamp").ok_or("no webhook-timestamp")?;
        let signatures = request.header("webhook-signature").ok_or("no webhook-signature")?;
        let seconds: i64 = sent_at.parse().map_err(|_| "webhook-timestamp is no number")?;
        if self.clock.now().as_second().abs_diff(seconds) > TOLERANCE_SECONDS {
            return Err("webhook-timestamp is too far from now");
        }
        let signed = [id.as_bytes(), b".", sent_at.as_bytes(), b".", &request.body].concat();
        let mut offered =
            signatures.split(' ').filter_map(|each| STANDARD.decode(each.strip_prefix("v1,")?).ok());
        let genuine =
            offered.any(|signature| self.keys.iter().any(|key| is_signed(key, &signed, &signature)));
        if genuine { Ok(()) } else { Err("no signature of a key we know") }
    }

    fn kept(&self) -> Vec<Ring> {
        self.rings.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

/// In constant time.
fn is_signed(key: &[u8], signed: &[u8], signature: &[u8]) -> bool {
    Hmac::<Sha256>::new_from_slice(key).is_ok_and(|mut mac| {
        mac.update(signed);
        mac.verify_slice(signature).is_ok()
    })
}

fn page(rings: &[Ring]) -> String {
    let rows: String = rings
        .iter()
        .map(|ring| {
            let state = ring.refused.unwrap_or("genuine");
            format!(
                "<tr><td>{}<td>{}<td>{}<td><code>{}</code>",
                escape(&ring.path),
                escape(&ring.id),
                state,
                escape(&ring.body.to_string())
            )
        })
        .collect();
    format!(
        "<!doctype html><meta charset=utf-8><meta http-equiv=refresh content=2><title>Rings</title>\
         <h1>{} rings</h1><table border=1 cellpadding=6><tr><th>path<th>id<th>signature<th>body{rows}</table>",
        rings.len()
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use tiny_http::Header;

    use super::*;

    const SECRET: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    const BODY: &[u8] = br#"{"type":"ticket.opened"}"#;

    fn receiver() -> Receiver {
        Receiver::new(&[SECRET.to_owned()], Clock::starting_at(None))
    }

    fn signature(id: &str, sent_at: &str, body: &[u8]) -> String {
        let receiver = receiver();
        let mut mac = Hmac::<Sha256>::new_from_slice(&receiver.keys[0]).unwrap();
        mac.update(&[id.as_bytes(), b".", sent_at.as_bytes(), b".", body].concat());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }

    fn ring(sent_at: &str, signature: &str) -> Request {
        let header = |name: &str, value: &str| Header::from_bytes(name, value).unwrap();
        let headers = vec![
            header("Webhook-Id", "msg_1"),
            header("Webhook-Timestamp", sent_at),
            header("Webhook-Signature", signature),
        ];
        Request::for_test(Method::Post, "/night", headers, BODY)
    }

    fn now() -> i64 {
        Clock::starting_at(None).now().as_second()
    }

    #[test]
    fn a_ring_signed_with_the_tenants_key_is_genuine() {
        let sent_at = now().to_string();
        assert_eq!(receiver().verify(&ring(&sent_at, &signature("msg_1", &sent_at, BODY))), Ok(()));
        let rotated = format!("v1,AAAA {}", signature("msg_1", &sent_at, BODY));
        assert_eq!(receiver().verify(&ring(&sent_at, &rotated)), Ok(()));
    }

    #[test]
    fn a_ring_with_another_body_id_or_time_is_refused() {
        let sent_at = now().to_string();
        assert!(receiver().verify(&ring(&sent_at, &signature("msg_1", &sent_at, b"{}"))).is_err());
        assert!(receiver().verify(&ring(&sent_at, &signature("msg_2", &sent_at, BODY))).is_err());
        let old = (now() - 301).to_string();
        assert!(receiver().verify(&ring(&old, &signature("msg_1", &old, BODY))).is_err());
        assert!(receiver().verify(&ring(&sent_at, "")).is_err());
    }
}
