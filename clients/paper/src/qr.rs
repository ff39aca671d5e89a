//! The code by which a window finds the decision again.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// What the code says: `yichuang:7f3a91c2…`, and `?case=…` with the number of the case.
///
/// Both parts are UTF-8; what could end the number is written as `%XX` (RFC 3986).
pub(crate) fn payload(receipt: &str, case: Option<&str>) -> String {
    let mut payload = format!("yichuang:{receipt}");
    if let Some(case) = case {
        payload.push_str("?case=");
        for c in case.chars() {
            if c.is_control() || matches!(c, ' ' | '%' | '#' | '&' | '?') {
                let _ = write!(payload, "%{:02X}", u32::from(c));
            } else {
                payload.push(c);
            }
        }
    }
    payload
}

/// The code as a picture of squares, with the quiet zone of four modules that scanners need
/// (ISO/IEC 18004); nothing where it would be too much for one code.
pub(crate) fn svg(payload: &str) -> Option<String> {
    const QUIET: usize = 4;
    let code = QrCode::with_error_correction_level(payload, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let _ = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
        }
    }
    let side = width + 2 * QUIET;
    Some(format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}"/></svg>"#))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_cannot_end_early() {
        assert_eq!(payload("7f3a", None), "yichuang:7f3a");
        assert_eq!(payload("7f3a", Some("莆行审受〔2014〕第001号")), "yichuang:7f3a?case=莆行审受〔2014〕第001号");
        assert_eq!(payload("7f3a", Some("a&b=c?%\n")), "yichuang:7f3a?case=a%26b=c%3F%25%0A");
    }

    #[test]
    fn what_is_too_much_for_one_code_gives_none() {
        assert!(svg(&payload("7f3a", Some("一"))).is_some());
        assert!(svg(&payload("7f3a", Some(&"一".repeat(1000)))).is_none());
    }
}
