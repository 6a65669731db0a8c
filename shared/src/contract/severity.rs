//! How bad it is, in the customer's word or an agent's (R3 of the requirements).

use core::str::FromStr;

use serde::{Deserialize, Serialize};

/// How bad it is. Ordered: a major fault is greater than an urgent one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A question or a suggestion.
    General,
    /// Work is blocked: cannot log in, wrong data.
    Urgent,
    /// The service is down or data is lost.
    Major,
}

impl Severity {
    /// All of them, mildest first.
    pub const ALL: [Self; 3] = [Self::General, Self::Urgent, Self::Major];

    /// The name in files, commands and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Urgent => "urgent",
            Self::Major => "major",
        }
    }

    /// What a customer's word starts, where no word may start more than `may_claim`. What she says beyond it is kept
    /// and shown, and started by a person or by a rule.
    #[must_use]
    pub fn granted(self, may_claim: Self) -> Self {
        self.min(may_claim)
    }
}

impl FromStr for Severity {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|severity| severity.as_str() == text).ok_or(())
    }
}

/// How much work it is, set by an agent or by a rule of the tenant, never by the customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Complexity {
    /// What one person does in one go.
    #[default]
    Ordinary,
    /// What takes several teams, or days.
    Complex,
}

impl Complexity {
    /// All of them, the lightest first.
    pub const ALL: [Self; 2] = [Self::Ordinary, Self::Complex];

    /// The name in files, commands and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Complex => "complex",
        }
    }
}
