//! `GET /v1/health`: what this deployment is, and whether it can be trusted with time and secrets. Anybody may read it.

use serde::Serialize;
use shared::time::calendar::{Zones, sentinels};
use shared::time::holidays::{Country, HOLIDAYS_VERSION, missing_next_year};
use worker::Response;

use super::call::Call;
use crate::error::{self, Failure};
use crate::http;
use crate::identity::keys;

#[derive(Serialize)]
struct Health {
    ok: bool,
    build: &'static str,
    /// What becomes of a panic: `unwind`, one refused request; `reject`, every request in flight is refused.
    panic: &'static str,
    tzdb: TimeZones,
    holidays: Holidays,
    /// What is wrong with the operator's secrets; nothing is answered then.
    secrets: Option<String>,
}

#[derive(Serialize)]
struct TimeZones {
    version: &'static str,
    /// Three instants that an outdated database gets wrong.
    sentinels: Vec<Asked>,
}

#[derive(Serialize)]
struct Asked {
    zone: &'static str,
    ok: bool,
    found: Option<String>,
}

#[derive(Serialize)]
struct Holidays {
    version: &'static str,
    /// Countries whose holidays of the next year are not in the tables yet.
    next_year_missing: Vec<&'static str>,
}

/// All that is known without asking an object.
pub(crate) fn show(call: &Call) -> Result<Response, Failure> {
    let sentinels: Vec<Asked> = sentinels()
        .iter()
        .map(|asked| Asked {
            zone: asked.zone,
            ok: asked.holds(),
            found: asked.found.map(|at| at.to_string()),
        })
        .collect();
    let (secrets, now) = (keys(&call.env).err(), call.now());
    let missing = missing_next_year(now).map(Country::code);
    let health = Health {
        ok: secrets.is_none() && sentinels.iter().all(|asked| asked.ok),
        build: option_env!("NIGHTBELL_BUILD").unwrap_or(env!("CARGO_PKG_VERSION")),
        panic: option_env!("NIGHTBELL_PANIC").unwrap_or("unknown"),
        tzdb: TimeZones { version: Zones::version(), sentinels },
        holidays: Holidays { version: HOLIDAYS_VERSION, next_year_missing: missing.collect() },
        secrets,
    };
    let response = http::answer(http::Format::Json, &health)?;
    response.headers().set("access-control-allow-origin", "*")?;
    Ok(if health.ok { response } else { response.with_status(error::BROKEN) })
}
