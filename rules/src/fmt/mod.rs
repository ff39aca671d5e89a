//! One layout of rule files: text in, formatted text or diagnostics out.
//!
//! ```text
//! text ──yaml──▶ tree ──┐
//!   └──────▶ comments ──┴─layout──▶ text ──proof──▶ the same tree, the same comments
//! ```
//!
//! The layout:
//! - Two spaces a level, lists under a key too; one entry a line, in the order and the words in
//!   which it was written. `{a: b, c: d}` and `[a, b]` stay in their line while that is no wider
//!   than [`WIDTH`] columns, a Chinese character taking two. Wider ones become one entry a line;
//!   a list of short words goes on in the next line instead.
//! - Quotes only where the text could not be read without them, `'…'` rather than `"…"`.
//! - Expressions with one space around operators and after commas.
//! - Comments stay where they are: above what follows, or two spaces behind what they stand beside.
//!   A comment within a value that becomes one line goes above it.
//! - At most one blank line; one around every top-level section of several lines.
//! - Lines after `|` and `>` are kept to the letter, and so are the line breaks of long texts.
//! - Sheets: quotes only where needed; cells are kept to the letter.
//!
//! What is formatted is read again; if it does not say the same, the file is left as it is.

mod comments;
mod expr;
mod flow;
mod layout;
mod proof;
mod scalar;
mod sheet;
#[cfg(test)]
mod tests;

use crate::codes::Code;
use crate::compile::merge_conflict;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourceId, Span};
use crate::yaml;

/// The columns that a line may take before its brackets are opened.
pub(crate) const WIDTH: usize = 100;

/// The text of a rule file, case file or calendar file in the one layout.
///
/// Formatting what is formatted changes nothing, and the file compiles to the same as before.
///
/// # Errors
/// What is wrong with the file's syntax: a file that cannot be read as a whole is left alone.
///
/// # Example
/// ```
/// use yichuang_rules::{Source, SourceId, format};
/// let written = Source::new("rules.yaml", "规则:\n- id: big   # 大店\n  条件:  '面积>=150 且 类型==餐饮'\n");
/// let formatted = "规则:\n  - id: big  # 大店\n    条件: 面积 >= 150 且 类型 == 餐饮\n";
/// assert_eq!(format(SourceId(0), &written).unwrap(), formatted);
/// ```
pub fn format(id: SourceId, source: &Source) -> Result<String, Vec<Diagnostic>> {
    if let Some(conflict) = merge_conflict(id, &source.text) {
        return Err(vec![conflict]);
    }
    let formatted =
        if source.name.ends_with(".csv") { sheet::format(id, &source.text) } else { rules(id, &source.text) };
    formatted?.ok_or_else(|| vec![left_alone(id)])
}

/// The formatted text; nothing if it would not say the same.
fn rules(id: SourceId, text: &str) -> Result<Option<String>, Vec<Diagnostic>> {
    let before = readable(yaml::parse(id, text))?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let root = readable(yaml::parse(id, &text))?;
    let formatted = layout::layout(&text, &root, &comments::comments(&text));
    Ok(proof::same(&before, &text, &formatted).then_some(formatted))
}

fn readable((root, diagnostics): (Option<yaml::Node>, Vec<Diagnostic>)) -> Result<yaml::Node, Vec<Diagnostic>> {
    root.ok_or_else(|| diagnostics.into_iter().filter(Diagnostic::is_error).collect())
}

fn left_alone(id: SourceId) -> Diagnostic {
    let headline = ("这个文件没有排版", "the file is not formatted");
    Diagnostic::error(Code::NotFormatted, headline)
        .at(
            Span::new(id, 0, 0),
            ("排版会改变它的内容，所以保持原样", "formatting would change what it says, so it is kept"),
        )
        .help((
            "把多行的文字改写成「|」，不用「? 」开头的键，再排版一次",
            "write texts of several lines after `|`, avoid keys that begin with `? `, and format again",
        ))
}
