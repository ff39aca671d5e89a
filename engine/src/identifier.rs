//! Checks of identifiers by their standards: citizens' identity numbers (GB 11643-1999), unified
//! social credit codes (GB 32100-2015) and organisation codes (GB 11714-1997).

use alloc::vec::Vec;

use crate::{Date, binary_enum};

/// What is wrong with an identifier; of several faults the first one is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentifierFault {
    /// It has another number of characters.
    Length,
    /// It has a character that is not used in it.
    Charset,
    /// Its check character does not fit the others.
    Checksum,
    /// The birth date in it is no day.
    Birth,
}

/// A test of a text by a standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IdentifierTest {
    /// A citizen's identity number, [`check_id_no`].
    IdNo,
    /// A unified social credit code, [`check_uscc`].
    Uscc,
    /// An organisation code of nine characters, [`check_org_code`].
    OrgCode,
    /// An identity number whose sequence is odd: a man.
    Male,
}

impl IdentifierTest {
    pub(crate) fn passes(self, text: &str) -> bool {
        match self {
            IdentifierTest::IdNo => check_id_no(text).is_ok(),
            IdentifierTest::Uscc => check_uscc(text).is_ok(),
            IdentifierTest::OrgCode => check_org_code(text).is_ok(),
            IdentifierTest::Male => matches!(text.as_bytes().get(16), Some(digit) if digit % 2 == 1),
        }
    }
}

/// The 31 symbols of credit codes in the order of their values: no `I`, `O`, `S`, `V` and `Z`.
const SYMBOLS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Checks a unified social credit code (GB 32100-2015): its length, its symbols, its check symbol, and
/// that of the organisation code (GB 11714-1997) in its symbols 9 to 17.
///
/// ```
/// use yichuang_engine::{IdentifierFault, check_uscc};
///
/// assert_eq!(check_uscc("91350300MA2X000193"), Ok(()));
/// assert_eq!(check_uscc("91350300MA2X000194"), Err(IdentifierFault::Checksum));
/// ```
///
/// # Errors
/// See [`IdentifierFault`]; never `Birth`.
pub fn check_uscc(code: &str) -> Result<(), IdentifierFault> {
    check_length(code, 18)?;
    let (mut sum, mut weight, mut check) = (0, 1, 0);
    for (place, byte) in code.bytes().enumerate() {
        let value = SYMBOLS.iter().position(|symbol| *symbol == byte).ok_or(IdentifierFault::Charset)?;
        if place < 17 {
            sum += value * weight;
            weight = weight * 3 % 31;
        } else {
            check = value;
        }
    }
    if check != (31 - sum % 31) % 31 {
        return Err(IdentifierFault::Checksum);
    }
    check_org_code(code.get(8..17).unwrap_or_default())
}

/// Checks a citizen's identity number of 18 characters (GB 11643-1999): length, characters, check
/// character and then the birth date, in this order.
///
/// ```
/// use yichuang_engine::{IdentifierFault, check_id_no};
///
/// assert_eq!(check_id_no("11010519491231002X"), Ok(()), "the standard's own example");
/// assert_eq!(check_id_no("429005195302300000"), Err(IdentifierFault::Birth), "30 February");
/// ```
///
/// # Errors
/// See [`IdentifierFault`].
pub fn check_id_no(number: &str) -> Result<(), IdentifierFault> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    check_length(number, 18)?;
    let mut sum = 0;
    for (byte, weight) in number.bytes().zip(WEIGHTS) {
        sum += digit(byte).ok_or(IdentifierFault::Charset)? * weight;
    }
    let last = number.as_bytes().get(17).copied().unwrap_or_default();
    if digit(last).is_none() && last != b'X' {
        return Err(IdentifierFault::Charset);
    }
    if b"10X98765432".get(sum as usize % 11) != Some(&last) {
        return Err(IdentifierFault::Checksum);
    }
    birth_date(number).map(|_| ()).ok_or(IdentifierFault::Birth)
}

/// Checks an organisation code of nine characters without a hyphen (GB 11714-1997).
///
/// ```
/// use yichuang_engine::check_org_code;
///
/// // Characters 9 to 17 of a credit code are one.
/// assert!(check_org_code("015427357").is_ok());
/// ```
///
/// # Errors
/// See [`IdentifierFault`]; never `Birth`.
pub fn check_org_code(code: &str) -> Result<(), IdentifierFault> {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    check_length(code, 9)?;
    let value = |byte: u8| {
        let letter = byte.is_ascii_uppercase().then(|| u32::from(byte - b'A') + 10);
        digit(byte).or(letter).ok_or(IdentifierFault::Charset)
    };
    let mut sum = 0;
    for (byte, weight) in code.bytes().zip(WEIGHTS) {
        sum += value(byte)? * weight;
    }
    let last = code.as_bytes().get(8).copied().unwrap_or_default();
    if digit(last).is_none() && last != b'X' {
        return Err(IdentifierFault::Charset);
    }
    let fits = b"0X987654321".get(sum as usize % 11) == Some(&last);
    if fits { Ok(()) } else { Err(IdentifierFault::Checksum) }
}

/// The birth date in an identity number, its digits 7 to 14; `None` where they are no day.
#[must_use]
pub fn birth_date(number: &str) -> Option<Date> {
    let digits = number.get(6..14).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let part = |range: core::ops::Range<usize>| digits.get(range)?.parse::<u16>().ok();
    let year = i16::try_from(part(0..4)?).ok()?;
    Date::new(year, u8::try_from(part(4..6)?).ok()?, u8::try_from(part(6..8)?).ok()?)
}

fn check_length(text: &str, length: usize) -> Result<(), IdentifierFault> {
    if text.chars().count() == length { Ok(()) } else { Err(IdentifierFault::Length) }
}

fn digit(byte: u8) -> Option<u32> {
    byte.is_ascii_digit().then(|| u32::from(byte - b'0'))
}

binary_enum!(IdentifierTest {
    0 => IdNo,
    1 => Uscc,
    2 => OrgCode,
    3 => Male,
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_numbers_are_checked_in_order() {
        let fault = |number| check_id_no(number).err();
        assert_eq!(fault("429005195305200006"), Some(IdentifierFault::Checksum));
        assert_eq!(fault("42900519530520000"), Some(IdentifierFault::Length));
        assert_eq!(fault("42900519530520000Y"), Some(IdentifierFault::Charset));
        assert_eq!(fault("4290051953052000六6"), Some(IdentifierFault::Charset));
        assert_eq!(birth_date("11010519491231002X"), Date::new(1949, 12, 31));
        assert_eq!(birth_date("短"), None);
        assert!(!IdentifierTest::Male.passes("11010519491231002X"));
        assert!(IdentifierTest::Male.passes("110105194912310011"));
    }

    #[test]
    fn the_inner_code_of_real_credit_codes_fits() {
        for code in ["11511800015427357G", "11511800008539131R"] {
            assert_eq!(check_uscc(code), Ok(()));
            assert_eq!(code.get(8..17).map(check_org_code), Some(Ok(())));
        }
        assert_eq!(check_org_code("015427358"), Err(IdentifierFault::Checksum));
        assert_eq!(check_org_code("01542735"), Err(IdentifierFault::Length));
        assert_eq!(check_org_code("01542735x"), Err(IdentifierFault::Charset));
    }
}
