//! A receipt can be checked by whoever it was made for, and by nobody fooled.

use std::process::{Command, Output};

use serde_json::json;
use shared::contract::Severity::General;
use shared::ids::KeyId;
use shared::sla::{PublicKey, PublicKeys, Receipt, Refuted, SignedReceipt, SigningKey};
use tests::tenant::Tenant;
use tests::world::World;

fn key(kid: &str, seed: u8) -> SigningKey {
    SigningKey::new(kid.parse::<KeyId>().unwrap(), &[seed; 32])
}

fn keys(keys: &[&SigningKey]) -> PublicKeys {
    PublicKeys { tenant: "hesi".parse().unwrap(), keys: keys.iter().map(|key| key.public()).collect() }
}

/// The receipt of J1: asked on National Day at night, answered after the holiday.
fn receipt() -> Receipt {
    let mut world = World::of(Tenant::demo("hesi"), "2026-10-01 23:10 Asia/Shanghai");
    let mei = world.customer("standard");
    let ticket = world.asks(&mei, General);
    world.receipt(ticket)
}

fn signed() -> SignedReceipt {
    key("2026-11", 7).sign(&receipt())
}

#[test]
fn a_receipt_holds_under_the_key_it_was_signed_with_also_when_another_one_signs_now() {
    let (old, new) = (key("2026-05", 6), key("2026-11", 7));
    for signer in [&old, &new] {
        assert_eq!(keys(&[&new, &old]).check(&signer.sign(&receipt())), Ok(receipt()));
    }
}

#[test]
fn one_flipped_bit_anywhere_in_the_bytes_or_in_the_signature_is_refused() {
    let (signed, keys) = (signed(), keys(&[&key("2026-11", 7)]));
    for at in 0..signed.bytes.len() * 8 {
        let mut flipped = signed.clone();
        flipped.bytes[at / 8] ^= 1 << (at % 8);
        assert_eq!(keys.check(&flipped), Err(Refuted::Signature(signed.kid.clone())), "bit {at}");
    }
    for at in 0..signed.signature.len() * 8 {
        let mut flipped = signed.clone();
        flipped.signature[at / 8] ^= 1 << (at % 8);
        assert_eq!(keys.check(&flipped), Err(Refuted::Signature(signed.kid.clone())), "bit {at}");
    }
}

#[test]
fn a_receipt_that_is_cut_or_goes_on_is_refused() {
    let (signed, keys) = (signed(), keys(&[&key("2026-11", 7)]));
    for length in 0..signed.bytes.len() {
        let cut = SignedReceipt { bytes: signed.bytes[..length].to_vec(), ..signed.clone() };
        assert!(keys.check(&cut).is_err() && cut.read().is_err(), "{length} bytes");
    }
    let twice = SignedReceipt { bytes: [&*signed.bytes, &*signed.bytes].concat(), ..signed.clone() };
    assert!(keys.check(&twice).is_err());
    assert!(twice.read().unwrap_err().to_string().ends_with("bytes follow the receipt"));
    let short = SignedReceipt { signature: signed.signature[..63].to_vec(), ..signed };
    assert_eq!(keys.check(&short).unwrap_err().to_string(), "a signature has 64 bytes, found 63");
}

#[test]
fn a_receipt_signed_anew_or_of_another_tenant_or_under_a_strange_key_is_refused() {
    let ours = key("2026-11", 7);
    let why = |keys: &PublicKeys, signed| keys.check(signed).unwrap_err().to_string();
    let forged = key("2026-11", 8).sign(&receipt());
    assert_eq!(
        why(&keys(&[&ours]), &forged),
        "the signature does not fit the bytes under the key \"2026-11\""
    );
    let strange = key("2027-01", 7).sign(&receipt());
    let unknown = "signed with the key \"2027-01\", which is not among the tenant's keys";
    assert_eq!(why(&keys(&[&ours]), &strange), unknown);
    let foreign = PublicKeys { tenant: "feishu".parse().unwrap(), ..keys(&[&ours]) };
    assert_eq!(why(&foreign, &signed()), "the receipt is of the tenant \"hesi\", the keys are of \"feishu\"");
}

#[test]
fn keys_that_are_none_or_listed_twice_or_weak_are_refused() {
    let ours = key("2026-11", 7);
    let why = |listed: Vec<PublicKey>| {
        let keys = PublicKeys { keys: listed, ..keys(&[]) };
        keys.check(&signed()).unwrap_err().to_string()
    };
    assert_eq!(why(vec![]), "the tenant \"hesi\" has no keys: nothing can be checked");
    assert_eq!(why(vec![ours.public(), ours.public()]), "the key \"2026-11\" is listed twice");
    let listed = |ed25519: &str| -> PublicKey {
        serde_json::from_value(json!({ "kid": ours.public().kid, "ed25519": ed25519 })).unwrap()
    };
    assert_eq!(why(vec![listed("AAAA")]), "the key \"2026-11\" is no public key of Ed25519");
    // The neutral element, the point of order two, one of order four: with each, anybody can sign.
    let (neutral, two) = ("AQ", "7P_______________________________________38");
    let weak = [format!("{neutral}{}", "A".repeat(41)), two.into(), "A".repeat(43)];
    for point in weak {
        assert_eq!(
            why(vec![listed(&point)]),
            "the key \"2026-11\" is weak: anybody can sign with it",
            "{point}"
        );
    }
}

/// The order of the curve's group, little-endian: added to a signature's second half it gives the same equation.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

#[test]
fn a_signature_written_otherwise_is_refused() {
    let mut signed = signed();
    let mut carry = 0_u16;
    for (byte, order) in signed.signature[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        (*byte, carry) = (sum.to_le_bytes()[0], sum >> 8);
    }
    assert_eq!(carry, 0);
    assert_eq!(keys(&[&key("2026-11", 7)]).check(&signed), Err(Refuted::Signature(signed.kid.clone())));
}

#[test]
fn a_signed_sum_that_is_wrong_is_refused_with_its_line() {
    let mut wrong = receipt();
    wrong.promises[0].due = wrong.asked_at;
    wrong.promises[0].promised.at = wrong.asked_at;
    let why = keys(&[&key("2026-11", 7)]).check(&key("2026-11", 7).sign(&wrong)).unwrap_err().to_string();
    assert_eq!(
        why,
        "first_response is due at 2026-10-08T02:00:00Z by its windows, found 2026-10-01T15:10:00Z"
    );
}

#[test]
fn the_words_of_a_file_are_what_its_bytes_say_letter_by_letter() {
    let (signed, receipt, keys) = (signed(), receipt(), keys(&[&key("2026-11", 7)]));
    let file = signed.file(&receipt).unwrap();
    assert_eq!(keys.check_file(&signed, &file), Ok(receipt.clone()));
    assert_eq!(keys.check_file(&signed, &format!("{file}\n")), Ok(receipt));
    for (at, _) in file.char_indices() {
        let mut bytes = file.clone().into_bytes();
        bytes[at] ^= 1;
        let Ok(flipped) = String::from_utf8(bytes) else { continue };
        assert!(keys.check_file(&signed, &flipped).is_err(), "letter {at}");
    }
    let later = file.replace("2026-10-08T02:00:00Z", "2026-10-09T02:00:00Z");
    let why = keys.check_file(&signed, &later).unwrap_err().to_string();
    assert!(why.contains("does not say what the signed bytes say") && why.contains("2026-10-09"), "{why}");
}

#[test]
fn a_file_says_instants_and_durations_as_people_write_them_and_is_json() {
    let file = signed().file(&receipt()).unwrap();
    let json: serde_json::Value = serde_json::from_str(&file).unwrap();
    let line = &json["receipt"]["promises"][0];
    assert_eq!(line["due"], "2026-10-08T02:00:00Z");
    assert_eq!(line["within"], "PT1H");
    assert_eq!(json["receipt"]["calendars"][0]["windows"][0][0], "2026-10-08T01:00:00Z");
    assert_eq!(json["receipt"]["asked_at"], "2026-10-01T15:10:00Z");
}

/// Runs the program that anybody runs.
fn verify(file: &str, keys: &str) -> (Option<i32>, String) {
    let folder = std::env::temp_dir().join(format!("nightbell-receipt-{}", uuid(file, keys)));
    std::fs::create_dir_all(&folder).unwrap();
    let (receipt, list) = (folder.join("receipt.json"), folder.join("keys.json"));
    std::fs::write(&receipt, file).unwrap();
    std::fs::write(&list, keys).unwrap();
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    let Output { status, stdout, .. } = Command::new(cargo)
        .args(["run", "-q", "-p", "xtask", "--manifest-path", manifest, "--", "receipt", "verify"])
        .arg(&receipt)
        .arg("--keys")
        .arg(&list)
        .output()
        .unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    (status.code(), String::from_utf8(stdout).unwrap())
}

fn uuid(file: &str, keys: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hash = DefaultHasher::new();
    (file, keys, std::process::id()).hash(&mut hash);
    hash.finish()
}

#[test]
fn the_program_that_checks_a_file_says_what_it_checked_and_its_exit_code_tells() {
    let (file, list) = (signed().file(&receipt()).unwrap(), keys(&[&key("2026-11", 7)]));
    let list = serde_json::to_string(&list).unwrap();
    let (code, said) = verify(&file, &list);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("signature: fits") && said.contains("promised for then: 2026-10-08T02:00:00Z"),
        "{said}"
    );
    let refused = |file: &str, list: &str, expected: i32, why: &str| {
        let (code, said) = verify(file, list);
        assert_eq!(code, Some(expected), "{said}");
        assert!(said.contains(why), "{said}");
    };
    refused(&file.replace("PT1H", "PT2H"), &list, 1, "does not say what the signed bytes say");
    refused(&format!("{file}{file}"), &list, 2, "is no receipt");
    refused(&file[..file.len() / 2], &list, 2, "is no receipt");
    let own_key = file.replacen('{', r#"{"key":"AAAA","#, 1);
    refused(&own_key, &list, 2, "unknown field");
    refused(&file, r#"{"tenant":"hesi","keys":[],"more":1}"#, 2, "is no list of keys");
    refused(&file, r#"{"tenant":"hesi","keys":[]}"#, 1, "has no keys");
    refused(&file, &json!({ "tenant": "hesi" }).to_string(), 2, "is no list of keys");
}
