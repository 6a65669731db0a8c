//! Wire and storage are formats: each type is pinned as JSON text and as the bytes of its frame, in
//! `tests/formats/`. Two versions run side by side during a deploy, and what was stored is read for years: a file here
//! changes only on purpose, with `UPDATE_FORMATS=1`.

mod desk;
mod log;
mod planner;
mod samples;
mod widget;

/// All samples, as `of::card()`.
mod of {
    pub(crate) use crate::desk::*;
    pub(crate) use crate::log::*;
    pub(crate) use crate::planner::*;
    pub(crate) use crate::samples::*;
    pub(crate) use crate::widget::*;
}

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shared::wire::frame::{decode, encode};

trait Pinned: Serialize + DeserializeOwned + PartialEq + Debug {}
impl<T: Serialize + DeserializeOwned + PartialEq + Debug> Pinned for T {}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("formats")
}

/// Compares a type's values with its file, both ways and in both forms.
#[track_caller]
fn pinned<T: Pinned>(name: &str, values: &[T]) {
    let pin =
        |value: &T| json!({ "json": serde_json::to_value(value).unwrap(), "frame": hex(&encode(value)) });
    let found = serde_json::to_string_pretty(&values.iter().map(pin).collect::<Vec<_>>()).unwrap() + "\n";
    let path = folder().join(format!("{name}.json"));
    if std::env::var_os("UPDATE_FORMATS").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        stored,
        found,
        "{} says something else: two versions would not understand each other",
        path.display()
    );
    let pins: Vec<Value> = serde_json::from_str(&stored).unwrap();
    for (pin, value) in pins.iter().zip(values) {
        assert_eq!(serde_json::from_value::<T>(pin["json"].clone()).unwrap(), *value);
        assert_eq!(decode::<T>(&unhex(pin["frame"].as_str().unwrap())).unwrap(), *value);
    }
}

/// Compares an enum's values with its file, and that every variant is among them.
#[track_caller]
fn all_pinned<T: Pinned>(name: &str, values: &[T]) {
    let tag = |value: &T| match serde_json::to_value(value).unwrap() {
        Value::String(tag) => tag,
        Value::Object(fields) => fields.keys().next().unwrap().clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            panic!("{value:?} is no variant")
        }
    };
    let pinned_variants: BTreeSet<String> = values.iter().map(tag).collect();
    assert_eq!(pinned_variants, variants::<T>(), "every variant of {name} has a value in samples.rs");
    pinned(name, values);
}

/// The variants of an enum, from what serde says of one that there is not.
fn variants<T: DeserializeOwned>() -> BTreeSet<String> {
    let Err(error) = serde_json::from_str::<T>(r#""no such variant""#) else { panic!("no enum") };
    error.to_string().split('`').skip(3).step_by(2).map(String::from).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn what_the_widget_and_the_edge_say_is_pinned() {
    pinned("hello", &[of::hello()]);
    pinned("new_customer", &of::new_customers());
    pinned("credential", &[of::credential()]);
    pinned("raw_request", &[of::raw_request()]);
    pinned("accepted", &[of::accepted()]);
    pinned("card", &[of::card()]);
    pinned("ticket_view", &[of::ticket_view()]);
    pinned("raw_message", &[of::raw_message()]);
    pinned("said", &[of::said()]);
    pinned("seen", &[of::seen()]);
    all_pinned("what", &of::whats());
    all_pinned("to_app", &of::to_apps());
    all_pinned("refusal", &of::refusals());
    all_pinned("unfit", &of::unfits());
    all_pinned("proof", &of::proofs());
    all_pinned("problem", &of::problems());
}

#[test]
fn what_the_desk_and_the_edge_say_is_pinned() {
    pinned("new_session", &[of::new_session()]);
    pinned("session", &[of::session()]);
    pinned("desk_hello", &[of::desk_hello()]);
    pinned("row", &[of::row()]);
    pinned("index", &[of::index()]);
    pinned("desk_ticket", &[of::desk_ticket()]);
    all_pinned("desk_command", &of::desk_commands());
    all_pinned("wondered", &of::wonders());
    pinned("foresight", &[of::foresight()]);
    all_pinned("sum_line", &of::sum_lines());
    all_pinned("to_desk", &of::to_desks());
    pinned("plan_question", &[of::plan_question()]);
    pinned("proposal", &[of::proposal()]);
    pinned("plan_answer", &[of::plan_answer()]);
    all_pinned("outcome", &of::outcomes());
    all_pinned("plan_field", &of::plan_fields());
}

#[test]
fn what_a_ticket_stores_is_pinned() {
    all_pinned("event", &of::events());
    pinned("logged", &[of::logged()]);
    pinned("ticket", &[of::ticket()]);
    pinned("terms", &[of::terms()]);
    pinned("bound", &[of::bound()]);
    pinned("receipt", &[of::receipt()]);
    pinned("signed_receipt", &[of::signed()]);
    all_pinned("cause", &of::causes());
    all_pinned("reason", &of::reasons());
    all_pinned("route", &of::routes());
    all_pinned("stage", &of::stages());
    all_pinned("terms_cause", &of::terms_causes());
    all_pinned("clock_state", &of::clock_states());
    all_pinned("mark", &of::marks());
    all_pinned("contact", &of::contacts());
}

#[test]
fn what_leaves_or_waits_is_pinned() {
    pinned("intake", &[of::intake()]);
    all_pinned("command", &of::commands());
    all_pinned("parcel", &of::parcels());
    all_pinned("occasion", &of::occasions());
    pinned("client_parcel", &of::client_parcels());
    all_pinned("outgoing", &of::outgoings());
}

/// Puts an unknown field into every object of a value, one at a time.
fn surplus(value: &Value) -> Vec<Value> {
    let Value::Object(fields) = value else { return Vec::new() };
    let mut own = fields.clone();
    own.insert("surplus".into(), json!(1));
    let inner = fields.iter().flat_map(|(key, field)| {
        surplus(field).into_iter().map(|changed| {
            let mut all = fields.clone();
            all.insert(key.clone(), changed);
            Value::Object(all)
        })
    });
    core::iter::once(Value::Object(own)).chain(inner).collect()
}

#[track_caller]
fn refuses_unknown_fields<T: Pinned>(values: &[T]) {
    for value in values {
        let json = serde_json::to_value(value).unwrap();
        assert!(serde_json::from_value::<T>(json.clone()).is_ok());
        for changed in surplus(&json) {
            assert!(serde_json::from_value::<T>(changed.clone()).is_err(), "{changed} was taken");
        }
    }
}

#[test]
fn an_unknown_field_is_refused_in_every_variant_of_what_comes_from_outside() {
    refuses_unknown_fields(&[of::proposal()]);
    refuses_unknown_fields(&of::new_customers());
    refuses_unknown_fields(&[of::raw_request()]);
    refuses_unknown_fields(&[of::raw_message()]);
    refuses_unknown_fields(&[of::seen()]);
    refuses_unknown_fields(&[of::new_session()]);
    refuses_unknown_fields(&of::desk_commands());
    refuses_unknown_fields(&of::wonders());
}

#[test]
fn a_frame_cut_short_grown_or_of_another_version_is_refused() {
    let frame = encode(&of::accepted());
    for length in 0..frame.len() {
        assert!(decode::<shared::wire::Accepted>(&frame[..length]).is_err(), "cut after {length} bytes");
    }
    assert!(decode::<shared::wire::Accepted>(&[&frame[..], &[0]].concat()).is_err());
    assert!(decode::<shared::wire::Accepted>(&[&[2], &frame[1..]].concat()).is_err());
}

#[test]
fn no_bytes_make_a_decoder_panic() {
    let mut chance = tests::chance::Chance::new(7);
    let frames = [encode(&of::desk_commands()), encode(&of::raw_request()), encode(&of::new_customers())];
    for _ in 0..20_000 {
        let mut bytes = frames[chance.below(3) as usize].clone();
        for _ in 0..=chance.below(4) {
            let place = chance.below(bytes.len() as u64) as usize;
            bytes[place] = chance.draw() as u8;
        }
        let _ = decode::<Vec<shared::wire::DeskCommand>>(&bytes);
        let _ = decode::<shared::ticket::RawRequest>(&bytes);
        let _ = decode::<Vec<shared::wire::NewCustomer>>(&bytes);
        let _ = decode::<shared::ticket::Event>(&bytes);
    }
}
