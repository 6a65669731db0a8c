//! The same question to a running edge, which answers for the file that is published there.

use std::env;

use anyhow::{Context, Result};
use shared::routing::{Planned, Query};

use crate::admin::Admin;

pub(super) fn ask(edge: &str, tenant: &str, query: &Query) -> Result<Planned> {
    let operator =
        env::var("NIGHTBELL_OPERATOR").context("NIGHTBELL_OPERATOR, the operator's secret, is not set")?;
    let at = query.at.to_string();
    let asked = [
        ("at", Some(at.as_str())),
        ("tier", query.tier.as_deref()),
        ("company", query.company.as_deref()),
        ("severity", Some(query.severity.as_str())),
        ("complexity", query.complexity.as_deref()),
        ("text", query.text.as_deref()),
        ("channel", Some(query.channel.as_str())),
        ("language", Some(query.language.as_str())),
        ("zone", query.zone.as_deref()),
    ];
    let asked: Vec<(&str, &str)> = asked.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
    let answer = Admin::new(edge, operator).plan(tenant, &asked)?;
    serde_json::from_value(answer).context("the edge answered with something that is no plan")
}
