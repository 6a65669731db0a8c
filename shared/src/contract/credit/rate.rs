//! Percent, exactly: whole millionths, so that five nines can be written and nothing is ever a float.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use serde::{Serialize, Serializer};
use thiserror::Error;

use super::rounded;

/// A part of a whole, from 0 % to 100 %, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(u32);

/// Why a text is not a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RateError {
    /// It is not a number with a percent sign.
    #[error("must be percent with at most 4 digits after the point, as \"99.5 %\"")]
    Form,
    /// It is more than all.
    #[error("must be at most 100 %")]
    Above,
}

impl Rate {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    const WHOLE: u32 = 1_000_000;
    /// Digits of a percentage behind the point.
    const DIGITS: usize = 4;

    /// This part of an amount in minor units, rounded half to even.
    #[must_use]
    pub fn of(self, minor: u64) -> u64 {
        let exact = u128::from(minor) * u128::from(self.0);
        rounded(exact, u128::from(Self::WHOLE)).try_into().unwrap_or(u64::MAX)
    }

    /// Whether `part` of `whole` is less than this rate: compared as fractions, so that no rounding decides.
    #[must_use]
    pub fn is_above(self, part: u64, whole: u64) -> bool {
        u128::from(part) * u128::from(Self::WHOLE) < u128::from(self.0) * u128::from(whole)
    }
}

impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, RateError> {
        let number = text.strip_suffix('%').ok_or(RateError::Form)?.trim_end_matches(' ');
        let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
        let digits = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        };
        if !digits(whole, 9) || !digits(fraction, Self::DIGITS) {
            return Err(RateError::Form);
        }
        let fraction = alloc::format!("{fraction:0<width$}", width = Self::DIGITS);
        let (whole, fraction): (u64, u64) =
            (whole.parse().map_err(|_| RateError::Form)?, fraction.parse().map_err(|_| RateError::Form)?);
        let millionths = u32::try_from(whole * 10_000 + fraction).map_err(|_| RateError::Above)?;
        if millionths > Self::WHOLE { Err(RateError::Above) } else { Ok(Self(millionths)) }
    }
}

/// As short as it can be written, without the sign: `99.5`.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.0 / 10_000, self.0 % 10_000);
        if fraction == 0 {
            return write!(f, "{whole}");
        }
        let digits = alloc::format!("{fraction:04}");
        write!(f, "{whole}.{}", digits.trim_end_matches('0'))
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// `part` of `whole` in percent with four digits, rounded half to even, for people; nothing is decided by it.
pub(super) fn percent(part: u64, whole: u64) -> String {
    let hundredths = rounded(u128::from(part) * u128::from(Rate::WHOLE), u128::from(whole));
    alloc::format!("{}.{:04}", hundredths / 10_000, hundredths % 10_000)
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    fn rate(text: &str) -> Rate {
        text.parse().unwrap()
    }

    #[test]
    fn percent_is_read_as_contracts_write_it() {
        for (text, shown) in [
            ("99 %", "99"),
            ("99%", "99"),
            ("99.5 %", "99.5"),
            ("99.9990%", "99.999"),
            ("0.0001 %", "0.0001"),
            ("100.0000 %", "100"),
            ("0%", "0"),
            ("007 %", "7"),
        ] {
            assert_eq!(rate(text).to_string(), shown, "{text}");
        }
        assert_eq!(rate("0 %"), Rate::ZERO);
        assert_eq!(rate("99.99 %"), Rate(999_900));
    }

    #[test]
    fn what_is_no_percentage_or_more_than_all_is_refused() {
        for text in
            ["", "%", "99", "-1 %", "+1 %", "1e2 %", "99,5 %", ".5 %", "5. %", "1.00001 %", "１ %", " 1 %"]
        {
            assert_eq!(text.parse::<Rate>(), Err(RateError::Form), "{text}");
        }
        for text in ["100.0001 %", "101 %", "999999999 %"] {
            assert_eq!(text.parse::<Rate>(), Err(RateError::Above), "{text}");
        }
    }

    #[test]
    fn half_a_cent_goes_to_the_even_one() {
        assert_eq!(rate("5 %").of(10), 0);
        assert_eq!(rate("5 %").of(30), 2);
        assert_eq!(rate("5 %").of(50), 2);
        assert_eq!(rate("5 %").of(31), 2);
        assert_eq!(rate("5 %").of(29), 1);
        assert_eq!(rate("100 %").of(u64::MAX), u64::MAX);
    }

    #[test]
    fn attainment_is_compared_as_a_fraction() {
        assert!(rate("99 %").is_above(989_999, 1_000_000));
        assert!(!rate("99 %").is_above(99, 100));
        assert!(!rate("99 %").is_above(1, 1));
        assert!(!rate("66.6666 %").is_above(2, 3));
        assert!(rate("66.6667 %").is_above(2, 3));
    }

    #[test]
    fn attainment_is_shown_with_four_digits() {
        assert_eq!(percent(2, 3), "66.6667");
        assert_eq!(percent(1, 1), "100.0000");
        assert_eq!(percent(0, 7), "0.0000");
        assert_eq!(percent(1, 16_000_000), "0.0000");
        assert_eq!(percent(1, 1_000), "0.1000");
    }
}
