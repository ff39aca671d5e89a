//! Texts: with or without quotes, in one line or several.

use crate::lexical::is_invisible;
use crate::yaml::{self, Entry, ScalarStyle};

/// A text in a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scalar<'a> {
    /// As YAML reads it.
    pub(super) text: &'a str,
    /// As it stands in the file, quotes included.
    pub(super) raw: &'a str,
    pub(super) style: ScalarStyle,
}

/// Where a text is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'a> {
    /// Whether it stands within brackets.
    pub(super) flow: bool,
    /// The comment behind it.
    pub(super) comment: Option<&'a str>,
}

impl Scalar<'_> {
    /// Whether it is written over several lines.
    pub(super) fn has_lines(&self) -> bool {
        self.raw.contains('\n')
    }

    /// The text in one line.
    pub(super) fn in_line(&self, spot: Spot<'_>) -> String {
        match self.style {
            ScalarStyle::Plain if self.raw == self.text => self.raw.to_owned(),
            ScalarStyle::Double if self.text.contains('\'') && !is_plain(self.text, spot) && !self.has_lines() => {
                self.raw.to_owned()
            }
            _ => quoted(self.text, spot),
        }
    }

    /// The expression in one line with its spaces set.
    pub(super) fn expression(&self, spot: Spot<'_>) -> String {
        match super::expr::spaced(self.text) {
            // Quotes within quotes would hide the places of what follows them.
            Some(set) if is_plain(&set, spot) || !set.contains('\'') => quoted(&set, spot),
            _ => self.in_line(spot),
        }
    }

    /// A text of several lines, each after the first indented by `pad`.
    pub(super) fn in_lines(&self, pad: usize) -> String {
        let mut lines = self.raw.split('\n');
        let mut written = self.line_end(lines.next().unwrap_or("")).to_owned();
        for line in lines {
            written.push('\n');
            let line = self.line_end(line.trim_start_matches([' ', '\t']));
            if !line.is_empty() {
                written.push_str(&" ".repeat(pad));
                written.push_str(line);
            }
        }
        written
    }

    /// The line without blanks at its end, but for one that a `\` makes part of the text.
    fn line_end<'l>(&self, line: &'l str) -> &'l str {
        let bare = line.trim_end_matches([' ', '\t']);
        let slashes = bare.len() - bare.trim_end_matches('\\').len();
        let kept = usize::from(self.style == ScalarStyle::Double && slashes % 2 == 1 && bare.len() < line.len());
        line.get(..bare.len() + kept).unwrap_or(bare)
    }
}

/// A key in one line.
pub(super) fn key(text: &str, entry: &Entry, flow: bool) -> String {
    let raw = text.get(entry.key_span.start..entry.key_span.end).unwrap_or("");
    if raw == entry.key { raw.to_owned() } else { quoted(&entry.key, Spot { flow, comment: None }) }
}

/// The lines after `|` or `>`: what follows the indicator in its line, and the lines.
pub(super) struct Block {
    pub(super) head: String,
    pub(super) lines: Vec<String>,
}

/// A text whose lines are those of the file, whose header says how its last line ends.
pub(super) fn literal(text: &str, header: &str) -> Block {
    let body = match (header.contains('-'), text.strip_suffix('\n')) {
        (false, Some(body)) => Some(body),
        _ if text.is_empty() => None,
        _ => Some(text),
    };
    block(header, body.map(|body| body.split('\n').map(str::to_owned).collect()).unwrap_or_default())
}

/// A text after `>`: its lines as they stand in the file, the first one `blank` lines below the
/// header, of which `indent` characters are no part of it.
pub(super) fn folded(raw: &str, text: &str, header: &str, blank: usize, indent: usize) -> Block {
    let mut lines = vec![String::new(); blank];
    for (place, line) in raw.split('\n').enumerate() {
        let kept = if place == 0 { line } else { line.get(indent.min(line.len())..).unwrap_or(line) };
        lines.push(kept.to_owned());
    }
    if header.contains('+') {
        let ends = text.len() - text.trim_end_matches('\n').len();
        lines.extend(vec![String::new(); ends.saturating_sub(1)]);
    }
    block(header, lines)
}

fn block(header: &str, lines: Vec<String>) -> Block {
    let first = lines.iter().position(|line| !line.trim().is_empty()).map_or(lines.len(), |first| first + 1);
    // The first line tells how far all are indented, unless it begins with a space itself.
    let told = lines.iter().take(first).all(|line| !line.starts_with([' ', '\t']));
    let digit = if told { "" } else { "2" };
    let indicator = header.get(..1).unwrap_or("|");
    let end = header.chars().find(|c| matches!(c, '+' | '-')).map(String::from).unwrap_or_default();
    Block { head: format!("{indicator}{digit}{end}"), lines }
}

/// A text without quotes if it can do without, else in `'…'`, else in `"…"`.
fn quoted(text: &str, spot: Spot<'_>) -> String {
    if is_plain(text, spot) {
        text.to_owned()
    } else if text.chars().all(is_seen) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        escaped(text)
    }
}

fn escaped(text: &str) -> String {
    let mut written = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            c if is_seen(c) => written.push(c),
            c => written.push_str(&format!("\\U{:08X}", u32::from(c))),
        }
    }
    written.push('"');
    written
}

fn is_seen(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}') || !(c.is_whitespace() || c.is_control() || is_invisible(c))
}

/// Whether a text is read the same without quotes, by YAML and by those who look for slips.
fn is_plain(text: &str, spot: Spot<'_>) -> bool {
    let mut chars = text.chars();
    let begins = match (chars.next(), chars.next()) {
        (None, _) => false,
        (Some('-'), second) => second.is_some_and(char::is_alphanumeric),
        (Some(first), _) => !"?:,[]{}#&*!|>'\"%@`".contains(first),
    };
    let begins = begins && !text.starts_with("...") && !matches!(text, "<<" | "~");
    let ends = text.trim() == text && !text.ends_with(':');
    let holds = text.chars().all(is_seen) && !text.contains(": ") && !text.contains(" #");
    let in_flow = !spot.flow || !text.contains([',', '[', ']', '{', '}']);
    let cut = spot.comment.is_some_and(|comment| yaml::seems_cut(text, comment));
    begins && ends && holds && in_flow && !cut && !yaml::seems_key(text)
}
