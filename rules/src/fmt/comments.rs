//! The comments of a file, in their order.

use granit_parser::Event;

use crate::yaml;

/// A comment and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Comment<'a> {
    /// From `#` to the last character that can be seen.
    pub(super) text: &'a str,
    /// Its first byte.
    pub(super) start: usize,
    /// Whether nothing stands before it in its line.
    pub(super) alone: bool,
    /// How many characters stand before it in its line.
    pub(super) column: usize,
}

impl Comment<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// All comments of a text that YAML can read.
pub(super) fn comments(text: &str) -> Vec<Comment<'_>> {
    let events = yaml::events(text).map_while(Result::ok);
    let places = events.filter_map(|(event, mark)| match event {
        Event::Comment(..) => mark.byte_range(),
        _ => None,
    });
    let mut found: Vec<Comment<'_>> = places
        .filter_map(|place| {
            let before = line_before(text, place.start);
            let (alone, column) = (before.trim().is_empty(), before.chars().count());
            Some(Comment { text: text.get(place.clone())?.trim_end(), start: place.start, alone, column })
        })
        .collect();
    // A comment behind `|` comes after the lines below it.
    found.sort_by_key(|comment| comment.start);
    found
}

/// How many characters stand before a byte in its line.
pub(super) fn column(text: &str, at: usize) -> usize {
    line_before(text, at).chars().count()
}

fn line_before(text: &str, at: usize) -> &str {
    text.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or("")
}
