//! JSON as it comes in: read and written by a reader and a writer of our own.
//!
//! Those of `serde_json` are 9 kB more in a page. Ours take and refuse the same texts in the same
//! words and write the same bytes, as the tests compare. Numbers alone are exact here: none is
//! rounded to the 15 digits that a float holds for certain.

mod number;
mod read;
#[cfg(test)]
mod tests;
mod write;

use alloc::string::String;
use alloc::vec::Vec;

pub use read::JsonError;
pub(crate) use write::{json, push_string};

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as its shortest text.
    Number(String),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, each name once. Reading puts the members into the order of their names.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a text that is one JSON value; of a name that comes twice the last one counts.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(text: &str) -> Result<Json, JsonError> {
        read::parse(text)
    }

    /// The text of a string.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Appends the value: compact, without line end.
    pub(crate) fn write(&self, out: &mut String) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Json::Number(number) => out.push_str(number),
            Json::Text(text) => push_string(text, out),
            Json::List(members) => {
                let mut before = '[';
                for member in members {
                    out.push(before);
                    member.write(out);
                    before = ',';
                }
                out.push_str(if before == '[' { "[]" } else { "]" });
            }
            Json::Object(members) => {
                let mut before = '{';
                for (name, member) in members {
                    out.push(before);
                    push_string(name, out);
                    out.push(':');
                    member.write(out);
                    before = ',';
                }
                out.push_str(if before == '{' { "{}" } else { "}" });
            }
        }
    }
}

/// Values as lines, for people: two spaces a level.
#[cfg(feature = "forms")]
impl Json {
    /// Appends the value, its first line without indentation, without line end.
    pub(crate) fn write_lines(&self, level: usize, out: &mut String) {
        let line = |level: usize, out: &mut String| {
            out.push('\n');
            (0..level).for_each(|_| out.push_str("  "));
        };
        match self {
            Json::List(members) if !members.is_empty() => {
                for (place, member) in members.iter().enumerate() {
                    out.push_str(if place == 0 { "[" } else { "," });
                    line(level + 1, out);
                    member.write_lines(level + 1, out);
                }
                line(level, out);
                out.push(']');
            }
            Json::Object(members) if !members.is_empty() => {
                for (place, (name, member)) in members.iter().enumerate() {
                    out.push_str(if place == 0 { "{" } else { "," });
                    line(level + 1, out);
                    push_string(name, out);
                    out.push_str(": ");
                    member.write_lines(level + 1, out);
                }
                line(level, out);
                out.push('}');
            }
            _ => self.write(out),
        }
    }
}

/// Sorts by names, equal ones in the order in which they stand.
pub(crate) fn sort<T>(list: Vec<(String, T)>) -> Vec<(String, T)> {
    let names: Vec<&str> = list.iter().map(|(name, _)| name.as_str()).collect();
    let places = sorted_places(&names, 0);
    let mut list: Vec<Option<(String, T)>> = list.into_iter().map(Some).collect();
    places.into_iter().filter_map(|place| list.get_mut(place)?.take()).collect()
}

/// The places of the names in their order, counted from `first`.
///
/// Texts from elsewhere may be long and in any order, so this is a merge sort; it is one for all
/// types, and a tenth of the size of the one in `alloc`.
fn sorted_places(names: &[&str], first: usize) -> Vec<usize> {
    let (left, right) = names.split_at(names.len() / 2);
    if left.is_empty() {
        return (first..first + names.len()).collect();
    }
    let name = |place: &usize| names.get(*place - first);
    let mut right = sorted_places(right, first + left.len()).into_iter().peekable();
    let mut places = Vec::with_capacity(names.len());
    for place in sorted_places(left, first) {
        while let Some(before) = right.next_if(|other| name(other) < name(&place)) {
            places.push(before);
        }
        places.push(place);
    }
    places.extend(right);
    places
}
