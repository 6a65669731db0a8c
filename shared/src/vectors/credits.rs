//! The kinds `attainment` and `credits`: a contract month and what is owed for it.

use alloc::string::String;

use serde::Deserializer;

use super::read;
use crate::contract::credit::vectors::{Case, check};
use crate::time::calendar::Zones;

/// Both kinds: the case says which it is. A contract finds its zone by itself.
pub(super) fn judge<'de, D: Deserializer<'de>>(case: D, _: &Zones) -> Result<(), String> {
    check(&read::<Case, D>(case)?)
}
