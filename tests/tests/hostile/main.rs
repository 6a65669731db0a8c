//! Hostile input, as data: `tests/hostile/cases.jsonl`, one case a line, against a running product with two tenants A
//! and B, two visitors of A, one of B, and an agent of each. Each refusal names its twin, the legitimate form that must
//! pass. After every case: nothing of B changed, nothing of A unless the case says so, and no answer held a secret.

mod cast;
mod step;

use std::collections::BTreeMap;

use cast::Cast;
use serde::Deserialize;
use step::Step;
use tests::live::calm;

/// One case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Its number in the catalogue of attacks, and what is tried.
    id: String,
    /// Where it is tried.
    surface: String,
    /// Who tries it.
    actor: String,
    steps: Vec<Step>,
    /// What the last step gets.
    expect: Expect,
    /// The legitimate form; none for what is legitimate itself.
    twin: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    status: u16,
    /// The refusal's code.
    code: Option<String>,
    /// What the answer says somewhere.
    says: Option<String>,
    /// The case is allowed to change something of A.
    #[serde(default)]
    changes: bool,
}

fn cases() -> Vec<Case> {
    let text = include_str!("../../hostile/cases.jsonl");
    let read = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    text.lines().filter(|line| !line.is_empty()).map(read).collect()
}

/// What is wrong with how a case went, if anything.
fn judge(case: &Case, cast: &mut Cast) -> Result<(), String> {
    let mut last = None;
    for step in &case.steps {
        let answer = step.take(cast, &case.actor);
        cast.no_secret_in(&step.path, &answer)?;
        last = Some(answer);
    }
    let answer = last.ok_or("no step")?;
    let (expect, found) = (&case.expect, answer.text());
    let told = expect.says.as_ref().is_none_or(|says| found.contains(says.as_str()));
    let coded = expect.code.as_ref().is_none_or(|code| *code == answer.code());
    if answer.status != expect.status || !told || !coded {
        let shown: String = found.chars().take(300).collect();
        return Err(format!("expected {expect:?}, found {} {shown}", answer.status));
    }
    if answer.status >= 400 && found.is_empty() {
        return Err("a refusal without a word".into());
    }
    cast.unchanged(expect.changes)
}

#[test]
fn every_hostile_input_is_refused_and_its_twin_passes() {
    let _calm = calm();
    let mut cast = Cast::assemble();
    let mut wrong = Vec::new();
    for case in cases() {
        if let Err(what) = judge(&case, &mut cast) {
            wrong.push(format!("{} ({}, {}): {what}", case.id, case.surface, case.actor));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases().len(), wrong.join("\n"));
}

#[test]
fn every_refusal_has_a_twin_that_is_no_refusal() {
    let cases = cases();
    let status: BTreeMap<&str, u16> =
        cases.iter().map(|case| (case.id.as_str(), case.expect.status)).collect();
    assert_eq!(status.len(), cases.len(), "two cases have one id");
    for case in cases.iter().filter(|case| case.expect.status >= 400) {
        let twin = case.twin.as_ref().unwrap_or_else(|| panic!("{} has no twin", case.id));
        let passes = status.get(twin.as_str()).unwrap_or_else(|| panic!("{}: no case {twin}", case.id));
        assert!(*passes < 400, "{}: its twin is refused", case.id);
    }
}

#[test]
fn nothing_secret_and_no_panic_stands_in_the_log() {
    let _calm = calm();
    let Some(folder) = std::env::var_os("NB_DATA") else { return };
    let log = std::fs::read(std::path::Path::new(&folder).join("edge.log")).unwrap_or_default();
    let log = String::from_utf8_lossy(&log);
    let operator = tests::live::Edge::running().operator().to_owned();
    assert!(!log.contains(&operator), "the operator's secret stands in the log");
    // The live tests panic on purpose, and say so.
    let panics: Vec<&str> =
        log.lines().filter(|line| line.contains("panicked at") && !line.contains("faults")).collect();
    assert!(panics.is_empty(), "{panics:#?}");
}
