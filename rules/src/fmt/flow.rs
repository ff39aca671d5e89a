//! `{a: b, c: d}` and `[a, b]` in one line.

use unicode_width::UnicodeWidthStr as _;

use super::WIDTH;
use super::expr::Role;
use super::scalar::{self, Scalar, Spot};
use crate::yaml::{self, Entry, Node, NodeKind};

/// The widest word of a list that goes on in the next line.
const WORD: usize = 20;

const SPOT: Spot<'static> = Spot { flow: true, comment: None };

/// A value in one line.
pub(super) fn in_line(text: &str, node: &Node, role: Role) -> String {
    match &node.kind {
        NodeKind::Scalar { text: read, style } => {
            let raw = text.get(node.span.start..node.span.end).unwrap_or("");
            let scalar = Scalar { text: read, raw, style: *style };
            match role {
                _ if node.is_absent() => String::new(),
                Role::Expression => scalar.expression(SPOT),
                Role::Words | Role::Data => scalar.in_line(SPOT),
            }
        }
        NodeKind::Sequence(items) => {
            let items: Vec<String> = items.iter().map(|item| in_line(text, item, role)).collect();
            format!("[{}]", items.join(", "))
        }
        NodeKind::Mapping(entries) => {
            let entry = |entry: &Entry| {
                let key = scalar::key(text, entry, true);
                let value = in_line(text, &entry.value, role.below(&entry.key));
                if entry.value.is_absent() { key } else { format!("{key}: {value}") }
            };
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

/// A list of short words that goes on in the next line, each line after the first indented by
/// `pad`; the first begins at `column`.
pub(super) fn in_lines(text: &str, node: &Node, role: Role, column: usize, pad: usize) -> Option<String> {
    let words = node.items()?.iter().map(|item| item.text().map(|_| in_line(text, item, role)));
    let words: Vec<String> = words.collect::<Option<_>>()?;
    // At the beginning of a line `a:b` looks like a key.
    if words.iter().any(|word| word.width() > WORD || yaml::seems_key(word)) {
        return None;
    }
    let (mut written, mut at) = (String::from("["), column + 1);
    for (place, word) in words.iter().enumerate() {
        // The comma or the bracket behind it counts too.
        let width = word.width() + 1;
        if place > 0 && at + 1 + width > WIDTH {
            written.push('\n');
            written.push_str(&" ".repeat(pad));
            at = pad;
        } else if place > 0 {
            written.push(' ');
            at += 1;
        }
        written.push_str(word);
        written.push(if place + 1 == words.len() { ']' } else { ',' });
        at += width;
    }
    Some(written)
}
