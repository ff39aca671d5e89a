//! The due dates as an iCalendar file (RFC 5545).

use alloc::format;
use alloc::string::String;

use sha2::{Digest, Sha256};
use yichuang_engine::Date;
use yichuang_engine::clock::CaseClock;

use super::due::{CaseDue, dues};
use super::words::{basis, state};
use super::{Case, CaseFields};
use crate::Lang;
use crate::phrase::say;

/// The most octets of a line without its end (RFC 5545, section 3.1).
const LINE: usize = 75;

/// The file, with one event for each last day that is certain; none if there is none, since a
/// calendar has at least one component (section 3.6).
///
/// There is no clock here, so DTSTAMP is the beginning of the day of the case's own.
pub(super) fn ics(fields: &CaseFields, case: &Case, clock: &CaseClock<'_>, lang: Lang) -> Option<String> {
    let dues = dues(clock);
    let mut certain = dues.iter().filter_map(|due| Some((due, due.last.on()?))).peekable();
    certain.peek()?;
    let mut out = String::new();
    let identity = identity(fields, case);
    for text in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Yichuang//Case clock//ZH", "CALSCALE:GREGORIAN"] {
        line(text, &mut out);
    }
    for (due, day) in certain {
        event(due, day, &identity, case, clock, lang, &mut out);
    }
    line("END:VCALENDAR", &mut out);
    Some(out)
}

fn event(due: &CaseDue, day: Date, identity: &str, case: &Case, clock: &CaseClock<'_>, lang: Lang, out: &mut String) {
    let step = due.step.map(|step| format!("-{step}")).unwrap_or_default();
    let (stamp, start) = (compact(case.on), compact(day));
    line("BEGIN:VEVENT", out);
    line(&format!("UID:{identity}-{}{step}@yichuang.invalid", due.id), out);
    line(&format!("DTSTAMP:{stamp}T000000Z"), out);
    line(&format!("DTSTART;VALUE=DATE:{start}"), out);
    line(&format!("SUMMARY:{}", escape(&due.name(lang))), out);
    let (state, basis, on) = (state(clock.state, lang), basis(due.basis(), lang), case.on);
    let description =
        say!(lang, "依据：{basis}\n{on} 的办件状态：{state}", "Basis: {basis}\nState of the case on {on}: {state}");
    line(&format!("DESCRIPTION:{}", escape(&description)), out);
    line("TRANSP:TRANSPARENT", out);
    line("END:VEVENT", out);
}

/// The same for the same case on the same day, so that a file read twice adds nothing.
fn identity(fields: &CaseFields, case: &Case) -> String {
    let mut hash = Sha256::new();
    let rows = core::iter::once(&fields.case).chain(&fields.events);
    for (place, row) in rows.enumerate() {
        for (name, value) in row.iter().filter(|(_, value)| !value.is_empty()) {
            hash.update(format!("{place} {name} {} {value}\n", value.len()));
        }
    }
    hash.update(format!("{}", case.on));
    hash.finalize().iter().take(16).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
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
