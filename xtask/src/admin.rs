//! The operator's calls to a running edge.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use shared::contract::credit::Month;
use shared::ids::{CompanyId, TenantId};

/// Bytes of a month's cycles: about a million of them.
const LARGEST_LEDGER: u64 = 512 * 1024 * 1024;

/// An edge, and the right to change it.
pub(crate) struct Admin {
    origin: String,
    operator: String,
    agent: ureq::Agent,
}

impl Admin {
    pub(crate) fn new(origin: &str, operator: String) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(30)))
            .http_status_as_error(false)
            // A refusal may come before the body was read: its connection is of no further use.
            .max_idle_connections(0)
            .build();
        Self { origin: origin.trim_end_matches('/').to_owned(), operator, agent: config.into() }
    }

    /// Publishes a tenant's file; returns the number of the policy.
    pub(crate) fn publish(
        &self,
        tenant: &str,
        file: &str,
        secrets: &BTreeMap<String, String>,
    ) -> Result<u64> {
        let path = format!("/admin/tenants/{tenant}");
        let answer =
            self.call(self.agent.put(self.url(&path)), &json!({ "file": file, "secrets": secrets }))?;
        answer.get("number").and_then(Value::as_u64).context("the edge answered without the policy's number")
    }

    /// A link with which one agent signs in to the desk, once.
    pub(crate) fn sign_in_link(&self, tenant: &str, agent: &str) -> Result<String> {
        let path = format!("/admin/tenants/{tenant}/sign-ins");
        let answer = self.call(self.agent.post(self.url(&path)), &json!({ "agent": agent }))?;
        let path = answer.get("path").and_then(Value::as_str).context("the edge answered without a path")?;
        Ok(self.url(path))
    }

    /// The cycles of a company whose judged instants lie in a contract month, one JSON object per line: all pages.
    pub(crate) fn cycles(&self, tenant: &TenantId, company: &CompanyId, month: Month) -> Result<String> {
        let mut page = Some(format!("/admin/tenants/{tenant}/cycles?month={month}&company={company}"));
        let mut lines = String::new();
        while let Some(path) = page {
            let request = self.agent.get(self.url(&path));
            let request = request.header("Authorization", format!("Bearer {}", self.operator));
            let mut answer = request.call().with_context(|| format!("no answer from {}", self.origin))?;
            let status = answer.status();
            let link = answer.headers().get("link").and_then(|link| link.to_str().ok()).map(str::to_owned);
            let text = answer.body_mut().with_config().limit(LARGEST_LEDGER).read_to_string()?;
            if !status.is_success() {
                bail!("the edge refused ({status}):\n{}", refusal(&text));
            }
            lines.push_str(&text);
            page = link.map(|link| next_page(&link)).transpose()?;
        }
        Ok(lines)
    }

    /// What would happen to a request, by the file that is published.
    pub(crate) fn plan(&self, tenant: &str, asked: &[(&str, &str)]) -> Result<Value> {
        let request = self.agent.get(self.url(&format!("/admin/tenants/{tenant}/plan")));
        let request = request.query_pairs(asked.iter().copied());
        let request = request.header("Authorization", format!("Bearer {}", self.operator));
        let answer = request.call().with_context(|| format!("no answer from {}", self.origin))?;
        taken(answer)
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    fn call(&self, request: ureq::RequestBuilder<ureq::typestate::WithBody>, body: &Value) -> Result<Value> {
        let request = request.header("Authorization", format!("Bearer {}", self.operator));
        let answer = request.send_json(body).with_context(|| format!("no answer from {}", self.origin))?;
        taken(answer)
    }
}

/// The path in `<PATH>; rel="next"`. A page that cannot be found is no page that is left out.
fn next_page(link: &str) -> Result<String> {
    let path = link.strip_prefix('<').and_then(|rest| rest.split_once(">; rel=\"next\""));
    path.map(|(path, _)| path.to_owned()).with_context(|| format!("no page can be found behind \"{link}\""))
}

/// What the edge answered, or why it refused.
fn taken(mut answer: ureq::http::Response<ureq::Body>) -> Result<Value> {
    let status = answer.status();
    let text = answer.body_mut().read_to_string()?;
    if !status.is_success() {
        bail!("the edge refused ({status}):\n{}", refusal(&text));
    }
    Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
}

/// Mistakes in a tenant's file one per line; anything else as it came.
fn refusal(text: &str) -> String {
    let body: Value = serde_json::from_str(text).unwrap_or(Value::Null);
    let mistakes = body.pointer("/error/details/mistakes").and_then(Value::as_array);
    mistakes.map_or_else(
        || text.to_owned(),
        |mistakes| mistakes.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"),
    )
}
