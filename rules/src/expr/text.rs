//! The characters of an expression and where each stands in its file.

use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::sheet::Cell;
use crate::source::{SourceId, Span};
use crate::yaml::{Node, NodeKind, ScalarStyle};

/// The characters of an expression, with the byte offset of each in its file.
#[derive(Clone, Debug)]
pub(crate) struct ExprText {
    source: SourceId,
    chars: Vec<(char, usize)>,
    /// The place of the whole expression.
    pub(crate) span: Span,
}

impl ExprText {
    /// The expression in a YAML value.
    ///
    /// # Errors
    /// A diagnostic when the places of its characters cannot be told.
    pub(crate) fn from_node(source: SourceId, file: &str, node: &Node) -> Result<ExprText, Diagnostic> {
        let NodeKind::Scalar { text, style } = &node.kind else {
            return Err(not_a_text(node.span));
        };
        let Span { start, end, .. } = node.span;
        let slice = file.get(start..end).unwrap_or("");
        let chars = match style {
            ScalarStyle::Plain => same(text, slice, start),
            ScalarStyle::Single | ScalarStyle::Double => {
                let inner = slice.get(1..slice.len().saturating_sub(1)).unwrap_or("");
                same(text, inner, start + 1)
            }
            ScalarStyle::Literal => literal(text, file, start),
            ScalarStyle::Folded => None,
        };
        match chars {
            Some(chars) => Ok(ExprText { source, chars, span: node.span }),
            None => Err(lost_places(node.span, *style, slice)),
        }
    }

    /// The expression in a cell of a sheet, whose quotes may be doubled.
    pub(crate) fn from_cell(source: SourceId, file: &str, cell: &Cell) -> ExprText {
        let slice = file.get(cell.span.start..cell.span.end).unwrap_or("");
        let doubled = slice != cell.text;
        let mut after_quote = false;
        let kept = slice.char_indices().filter(|(_, c)| {
            after_quote = doubled && *c == '"' && !after_quote;
            *c != '"' || !doubled || after_quote
        });
        let chars = kept.map(|(at, c)| (c, cell.span.start + at)).collect();
        ExprText { source, chars, span: cell.span }
    }

    /// An expression that stands in no file: equal expressions with other spaces have equal places.
    pub(crate) fn unplaced(text: &str) -> ExprText {
        let source = SourceId(0);
        ExprText { source, chars: text.chars().map(|c| (c, 0)).collect(), span: Span::new(source, 0, 0) }
    }

    /// The characters from `from` up to but not including `to`, as an expression of its own.
    pub(crate) fn part(&self, from: usize, to: usize) -> ExprText {
        let chars = self.chars.get(from..to).unwrap_or(&[]).to_vec();
        ExprText { source: self.source, chars, span: self.span(from, to) }
    }

    pub(crate) fn len(&self) -> usize {
        self.chars.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<char> {
        self.chars.get(index).map(|(c, _)| *c)
    }

    /// The place of the characters from `from` up to but not including `to`.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        let begin = |index: usize| self.chars.get(index).map(|(_, offset)| *offset);
        let after = |index: usize| self.chars.get(index).map(|(c, offset)| offset + c.len_utf8());
        let start = begin(from).or_else(|| after(self.len().checked_sub(1)?)).unwrap_or(self.span.start);
        let end = to.checked_sub(1).and_then(after).unwrap_or(start);
        Span::new(self.source, start, end.max(start))
    }

    /// The characters from `from` up to but not including `to`.
    pub(crate) fn slice(&self, from: usize, to: usize) -> String {
        let count = to.saturating_sub(from);
        self.chars.iter().skip(from).take(count).map(|(c, _)| *c).collect()
    }

    /// The index of the first character of each line.
    pub(crate) fn line_starts(&self) -> Vec<usize> {
        let ends = self.chars.iter().enumerate().filter(|(_, (c, _))| *c == '\n');
        std::iter::once(0).chain(ends.map(|(index, _)| index + 1)).collect()
    }
}

/// The characters of a text that stands in the file as it is, in one line.
fn same(text: &str, slice: &str, start: usize) -> Option<Vec<(char, usize)>> {
    let one_line = text == slice && !text.contains('\n');
    one_line.then(|| slice.char_indices().map(|(at, c)| (c, start + at)).collect())
}

/// The characters of the lines after `|`, whose indentation is not part of the text.
fn literal(text: &str, file: &str, start: usize) -> Option<Vec<(char, usize)>> {
    let mut at = file.get(..start)?.rfind('\n').map_or(0, |end| end + 1);
    let mut chars = Vec::new();
    for line in text.trim_matches('\n').split('\n') {
        let in_file = file.get(at..)?.split('\n').next()?;
        let bare = in_file.strip_suffix('\r').unwrap_or(in_file);
        let indent = bare.len().checked_sub(line.len()).or(line.is_empty().then_some(0))?;
        if !bare.get(indent..)?.starts_with(line) || !bare.get(..indent)?.trim().is_empty() {
            return None;
        }
        chars.extend(line.char_indices().map(|(offset, c)| (c, at + indent + offset)));
        at += in_file.len() + 1;
        chars.push(('\n', at - 1));
    }
    chars.pop();
    Some(chars)
}

fn not_a_text(span: Span) -> Diagnostic {
    Diagnostic::error(Code::WrongShape, ("这里应当是表达式", "an expression is expected here"))
        .at(span, ("这里是列表或键值", "this is a list or a mapping"))
        .help((
            "把表达式写成一行；以「[」或「{」开头时放进单引号 '…'",
            "write it in one line; if it begins with `[` or `{`, put it in single quotes '…'",
        ))
}

fn lost_places(span: Span, style: ScalarStyle, slice: &str) -> Diagnostic {
    let several_lines = slice.contains('\n');
    let (zh, en) = match style {
        ScalarStyle::Folded => ("表达式不能写在「>」后面", "an expression cannot follow `>`"),
        ScalarStyle::Single if !several_lines => {
            ("单引号里的表达式不能再有单引号", "an expression in single quotes cannot hold single quotes")
        }
        ScalarStyle::Double if !several_lines => {
            ("双引号里的表达式不能有「\\」", "an expression in double quotes cannot hold `\\`")
        }
        ScalarStyle::Plain | ScalarStyle::Single | ScalarStyle::Double | ScalarStyle::Literal => {
            ("没有写「|」的表达式不能分成几行", "an expression of several lines needs `|`")
        }
    };
    Diagnostic::error(Code::ExprScalar, (zh, en)).at(span, ("这个表达式", "this expression")).help((
        "在键后写「|」，从下一行起缩进书写；或者写成一行，需要时放进单引号 '…'",
        "write `|` after the key and the expression indented below, or write it in one line, in '…' if needed",
    ))
}
