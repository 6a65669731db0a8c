//! `vectors/clock.json`: every case must give the answer that two independent methods gave.

use shared::time::vectors::{Vectors, failures};

#[test]
fn every_case_of_the_business_time_vectors_holds() {
    let vectors: Vectors = serde_json::from_str(include_str!("../vectors/clock.json")).unwrap();
    assert_eq!(vectors.schema, 1);
    assert_eq!(vectors.cases.len(), 188);
    let failures = failures(&vectors);
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), vectors.cases.len(), failures.join("\n"));
}
