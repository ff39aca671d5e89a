//! Numbers as they are typed and shown; inside they are whole numbers of their smallest place.

use alloc::string::String;

/// The most digits of a number that is typed or written in a pack.
pub const MOST_DIGITS: usize = 28;

/// Why a text is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFault {
    /// It is not written in digits, with at most one sign in front and one point between.
    NotANumber,
    /// It has more decimal places than there may be.
    TooManyPlaces,
    /// It has more than [`MOST_DIGITS`] digits.
    TooLarge,
}

/// Reads a number in plain digits, such as `-12.5`; with two places it is -1250.
///
/// Zeros behind the last place say nothing and are passed over; `.5` and `5.` are not numbers.
///
/// ```
/// use yichuang_forms::{NumberFault, parse_number};
///
/// assert_eq!(parse_number("-12.5", 2), Ok(-1250));
/// assert_eq!(parse_number("12.500", 2), Ok(1250));
/// assert_eq!(parse_number("12.505", 2), Err(NumberFault::TooManyPlaces));
/// assert_eq!(parse_number("1e3", 2), Err(NumberFault::NotANumber));
/// ```
///
/// # Errors
/// See [`NumberFault`].
pub fn parse_number(typed: &str, places: u8) -> Result<i128, NumberFault> {
    let (sign, digits) = match typed.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, typed),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((_, "")) => return Err(NumberFault::NotANumber),
        Some((whole, fraction)) => (whole, fraction),
        None => (digits, ""),
    };
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(fraction) {
        return Err(NumberFault::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    let missing = usize::from(places).checked_sub(fraction.len()).ok_or(NumberFault::TooManyPlaces)?;
    if whole.trim_start_matches('0').len() + usize::from(places) > MOST_DIGITS {
        return Err(NumberFault::TooLarge);
    }
    let mut number = 0_i128;
    for byte in whole.bytes().chain(fraction.bytes()) {
        number = number * 10 + i128::from(byte - b'0');
    }
    for _ in 0..missing {
        number *= 10;
    }
    Ok(sign * number)
}

/// A number with all its places: -1250 with two places is `-12.50`.
#[must_use]
pub fn number_text(number: i128, places: u8) -> String {
    let places = usize::from(places);
    let (mut rest, mut digits) = (number.unsigned_abs(), String::new());
    while rest > 0 || digits.len() <= places {
        if digits.len() == places && places > 0 && !digits.contains('.') {
            digits.push('.');
        }
        digits.push(char::from(u8::try_from(rest % 10).unwrap_or(0) + b'0'));
        rest /= 10;
    }
    if number < 0 {
        digits.push('-');
    }
    digits.chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use proptest::prelude::*;

    use super::{NumberFault, number_text, parse_number};

    #[test]
    fn numbers_are_shown_with_their_places() {
        assert_eq!([0, 5, -5, 1_234].map(|number| number_text(number, 0)), ["0", "5", "-5", "1234"]);
        assert_eq!([0, 5, -5, 1_234].map(|number| number_text(number, 2)), ["0.00", "0.05", "-0.05", "12.34"]);
        assert_eq!(number_text(i128::MIN, 0), i128::MIN.to_string());
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for typed in ["", "-", ".5", "5.", "1.2.3", "--1", "1-", "１", "1,000", "0x1", " 1", "+1"] {
            assert_eq!(parse_number(typed, 2), Err(NumberFault::NotANumber), "{typed:?}");
        }
        assert_eq!(parse_number("0.001", 2), Err(NumberFault::TooManyPlaces));
        assert_eq!(parse_number("99999999999999999999999999.99", 2), Ok(10_i128.pow(28) - 1));
        assert_eq!(parse_number("100000000000000000000000000", 2), Err(NumberFault::TooLarge));
        assert_eq!(parse_number("000000000000000000000000000000000000000000000001", 2), Ok(100));
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_as_itself(number in -10_i128.pow(28) + 1..10_i128.pow(28), places in 0_u8..=10) {
            prop_assert_eq!(parse_number(&number_text(number, places), places), Ok(number));
        }

        #[test]
        fn any_text_is_a_number_or_not(typed in "[-0-9.]{0,40}", places in 0_u8..=10) {
            let _ = parse_number(&typed, places);
        }
    }
}
