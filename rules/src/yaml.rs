//! YAML as a spanned tree of texts, lists and mappings.
//!
//! Every scalar stays text (`09`, `yes`, `1.50` unchanged): types are ours. What officials do not
//! need and what makes places wrong (anchors, tags, directives, several documents) is refused.

mod build;
mod slips;
#[cfg(test)]
mod tests;

pub use build::parse;

pub(crate) use build::events;
pub(crate) use slips::{seems_cut, seems_key};

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Msg};
use crate::source::Span;

/// A value in a YAML file with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The whole value, quotes and brackets included; for `|` and `>` the lines below.
    pub span: Span,
    /// What the value is.
    pub kind: NodeKind,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A text; an empty value (`a:`) is an empty plain text.
    Scalar {
        /// The text as YAML reads it.
        text: String,
        /// How it is written.
        style: ScalarStyle,
    },
    /// A list.
    Sequence(Vec<Node>),
    /// A mapping, in the order of the file.
    Mapping(Vec<Entry>),
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarStyle {
    /// Without quotes.
    Plain,
    /// In `'…'`.
    Single,
    /// In `"…"`.
    Double,
    /// Lines after `|`.
    Literal,
    /// Lines after `>`.
    Folded,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The place of the key.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The text, if the value is one.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, .. } => Some(text),
            NodeKind::Sequence(_) | NodeKind::Mapping(_) => None,
        }
    }

    /// The items, if the value is a list.
    pub fn items(&self) -> Option<&[Node]> {
        match &self.kind {
            NodeKind::Sequence(items) => Some(items),
            NodeKind::Scalar { .. } | NodeKind::Mapping(_) => None,
        }
    }

    /// The entries, if the value is a mapping.
    pub fn entries(&self) -> Option<&[Entry]> {
        match &self.kind {
            NodeKind::Mapping(entries) => Some(entries),
            NodeKind::Scalar { .. } | NodeKind::Sequence(_) => None,
        }
    }

    /// The entry with one of the given keys (a key and its alias).
    pub fn get(&self, keys: &[&str]) -> Option<&Entry> {
        self.entries()?.iter().find(|entry| keys.contains(&entry.key.as_str()))
    }

    /// Whether nothing is written (`a:`); `a: ""` is something.
    pub fn is_absent(&self) -> bool {
        matches!(&self.kind, NodeKind::Scalar { text, style: ScalarStyle::Plain } if text.is_empty())
    }

    /// The text of a value that must be one.
    ///
    /// # Errors
    /// A diagnostic at the value.
    pub fn expect_text(&self) -> Result<&str, Diagnostic> {
        self.text().ok_or_else(|| {
            self.wrong_shape(("文字", "a text")).help(("在冒号后写一行文字", "write a text behind the colon"))
        })
    }

    /// The items of a value that must be a list.
    ///
    /// # Errors
    /// A diagnostic at the value.
    pub fn expect_items(&self) -> Result<&[Node], Diagnostic> {
        self.items().ok_or_else(|| {
            self.wrong_shape(("列表", "a list"))
                .help(("每项另起一行，以「- 」开头", "put each item on its own line after `- `"))
        })
    }

    /// The entries of a value that must be a mapping.
    ///
    /// # Errors
    /// A diagnostic at the value; for `名称：九证`, `名称:九证` it says how to write the colon.
    pub fn expect_entries(&self) -> Result<&[Entry], Diagnostic> {
        self.entries().ok_or_else(|| self.not_a_mapping())
    }

    fn not_a_mapping(&self) -> Diagnostic {
        if let NodeKind::Scalar { text, style: ScalarStyle::Plain } = &self.kind
            && let Some(slip) = slips::colon_slip(text)
        {
            return slip.diagnostic(self.span.source, self.span.start);
        }
        self.wrong_shape(("键值", "a mapping"))
            .help(("每行写「键: 值」，冒号后有一个空格", "write `key: value` on each line"))
    }

    fn wrong_shape(&self, expected: impl Into<Msg>) -> Diagnostic {
        let Msg { zh, en } = expected.into();
        let found = match &self.kind {
            NodeKind::Scalar { .. } if self.is_absent() => ("空的", "nothing"),
            NodeKind::Scalar { .. } => ("文字", "a text"),
            NodeKind::Sequence(_) => ("列表", "a list"),
            NodeKind::Mapping(_) => ("键值", "a mapping"),
        };
        Diagnostic::error(Code::WrongShape, (format!("这里应当是{zh}"), format!("{en} is expected here")))
            .at(self.span, (format!("这里是{}", found.0), format!("this is {}", found.1)))
    }
}
