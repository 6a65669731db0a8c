//! `cargo xtask receipt verify`: whether a promise holds, judged by its file and the tenant's public keys alone.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::json;
use shared::contract::Metric;
use shared::ids::KeyId;
use shared::sla::{Promise, PublicKeys, Receipt, SignedReceipt};

/// A file cannot be read, or is none of ours.
const UNREADABLE: u8 = 2;

/// The file, as far as it is taken at its word: the receipt in words is compared with the bytes, never read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kid: KeyId,
    bytes: String,
    signature: String,
    #[serde(rename = "receipt")]
    _receipt: serde::de::IgnoredAny,
}

/// Checks a receipt, and says what was checked.
pub(crate) fn verify(file: &Path, keys: &Path, json: bool) -> ExitCode {
    let read = read(file).and_then(|(signed, text)| Ok((signed, text, read_keys(keys)?)));
    let (signed, text, keys) = match read {
        Ok(read) => read,
        Err(why) => {
            say_refused(&format!("{why:#}"), json);
            return ExitCode::from(UNREADABLE);
        }
    };
    match keys.check_file(&signed, &text) {
        Ok(receipt) => {
            say_checked(&signed, &receipt, json);
            ExitCode::SUCCESS
        }
        Err(why) => {
            say_refused(&why.to_string(), json);
            ExitCode::FAILURE
        }
    }
}

fn read(path: &Path) -> Result<(SignedReceipt, String)> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let read = || -> Result<SignedReceipt> {
        let File { kid, bytes, signature, .. } = serde_json::from_str(&text)?;
        let parts = json!({ "kid": kid, "bytes": bytes, "signature": signature });
        Ok(serde_json::from_value(parts)?)
    };
    let signed = read().with_context(|| format!("{} is no receipt", path.display()))?;
    Ok((signed, text))
}

fn read_keys(path: &Path) -> Result<PublicKeys> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| format!("{} is no list of keys", path.display()))
}

fn say_refused(why: &str, json: bool) {
    if json {
        println!("{}", json!({ "ok": false, "why": why }));
    } else {
        println!("refused: {why}");
    }
}

fn say_checked(signed: &SignedReceipt, receipt: &Receipt, json: bool) {
    let (tenant, number) = (receipt.tenant.as_str(), receipt.number);
    if json {
        let promises: Vec<_> = receipt.promises.iter().map(told).collect();
        let (kid, ticket) = (signed.kid.as_str(), receipt.ticket.to_string());
        println!(
            "{}",
            json!({ "ok": true, "tenant": tenant, "ticket": ticket, "number": number, "kid": kid,
            "promises": promises })
        );
        return;
    }
    println!("receipt {number} of ticket {} by {tenant}", receipt.ticket.code());
    println!("signature: fits, key \"{}\" of {tenant}", signed.kid);
    println!("words: each letter follows from the signed bytes");
    for line in &receipt.promises {
        let (metric, at) = (line.metric.as_str(), line.promised.at);
        let (windows, kept) = (counted(receipt, line), line.kept_from);
        println!("{metric}: {} of open time since {}", line.within, line.started);
        println!("  on \"{}\" in {windows} windows: due {}", line.calendar, line.due);
        match kept {
            None => println!("  promised for then: {at}"),
            Some(number) => println!("  promised earlier, by receipt {number}: {at}"),
        }
    }
}

/// How many windows a line counts in.
fn counted(receipt: &Receipt, line: &Promise) -> usize {
    let windows = receipt.calendar(&line.calendar).map(|calendar| calendar.windows.iter_from(line.started));
    windows.map_or(0, |windows| windows.take_while(|window| window.from() < line.due).count())
}

fn told(line: &Promise) -> serde_json::Value {
    let metric: Metric = line.metric;
    json!({ "metric": metric.as_str(), "due": line.due.to_string(), "promised": line.promised.at.to_string(),
        "target_seconds": line.within.as_secs(), "calendar": line.calendar.as_str(),
        "provisional": line.promised.provisional, "kept_from": line.kept_from })
}
