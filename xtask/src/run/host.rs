//! The demo host: a site of its own (`localhost` beside the edge's `127.0.0.1`), which serves `widget/host/`
//! and signs its customers' tokens. `widget/host/README.md` says what the pages ask of it.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, anyhow};
use tiny_http::{Header, Response};

use super::Clock;
use super::server::{Answer, Request, header, text};
use super::token::Signer;

/// Everything the pages are told.
pub(crate) struct Host {
    pub(crate) folder: PathBuf,
    pub(crate) edge: String,
    pub(crate) integrity: String,
    /// The first one is the pages' own tenant; `?tenant=` chooses another.
    pub(crate) signers: Vec<Signer>,
    pub(crate) clock: Clock,
}

impl Host {
    pub(crate) fn answer(&self, request: &Request) -> Result<Answer> {
        match request.path.as_str() {
            "/token" => self.token(request),
            "/" => self.file(request, "index.html"),
            path => self.file(request, path.trim_start_matches('/')),
        }
    }

    fn signer(&self, request: &Request) -> Option<&Signer> {
        match request.query("tenant") {
            Some(tenant) => self.signers.iter().find(|signer| signer.tenant == tenant),
            None => self.signers.first(),
        }
    }

    fn token(&self, request: &Request) -> Result<Answer> {
        let tier = request.query("as").unwrap_or_default();
        let token = match self.signer(request) {
            Some(signer) => signer.token(&tier, self.clock.now())?,
            None => None,
        };
        Ok(match token {
            Some(token) => text(200, "application/json", &serde_json::json!({ "token": token }).to_string()),
            None => text(404, "text/plain; charset=utf-8", "nobody here is called that"),
        })
    }

    fn file(&self, request: &Request, name: &str) -> Result<Answer> {
        // One folder, no folders below it: a name with a slash is nobody's.
        let kind = name.rsplit_once('.').and_then(|(_, extension)| kind_of(extension));
        let (Some(kind), false) = (kind, name.contains('/')) else { return Ok(not_found()) };
        let Ok(bytes) = fs::read(self.folder.join(name)) else { return Ok(not_found()) };
        if !name.ends_with(".html") {
            return Ok(Response::from_data(bytes).with_header(header("Content-Type", kind)?));
        }
        let nonce = nonce()?;
        let tenant = self.signer(request).map_or("hesi", |signer| &signer.tenant);
        let page = String::from_utf8(bytes)?
            .replace("{{EDGE}}", &self.edge)
            .replace("{{TENANT}}", tenant)
            .replace("{{NONCE}}", &nonce)
            .replace("{{INTEGRITY}}", &self.integrity);
        let answer = text(200, kind, &page);
        Ok(if name == "index.html" { answer.with_header(self.strict_policy(&nonce)?) } else { answer })
    }

    /// As strict as a host can be.
    fn strict_policy(&self, nonce: &str) -> Result<Header> {
        let policy = format!(
            "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self'; img-src 'self'; \
             connect-src 'self'; frame-src {}; base-uri 'none'; form-action 'self'; \
             require-trusted-types-for 'script'; trusted-types 'none'",
            self.edge
        );
        header("Content-Security-Policy", &policy)
    }
}

fn not_found() -> Answer {
    text(404, "text/plain; charset=utf-8", "there is no such page")
}

fn kind_of(extension: &str) -> Option<&'static str> {
    match extension {
        "html" => Some("text/html; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "css" => Some("text/css; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}

fn nonce() -> Result<String> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|why| anyhow!("no randomness: {why}"))?;
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}
