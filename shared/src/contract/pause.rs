//! Why a clock may stand still, by agreement.

use serde::{Deserialize, Serialize};

/// For whom a ticket waits. Which clocks pause meanwhile is a rule of each target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PendReason {
    /// The customer was asked something.
    Customer,
    /// Somebody outside: a tax bureau, a bank, a supplier.
    ThirdParty,
    /// A day was agreed with the customer.
    Appointment,
}

impl PendReason {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Customer, Self::ThirdParty, Self::Appointment];

    /// The name in files, commands and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::ThirdParty => "third_party",
            Self::Appointment => "appointment",
        }
    }
}
