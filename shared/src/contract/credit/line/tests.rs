//! What a line of the ledger may say, and what it may not.

use alloc::string::ToString;

use super::*;

const LINE: &str = r#"{"ticket":"9QD4-18KX","company":"yunshan","metric":"first_response",
    "started":"2026-10-01T09:00:00+08:00","due":"2026-10-01T01:30:00Z","judged":null,"finished":null,
    "cancelled":null,"excluded":null}"#;

fn read(json: &str) -> Result<Cycle, Vec<String>> {
    let fields: Fields = serde_json::from_str(json).unwrap();
    fields.cycle(7).map_err(|errors| errors.iter().map(ToString::to_string).collect())
}

#[track_caller]
fn refused(old: &str, new: &str, mistake: &str) {
    assert_eq!(LINE.matches(old).count(), 1);
    assert_eq!(read(&LINE.replace(old, new)).unwrap_err(), [mistake]);
}

#[test]
fn a_line_is_a_cycle() {
    let cycle = read(LINE).unwrap();
    assert_eq!(cycle.ticket, "9QD4-18KX");
    assert_eq!(cycle.company.as_deref(), Some("yunshan"));
    assert_eq!(cycle.started, "2026-10-01T01:00:00Z".parse().unwrap());
    assert_eq!(cycle.deadline(), cycle.due);
    assert_eq!((cycle.cancelled, cycle.excluded), (Cancelled::No, Excluded::No));
    assert_eq!(cycle.business_seconds, None);
}

#[test]
fn what_may_be_said_in_several_ways_is_understood() {
    let with = |old: &str, new: &str| read(&LINE.replace(old, new)).unwrap();
    let cancelled = |value: &str| with("\"cancelled\":null", &format!("\"cancelled\":{value}")).cancelled;
    assert_eq!(cancelled("true"), Cancelled::Yes);
    assert_eq!(cancelled("false"), Cancelled::No);
    assert_eq!(cancelled("\"1970-01-01T00:00:01Z\""), Cancelled::At(Timestamp::constant(1, 0)));
    let excluded = |value: &str| with("\"excluded\":null", &format!("\"excluded\":{value}")).excluded;
    assert_eq!(excluded("true"), Excluded::Unexplained);
    assert_eq!(excluded("false"), Excluded::No);
    assert_eq!(excluded("\"maintenance\""), Excluded::For("maintenance".into()));
    assert_eq!(with("\"judged\":null,", "").judged, None);
    assert_eq!(with("\"yunshan\"", "null").company, None);
    let counted = with("\"judged\":null", "\"judged\":null,\"business_seconds\":90");
    assert_eq!(counted.business_seconds, Some(90));
}

#[test]
fn a_mistake_names_line_key_and_what_was_found() {
    refused("\"ticket\":\"9QD4-18KX\",", "", "line 7: ticket is missing");
    refused("\"9QD4-18KX\"", "12", "line 7: ticket must be a text of 1 to 200 bytes, found 12");
    refused("\"9QD4-18KX\"", "\" \"", "line 7: ticket must be a text of 1 to 200 bytes, found \" \"");
    refused("\"yunshan\"", "[1,2]", "line 7: company must be a text of 1 to 200 bytes, found a list");
    refused("\"company\":\"yunshan\",", "", "line 7: company is missing: write null for nobody's");
    refused(
        "\"2026-10-01T01:30:00Z\"",
        "1791424800",
        "line 7: due must be an instant as 2026-10-01T09:00:00Z, found 1791424800",
    );
    refused(
        "\"finished\":null",
        "\"finished\":\"2026-10-01\"",
        "line 7: finished must be an instant as 2026-10-01T09:00:00Z, found \"2026-10-01\"",
    );
    refused(
        "\"finished\":null",
        "\"finished\":\"2026-10-01T00:59:59Z\"",
        "line 7: finished (2026-10-01T00:59:59Z) is before started (2026-10-01T01:00:00Z)",
    );
    refused(
        "\"cancelled\":null",
        "\"cancelled\":\"yes\"",
        "line 7: cancelled must be true, false, null or an instant as 2026-10-01T09:00:00Z, found \"yes\"",
    );
    refused(
        "\"excluded\":null",
        "\"excluded\":{}",
        "line 7: excluded must be a text of 1 to 200 bytes, found an object",
    );
    refused("\"judged\":null", "\"finished\":null", "line 7: finished stands twice");
    for (value, found) in [("-3", "-3"), ("1.5", "1.5"), ("\"3\"", "\"3\"")] {
        let line = format!("\"judged\":null,\"business_seconds\":{value}");
        let what = format!("line 7: business_seconds must be whole seconds, found {found}");
        refused("\"judged\":null", &line, &what);
    }
}

#[test]
fn a_key_or_a_metric_that_there_is_not_is_refused_with_those_that_there_are() {
    let unknown = read(&LINE.replace("\"judged\"", "\"juged\"")).unwrap_err();
    assert_eq!(unknown.len(), 1);
    assert!(unknown[0].starts_with("line 7: unknown key \"juged\": a line has ticket, company, metric"));
    let metric = read(&LINE.replace("first_response", "first_reply")).unwrap_err();
    assert!(metric[0].starts_with("line 7: metric must be one of first_response, "));
    assert!(metric[0].ends_with(", found \"first_reply\""));
    assert!(read("{}").unwrap_err().len() >= 4, "every mistake at once");
    let list = serde_json::from_str::<Fields>("[]").unwrap_err().to_string();
    assert!(list.contains("expected one cycle in braces"), "{list}");
}

#[test]
fn a_reply_at_the_start_took_no_time() {
    let at_once = LINE.replace("\"finished\":null", "\"finished\":\"2026-10-01T01:00:00Z\"");
    assert_eq!(read(&at_once).unwrap().wall_seconds(Timestamp::MAX), Some(0));
}
