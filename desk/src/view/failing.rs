//! Failures in words: what happened, and that nothing typed is lost.

use shared::refusal::{Refusal, Unfit};
use shared::text::{change, desk, refusal};
use shared::ticket::Problem;
use widget::dates::Dates;
use widget::http::Failure;

/// A failure as a sentence.
pub(super) fn told(why: &Failure, dates: Dates<'_>) -> String {
    let words = dates.words;
    match why {
        Failure::Refused(no) => refused(no, dates),
        Failure::Lost { fault: Some(id), .. } => words.fill(refusal::FAULT, &[("id", id)]),
        Failure::Lost { wait: Some(wait), .. } => {
            let again = dates.now.saturating_add(*wait).unwrap_or(dates.now);
            words.fill(refusal::TOO_MANY, &[("time", &dates.brief(again))])
        }
        Failure::Lost { wait: None, fault: None } => words.say(desk::NOT_ANSWERED).to_owned(),
    }
}

fn refused(no: &Refusal, dates: Dates<'_>) -> String {
    let words = dates.words;
    match no {
        Refusal::Stage { .. } => words.say(refusal::CHANGED_MEANWHILE).to_owned(),
        Refusal::Unfit { why } => unfit(why, dates),
        Refusal::Unknown {} => words.say(refusal::NOT_FOUND).to_owned(),
        Refusal::Unauthorized { .. } => words.say(refusal::NOT_SIGNED_IN).to_owned(),
        Refusal::Origin { .. } => words.say(refusal::ORIGIN_REFUSED).to_owned(),
        Refusal::TooLarge { limit, found } => {
            words.fill(refusal::TOO_LARGE, &[("limit", &limit.to_string()), ("found", &found.to_string())])
        }
        Refusal::TooMany { retry_after, .. } => {
            let wait = jiff::SignedDuration::from_secs(i64::from(*retry_after));
            told(&Failure::Lost { wait: Some(wait), fault: None }, dates)
        }
        Refusal::Form { errors } => match errors.first().map(|error| &error.problem) {
            Some(Problem::TooLong { limit, found }) => words.fill(
                refusal::MESSAGE_TOO_LONG,
                &[("limit", &limit.to_string()), ("found", &found.to_string())],
            ),
            Some(_) | None => other(no, dates),
        },
        Refusal::Malformed { .. }
        | Refusal::TooDeep { .. }
        | Refusal::ContentType { .. }
        | Refusal::Method { .. }
        | Refusal::Policy { .. } => other(no, dates),
    }
}

/// What does not fit, and what to do instead.
fn unfit(why: &Unfit, dates: Dates<'_>) -> String {
    let words = dates.words;
    match why {
        Unfit::Team { found } => words.fill(change::NO_TEAM, &[("found", found)]),
        Unfit::Tier { found } => words.fill(change::NO_TIER, &[("found", found)]),
        Unfit::Itself {} => words.say(change::ITSELF).to_owned(),
        Unfit::NoTicket { found } => words.fill(change::NO_TICKET, &[("found", found)]),
        Unfit::SameCode { code } => words.fill(change::SAME_CODE, &[("code", code)]),
        Unfit::OtherCustomer { code } => words.fill(change::OTHER_CUSTOMER, &[("code", code)]),
        Unfit::Final { code, .. } => words.fill(change::FINAL, &[("code", code)]),
    }
}

fn other(no: &Refusal, dates: Dates<'_>) -> String {
    dates.words.fill(refusal::OTHER, &[("found", &no.to_string())])
}
