//! The bytes of compiled files: every part in the order of its type, nothing between them.
//!
//! Whole numbers are LEB128, signed ones zigzag; texts and lists begin with their length; one of
//! several variants begins with its number.
//!
//! Reading does not stop at a fault: it notes it and reads zeros from there on, and the caller
//! asks once at the end. So no part has a way out of its own, which in a page is the difference
//! between 12 and 28 kB of compressed code (against serde's derived readers).

use alloc::string::String;
use alloc::vec::Vec;

use crate::ROWS;

/// A type that is written to and read from compiled files.
pub trait Binary: Sized {
    /// Appends the value.
    fn write(&self, out: &mut Vec<u8>);

    /// Reads a value; a fault is noted in `input` and gives some value of the type.
    fn read(input: &mut Input<'_>) -> Self;
}

/// Bytes that are being read.
#[derive(Debug)]
pub struct Input<'b> {
    rest: &'b [u8],
    is_faulty: bool,
    /// How many tables of rows are being read within each other.
    depth: u8,
    needs_full: bool,
}

/// The most tables within each other, two more than a pack may have: a file could nest them until
/// the stack ends.
const DEEPEST: u8 = 4;

/// Why bytes are not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// They are not the bytes of such a value.
    Faulty,
    /// They hold what this build leaves out: tables of rows ([`ROWS`]), joint plans
    /// ([`PLANS`](crate::PLANS)).
    NeedsFull,
}

/// The bytes of a value; the same value gives the same bytes.
pub fn to_bytes(value: &impl Binary) -> Vec<u8> {
    let mut out = Vec::new();
    value.write(&mut out);
    out
}

/// Appends a value with its length before it, so that a build which has no use for it passes over it.
pub fn write_part(value: &impl Binary, out: &mut Vec<u8>) {
    let part = to_bytes(value);
    (part.len() as u64).write(out);
    out.extend_from_slice(&part);
}

/// The value of all of `bytes`.
///
/// # Errors
/// If they are not the bytes of one, or of one that only another build reads.
pub fn from_bytes<T: Binary>(bytes: &[u8]) -> Result<T, Unreadable> {
    let mut input = Input { rest: bytes, is_faulty: false, depth: 0, needs_full: false };
    let value = T::read(&mut input);
    if input.needs_full {
        return Err(Unreadable::NeedsFull);
    }
    if input.is_faulty || !input.rest.is_empty() {
        return Err(Unreadable::Faulty);
    }
    Ok(value)
}

impl Input<'_> {
    /// Notes a fault; from here on everything reads as zero.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn fail(&mut self) {
        self.is_faulty = true;
        self.rest = &[];
    }

    /// Goes into a table of rows; `false` if it is not read, so that everything in it reads as zero.
    pub fn enter(&mut self) -> bool {
        let is_read = ROWS && self.depth < DEEPEST;
        if is_read {
            self.depth += 1;
        } else {
            if ROWS {
                self.fail();
            } else {
                self.leave_out();
            }
        }
        is_read
    }

    /// Notes that this build leaves out what comes; everything reads as zero from here on.
    pub(crate) fn leave_out(&mut self) {
        self.needs_full |= !self.is_faulty;
        self.fail();
    }

    /// A list that is read without tables of rows: there must be nothing in it.
    pub(crate) fn none<T>(&mut self) -> Vec<T> {
        if self.length() > 0 {
            self.enter();
        }
        Vec::new()
    }

    /// The next part that was written by [`write_part`]: it is read by itself, or passed over.
    #[must_use]
    pub fn part(&mut self) -> &[u8] {
        let length = self.length();
        let (part, rest) = self.rest.split_at_checked(length).unwrap_or_default();
        self.rest = rest;
        part
    }

    /// Comes out of it.
    pub fn leave(&mut self) {
        self.depth -= 1;
    }

    /// The next byte.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((byte, rest)) => {
                self.rest = rest;
                *byte
            }
            None => {
                self.fail();
                0
            }
        }
    }

    /// The next whole number.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn number(&mut self) -> u64 {
        // Most numbers are one byte long; a page is loaded once and counts bytes instead.
        if !cfg!(target_arch = "wasm32")
            && let Some((byte, rest)) = self.rest.split_first()
            && *byte < 0x80
        {
            self.rest = rest;
            return u64::from(*byte);
        }
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return number;
            }
        }
        self.fail();
        0
    }

    /// The next length, of at most as many bytes as are left.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn length(&mut self) -> usize {
        match usize::try_from(self.number()) {
            Ok(length) if length <= self.rest.len() => length,
            _ => {
                self.fail();
                0
            }
        }
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn text(&mut self) -> String {
        let length = self.length();
        let (text, rest) = self.rest.split_at_checked(length).unwrap_or_default();
        match core::str::from_utf8(text) {
            Ok(text) => {
                self.rest = rest;
                String::from(text)
            }
            Err(_) => {
                self.fail();
                String::new()
            }
        }
    }
}

#[inline(never)]
fn write_number(mut number: u64, out: &mut Vec<u8>) {
    while let Some(byte) = u8::try_from(number & 0x7F).ok().filter(|_| number >= 0x80) {
        out.push(byte | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap_or(0));
}

impl Binary for u64 {
    fn write(&self, out: &mut Vec<u8>) {
        write_number(*self, out);
    }

    fn read(input: &mut Input<'_>) -> u64 {
        input.number()
    }
}

impl Binary for i64 {
    fn write(&self, out: &mut Vec<u8>) {
        write_number(((self << 1) ^ (self >> 63)).cast_unsigned(), out);
    }

    fn read(input: &mut Input<'_>) -> i64 {
        let number = input.number();
        (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
    }
}

/// The widest numbers: a mark whether 64 bits are enough, then these or all sixteen bytes.
impl Binary for i128 {
    fn write(&self, out: &mut Vec<u8>) {
        match i64::try_from(*self) {
            Ok(narrow) => {
                true.write(out);
                narrow.write(out);
            }
            Err(_) => {
                false.write(out);
                out.extend_from_slice(&self.to_le_bytes());
            }
        }
    }

    fn read(input: &mut Input<'_>) -> i128 {
        if bool::read(input) {
            return i64::read(input).into();
        }
        i128::from_le_bytes(core::array::from_fn(|_| input.byte()))
    }
}

/// Narrower numbers are written like wide ones; one that does not fit is a fault.
macro_rules! binary_narrow {
    ($($type:ty as $wide:ty),+ $(,)?) => {$(
        impl Binary for $type {
            fn write(&self, out: &mut Vec<u8>) {
                <$wide>::from(*self).write(out);
            }

            fn read(input: &mut Input<'_>) -> $type {
                <$type>::try_from(<$wide>::read(input)).unwrap_or_else(|_| {
                    input.fail();
                    0
                })
            }
        }
    )+};
}

binary_narrow!(u8 as u64, u16 as u64, i16 as i64, i32 as i64);

impl Binary for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn read(input: &mut Input<'_>) -> bool {
        match input.byte() {
            0 => false,
            1 => true,
            _ => {
                input.fail();
                false
            }
        }
    }
}

impl Binary for String {
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u64).write(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn read(input: &mut Input<'_>) -> String {
        input.text()
    }
}

/// For so many bytes room is made before the members of a list are read.
const MOST_RESERVED: usize = 1 << 18;

impl<T: Binary> Binary for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u64).write(out);
        self.iter().for_each(|member| member.write(out));
    }

    fn read(input: &mut Input<'_>) -> Vec<T> {
        let length = input.length();
        // What a length promises need not come.
        let mut list = Vec::with_capacity(length.min(MOST_RESERVED / size_of::<T>().max(1)));
        for _ in 0..length {
            list.push(T::read(input));
            if input.is_faulty {
                break;
            }
        }
        list
    }
}

impl<T: Binary> Binary for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.is_some().write(out);
        if let Some(value) = self {
            value.write(out);
        }
    }

    fn read(input: &mut Input<'_>) -> Option<T> {
        if bool::read(input) { Some(T::read(input)) } else { None }
    }
}

impl<A: Binary, B: Binary> Binary for (A, B) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(input: &mut Input<'_>) -> (A, B) {
        (A::read(input), B::read(input))
    }
}

impl<T: Binary> Binary for [T; 4] {
    fn write(&self, out: &mut Vec<u8>) {
        self.iter().for_each(|member| member.write(out));
    }

    fn read(input: &mut Input<'_>) -> [T; 4] {
        core::array::from_fn(|_| T::read(input))
    }
}

/// Makes a struct [`Binary`](crate::Binary), its fields in the order given.
///
/// Readers stay functions of their own, which is smaller than one reader of everything.
#[macro_export]
macro_rules! binary_struct {
    ($name:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::Binary for $name {
            fn write(&self, out: &mut Vec<u8>) {
                $($crate::Binary::write(&self.$field, out);)+
            }

            #[cfg_attr(target_arch = "wasm32", inline(never))]
            fn read(input: &mut $crate::Input<'_>) -> Self {
                $name { $($field: $crate::Binary::read(input)),+ }
            }
        }
    };
}

/// Makes an enum [`Binary`](crate::Binary), each variant with its number. Number 0 must be there,
/// and must not hold the enum itself: a fault reads as it. A variant behind `nested` holds values that
/// may hold the enum again.
#[macro_export]
macro_rules! binary_enum {
    ($name:ident {
        $($number:literal => $variant:ident $(($($part:ident),+))? $({ $($field:ident),+ })?,)+
        $(nested $nested:literal => $holder:ident { $($inner:ident),+ },)?
    }) => {
        impl $crate::Binary for $name {
            fn write(&self, out: &mut Vec<u8>) {
                match self {
                    $($name::$variant $(($($part),+))? $({ $($field),+ })? => {
                        out.push($number);
                        $($($crate::Binary::write($part, out);)+)?
                        $($($crate::Binary::write($field, out);)+)?
                    })+
                    $($name::$holder { $($inner),+ } => {
                        out.push($nested);
                        $($crate::Binary::write($inner, out);)+
                    })?
                }
            }

            #[cfg_attr(target_arch = "wasm32", inline(never))]
            fn read(input: &mut $crate::Input<'_>) -> Self {
                match input.byte() {
                    $($number => $name::$variant
                        $(($({ let $part = $crate::Binary::read(input); $part }),+))?
                        $({ $($field: $crate::Binary::read(input)),+ })?,)+
                    $($nested if input.enter() => {
                        let value = $name::$holder { $($inner: $crate::Binary::read(input)),+ };
                        input.leave();
                        value
                    })?
                    _ => {
                        input.fail();
                        <Self as $crate::Binary>::read(input)
                    }
                }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round<T: Binary + PartialEq + core::fmt::Debug>(value: T) {
        let bytes = to_bytes(&value);
        assert_eq!(from_bytes::<T>(&bytes).as_ref(), Ok(&value));
        for end in 0..bytes.len() {
            assert_eq!(from_bytes::<T>(&bytes[..end]), Err(Unreadable::Faulty), "cut at {end}");
        }
    }

    #[test]
    fn values_come_back_and_cut_ones_do_not() {
        [0, 1, -1, 63, 64, -64, -65, i64::MAX, i64::MIN].into_iter().for_each(round);
        [0, 127, 128, u64::MAX].into_iter().for_each(round);
        round(alloc::vec![Some(String::from("药品")), None, Some(String::new())]);
        [0, -1, 1 << 63, i128::MAX, i128::MIN].into_iter().for_each(round);
        round([(true, -3_i32), (false, i32::MIN), (true, i32::MAX), (false, 0)]);
    }

    #[test]
    fn what_is_no_value_is_refused() {
        assert_eq!(from_bytes::<bool>(&[2]), Err(Unreadable::Faulty));
        assert_eq!(from_bytes::<u16>(&[0xFF, 0xFF, 0x7F]), Err(Unreadable::Faulty));
        assert_eq!(from_bytes::<String>(&[1, 0xFF]), Err(Unreadable::Faulty));
        assert_eq!(
            from_bytes::<Vec<u64>>(&[0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1]),
            Err(Unreadable::Faulty),
            "a length beyond the bytes"
        );
        assert_eq!(from_bytes::<u64>(&[0x80; 11]), Err(Unreadable::Faulty));
        assert_eq!(from_bytes::<u64>(&[1, 2]), Err(Unreadable::Faulty), "something after the end");
    }
}
