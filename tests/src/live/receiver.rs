//! A receiver of webhooks, written from Standard Webhooks 1.0.0 and from nothing of ours.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::token::hmac;

/// A receiver on a port of its own.
#[derive(Clone, Debug)]
pub struct Receiver {
    pub url: String,
    rings: Arc<Mutex<Vec<Ring>>>,
    answers: Arc<Mutex<VecDeque<u16>>>,
}

/// One request that it got.
#[derive(Clone, Debug, Default)]
pub struct Ring {
    pub id: String,
    timestamp: String,
    signature: String,
    body: Vec<u8>,
}

impl Receiver {
    /// Starts one; it lives as long as the test's process. It answers with these statuses, then with 204.
    pub fn start(answers: &[u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/rings", listener.local_addr().expect("an address"));
        let answers = Arc::new(Mutex::new(answers.iter().copied().collect()));
        let receiver = Self { url, rings: Arc::default(), answers };
        let served = receiver.clone();
        thread::spawn(move || listener.incoming().flatten().for_each(|stream| served.serve(stream)));
        receiver
    }

    fn serve(&self, mut stream: TcpStream) {
        let Some(ring) = read(&stream) else { return };
        self.rings.lock().expect("rings").push(ring);
        let status = self.answers.lock().expect("answers").pop_front().unwrap_or(204);
        let location = "location: http://169.254.169.254/\r\n";
        let _ =
            write!(stream, "HTTP/1.1 {status} x\r\n{location}content-length: 0\r\nconnection: close\r\n\r\n");
    }

    pub fn rings(&self) -> Vec<Ring> {
        self.rings.lock().expect("rings").clone()
    }
}

fn read(stream: &TcpStream) -> Option<Ring> {
    let mut reader = BufReader::new(stream);
    let (mut ring, mut length, mut line) = (Ring::default(), 0, String::new());
    while reader.read_line(&mut line).ok()? > 2 {
        if let Some((name, value)) = line.trim_end().split_once(": ") {
            match name.to_ascii_lowercase().as_str() {
                "webhook-id" => ring.id = value.into(),
                "webhook-timestamp" => ring.timestamp = value.into(),
                "webhook-signature" => ring.signature = value.into(),
                "content-length" => length = value.parse().ok()?,
                _ => {}
            }
        }
        line.clear();
    }
    ring.body = vec![0; length];
    reader.read_exact(&mut ring.body).ok()?;
    Some(ring)
}

impl Ring {
    pub fn body(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Whether one of its signatures is made with this secret over id, time and body, exactly as they came.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let key = STANDARD.decode(secret.trim_start_matches("whsec_")).expect("a secret");
        let signed = [self.id.as_bytes(), b".", self.timestamp.as_bytes(), b".", &self.body].concat();
        let expected = format!("v1,{}", STANDARD.encode(hmac(&key, &signed)));
        !self.id.contains('.') && self.signature.split(' ').any(|signature| signature == expected)
    }
}
