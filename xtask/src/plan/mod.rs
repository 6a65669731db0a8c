//! `cargo xtask plan`: what would happen to such a request, why, and by which line of the tenant's file; and who covers
//! which hour.

mod coverage;
mod json;
mod remote;
mod told;
mod words;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use shared::contract::policy::{Hosts, Policy};
use shared::ids::TenantId;
use shared::routing::{Planned, Query, Unknown};
use shared::text::Tongue;

use crate::clock;
use crate::place::Place;
use crate::tenant::Tenant;

/// The question.
#[derive(Args)]
pub(crate) struct Wish {
    /// The tenant: a file of that name under `edge/tenants/`, or, with `--edge`, one that is published there.
    #[arg(long, required_unless_present = "file")]
    tenant: Option<String>,
    /// A proposed file instead.
    #[arg(long, value_name = "FILE", conflicts_with = "edge")]
    file: Option<PathBuf>,
    /// Asks a running edge; the operator's secret is in NIGHTBELL_OPERATOR.
    #[arg(long, value_name = "URL")]
    edge: Option<String>,
    /// standard, vip, implementation, or what the file has; without it the company's, else the file's default.
    #[arg(long)]
    tier: Option<String>,
    /// The customer's company; without it the only one of the tier, if there is exactly one.
    #[arg(long)]
    company: Option<String>,
    /// general, urgent or major: how bad it counts as; with --text, how bad the customer says it is.
    #[arg(long, required_unless_present = "coverage")]
    severity: Option<String>,
    /// ordinary or complex.
    #[arg(long)]
    complexity: Option<String>,
    /// What she writes: then her word starts what her tier may claim, and the file's rules raise it.
    #[arg(long)]
    text: Option<String>,
    /// phone, chat, email, articles or account_manager.
    #[arg(long, required_unless_present = "coverage")]
    channel: Option<String>,
    /// zh, zh-CN, en, ja, or what the file speaks.
    #[arg(long, required_unless_present = "coverage")]
    language: Option<String>,
    /// The moment, as 2026-10-01T23:10+08:00; without it, now.
    #[arg(long, value_name = "RFC3339")]
    at: Option<Timestamp>,
    /// The zone in which times are told; without it that of the file's first calendar.
    #[arg(long)]
    zone: Option<String>,
    /// The language of the answer.
    #[arg(long, value_enum, default_value = "en")]
    words: Words,
    /// Prints one line of JSON.
    #[arg(long)]
    json: bool,
    /// Who covers which hour for which tier instead; red in the desk is `!` here.
    #[arg(long, conflicts_with_all = ["severity", "complexity", "text", "channel", "language", "company", "edge"])]
    coverage: bool,
    /// How many weeks of it.
    #[arg(long, default_value = "4", requires = "coverage", value_parser = clap::value_parser!(u8).range(1..=26))]
    weeks: u8,
}

#[derive(Clone, Copy, ValueEnum)]
enum Words {
    En,
    Zh,
}

impl Words {
    fn tongue(self) -> Tongue {
        let tag = match self {
            Self::En => "en",
            Self::Zh => "zh-CN",
        };
        Tongue::all().find(|tongue| tongue.tag() == tag).unwrap_or(Tongue::ENGLISH)
    }
}

/// Answers on stdout; an error says every word of the question that nothing has as its name.
#[expect(clippy::print_stdout, reason = "this is the command's answer")]
pub(crate) fn run(place: &Place, wish: &Wish) -> Result<()> {
    let tongue = wish.words.tongue();
    let said = if wish.coverage {
        let policy = policy(place, wish)?;
        let tier = wish.tier.as_deref();
        coverage::said(
            &policy,
            &coverage::Wish { tier, from: wish.at(), weeks: wish.weeks },
            tongue,
            wish.json,
        )?
    } else {
        let planned = planned(place, wish)?;
        if wish.json { json::line(&planned, tongue)? } else { told::said(&planned, tongue)? }
    };
    println!("{said}");
    Ok(())
}

fn planned(place: &Place, wish: &Wish) -> Result<Planned> {
    if let (Some(edge), Some(tenant)) = (&wish.edge, &wish.tenant) {
        return remote::ask(edge, tenant, &wish.query());
    }
    let tenant = wish.tenant.as_deref().unwrap_or("proposed").parse()?;
    answer(&tenant, &policy(place, wish)?, &wish.query())
}

/// What a file says that is not published.
fn answer(tenant: &TenantId, policy: &Policy, query: &Query) -> Result<Planned> {
    query.answer(tenant, policy, 0).map_err(|unknown| anyhow::anyhow!(sentences(&unknown)))
}

fn sentences(unknown: &[Unknown]) -> String {
    unknown.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn policy(place: &Place, wish: &Wish) -> Result<Policy> {
    let file = match (&wish.file, &wish.tenant) {
        (Some(file), _) => file.clone(),
        (None, Some(tenant)) => demo(place, tenant)?,
        (None, None) => bail!("name a tenant or a file"),
    };
    Ok(Tenant::read(&file, Hosts::Development)?.policy)
}

/// The file of a tenant in the work tree, or which ones there are.
fn demo(place: &Place, tenant: &str) -> Result<PathBuf> {
    let folder = place.join("edge/tenants");
    let files = std::fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let name = |file: std::fs::DirEntry| Some(file.path().file_stem()?.to_string_lossy().into_owned());
    let mut names: Vec<String> = files.flatten().filter_map(name).collect();
    names.sort();
    if names.iter().any(|name| name == tenant) {
        return Ok(folder.join(format!("{tenant}.toml")));
    }
    bail!("no tenant is called \"{}\": there are {}", shared::ids::excerpt(tenant), names.join(", "))
}

impl Wish {
    fn at(&self) -> Timestamp {
        self.at.unwrap_or_else(clock::now)
    }

    fn query(&self) -> Query {
        Query {
            at: self.at(),
            tier: self.tier.clone(),
            company: self.company.clone(),
            severity: self.severity.clone().unwrap_or_default(),
            complexity: self.complexity.clone(),
            text: self.text.clone(),
            channel: self.channel.clone().unwrap_or_default(),
            language: self.language.clone().unwrap_or_default(),
            zone: self.zone.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
