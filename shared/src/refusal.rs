//! What is refused, and why: theirs, so it is shown. Statuses live at the edge, words for people in `text/`.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::ticket::FieldError;

/// A request that is refused. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Fields of a form, every mistake at once.
    #[error("{} of the form cannot be taken: {}", fields(errors.len()), joined(errors))]
    Form {
        /// What is wrong with which field.
        errors: Vec<FieldError>,
    },
    /// The body or the address is not what the route takes.
    #[error("the request cannot be read: {found}")]
    Malformed {
        /// What was found, and where.
        found: String,
    },
    /// The body is larger than the tenant allows.
    #[error("the body has at most {limit} bytes, found {found}")]
    TooLarge {
        /// Bytes allowed.
        limit: u32,
        /// Bytes found, or the first count above the limit.
        found: u32,
    },
    /// The body is nested deeper than the tenant allows.
    #[error("the body nests at most {limit} levels, found more")]
    TooDeep {
        /// Levels allowed.
        limit: u32,
    },
    /// The content type is neither JSON nor this version's frames.
    #[error("the body is application/json or application/vnd.nightbell, found \"{found}\"")]
    ContentType {
        /// The header that was sent.
        found: String,
    },
    /// Who is asking cannot be told.
    #[error("{why}")]
    Unauthorized {
        /// What is wrong with the proof.
        why: Proof,
    },
    /// A change was asked for by a page of another origin.
    #[error("a change comes from this site's own pages, found origin \"{found}\"")]
    Origin {
        /// The header that was sent; empty: none.
        found: String,
    },
    /// Nothing is here, or nothing that this person may see: the two are told apart by nobody.
    #[error("nothing is known under this address")]
    Unknown {},
    /// The route exists, the method does not.
    #[error("this address takes {allowed}, found {found}")]
    Method {
        /// Methods that it takes.
        allowed: String,
        /// The method that was sent.
        found: String,
    },
    /// Too many requests in too short a time.
    #[error("too many requests from this {scope}: try again in {retry_after} s")]
    TooMany {
        /// What was counted.
        scope: Scope,
        /// Seconds until the next one is taken.
        retry_after: u32,
    },
    /// The ticket is not in a state in which this can happen.
    #[error("the ticket is {found}, so it cannot be {wanted}")]
    Stage {
        /// What was asked for.
        wanted: String,
        /// How the ticket stands.
        found: String,
    },
    /// What an agent asks for does not fit what there is.
    #[error("{why}")]
    Unfit {
        /// Why not.
        why: Unfit,
    },
    /// A tenant file with mistakes, each with line and column.
    #[error("mistakes in the tenant file: {}", mistakes.len())]
    Policy {
        /// All of them.
        mistakes: Vec<String>,
    },
}

fn fields(count: usize) -> String {
    if count == 1 { "a field".into() } else { alloc::format!("{count} fields") }
}

fn joined(errors: &[FieldError]) -> String {
    let lines: Vec<String> = errors.iter().map(alloc::string::ToString::to_string).collect();
    lines.join("; ")
}

/// What is wrong with a proof of who is asking. A missing value fails closed, like a wrong one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// Nothing was sent, or an empty value.
    #[error("the request carries no proof of who is asking")]
    Missing,
    /// It has not the shape of a proof.
    #[error("the proof has not the shape of a token")]
    Malformed,
    /// The algorithm is not the one agreed (HS256).
    #[error("the token is not signed with HS256")]
    Algorithm,
    /// The key it names is not the tenant's.
    #[error("the token names a key that this tenant has not")]
    Key,
    /// The signature does not fit.
    #[error("the signature does not fit the token")]
    Signature,
    /// It was made for another tenant.
    #[error("the token was made for another tenant")]
    Audience,
    /// It says no time at which it ends, or one that is no whole number of seconds.
    #[error("the token does not say when it ends")]
    NoExpiry,
    /// It ends more than 24 hours from now.
    #[error("the token ends more than 24 hours from now")]
    TooLong,
    /// It has ended.
    #[error("the token has ended")]
    Expired,
    /// It names nobody, or somebody whose name cannot be one.
    #[error("the token names no customer")]
    Subject,
    /// It names a company that is not in the tenant's file.
    #[error("the token names a company that this tenant has not")]
    Company,
    /// The sign-in link was used, has ended, or never was.
    #[error("the sign-in link was used or has ended: ask for a new one")]
    Link,
    /// The agent's session has ended or was revoked.
    #[error("the session has ended: sign in with a new link")]
    Session,
    /// It says from when on it holds, and that is still to come.
    #[error("the token does not hold yet")]
    NotYet,
}

/// Why an agent's change does not fit, and by that what to do instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Unfit {
    /// The tenant's file has no such team.
    #[error("no team is called \"{found}\"")]
    Team {
        /// What was asked for.
        found: String,
    },
    /// The tenant's file has no such tier.
    #[error("no tier is called \"{found}\"")]
    Tier {
        /// What was asked for.
        found: String,
    },
    /// A ticket cannot live on in itself.
    #[error("a ticket cannot be merged into itself")]
    Itself {},
    /// No ticket on the desk's list has this code.
    #[error("no ticket on the list has the code \"{found}\"")]
    NoTicket {
        /// What was asked for.
        found: String,
    },
    /// Several tickets have this code: their ids tell them apart.
    #[error("several tickets have the code {code}: name one by its id")]
    SameCode {
        /// The code.
        code: String,
    },
    /// The other ticket is another customer's, and nobody has confirmed that.
    #[error("ticket {code} is another customer's: confirm that it is about the same")]
    OtherCustomer {
        /// Its code.
        code: String,
    },
    /// The other ticket can never be worked on again.
    #[error("ticket {code} is {found}, so nothing can be merged into it")]
    Final {
        /// Its code.
        code: String,
        /// How it stands.
        found: String,
    },
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// One customer.
    Customer,
    /// One network address.
    Address,
    /// All of a tenant.
    Tenant,
}

impl core::fmt::Display for Scope {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Customer => "customer",
            Self::Address => "address",
            Self::Tenant => "tenant",
        })
    }
}
