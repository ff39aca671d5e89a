//! Writing JSON: compact, without line end.

use alloc::string::{String, ToString};
use core::fmt::{self, Display};

use serde::ser::{Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

/// The JSON of structures, lists, texts, whole numbers and truth values; empty for anything else,
/// which no structure of this crate holds.
pub(crate) fn json(value: &impl Serialize) -> String {
    let mut out = String::new();
    match value.serialize(Writer { out: &mut out }) {
        Ok(()) => out,
        Err(OtherKind) => String::new(),
    }
}

/// Appends a string with its quotes.
pub(crate) fn push_string(text: &str, out: &mut String) {
    out.push('"');
    if text.bytes().all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
        out.push_str(text);
        out.push('"');
        return;
    }
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' => {
                out.push_str(if c < '\u{10}' { "\\u000" } else { "\\u001" });
                out.extend(char::from_digit(u32::from(c) % 16, 16));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// The value is of a kind that is not written here.
#[derive(Debug)]
struct OtherKind;

impl Display for OtherKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of this kind is not written")
    }
}

impl core::error::Error for OtherKind {}

impl Error for OtherKind {
    fn custom<T: Display>(_: T) -> OtherKind {
        OtherKind
    }
}

/// Where one value is written.
struct Writer<'o> {
    out: &'o mut String,
}

/// A list or structure of which some members are written.
struct Members<'o> {
    out: &'o mut String,
    is_empty: bool,
}

impl Members<'_> {
    fn separate(&mut self) {
        if !self.is_empty {
            self.out.push(',');
        }
        self.is_empty = false;
    }
}

impl SerializeSeq for Members<'_> {
    type Ok = ();
    type Error = OtherKind;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), OtherKind> {
        self.separate();
        value.serialize(Writer { out: self.out })
    }

    fn end(self) -> Result<(), OtherKind> {
        self.out.push(']');
        Ok(())
    }
}

impl SerializeStruct for Members<'_> {
    type Ok = ();
    type Error = OtherKind;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), OtherKind> {
        self.separate();
        push_string(key, self.out);
        self.out.push(':');
        value.serialize(Writer { out: self.out })
    }

    fn end(self) -> Result<(), OtherKind> {
        self.out.push('}');
        Ok(())
    }
}

/// What serde makes of a flattened structure; its keys are texts.
impl SerializeMap for Members<'_> {
    type Ok = ();
    type Error = OtherKind;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), OtherKind> {
        self.separate();
        key.serialize(Writer { out: self.out })
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), OtherKind> {
        self.out.push(':');
        value.serialize(Writer { out: self.out })
    }

    fn end(self) -> Result<(), OtherKind> {
        self.out.push('}');
        Ok(())
    }
}

type NoSuch = Impossible<(), OtherKind>;

/// The kinds of serde's model that no structure of this crate has.
macro_rules! other_kinds {
    ($($name:ident($($type:ty),*) -> $result:ty;)+) => {$(
        fn $name(self, $(_: $type),*) -> Result<$result, OtherKind> {
            Err(OtherKind)
        }
    )+};
}

impl<'o> Serializer for Writer<'o> {
    type Ok = ();
    type Error = OtherKind;
    type SerializeSeq = Members<'o>;
    type SerializeStruct = Members<'o>;
    type SerializeTuple = NoSuch;
    type SerializeTupleStruct = NoSuch;
    type SerializeTupleVariant = NoSuch;
    type SerializeMap = Members<'o>;
    type SerializeStructVariant = NoSuch;

    fn serialize_bool(self, value: bool) -> Result<(), OtherKind> {
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Result<(), OtherKind> {
        push_string(text, self.out);
        Ok(())
    }

    fn serialize_i64(self, number: i64) -> Result<(), OtherKind> {
        self.out.push_str(&number.to_string());
        Ok(())
    }

    fn serialize_i16(self, number: i16) -> Result<(), OtherKind> {
        self.serialize_i64(number.into())
    }

    fn serialize_u16(self, number: u16) -> Result<(), OtherKind> {
        self.serialize_i64(number.into())
    }

    fn serialize_u8(self, number: u8) -> Result<(), OtherKind> {
        self.serialize_i64(number.into())
    }

    fn serialize_u32(self, number: u32) -> Result<(), OtherKind> {
        self.serialize_i64(number.into())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'o>, OtherKind> {
        self.out.push('{');
        Ok(Members { out: self.out, is_empty: true })
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result<(), OtherKind> {
        self.serialize_str(name)
    }

    fn serialize_u64(self, number: u64) -> Result<(), OtherKind> {
        self.out.push_str(&number.to_string());
        Ok(())
    }

    fn serialize_none(self) -> Result<(), OtherKind> {
        self.out.push_str("null");
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), OtherKind> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'o>, OtherKind> {
        self.out.push('[');
        Ok(Members { out: self.out, is_empty: true })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'o>, OtherKind> {
        self.out.push('{');
        Ok(Members { out: self.out, is_empty: true })
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), OtherKind> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), OtherKind> {
        Err(OtherKind)
    }

    other_kinds! {
        serialize_i8(i8) -> ();
        serialize_i32(i32) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_tuple(usize) -> NoSuch;
        serialize_tuple_struct(&'static str, usize) -> NoSuch;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> NoSuch;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> NoSuch;
    }
}
