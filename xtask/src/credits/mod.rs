//! `cargo xtask credits`: what a company's contract gives back for a month, from a file of cycles or a running edge.
//! Everything is decided in `shared::contract::credit`; here lines are fetched and the statement is written down.

mod lines;
mod table;

use std::env;
use std::fs;
use std::io::{ErrorKind, Write, stdout};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::Timestamp;
use shared::contract::credit::{Asked, Contract, Ledger, Month, Statement};
use shared::contract::policy::Hosts;
use shared::ids::{CompanyId, TenantId};

use crate::admin::Admin;
use crate::clock;
use crate::place::Place;
use crate::say;
use crate::tenant::Tenant;

/// What `cargo xtask credits` is asked.
#[derive(Args)]
pub(crate) struct Wish {
    /// The tenant: `edge/tenants/TENANT.toml`.
    #[arg(long, required_unless_present = "file")]
    tenant: Option<TenantId>,
    /// Reads the contract from this tenant file instead.
    #[arg(long)]
    file: Option<PathBuf>,
    /// The tenant's client, by its id in the file.
    #[arg(long)]
    company: CompanyId,
    /// The contract month, in the contract's zone.
    #[arg(long, value_name = "YYYY-MM")]
    month: Month,
    /// The cycles, one JSON object per line.
    #[arg(long, value_name = "FILE.jsonl", required_unless_present = "edge", conflicts_with = "edge")]
    cycles: Option<PathBuf>,
    /// Asks a running edge for them; the operator's secret is in NIGHTBELL_OPERATOR.
    #[arg(long, value_name = "URL")]
    edge: Option<String>,
    /// Now: what happened later has not happened yet. Without it, the machine's clock.
    #[arg(long, value_name = "RFC3339")]
    at: Option<Timestamp>,
    /// Prints one line of JSON.
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Prints CSV, one row per cycle, metric and sum.
    #[arg(long)]
    csv: bool,
}

/// Prints the statement, or says why there is none.
pub(crate) fn run(place: &Place, wish: &Wish) -> Result<()> {
    let tenant = tenant(place, wish)?;
    let contract = contract(&tenant, &wish.company)?;
    let asked = Asked {
        tenant: tenant.id.parse()?,
        company: wish.company.clone(),
        month: wish.month,
        at: wish.at.unwrap_or_else(clock::now),
    };
    let ledger = ledger(wish, &asked.tenant)?;
    let statement = contract.statement(tenant.policy.zones(), &asked, &ledger)?;
    remarks(&statement, &ledger);
    let text = if wish.json {
        serde_json::to_string(&statement)? + "\n"
    } else if wish.csv {
        statement.csv()
    } else {
        table::of(&statement)
    };
    match stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The file that is named, or the one of the tenant that is named; `--tenant` with `--file` names what is in it.
fn tenant(place: &Place, wish: &Wish) -> Result<Tenant> {
    let file = match (&wish.file, &wish.tenant) {
        (Some(file), _) => file.clone(),
        (None, Some(tenant)) => place.join(format!("edge/tenants/{tenant}.toml")),
        (None, None) => bail!("--tenant or --file names the contract"),
    };
    let mut tenant = Tenant::read(&file, Hosts::Development)?;
    if let Some(id) = &wish.tenant {
        tenant.id = id.to_string();
    }
    Ok(tenant)
}

fn contract<'a>(tenant: &'a Tenant, company: &CompanyId) -> Result<&'a Contract> {
    let Some(found) = tenant.policy.company(company) else {
        let known: Vec<&str> = tenant.policy.companies.iter().map(|company| company.id.as_str()).collect();
        bail!("{} has no company \"{company}\": it has {}", tenant.id, known.join(", "));
    };
    found.contract.as_ref().with_context(|| {
        format!("the company \"{company}\" of {} has no [companies.contract]: nothing is owed", tenant.id)
    })
}

fn ledger(wish: &Wish, tenant: &TenantId) -> Result<Ledger> {
    if let Some(edge) = &wish.edge {
        let operator = env::var("NIGHTBELL_OPERATOR")
            .context("NIGHTBELL_OPERATOR, the operator's secret, is not set")?;
        // An edge that answers nothing says that there was nothing; an empty file says that something went wrong.
        let text = Admin::new(edge, operator).cycles(tenant, &wish.company, wish.month)?;
        return lines::read(&text).with_context(|| format!("the cycles that {edge} answered"));
    }
    let file = wish.cycles.as_ref().context("--cycles or --edge names the cycles")?;
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let text = String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8", file.display()))?;
    let ledger = lines::read(&text).with_context(|| file.display().to_string())?;
    if ledger.is_empty() {
        bail!("{} holds no cycle", file.display());
    }
    Ok(ledger)
}

/// What somebody who reads only the sums should know.
fn remarks(statement: &Statement, ledger: &Ledger) {
    let company = &statement.company;
    let of_company = ledger.of(company.as_str()).count();
    let undated = ledger.of(company.as_str()).filter(|cycle| cycle.deadline().is_none()).count();
    if let Some(at) = statement.so_far_at {
        say::line(format_args!("{} is not over: so far, at {at}", statement.month));
    }
    if of_company < ledger.len() {
        say::line(format_args!("{} of {} cycles are of {company}", of_company, ledger.len()));
    }
    if undated > 0 {
        say::line(format_args!("{undated} cycles of {company} have no deadline: they are in no month"));
    }
    if statement.not_granted() > 0 {
        let number = statement.not_granted();
        say::line(format_args!(
            "{number} cycles ask for an exclusion that the contract does not list: counted"
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"ticket":"a","company":"yunshan","metric":"first_response","started":"2026-10-01T01:00:00Z","due":"2026-10-01T01:30:00Z"}"#;

    /// An edge that answers one call; what it was asked is what the thread gives back.
    fn edge(status: u16, body: &'static str) -> (String, std::thread::JoinHandle<(String, String)>) {
        let server = tiny_http::Server::http("127.0.0.1:0").unwrap();
        let address = format!("http://{}", server.server_addr());
        let served = std::thread::spawn(move || {
            let request = server.recv().unwrap();
            let bearer = request.headers().iter().find(|header| header.field.equiv("Authorization")).unwrap();
            let asked = (format!("{} {}", request.method(), request.url()), bearer.value.to_string());
            request.respond(tiny_http::Response::from_string(body).with_status_code(status)).unwrap();
            asked
        });
        (address, served)
    }

    fn asked(address: &str) -> Result<String> {
        let (tenant, company) = ("hesi".parse()?, "yunshan".parse()?);
        Admin::new(address, "secret".into()).cycles(&tenant, &company, "2026-10".parse()?)
    }

    #[test]
    fn a_running_edge_is_asked_by_the_operator_for_one_company_and_month() {
        let (address, served) = edge(200, LINE);
        assert_eq!(lines::read(&asked(&address).unwrap()).unwrap().len(), 1);
        let (path, bearer) = served.join().unwrap();
        assert_eq!(path, "GET /admin/tenants/hesi/cycles?month=2026-10&company=yunshan");
        assert_eq!(bearer, "Bearer secret");
    }

    /// An edge that answers these pages, each with the link to the next one.
    fn paged(pages: &'static [(&'static str, Option<&'static str>)]) -> String {
        let server = tiny_http::Server::http("127.0.0.1:0").unwrap();
        let address = format!("http://{}", server.server_addr());
        std::thread::spawn(move || {
            for (body, link) in pages {
                let mut answer = tiny_http::Response::from_string(*body);
                if let Some(link) = link {
                    answer.add_header(tiny_http::Header::from_bytes("Link", *link).unwrap());
                }
                server.recv().unwrap().respond(answer).unwrap();
            }
        });
        address
    }

    #[test]
    fn every_page_of_a_long_answer_is_read_and_a_page_that_cannot_be_found_is_an_error() {
        let address = paged(&[("a\n", Some("</next?after=1>; rel=\"next\"")), ("b\n", None)]);
        assert_eq!(asked(&address).unwrap(), "a\nb\n");
        let said = asked(&paged(&[("a\n", Some("elsewhere"))])).unwrap_err().to_string();
        assert_eq!(said, "no page can be found behind \"elsewhere\"");
    }

    #[test]
    fn an_edge_that_refuses_is_heard() {
        let (address, served) = edge(401, r#"{"error":{"code":"unauthorized"}}"#);
        let said = asked(&address).unwrap_err().to_string();
        assert!(said.contains("the edge refused (401") && said.contains("unauthorized"), "{said}");
        served.join().unwrap();
    }

    fn wish(month: &str) -> Wish {
        Wish {
            tenant: Some("hesi".parse().unwrap()),
            file: None,
            company: "yunshan".parse().unwrap(),
            month: month.parse().unwrap(),
            cycles: Some("/dev/null".into()),
            edge: None,
            at: None,
            json: false,
            csv: false,
        }
    }

    #[test]
    fn who_has_no_contract_is_told_so_and_an_empty_file_is_no_ledger() {
        let place = Place::of_this_tree();
        let refused = |wish: &Wish| run(&place, wish).unwrap_err().to_string();
        assert_eq!(refused(&wish("2026-10")), "/dev/null holds no cycle");
        let other = Wish { company: "qingshan".parse().unwrap(), ..wish("2026-10") };
        assert!(refused(&other).starts_with("the company \"qingshan\" of hesi has no [companies.contract]"));
        let nobody = Wish { company: "nobody".parse().unwrap(), ..wish("2026-10") };
        assert_eq!(refused(&nobody), "hesi has no company \"nobody\": it has qingshan, yunshan, xinghe");
    }

    #[test]
    fn a_table_says_the_credit_and_every_cycle() {
        let place = Place::of_this_tree();
        let tenant = tenant(&place, &wish("2026-10")).unwrap();
        let contract = contract(&tenant, &"yunshan".parse().unwrap()).unwrap();
        let at = "2026-10-02T00:00:00Z".parse().unwrap();
        let (id, company) = ("hesi".parse().unwrap(), "yunshan".parse().unwrap());
        let asked = Asked { tenant: id, company, month: "2026-10".parse().unwrap(), at };
        let ledger = lines::read(LINE).unwrap();
        let table = table::of(&contract.statement(tenant.policy.zones(), &asked, &ledger).unwrap());
        for said in
            ["so far, at 2026-10-02T00:00:00Z", "20000.00 CNY", "below 90 %: 20 %", "no data", "overdue"]
        {
            assert!(table.contains(said), "{said} is not in\n{table}");
        }
    }
}
