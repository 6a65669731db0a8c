//! Names of things. An id is a type of its own, so that a ticket's can never stand where a message's is asked for.
//! Slugs are chosen by people and stand in tenant files and routes. UUIDs (version 7, RFC 9562) are made by whoever
//! starts a thing, before it is sent, and so serve as idempotency keys; the time inside one is never read.

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Why a text is not the id it was taken for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// A slug holds small letters, digits, `-` and `_`, begins with a letter or digit, and has 1 to 40 of them.
    #[error("{what} has 1 to 40 of a-z 0-9 - _ and begins with a letter or digit, found \"{found}\"")]
    Slug {
        /// Which id was asked for.
        what: &'static str,
        /// The text that was given, cut at 60 characters.
        found: String,
    },
    /// A UUID is 36 characters, lower case, version 7.
    #[error("{what} is a UUID of version 7 in lower case, found \"{found}\"")]
    Uuid {
        /// Which id was asked for.
        what: &'static str,
        /// The text that was given, cut at 60 characters.
        found: String,
    },
    /// A customer is `anon:` and 32 hexadecimal digits, or `user:` and what the host's server calls her.
    #[error("a customer is \"anon:…\" or \"user:…\" with 1 to 128 printable characters, found \"{found}\"")]
    Customer {
        /// The text that was given, cut at 60 characters.
        found: String,
    },
}

/// At most 60 characters of what was found: enough to recognise it, too little to flood a log.
#[must_use]
pub fn excerpt(found: &str) -> String {
    found.chars().take(60).collect()
}

fn is_slug(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    let starts = text.bytes().next().is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    starts && text.len() <= 40 && text.bytes().all(allowed)
}

macro_rules! slug {
    ($($(#[$doc:meta])* $name:ident, $what:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The slug as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                if is_slug(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(IdError::Slug { what: $what, found: excerpt(text) })
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from)?.parse().map_err(D::Error::custom)
            }
        }
    )*};
}

slug! {
    /// A company with a site that uses Nightbell.
    TenantId, "a tenant";
    /// The tenant's client; its tier, contract and people are in the tenant's file.
    CompanyId, "a company";
    /// A person who answers.
    AgentId, "an agent";
    /// Agents who work the same hours on the same things.
    TeamId, "a team";
    /// What a company has bought: it decides hours and targets.
    TierId, "a tier";
    /// A way to reach the tenant: phone, chat, email, articles, account manager.
    ChannelId, "a channel";
    /// A calendar of the tenant's file.
    CalendarId, "a calendar";
    /// Part of the world that teams answer from.
    RegionId, "a region";
    /// What a person or a team knows about: `tax`, `erp`.
    SkillId, "a skill";
    /// A key that a tenant's receipts are signed with.
    KeyId, "a key";
}

macro_rules! uuid {
    ($($(#[$doc:meta])* $name:ident, $what:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl $name {
            /// A new id from the maker's clock (milliseconds since 1970) and 80 random bits. The time only makes ids
            /// sort by age in a store; nothing reads it back.
            #[must_use]
            pub fn new(unix_ms: u64, random: [u8; 10]) -> Self {
                Self(uuid_v7(unix_ms, random))
            }

            /// The id's 128 bits.
            #[must_use]
            pub fn bits(self) -> u128 {
                self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                parse_uuid_v7(text).map(Self).ok_or_else(|| IdError::Uuid { what: $what, found: excerpt(text) })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_uuid(self.0, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                if to.is_human_readable() { to.collect_str(self) } else { self.0.to_be_bytes().serialize(to) }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                if from.is_human_readable() {
                    return String::deserialize(from)?.parse().map_err(D::Error::custom);
                }
                let bits = u128::from_be_bytes(<[u8; 16]>::deserialize(from)?);
                if is_v7(bits) { Ok(Self(bits)) } else { Err(D::Error::custom($what)) }
            }
        }
    )*};
}

uuid! {
    /// One request of one customer. The client makes it, and sends it again with every retry.
    TicketId, "a ticket";
    /// One message of a ticket. The writer's program makes it, and sends it again with every retry.
    MessageId, "a message";
}

impl From<TicketId> for MessageId {
    /// A ticket's first words carry the ticket's own id.
    fn from(ticket: TicketId) -> Self {
        Self(ticket.0)
    }
}

/// Crockford's base 32: no I, L, O, U, so that a code can be read over the phone.
const CROCKFORD: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M',
    'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];

impl TicketId {
    /// What people call the ticket: eight Crockford letters of the id's random bits, as `9QD4-18KX`.
    #[must_use]
    pub fn code(self) -> String {
        let letter = |place: u32| {
            let five_bits = usize::try_from((self.0 >> (5 * place)) & 31).unwrap_or_default();
            CROCKFORD.get(five_bits).copied().unwrap_or('0')
        };
        let (left, right) = ((4..8).rev().map(letter), (0..4).rev().map(letter));
        left.chain(core::iter::once('-')).chain(right).collect()
    }
}

const VERSION_AND_VARIANT: u128 = (0xf << 76) | (0b11 << 62);
const V7_RFC9562: u128 = (7 << 76) | (0b10 << 62);

fn is_v7(bits: u128) -> bool {
    bits & VERSION_AND_VARIANT == V7_RFC9562
}

fn uuid_v7(unix_ms: u64, random: [u8; 10]) -> u128 {
    let mut low = [0_u8; 16];
    for (to, from) in low.iter_mut().skip(6).zip(random) {
        *to = from;
    }
    let time = u128::from(unix_ms & 0xffff_ffff_ffff) << 80;
    (time | u128::from_be_bytes(low)) & !VERSION_AND_VARIANT | V7_RFC9562
}

fn parse_uuid_v7(text: &str) -> Option<u128> {
    if text.len() != 36 {
        return None;
    }
    let mut bits = 0_u128;
    for (at, b) in text.bytes().enumerate() {
        let hyphen = matches!(at, 8 | 13 | 18 | 23);
        match b {
            b'-' if hyphen => {}
            b'0'..=b'9' if !hyphen => bits = bits << 4 | u128::from(b - b'0'),
            b'a'..=b'f' if !hyphen => bits = bits << 4 | u128::from(b - b'a' + 10),
            _ => return None,
        }
    }
    is_v7(bits).then_some(bits)
}

fn write_uuid(bits: u128, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let group = |shift: u32, digits: u32| (bits >> shift) & ((1 << (digits * 4)) - 1);
    let [a, b, c, d, e] =
        [(96, 8), (80, 4), (64, 4), (48, 4), (0, 12)].map(|(shift, digits)| group(shift, digits));
    write!(f, "{a:08x}-{b:04x}-{c:04x}-{d:04x}-{e:012x}")
}

/// A person who asks, within one tenant: anonymous (a bearer made by the edge) or named by the host's server.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct CustomerId(String);

impl CustomerId {
    /// A visitor of whom nothing is known but 128 random bits.
    #[must_use]
    pub fn anonymous(random: u128) -> Self {
        Self(alloc::format!("anon:{random:032x}"))
    }

    /// A customer named by a verified token's `sub`.
    ///
    /// # Errors
    /// A `sub` that is empty, longer than 128 characters or holds control characters.
    pub fn signed(sub: &str) -> Result<Self, IdError> {
        alloc::format!("user:{sub}").parse()
    }

    /// Whether nobody vouched for her.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        self.0.starts_with("anon:")
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CustomerId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let hex = |s: &str| s.len() == 32 && s.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let name = |s: &str| (1..=128).contains(&s.chars().count()) && !s.chars().any(char::is_control);
        let known = match text.split_once(':') {
            Some(("anon", rest)) => hex(rest),
            Some(("user", rest)) => name(rest) && rest.trim() == rest,
            _ => false,
        };
        if known { Ok(Self(text.to_owned())) } else { Err(IdError::Customer { found: excerpt(text) }) }
    }
}

impl fmt::Display for CustomerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for CustomerId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn an_id_survives_its_text() {
        let id =
            TicketId::new(1_790_000_000_000, [0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0, 0x11, 0x22]);
        assert_eq!(id.to_string().parse::<TicketId>(), Ok(id));
        assert_eq!(id.code().len(), 9);
    }

    #[test]
    fn a_code_comes_from_random_bits_only() {
        let random = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        assert_eq!(TicketId::new(1, random).code(), TicketId::new(2_000_000_000_000, random).code());
    }

    #[track_caller]
    fn refused(text: &str) {
        assert!(text.parse::<TicketId>().is_err(), "{text:?} was taken for a ticket");
    }

    #[test]
    fn what_only_looks_like_an_id_is_refused() {
        refused("");
        refused("12abc");
        refused("01926b4c-7a00-4000-8000-000000000000"); // version 4
        refused("01926B4C-7A00-7000-8000-000000000000"); // upper case
        refused("01926b4c7a0070008000000000000000");
        refused(" 1926b4c-7a00-7000-8000-000000000000");
        refused("０1926b4c-7a00-7000-8000-00000000");
        assert!("a".repeat(41).parse::<TenantId>().is_err());
        assert!("-a".parse::<TenantId>().is_err());
        assert!("user: x".parse::<CustomerId>().is_err());
        assert!("anon:12".parse::<CustomerId>().is_err());
        assert!("user:li.hua@yunshan".parse::<CustomerId>().is_ok());
    }
}
