//! Rule files as text, and places in them.

use crate::codes::Code;
use crate::diagnostic::Diagnostic;

/// One rule file, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path relative to the pack folder, such as `facts.yaml`; a file of a pack that is extended
    /// has that pack's id before it: `cn/three-in-one/facts.yaml`.
    pub name: String,
    /// The text without a byte order mark; line ends are kept as they are.
    pub text: String,
}

/// The place of a [`Source`] in the list of sources being compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u16);

/// A range of bytes in one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Which source.
    pub source: SourceId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Source {
    /// Makes a source, dropping a byte order mark.
    pub fn new(name: impl Into<String>, text: &str) -> Source {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Source { name: name.into(), text: text.to_owned() }
    }

    /// Reads a file's bytes, which must be UTF-8.
    ///
    /// # Errors
    /// A diagnostic that says how to save the file as UTF-8. It has no span, because the text
    /// cannot be shown.
    pub fn from_bytes(name: impl Into<String>, bytes: &[u8]) -> Result<Source, Diagnostic> {
        let name = name.into();
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Source::new(name, text)),
            Err(error) => Err(not_utf8(&name, bytes, error.valid_up_to())),
        }
    }

    /// The id of the extended pack that a rule file belongs to; `None` for a file of the pack itself.
    pub fn pack(&self) -> Option<&str> {
        self.name.rsplit_once('/').map(|(pack, _)| pack)
    }

    /// The name of the file in its folder.
    pub fn file(&self) -> &str {
        self.name.rsplit_once('/').map_or(self.name.as_str(), |(_, file)| file)
    }

    /// The text of a span, empty when the span does not fit this source.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or("")
    }

    /// Line and column of a byte, both counted from 1, the column in characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let before = self.text.get(..offset).unwrap_or(&self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        (line, column)
    }
}

impl Span {
    /// A range of bytes in a source.
    pub fn new(source: SourceId, start: usize, end: usize) -> Span {
        Span { source, start, end }
    }

    /// The smallest span that holds both; `self` when they are in different sources.
    pub fn union(self, other: Span) -> Span {
        if self.source != other.source {
            return self;
        }
        Span::new(self.source, self.start.min(other.start), self.end.max(other.end))
    }
}

fn not_utf8(name: &str, bytes: &[u8], valid_up_to: usize) -> Diagnostic {
    let line = bytes.iter().take(valid_up_to).filter(|byte| **byte == b'\n').count() + 1;
    Diagnostic::error(
        Code::NotUtf8,
        (
            format!("文件「{name}」不是 UTF-8 编码（第 {line} 行起无法读取）"),
            format!("file `{name}` is not UTF-8 (unreadable from line {line} on)"),
        ),
    )
    .help((
        "请另存为 UTF-8：Excel、WPS 表格选「CSV UTF-8（逗号分隔）」，记事本在「编码」一栏选「UTF-8」",
        "save it as UTF-8: in Excel choose `CSV UTF-8 (Comma delimited)`, in Notepad choose encoding `UTF-8`",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, render};

    #[test]
    fn byte_order_mark_is_dropped() {
        let source = Source::from_bytes("a.csv", "\u{feff}编号,名称\r\n".as_bytes()).unwrap();
        assert_eq!(source.text, "编号,名称\r\n");
    }

    #[test]
    fn other_encodings_are_refused_with_a_way_out() {
        let gbk = b"id\n\xc3\xfb\xb3\xc6";
        let diagnostic = Source::from_bytes("材料.csv", gbk).unwrap_err();
        assert_eq!(
            render(&[diagnostic], &[], Lang::Zh),
            "错误[YC0001]: 文件「材料.csv」不是 UTF-8 编码（第 2 行起无法读取）
 |
 = 帮助: 请另存为 UTF-8：Excel、WPS 表格选「CSV UTF-8（逗号分隔）」，记事本在「编码」一栏选「UTF-8」
"
        );
    }

    #[test]
    fn columns_count_characters() {
        let source = Source::new("a", "甲\r\n乙丙");
        assert_eq!(source.line_column(0), (1, 1));
        assert_eq!(source.line_column(8), (2, 2));
        assert_eq!(source.line_column(999), (2, 3));
    }
}
