//! The shortest text of a JSON number.

use alloc::string::{String, ToString};

/// Whole numbers keep their text up to the ends of `i64` and `u64`.
const GREATEST: &str = "18446744073709551615";
const LEAST: &str = "9223372036854775808";

/// Where the point may stand in a number of any client: before the first digit for 0.1, after it
/// for 1. What is greater is no number there, what is smaller is zero.
const POINT: core::ops::RangeInclusive<i64> = -323..=309;

/// The shortest text of a number that is written as JSON wants it: `1.50` is `1.5`, `1e2` is `100.0`
/// and `0.0000001` is `1e-7`. `None` if it is too large.
pub(super) fn shortest(number: &str) -> Option<String> {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", number),
    };
    let most = if sign.is_empty() { GREATEST } else { LEAST };
    let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_whole && (digits.len(), digits) <= (most.len(), most) && number != "-0" {
        return Some(number.into());
    }
    let (digits, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = String::from(whole) + fraction;
    let significant = all.trim_start_matches('0');
    let zeros = all.len() - significant.len();
    let significant = significant.trim_end_matches('0');
    // An exponent that does not fit is far beyond all numbers.
    let beyond = if exponent.starts_with('-') { i64::MIN } else { i64::MAX };
    let exponent = exponent.parse().unwrap_or(beyond);
    let point = exponent.saturating_add(whole.len().cast_signed() as i64).saturating_sub(zeros.cast_signed() as i64);
    if significant.is_empty() || point < *POINT.start() {
        return Some(String::from(sign) + "0.0");
    }
    (point <= *POINT.end()).then(|| String::from(sign) + &place(significant, point))
}

/// The digits with the point after so many of them.
fn place(digits: &str, point: i64) -> String {
    match point {
        -4..=0 => String::from("0.") + &zeros(-point) + digits,
        1..=16 => match usize::try_from(point).ok().and_then(|point| digits.split_at_checked(point)) {
            Some((whole, "")) => String::from(whole) + ".0",
            Some((whole, fraction)) => String::from(whole) + "." + fraction,
            None => String::from(digits) + &zeros(point - digits.len().cast_signed() as i64) + ".0",
        },
        _ => {
            let (first, rest) = digits.split_at_checked(1).unwrap_or_default();
            let point_and_rest = if rest.is_empty() { String::new() } else { String::from(".") + rest };
            let exponent = if point > 0 { "e+" } else { "e" };
            String::from(first) + &point_and_rest + exponent + &(point - 1).to_string()
        }
    }
}

fn zeros(count: i64) -> String {
    (0..count).map(|_| '0').collect()
}
