//! Regular expressions of what is typed (ECMA-262 with Unicode): spaces around are passed over, and
//! full-width letters, digits and signs are those of ASCII.

use alloc::format;
use alloc::string::String;

use yichuang_engine::{NumberShape, TextFormat};

use crate::MOST_DIGITS;

/// The white space of Unicode, which Rust trims; `\s` is another set.
const SPACE: &str = r"\u0009-\u000d \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000";

/// Nothing but spaces.
pub(super) fn blank() -> String {
    format!("^[{SPACE}]*$")
}

/// Something besides spaces.
pub(super) fn not_blank() -> String {
    format!("[^{SPACE}]")
}

/// This, with spaces around.
pub(super) fn around(inner: &str) -> String {
    format!("^[{SPACE}]*(?:{inner})[{SPACE}]*$")
}

/// One of some texts.
pub(super) fn one_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut all = String::new();
    for text in texts {
        if !all.is_empty() {
            all.push('|');
        }
        literal(text, &mut all);
    }
    all
}

fn literal(text: &str, out: &mut String) {
    for c in text.chars() {
        if "^$\\.*+?()[]{}|/".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
}

/// An expression whose letters, digits, `-` and `.` also stand for their full-width twins. It has no
/// escapes; a point is written `[.]`.
pub(super) fn widen(ascii: &str) -> String {
    let mut out = String::new();
    let mut chars = ascii.chars();
    while let Some(c) = chars.next() {
        match c {
            '[' => {
                let class: String = chars.by_ref().take_while(|c| *c != ']').collect();
                let wide: String = class.char_indices().map(|(at, c)| twin(c, at > 0 && c == '-')).collect();
                out += &format!("[{class}{wide}]");
            }
            '{' => {
                out.push('{');
                out.extend(chars.by_ref().take_while(|c| *c != '}'));
                out.push('}');
            }
            c if c.is_ascii_alphanumeric() || c == '-' => {
                out.push('[');
                out.push(c);
                out.push(twin(c, false));
                out.push(']');
            }
            c => out.push(c),
        }
    }
    out
}

/// The full-width twin, 0xFEE0 above; the `-` of a range stays.
fn twin(c: char, is_range: bool) -> char {
    if is_range { c } else { char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c) }
}

/// A day of the Gregorian calendar in the years 1 to 9999, its parts joined by something.
pub(super) fn day(join: &str) -> String {
    let long = format!("(?:0[13578]|1[02]){join}(?:0[1-9]|[12][0-9]|3[01])");
    let short = format!("(?:0[469]|11){join}(?:0[1-9]|[12][0-9]|30)");
    let february = format!("02{join}(?:0[1-9]|1[0-9]|2[0-8])");
    let leap = "(?:[0-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)";
    format!("(?:(?!0000)[0-9]{{4}}{join}(?:{long}|{short}|{february})|{leap}{join}02{join}29)")
}

pub(super) fn number(shape: NumberShape, places: u8) -> String {
    let places = usize::from(places);
    let whole = format!("-?0*[0-9]{{1,{}}}", MOST_DIGITS.saturating_sub(places).max(1));
    widen(&match (shape, places) {
        (NumberShape::Integer, _) => whole,
        (_, 0) => format!("{whole}(?:[.]0+)?"),
        (_, places) => format!("{whole}(?:[.](?:[0-9]{{1,{places}}}0*|0+))?"),
    })
}

/// What a text of a format is; `None` where it may be anything.
pub(super) fn format(format: TextFormat) -> Option<String> {
    const MOBILE: &str = "1[0-9]{10}";
    const LANDLINE: &str = "0[0-9]{2,3}-[0-9]{7,8}|0[12][0-9][0-9]{7,8}|0[03-9][0-9]{2}[0-9]{7,8}";
    const SYMBOL: &str = "[0-9A-HJ-NP-RTUWXYa-hj-np-rtuwxy]";
    const HAN: &str = "\u{3400}-\u{9fff}\u{20000}-\u{323af}〇";
    Some(match format {
        TextFormat::Free | TextFormat::Multiline => return None,
        TextFormat::Uscc => widen(&format!("{SYMBOL}{{18}}")),
        TextFormat::IdNo => widen(&format!("[0-9]{{6}}{}[0-9]{{3}}[0-9Xx]", day(""))),
        TextFormat::OrgCode => widen("(?:[-]*[0-9A-Za-z]){8}[-]*[0-9Xx][-]*"),
        TextFormat::Mobile => widen(MOBILE),
        TextFormat::Landline => widen(LANDLINE),
        TextFormat::Phone => widen(&format!("{MOBILE}|{LANDLINE}")),
        TextFormat::Postcode => widen("[0-9]{6}"),
        TextFormat::Division => {
            let province = "1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]";
            widen(&format!("(?:{province})(?:0000|(?!00)[0-9]{{4}})"))
        }
        TextFormat::PersonName => format!("(?=[{HAN}·]{{2,20}}[{SPACE}]*$)[{HAN}]+(?:·[{HAN}]+)*"),
    })
}
