//! The form where zones can be resolved: behind it, and never in a browser. Whether a well-formed name is a zone is one
//! more question about the form, answered together with the others.

use alloc::vec::Vec;

use crate::ticket::{Field, FieldError, IntakeRules, RawRequest, Request, parse, unknown_zone};
use crate::time::{Local, Zone};

/// Reads a form where zones can be resolved: a zone that `resolve` does not know is one more mistake of the form.
///
/// # Errors
/// Every mistake at once, in the form's order.
pub fn parse_in_zone(
    raw: &RawRequest,
    rules: &IntakeRules,
    resolve: impl FnOnce(&Zone) -> Option<Local>,
) -> Result<(Request, Local), Vec<FieldError>> {
    let local = Zone::new(&raw.zone).ok().map(|zone| resolve(&zone));
    let unheard_of = matches!(local, Some(None));
    let mistake = FieldError { field: Field::Zone, problem: unknown_zone(&raw.zone) };
    match (parse(raw, rules), local.flatten()) {
        (Ok(request), Some(local)) => Ok((request, local)),
        (Ok(_), None) => Err(Vec::from([mistake])),
        (Err(errors), _) => Err(errors.into_iter().chain(unheard_of.then_some(mistake)).collect()),
    }
}
