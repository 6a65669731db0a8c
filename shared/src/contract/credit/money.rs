//! Money in minor units of its currency (ISO 4217): whole numbers, never a float.

use core::fmt;
use core::str::FromStr;

use serde::{Serialize, Serializer};
use thiserror::Error;

/// A currency of ISO 4217 and how many digits its minor unit has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency {
    code: &'static str,
    digits: usize,
}

/// So many minor units of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Minor units: cents, fen; whole yen.
    pub minor: u64,
    /// Of this currency.
    pub currency: Currency,
}

/// Why a text is not a currency, or not an amount of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// Three capital letters make a code.
    #[error("must be a currency of ISO 4217 in three capital letters, as CNY")]
    Code,
    /// It looks like a code and is none.
    #[error("is no currency of ISO 4217")]
    Unknown,
    /// An amount is digits, and a point before the minor unit.
    #[error("must be an amount above zero in digits, as \"100000.00\"")]
    Form,
    /// More digits behind the point than the currency has.
    #[error("has more digits behind the point than {0}, which has {1}")]
    Digits(&'static str, usize),
    /// More than can be counted.
    #[error("must be below a thousand million million")]
    Large,
}

/// Active codes of ISO 4217 (list one, amended up to 2025-06), by the digits of their minor unit.
const CURRENCIES: [(usize, &str); 4] = [
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (
        2,
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF \
         CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF \
         IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR \
         MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD \
         SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG \
         YER ZAR ZMW ZWG",
    ),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
];

impl Currency {
    /// Its code, as `CNY`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.code
    }

    /// An amount above zero from a text as `100000.00`.
    ///
    /// # Errors
    /// Anything but digits with one point, nothing, more digits than the currency has, or 10^15 and more.
    pub fn amount(self, text: &str) -> Result<Amount, MoneyError> {
        let (whole, fraction) = match text.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return Err(MoneyError::Form),
            None => (text, ""),
        };
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(fraction) {
            return Err(MoneyError::Form);
        }
        if fraction.len() > self.digits {
            return Err(MoneyError::Digits(self.code, self.digits));
        }
        let whole = whole.trim_start_matches('0');
        if whole.len() > 15 {
            return Err(MoneyError::Large);
        }
        let digits = alloc::format!("{whole}{fraction:0<width$}", width = self.digits);
        let minor = digits.parse().unwrap_or(0);
        if minor == 0 { Err(MoneyError::Form) } else { Ok(Amount { minor, currency: self }) }
    }
}

impl Amount {
    /// So many minor units of the same currency.
    #[must_use]
    pub fn with(self, minor: u64) -> Self {
        Self { minor, ..self }
    }
}

/// With all of the currency's digits and without its name: `100000.00`.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.currency.digits;
        if width == 0 {
            return write!(f, "{}", self.minor);
        }
        let unit = core::iter::repeat_n(10_u64, width).product::<u64>();
        write!(f, "{}.{:0width$}", self.minor / unit, self.minor % unit)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code)
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        if text.len() != 3 || !text.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(MoneyError::Code);
        }
        let named = |(digits, codes): &(usize, &'static str)| {
            let code = codes.split(' ').find(|code| *code == text)?;
            Some(Self { code, digits: *digits })
        };
        CURRENCIES.iter().find_map(named).ok_or(MoneyError::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    #[test]
    fn an_amount_has_the_digits_of_its_currency() {
        for (code, text, minor, shown) in [
            ("CNY", "100000.00", 10_000_000, "100000.00"),
            ("CNY", "0.5", 50, "0.50"),
            ("CNY", "7", 700, "7.00"),
            ("JPY", "120000", 120_000, "120000"),
            ("KWD", "1.005", 1_005, "1.005"),
            ("CLF", "1.0005", 10_005, "1.0005"),
            ("ZWG", "000000000000000001.00", 100, "1.00"),
        ] {
            let amount = currency(code).amount(text).unwrap();
            assert_eq!((amount.minor, amount.to_string().as_str()), (minor, shown), "{text}");
            assert_eq!(currency(code).code(), code);
        }
        let euros = currency("EUR").amount("12.30").unwrap();
        assert_eq!((euros.with(0).to_string(), euros.with(5).to_string()), ("0.00".into(), "0.05".into()));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        let refused = |code: &str, text: &str| currency(code).amount(text).unwrap_err();
        for text in ["", ".", "1.", ".5", "-5", "+5", "1,000", "1 000", "0", "0.00", "1.2.3", "１", "1e3"] {
            assert_eq!(refused("CNY", text), MoneyError::Form, "{text}");
        }
        assert_eq!(refused("CNY", "1.005"), MoneyError::Digits("CNY", 2));
        assert_eq!(refused("JPY", "1.0"), MoneyError::Digits("JPY", 0));
        assert_eq!(refused("CNY", "1000000000000000"), MoneyError::Large);
        let most = currency("CLF").amount("999999999999999.9999").unwrap();
        assert_eq!(most.minor, 9_999_999_999_999_999_999);
        assert_eq!(
            MoneyError::Digits("JPY", 0).to_string(),
            "has more digits behind the point than JPY, which has 0"
        );
    }

    #[test]
    fn a_currency_is_one_of_iso_4217() {
        for text in ["cny", "CN", "CNYX", "", "¥", "CNY "] {
            assert_eq!(text.parse::<Currency>(), Err(MoneyError::Code), "{text}");
        }
        for text in ["RMB", "XXX", "DEM", "BTC"] {
            assert_eq!(text.parse::<Currency>(), Err(MoneyError::Unknown), "{text}");
        }
        let mut codes: alloc::vec::Vec<&str> =
            CURRENCIES.iter().flat_map(|(_, codes)| codes.split(' ')).collect();
        assert!(codes.iter().all(|code| code.parse::<Currency>().is_ok()));
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all, "a code stands twice");
    }
}
