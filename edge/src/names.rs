//! Every name under which something is kept: objects and keys. One place writes them and reads them back.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use shared::ids::{CustomerId, TenantId, TicketId};

use crate::error::Fault;

/// The only shard of a tenant's index today; the key has had room for more from the first day.
const SHARD: u32 = 0;

/// The name of an object. An object never holds two tenants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// One ticket.
    Ticket { tenant: TenantId, ticket: TicketId },
    /// A tenant's index, policies and agents' sockets.
    Desk { tenant: TenantId },
    /// A tenant's agents, sessions and keys.
    Access { tenant: TenantId },
    /// One customer's list.
    Customer { tenant: TenantId, customer: CustomerId },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ticket { tenant, ticket } => write!(f, "t/{tenant}/k/{ticket}"),
            Self::Desk { tenant } => write!(f, "t/{tenant}/d/{SHARD}"),
            Self::Access { tenant } => write!(f, "t/{tenant}/a"),
            Self::Customer { tenant, customer } => write!(f, "t/{tenant}/c/{customer}"),
        }
    }
}

impl FromStr for Place {
    type Err = Fault;

    fn from_str(name: &str) -> Result<Self, Fault> {
        let unknown = || Fault::new("names", format!("no object is called \"{name}\""));
        let parts: Vec<&str> = name.splitn(4, '/').collect();
        let tenant = |text: &str| text.parse::<TenantId>().map_err(|_| unknown());
        match parts.as_slice() {
            ["t", t, "k", id] => {
                Ok(Self::Ticket { tenant: tenant(t)?, ticket: id.parse().map_err(|_| unknown())? })
            }
            ["t", t, "d", _] => Ok(Self::Desk { tenant: tenant(t)? }),
            ["t", t, "a"] => Ok(Self::Access { tenant: tenant(t)? }),
            ["t", t, "c", id] => {
                Ok(Self::Customer { tenant: tenant(t)?, customer: id.parse().map_err(|_| unknown())? })
            }
            _ => Err(unknown()),
        }
    }
}

/// Before every journal key.
pub(crate) const INTAKE: &str = "intake/";

/// Before every key of a published policy.
pub(crate) const POLICY: &str = "policy/";

/// One attempt of one request in the journal: write-once by construction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IntakeKey {
    pub(crate) tenant: TenantId,
    pub(crate) ticket: TicketId,
    pub(crate) asked_at: Timestamp,
}

impl fmt::Display for IntakeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{INTAKE}{}/{}/{}", self.tenant, self.ticket, self.asked_at.as_millisecond())
    }
}

impl IntakeKey {
    /// Reads a key back; `None` for what nobody here has written.
    pub(crate) fn parse(key: &str) -> Option<Self> {
        let mut parts = key.strip_prefix(INTAKE)?.split('/');
        let tenant = parts.next()?.parse().ok()?;
        let ticket = parts.next()?.parse().ok()?;
        let asked_at = Timestamp::from_millisecond(parts.next()?.parse().ok()?).ok()?;
        parts.next().is_none().then_some(Self { tenant, ticket, asked_at })
    }
}

/// The pointer to a tenant's newest policy.
pub(crate) fn policy(tenant: &TenantId) -> String {
    format!("{POLICY}{tenant}")
}

/// One published policy; it never changes.
pub(crate) fn policy_version(tenant: &TenantId, number: u32) -> String {
    format!("{POLICY}{tenant}/{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket() -> TicketId {
        TicketId::new(1_790_000_000_000, [7; 10])
    }

    #[track_caller]
    fn survives(place: &Place) {
        assert_eq!(place.to_string().parse::<Place>().unwrap(), *place);
    }

    #[test]
    fn an_objects_name_says_what_it_is() {
        let tenant: TenantId = "hesi".parse().unwrap();
        survives(&Place::Ticket { tenant: tenant.clone(), ticket: ticket() });
        survives(&Place::Desk { tenant: tenant.clone() });
        survives(&Place::Access { tenant: tenant.clone() });
        survives(&Place::Customer { tenant, customer: "user:a/b".parse().unwrap() });
        assert!("t/hesi/x/1".parse::<Place>().is_err());
    }

    #[test]
    fn a_journal_key_is_read_back_and_nothing_else_is() {
        let key = IntakeKey {
            tenant: "hesi".parse().unwrap(),
            ticket: ticket(),
            asked_at: Timestamp::from_millisecond(1_790_000_000_123).unwrap(),
        };
        assert_eq!(IntakeKey::parse(&key.to_string()), Some(key.clone()));
        assert_eq!(IntakeKey::parse(&format!("{key}/more")), None);
        assert_eq!(IntakeKey::parse("intake/hesi"), None);
    }
}
