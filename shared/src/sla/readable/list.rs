//! Objects and arrays: one member a line.

use serde::ser::{Serialize, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple};

use super::{Page, Unwritable};

/// An object or an array that is being written.
pub(super) struct List<'p> {
    page: &'p mut Page,
    close: &'static str,
    empty: bool,
}

impl<'p> List<'p> {
    /// Begins; what closes it is written at its end.
    pub(super) fn open(page: &'p mut Page, open: char, close: &'static str) -> Self {
        page.text.push(open);
        page.depth += 1;
        Self { page, close, empty: true }
    }

    fn next(&mut self) {
        if !self.empty {
            self.page.text.push(',');
        }
        self.empty = false;
        self.page.line();
    }

    fn member<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Unwritable> {
        self.next();
        self.page.quoted(key);
        self.page.text.push_str(": ");
        value.serialize(&mut *self.page)
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.next();
        value.serialize(&mut *self.page)
    }

    fn close(self) {
        self.page.depth = self.page.depth.saturating_sub(1);
        if !self.empty {
            self.page.line();
        }
        self.page.text.push_str(self.close);
    }
}

/// An array and a pair are both a list.
macro_rules! list {
    ($($of:ident),*) => {$(
        impl $of for List<'_> {
            type Ok = ();
            type Error = Unwritable;

            fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
                self.element(value)
            }

            fn end(self) -> Result<(), Unwritable> {
                self.close();
                Ok(())
            }
        }
    )*};
}

list!(SerializeSeq, SerializeTuple);

/// A struct and a variant with fields are both an object.
macro_rules! object {
    ($($of:ident),*) => {$(
        impl $of for List<'_> {
            type Ok = ();
            type Error = Unwritable;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), Unwritable> {
                self.member(key, value)
            }

            fn end(self) -> Result<(), Unwritable> {
                self.close();
                Ok(())
            }
        }
    )*};
}

object!(SerializeStruct, SerializeStructVariant);
