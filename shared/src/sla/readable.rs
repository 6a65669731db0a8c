//! A receipt as people read it: JSON in the order of its fields, instants as RFC 3339, durations as ISO 8601. The same
//! value gives the same text on every build, for it is compared letter by letter.

mod list;

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt::{self, Display};

use jiff::{SignedDuration, Timestamp};
use serde::ser::{Error as _, Impossible, Serialize, Serializer};

use self::list::List;
use crate::time::instant::{DURATION, INSTANT};

/// The text of a value.
///
/// # Errors
/// A value that JSON cannot hold, such as a map whose keys are no text: none of ours.
pub(crate) fn text<T: Serialize + ?Sized>(value: &T) -> Result<String, Unwritable> {
    let mut page = Page { text: String::new(), depth: 0 };
    value.serialize(&mut page)?;
    Ok(page.text)
}

/// A value that has no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this cannot be written for people: {0}")]
pub struct Unwritable(String);

impl serde::ser::Error for Unwritable {
    fn custom<T: Display>(why: T) -> Self {
        Self(why.to_string())
    }
}

/// What is written so far.
struct Page {
    text: String,
    depth: usize,
}

impl Page {
    fn put(&mut self, value: impl Display) -> Result<(), Unwritable> {
        fmt::Write::write_fmt(&mut self.text, format_args!("{value}")).map_err(Unwritable::custom)
    }

    fn quoted(&mut self, value: &str) {
        self.text.push('"');
        for letter in value.chars() {
            match letter {
                '"' | '\\' => self.text.extend(['\\', letter]),
                control if control < ' ' => self.text.push_str(&format!("\\u{:04x}", u32::from(control))),
                other => self.text.push(other),
            }
        }
        self.text.push('"');
    }

    fn line(&mut self) {
        self.text.push('\n');
        (0..self.depth).for_each(|_| self.text.push_str("  "));
    }

    fn tagged(&mut self, variant: &str) {
        self.text.push('{');
        self.quoted(variant);
        self.text.push_str(": ");
    }
}

/// Values that JSON writes as they print.
macro_rules! plain {
    ($($name:ident: $type:ty),*) => {$(
        fn $name(self, value: $type) -> Result<(), Unwritable> {
            self.put(value)
        }
    )*};
}

/// Shapes that none of our values has.
macro_rules! never {
    ($what:literal) => {
        Err(Unwritable::custom($what))
    };
}

/// Values that none of ours has.
macro_rules! absent {
    ($($name:ident: $type:ty),*) => {$(
        fn $name(self, _: $type) -> Result<(), Unwritable> {
            never!("a fraction, or bytes")
        }
    )*};
}

impl<'p> Serializer for &'p mut Page {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = List<'p>;
    type SerializeTuple = List<'p>;
    type SerializeTupleStruct = Impossible<(), Unwritable>;
    type SerializeTupleVariant = Impossible<(), Unwritable>;
    type SerializeMap = Impossible<(), Unwritable>;
    type SerializeStruct = List<'p>;
    type SerializeStructVariant = List<'p>;

    plain!(serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64);

    absent!(serialize_f32: f32, serialize_f64: f64, serialize_bytes: &[u8]);

    fn serialize_char(self, value: char) -> Result<(), Unwritable> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Unwritable> {
        self.quoted(value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Unwritable> {
        self.put("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unwritable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unwritable> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unwritable> {
        self.put("null")
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Unwritable> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        let from = self.text.len();
        value.serialize(&mut *self)?;
        if name != INSTANT && name != DURATION {
            return Ok(());
        }
        // What was just written are its milliseconds.
        let ms = self.text.split_off(from).parse::<i64>().map_err(Unwritable::custom)?;
        let told = if name == INSTANT {
            Timestamp::from_millisecond(ms).map_err(Unwritable::custom)?.to_string()
        } else {
            SignedDuration::from_millis(ms).to_string()
        };
        self.serialize_str(&told)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        self.tagged(variant);
        value.serialize(&mut *self)?;
        self.put('}')
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'p>, Unwritable> {
        Ok(List::open(self, '[', "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'p>, Unwritable> {
        Ok(List::open(self, '[', "]"))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Unwritable> {
        never!("a tuple with a name")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unwritable> {
        never!("a variant with a tuple")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Unwritable> {
        never!("a map")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<List<'p>, Unwritable> {
        Ok(List::open(self, '{', "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'p>, Unwritable> {
        self.tagged(variant);
        Ok(List::open(self, '{', "}}"))
    }
}
