//! Numbers of a run: scaled integers, exact or not computable.
//!
//! A decimal is a whole number of its smallest place; the compiler of packs knows the places of
//! every value and aligns them, so that a run only ever sees whole numbers. Dates are days since
//! 1970-01-01, options are their places in the list of the fact.

use alloc::vec::Vec;

use crate::binary_enum;

/// Why a number cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// No version of the number is in force on the day.
    NotInForce,
    /// The result is too large.
    Overflow,
    /// A division by zero.
    DivisionByZero,
    /// The holidays of the days in between are not settled, or not loaded.
    Calendar,
    /// The text or date has no such part: a number of an identity card without a birth date.
    NoSuchPart,
    /// There is nothing to choose from: the smallest of no rows, a table without a matching row.
    Empty,
}

impl Cause {
    /// Its stable name in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Cause::NotInForce => "not_in_force",
            Cause::Overflow => "overflow",
            Cause::DivisionByZero => "division_by_zero",
            Cause::Calendar => "calendar",
            Cause::NoSuchPart => "no_such_part",
            Cause::Empty => "empty",
        }
    }
}

/// A computed number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// Known.
    Known(i128),
    /// It depends on what is not known yet.
    Unknown,
    /// It cannot be computed, whatever is answered.
    CannotCompute(Cause),
}

impl Number {
    /// A known number, or an overflow.
    #[must_use]
    pub fn checked(number: Option<i128>) -> Number {
        number.map_or(Number::CannotCompute(Cause::Overflow), Number::Known)
    }

    /// Both numbers, or why there is no result of them.
    pub(crate) fn both(self, other: Number) -> Result<(i128, i128), Number> {
        match (self, other) {
            (Number::CannotCompute(cause), _) | (_, Number::CannotCompute(cause)) => Err(Number::CannotCompute(cause)),
            (Number::Known(a), Number::Known(b)) => Ok((a, b)),
            (Number::Unknown, _) | (_, Number::Unknown) => Err(Number::Unknown),
        }
    }
}

/// How a quotient becomes a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rounding {
    /// 四舍五入: to the nearest, halves away from zero.
    HalfUp,
    /// 舍去: towards zero.
    Down,
    /// 进位: away from zero.
    Up,
}

/// The quotient as a whole number.
///
/// ```
/// use yichuang_engine::{Cause, Number, Rounding, quotient};
///
/// let round = |rounding| [5, -5, 4].map(|of| quotient(of, 2, rounding));
/// assert_eq!(round(Rounding::HalfUp), [3, -3, 2].map(Number::Known));
/// assert_eq!(round(Rounding::Down), [2, -2, 2].map(Number::Known));
/// assert_eq!(round(Rounding::Up), [3, -3, 2].map(Number::Known));
/// assert_eq!(quotient(1, 0, Rounding::Up), Number::CannotCompute(Cause::DivisionByZero));
/// ```
#[must_use]
pub fn quotient(of: i128, by: i128, rounding: Rounding) -> Number {
    if by == 0 {
        return Number::CannotCompute(Cause::DivisionByZero);
    }
    let (Some(whole), Some(rest)) = (of.checked_div(by), of.checked_rem(by)) else {
        return Number::CannotCompute(Cause::Overflow);
    };
    let (rest, by_size) = (rest.unsigned_abs(), by.unsigned_abs());
    let away = match rounding {
        Rounding::HalfUp => rest >= by_size - rest,
        Rounding::Down => false,
        Rounding::Up => rest > 0,
    };
    let step = if (of < 0) == (by < 0) { 1 } else { -1 };
    if away { Number::checked(whole.checked_add(step)) } else { Number::Known(whole) }
}

/// Ten to the power of `places`; at most 38 places fit.
#[must_use]
pub fn power_of_ten(places: u8) -> Option<i128> {
    10_i128.checked_pow(places.into())
}

binary_enum!(Rounding {
    0 => HalfUp,
    1 => Down,
    2 => Up,
});
