//! What in a receipt does not follow, and why a promise was made anew, in words.

use jiff::Timestamp;
use shared::contract::{Complexity, Metric};
use shared::sla::{Actor, Cause, Discrepancy, Refuted};
use shared::text::{Phrase, proof as text};
use widget::dates::Dates;
use widget::reasons;
use widget::words::Words;

/// What is promised.
pub(super) fn metric(metric: Metric) -> Phrase {
    match metric {
        Metric::FirstResponse => text::FIRST_RESPONSE,
        Metric::NextResponse => text::NEXT_RESPONSE,
        Metric::PeriodicUpdate | Metric::PausableUpdate => text::PROGRESS,
        Metric::RequesterWait => text::REQUESTER_WAIT,
        Metric::AgentWork => text::AGENT_WORK,
        Metric::Resolution => text::RESOLUTION,
    }
}

/// Why a receipt does not hold.
pub(super) fn told(why: &Refuted, dates: &Dates<'_>) -> String {
    let words = dates.words;
    let of_key = |phrase: Phrase, kid: &str| words.fill(phrase, &[("key", kid)]);
    match why {
        Refuted::NoKeys(_) => words.say(text::NO_KEYS).to_owned(),
        Refuted::KeyTwice(kid) | Refuted::NoKey(kid) | Refuted::WeakKey(kid) => {
            of_key(text::KEY_WRONG, kid.as_str())
        }
        Refuted::UnknownKey(kid) => of_key(text::KEY_UNKNOWN, kid.as_str()),
        Refuted::Signature(kid) => of_key(text::SIGNATURE, kid.as_str()),
        Refuted::SignatureLength(_) => words.say(text::SIGNATURE_CUT).to_owned(),
        Refuted::Bytes(_) | Refuted::Rendering { .. } => words.say(text::BYTES).to_owned(),
        Refuted::Tenant { .. } | Refuted::Ticket { .. } => words.say(text::ELSEWHERE).to_owned(),
        Refuted::Sum(discrepancy) => sum(discrepancy, dates),
    }
}

/// What in the sum does not follow.
fn sum(why: &Discrepancy, dates: &Dates<'_>) -> String {
    let about = |phrase: Phrase, line: Metric, rest: &[(&str, &str)]| {
        let metric = [("metric", dates.words.say(metric(line)))];
        dates.words.fill(phrase, &[&metric[..], rest].concat())
    };
    let beside = |phrase: Phrase, line: Metric, expected: Timestamp, found: Timestamp| {
        about(phrase, line, &[("expected", &dates.full(expected)), ("found", &dates.full(found))])
    };
    match why {
        Discrepancy::Twice { metric } => about(text::TWICE, *metric, &[]),
        Discrepancy::Calendar { metric, .. } | Discrepancy::Never { metric, .. } => {
            about(text::HOURS_MISSING, *metric, &[])
        }
        Discrepancy::Due { metric, expected, found } => beside(text::SUM, *metric, *expected, *found),
        Discrepancy::Promised { metric, expected, found } => {
            beside(text::SUM_PROMISED, *metric, *expected, *found)
        }
        Discrepancy::Counted { metric, .. } => about(text::COUNTED, *metric, &[]),
        Discrepancy::Kept { metric, number } => {
            about(text::NEVER_TOLD, *metric, &[("n", &number.to_string())])
        }
        Discrepancy::Civil { metric, .. } => about(text::WALL_CLOCK, *metric, &[]),
        Discrepancy::Provisional { metric } => about(text::HOLIDAYS, *metric, &[]),
    }
}

/// Why a promise was made anew, and by whom.
pub(super) fn cause(cause: &Cause, words: Words) -> (String, Option<&Actor>) {
    let say = |phrase: Phrase| words.say(phrase).to_owned();
    match cause {
        Cause::Asked {} => (say(text::BY_ASKING), None),
        Cause::Antedated {} => (say(text::BY_EARLIER_ATTEMPT), None),
        Cause::Severity { to, by, .. } => {
            let severity = words.say(reasons::severity_phrase(*to));
            (words.fill(text::BY_SEVERITY, &[("severity", severity)]), Some(by))
        }
        Cause::Complexity { to, by, .. } => {
            let phrase = match to {
                Complexity::Ordinary => text::BY_LESS_WORK,
                Complexity::Complex => text::BY_MORE_WORK,
            };
            (say(phrase), Some(by))
        }
        Cause::Tier { to, .. } => {
            (words.fill(text::BY_TIER, &[("tier", &reasons::tier_name(words, to))]), None)
        }
        Cause::Paused { .. } => (say(text::BY_PAUSE), None),
        Cause::Resumed { by } => (say(text::BY_RESUMING), Some(by)),
        Cause::Reopened { by } => (say(text::BY_REOPENING), Some(by)),
        Cause::Calendar { .. } => (say(text::BY_CALENDAR), None),
        Cause::Merged { .. } => (say(text::BY_MERGING), None),
    }
}
