//! `GET /admin/tenants/{tenant}/cycles?month=YYYY-MM&company=…`: the cycles of a company's tickets that are due in a
//! contract month, a line of JSON each (`shared::contract::credit` reads them). A page asks so many tickets as one request
//! may; `Link` with `rel="next"` leads to the next one. A ticket that cannot be asked is no line that is left out: there
//! is no answer then.

use std::fmt::Display;

use futures_util::future::join_all;
use shared::contract::credit::Month;
use shared::ids::{CompanyId, TicketId, excerpt};
use shared::refusal::Refusal;
use shared::time::Window;
use worker::Response;

use super::call::{Call, ticket_id};
use crate::error::{Failure, Fault};
use crate::http;
use crate::perform::{desk, ticket};
use crate::tenants::Tenant;

/// As many tickets as are asked side by side.
const AT_ONCE: usize = 10;

/// What is asked for.
struct Asked {
    company: CompanyId,
    month: Month,
    after: Option<TicketId>,
    /// The month's instants, in the contract's zone.
    window: Window,
}

pub(crate) async fn show(call: &Call, tenant: &str) -> Result<Response, Failure> {
    let tenant = call.tenant(tenant).await?;
    let asked = asked(call, &tenant)?;
    let before = asked.window.to();
    let page = desk(&call.env, &tenant.id)?.of_company(&asked.company, before, asked.after).await??;
    if let Some(since) = page.behind_since.filter(|since| *since < before) {
        let late = format!("the index of {} is behind since {since}: ask again", tenant.id);
        return Err(Fault::new("cycles.behind", late).into());
    }
    let mut lines = String::new();
    for some in page.tickets.chunks(AT_ONCE) {
        let all = join_all(some.iter().map(|id| of_ticket(call, &tenant, *id, asked.window))).await;
        for of_one in all {
            lines.push_str(&of_one?);
        }
    }
    let response = http::lines(lines)?;
    if let Some(after) = page.more_after {
        let Asked { company, month, .. } = &asked;
        let path =
            format!("/admin/tenants/{}/cycles?month={month}&company={company}&after={after}", tenant.id);
        response.headers().set("link", &format!("<{path}>; rel=\"next\""))?;
    }
    Ok(response)
}

/// A ticket that stands in the index and is unknown to its object is ours to explain.
async fn of_ticket(call: &Call, tenant: &Tenant, id: TicketId, month: Window) -> Result<String, Fault> {
    let lines = ticket(&call.env, &tenant.id, id)?.cycles(month).await?;
    lines.map_err(|refusal| Fault::new("cycles.ticket", format!("{id}: {refusal}")))
}

fn asked(call: &Call, tenant: &Tenant) -> Result<Asked, Failure> {
    let required = |name: &str| -> Result<String, Failure> {
        Ok(call.query(name)?.ok_or_else(|| malformed(format!("the query names no \"{name}\"")))?)
    };
    let month = month(&required("month")?)?;
    let company: CompanyId = required("company")?.parse().map_err(|_| Refusal::Unknown {})?;
    let known = tenant.policy.company(&company).ok_or(Refusal::Unknown {})?;
    let contract = known.contract.as_ref().ok_or_else(|| {
        malformed(format!(
            "the company \"{company}\" has no [companies.contract]: no month of it is measured"
        ))
    })?;
    let zones = tenant.policy.zones();
    let window = zones.days(&contract.zone, month.first(), month.end()).map_err(Fault::at("cycles.month"))?;
    let after = call.query("after")?.map(|after| ticket_id(&after)).transpose()?;
    Ok(Asked { company, month, after, window })
}

fn month(found: &str) -> Result<Month, Refusal> {
    found
        .parse()
        .map_err(|why| malformed(format!("\"month\" of the query {why}, found \"{}\"", excerpt(found))))
}

fn malformed(found: impl Display) -> Refusal {
    Refusal::Malformed { found: found.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_that_is_none_is_refused_with_what_was_found() {
        assert!(month("2026-10").is_ok());
        let found =
            "\"month\" of the query must be a month from 0001-01 to 9998-12, as 2026-10, found \"2026-13\"";
        assert_eq!(month("2026-13"), Err(malformed(found)));
    }
}
