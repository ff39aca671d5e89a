//! Calendar files (RFC 5545) of days on which something is due.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::Date;

/// The most octets of a line without its end (RFC 5545, section 3.1).
const LINE: usize = 75;

/// A day on which something is due.
#[derive(Debug)]
pub(crate) struct DueEvent {
    /// What tells it from others in files of this program; the same for the same thing.
    pub(crate) uid: String,
    pub(crate) on: Date,
    pub(crate) summary: String,
    pub(crate) description: String,
}

/// A calendar file with one event for each day; none if there is none, since a calendar has at least
/// one component (section 3.6).
///
/// There is no clock here, so DTSTAMP is the beginning of the day `stamp`.
pub(crate) fn calendar_file(product: &str, stamp: Date, events: &[DueEvent]) -> Option<String> {
    events.first()?;
    let mut out = String::new();
    let product = format!("PRODID:-//Yichuang//{product}//ZH");
    for text in ["BEGIN:VCALENDAR", "VERSION:2.0", &product, "CALSCALE:GREGORIAN"] {
        line(text, &mut out);
    }
    let stamp = compact(stamp);
    for DueEvent { uid, on, summary, description } in events {
        let start = compact(*on);
        line("BEGIN:VEVENT", &mut out);
        line(&format!("UID:{uid}@yichuang.invalid"), &mut out);
        line(&format!("DTSTAMP:{stamp}T000000Z"), &mut out);
        line(&format!("DTSTART;VALUE=DATE:{start}"), &mut out);
        line(&format!("SUMMARY:{}", escape(summary)), &mut out);
        line(&format!("DESCRIPTION:{}", escape(description)), &mut out);
        line("TRANSP:TRANSPARENT", &mut out);
        line("END:VEVENT", &mut out);
    }
    line("END:VCALENDAR", &mut out);
    Some(out)
}

/// The first half of a digest as text, for identities.
pub(crate) fn hexadecimal(digest: &[u8]) -> String {
    let hex: Vec<String> = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    hex.concat()
}

fn compact(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// A text as a value (section 3.3.11).
fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Appends a content line, folded between characters (section 3.1).
fn line(text: &str, out: &mut String) {
    let mut length = 0;
    for c in text.chars() {
        if length + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    use super::{escape, line};

    #[test]
    fn lines_are_folded_at_75_octets_between_characters() {
        for text in ["字".repeat(60), "a".repeat(75), "a".repeat(76), "é字".repeat(40), String::new()] {
            let mut out = String::new();
            line(&text, &mut out);
            let lines: Vec<&str> = out.strip_suffix("\r\n").unwrap().split("\r\n").collect();
            assert!(lines.iter().all(|line| line.len() <= 75));
            assert!(lines.iter().skip(1).all(|line| line.starts_with(' ')));
            assert_eq!(out.replace("\r\n ", "").trim_end_matches("\r\n"), text);
        }
        let mut out = String::new();
        line(&"a".repeat(75), &mut out);
        assert_eq!(out.len(), 77);
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escape("a;b,c\\d\ne\r\u{7}\"f:"), "a\\;b\\,c\\\\d\\ne\"f:".to_string());
    }
}
