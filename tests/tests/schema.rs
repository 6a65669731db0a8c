//! The JSON Schema for editors: what the command prints is what is committed, demo tenants hold by it, and it knows
//! each key that the reader knows, and no other.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use jsonschema::Validator;
use serde_json::Value;
use shared::contract::policy::{EVERY_KEY, Hosts, Policy, Schema};

fn tenants() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../edge/tenants"))
}

/// Every demo tenant, by its file's name.
fn demo_tenants() -> Vec<(String, String)> {
    let files = fs::read_dir(tenants()).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(&path).unwrap())
    };
    let mut all: Vec<_> = files.map(read).collect();
    all.sort();
    all
}

fn schema() -> Value {
    serde_json::to_value(Schema::new()).unwrap()
}

fn validator() -> Validator {
    jsonschema::validator_for(&schema()).unwrap()
}

/// The file as editors hand it to a validator: dates as text.
fn json(toml: &str) -> Value {
    fn value(toml: toml::Value) -> Value {
        match toml {
            toml::Value::Datetime(date) => Value::String(date.to_string()),
            toml::Value::Array(list) => list.into_iter().map(value).collect(),
            toml::Value::Table(table) => table.into_iter().map(|(key, each)| (key, value(each))).collect(),
            plain @ (toml::Value::String(_)
            | toml::Value::Integer(_)
            | toml::Value::Float(_)
            | toml::Value::Boolean(_)) => serde_json::to_value(plain).unwrap(),
        }
    }
    value(toml::Value::Table(toml.parse().unwrap()))
}

#[track_caller]
fn holds(name: &str, toml: &str) {
    let file = json(toml);
    let wrong: Vec<String> =
        validator().iter_errors(&file).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(wrong, Vec::<String>::new(), "{name}");
}

#[test]
fn the_committed_schema_is_what_the_command_prints() {
    let committed = fs::read_to_string(tenants().join("schema.json")).unwrap();
    let printed = serde_json::to_string_pretty(&Schema::new()).unwrap() + "\n";
    assert!(committed == printed, "run `cargo xtask tenant schema > edge/tenants/schema.json`");
}

#[test]
fn every_demo_tenant_holds_by_the_schema_and_names_it_for_editors() {
    let all = demo_tenants();
    assert!(all.len() >= 11, "{all:?}");
    for (name, toml) in all {
        assert!(toml.starts_with("#:schema ./schema.json\n"), "{name}");
        holds(&name, &toml);
    }
    holds("every key", EVERY_KEY);
}

#[test]
fn what_the_reader_refuses_by_its_shape_the_schema_refuses_too() {
    let wrong = [
        ("may_claim = \"urgent\"", "may_claim = \"urgentt\""),
        ("may_claim = \"urgent\"", "may_clam = \"urgent\""),
        ("depth = 16", "depth = 65"),
        ("depth = 16", "depth = \"16\""),
        ("required = false", "required = 0"),
        ("on_call = [\"li\"]", "on_call = \"li\""),
        ("name = \"VIP\"", ""),
        ("[targets.vip.requester_wait]", "[targets.vip.requester_waits]"),
        ("urgent = { within = \"1h\", calendar = \"workdays\" }", "urgent = { calendar = \"workdays\" }"),
        ("channel = \"phone\" }", "chanel = \"phone\" }"),
    ];
    let validator = validator();
    for (old, new) in wrong {
        assert_eq!(EVERY_KEY.matches(old).count(), 1, "{old}");
        let toml = EVERY_KEY.replace(old, new);
        assert!(Policy::parse(&toml, Hosts::Public).is_err(), "the reader takes {new}");
        assert!(!validator.is_valid(&json(&toml)), "the schema takes {new}");
    }
}

/// Every key that the schema names, wherever.
fn keys(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            for (word, below) in map {
                if word == "properties" {
                    found.extend(below.as_object().unwrap().keys().cloned());
                }
                if word == "patternProperties" {
                    let patterns = below.as_object().unwrap().keys();
                    let names =
                        patterns.flat_map(|pattern| pattern.trim_matches(['^', '$', '(', ')']).split('|'));
                    found.extend(names.map(|name| name.replace('\\', "")));
                }
                keys(below, found);
            }
        }
        Value::Array(list) => list.iter().for_each(|below| keys(below, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The reader, asked key by key: a file with one more key is refused with "unknown key" unless the reader knows it.
#[test]
fn each_key_of_the_schema_stands_in_the_file_with_every_key() {
    fn written(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                found.extend(map.keys().cloned());
                map.values().for_each(|below| written(below, found));
            }
            Value::Array(list) => list.iter().for_each(|below| written(below, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let (mut named, mut stand) = (BTreeSet::new(), BTreeSet::new());
    keys(&schema(), &mut named);
    written(&json(EVERY_KEY), &mut stand);
    let nowhere: Vec<_> = named.difference(&stand).collect();
    assert_eq!(nowhere, Vec::<&String>::new());
    assert!(named.len() > 80, "{named:?}");
}
