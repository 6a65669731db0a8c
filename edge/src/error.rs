//! How a request fails. A refusal is theirs: it is shown, with a code. A fault is ours: logged once with an id, and
//! hidden. HTTP statuses and close codes live here and nowhere else.

use core::fmt::Display;

use serde_json::{Value, json};
use shared::refusal::Refusal;
use worker::console_error;

use crate::random;

/// Close codes of sockets.
pub(crate) mod close {
    /// What was sent is not what the socket takes.
    pub(crate) const MALFORMED: u16 = 4400;
    /// Who listened may not any more.
    pub(crate) const REVOKED: u16 = 4401;
}

/// Something of ours broke. Nobody outside is told what.
#[derive(Debug)]
pub(crate) enum Fault {
    /// It broke here.
    Here {
        /// The place in the code, as `door.journal`.
        at: &'static str,
        /// Whatever can be said of it.
        what: String,
    },
    /// It broke in an object, which has logged it.
    Logged {
        /// The id of that line.
        id: String,
    },
}

impl Fault {
    pub(crate) fn new(at: &'static str, what: impl Display) -> Self {
        Self::Here { at, what: what.to_string() }
    }

    /// Gives an error its place: `.map_err(Fault::at("door.journal"))`.
    pub(crate) fn at<E: Display>(at: &'static str) -> impl FnOnce(E) -> Self {
        move |error| Self::new(at, error)
    }

    /// Writes the one log line of this fault, and gives the id that ties an answer to it.
    pub(crate) fn log(&self) -> String {
        match self {
            Self::Logged { id } => id.clone(),
            Self::Here { at, what } => {
                let id = random::hex::<8>();
                let line = json!({ "level": "fault", "id": id, "where": at, "what": what });
                console_error!("{line}");
                id
            }
        }
    }
}

impl From<worker::Error> for Fault {
    fn from(error: worker::Error) -> Self {
        Self::new("platform", error)
    }
}

impl From<worker::KvError> for Fault {
    fn from(error: worker::KvError) -> Self {
        Self::new("kv", error)
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::new("json", error)
    }
}

/// Why a request is not answered as it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Theirs.
    Refused(Refusal),
    /// Ours.
    Broken(Fault),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Broken(fault)
    }
}

impl From<worker::Error> for Failure {
    fn from(error: worker::Error) -> Self {
        Self::Broken(error.into())
    }
}

/// The status of a fault.
pub(crate) const BROKEN: u16 = 500;

/// The status of a refusal.
pub(crate) fn status(refusal: &Refusal) -> u16 {
    match refusal {
        Refusal::Malformed { .. } | Refusal::TooDeep { .. } => 400,
        Refusal::Unauthorized { .. } => 401,
        Refusal::Origin { .. } => 403,
        Refusal::Unknown {} => 404,
        Refusal::Method { .. } => 405,
        Refusal::Stage { .. } => 409,
        Refusal::TooLarge { .. } => 413,
        Refusal::ContentType { .. } => 415,
        Refusal::Form { .. } | Refusal::Policy { .. } | Refusal::Unfit { .. } => 422,
        Refusal::TooMany { .. } => 429,
    }
}

/// Headers that belong to a refusal.
pub(crate) fn headers(refusal: &Refusal) -> Option<(&'static str, String)> {
    match refusal {
        Refusal::Unauthorized { .. } => Some(("www-authenticate", "Bearer".into())),
        Refusal::Method { allowed, .. } => Some(("allow", allowed.clone())),
        Refusal::TooMany { retry_after, .. } => Some(("retry-after", retry_after.to_string())),
        Refusal::Malformed { .. }
        | Refusal::TooDeep { .. }
        | Refusal::Origin { .. }
        | Refusal::Unknown {}
        | Refusal::Stage { .. }
        | Refusal::TooLarge { .. }
        | Refusal::ContentType { .. }
        | Refusal::Form { .. }
        | Refusal::Unfit { .. }
        | Refusal::Policy { .. } => None,
    }
}

/// A refusal as programs read it: the code is the variant's name, the details are its values.
pub(crate) fn refused(refusal: &Refusal) -> Value {
    let told = serde_json::to_value(refusal).unwrap_or_default();
    let (code, details) = told.as_object().and_then(|map| map.iter().next()).unzip();
    json!({ "error": { "code": code, "message": refusal.to_string(), "details": details } })
}

/// A fault as programs read it.
pub(crate) fn broken(id: &str) -> Value {
    json!({ "error": { "code": "fault", "message": "something of ours broke: try again", "id": id } })
}

#[cfg(test)]
mod tests {
    use shared::refusal::{Proof, Scope};

    use super::*;

    #[test]
    fn a_refusal_says_its_code_its_message_and_its_values() {
        let refusal = Refusal::TooMany { scope: Scope::Address, retry_after: 7 };
        let told = refused(&refusal);
        assert_eq!(told["error"]["code"], "too_many");
        assert_eq!(told["error"]["details"], json!({ "scope": "address", "retry_after": 7 }));
        assert_eq!(told["error"]["message"], "too many requests from this address: try again in 7 s");
        assert_eq!(status(&refusal), 429);
        assert_eq!(headers(&refusal), Some(("retry-after", "7".into())));
    }

    #[test]
    fn every_reason_of_a_refused_proof_is_told_apart() {
        let told = refused(&Refusal::Unauthorized { why: Proof::NoExpiry });
        assert_eq!(told["error"]["details"]["why"], "no_expiry");
    }
}
