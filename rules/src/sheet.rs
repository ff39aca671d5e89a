//! CSV sheets with the place of every cell.
//!
//! Quotes, line ends and a byte order mark are those of spreadsheet programs. Rows without any
//! content, and empty cells beyond the last column, which such programs leave behind, are dropped.

use std::collections::BTreeMap;

use csv_core::{ReadFieldResult, Reader};

use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};

#[cfg(test)]
mod tests;

/// A table with a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The first row.
    pub headers: Vec<Cell>,
    /// The other rows, each as long as the header.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The content without quotes and surrounding space.
    pub text: String,
    /// The place of the content, inside its quotes if there are any.
    pub span: Span,
}

impl Sheet {
    /// The place of a column by its name (or one of its aliases) in each row.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        self.headers.iter().position(|header| names.contains(&header.text.as_str()))
    }
}

/// Reads a CSV file. Rows that do not fit the header are reported and left out; the sheet is
/// absent when there is no usable header.
pub fn parse_sheet(source: SourceId, text: &str) -> (Option<Sheet>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut records = records(source, text, &mut diagnostics).into_iter();
    let Some(headers) = records.next() else {
        diagnostics.push(empty_sheet(source));
        return (None, diagnostics);
    };
    let headers = without_empty_end(headers, 0);
    if let Some(diagnostic) = wrong_separator(&headers, text) {
        diagnostics.push(diagnostic);
        return (None, diagnostics);
    }
    diagnostics.extend(duplicate_columns(&headers));
    let quotes_match = diagnostics.iter().all(|diagnostic| diagnostic.code != Code::SheetQuote);
    let mut rows = Vec::new();
    for record in records {
        let record = without_empty_end(record, headers.len());
        if record.len() == headers.len() {
            rows.push(record);
        } else if quotes_match {
            diagnostics.extend(ragged(&record, headers.len()));
        }
    }
    (Some(Sheet { headers, rows }), diagnostics)
}

/// All records that have content, as cells with places.
fn records(source: SourceId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Vec<Cell>> {
    // With a line end behind the last row every field ends with a comma or a line end; what is
    // left at the end of the input is an open quote.
    let text = &format!("{text}\n");
    let mut reader = Reader::new();
    let mut start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut output = vec![0; text.len()];
    let (mut records, mut record) = (Vec::new(), Vec::new());
    loop {
        let input = text.as_bytes().get(start..).unwrap_or(&[]);
        let (result, read, written) = reader.read_field(input, &mut output);
        let raw = Span::new(source, start, start + read);
        start += read;
        if read > 0 && result != ReadFieldResult::OutputFull {
            let content = String::from_utf8_lossy(output.get(..written).unwrap_or(&[]));
            let (cell, fault) = cell(raw, text, &content);
            diagnostics.extend(fault);
            record.push(cell);
        }
        match result {
            ReadFieldResult::Field { record_end: true } => records.push(std::mem::take(&mut record)),
            ReadFieldResult::Field { record_end: false } | ReadFieldResult::InputEmpty => {}
            ReadFieldResult::OutputFull | ReadFieldResult::End => break,
        }
    }
    records.retain(|record| record.iter().any(|cell| !cell.text.is_empty()));
    records
}

/// A field's content and its place within the bytes that were read for it.
fn cell(raw: Span, text: &str, content: &str) -> (Cell, Option<Diagnostic>) {
    let field = text.get(raw.start..raw.end).unwrap_or("");
    let field = field.trim_start_matches(['\n', '\r']);
    let start = raw.end - field.len();
    let (start, inside, fault) = match field.strip_prefix('"') {
        Some(inner) => {
            let opening = Span::new(raw.source, start, start + 1);
            let (inside, fault) = quoted(inner, opening);
            (start + 1, inside, fault)
        }
        None => {
            let inside = field.strip_suffix([',', '\n', '\r']).unwrap_or(field);
            let space = inside.len() - inside.trim_start().len();
            let opening = Span::new(raw.source, start + space, start + space + 1);
            let late = inside.trim_start().starts_with('"');
            (start, inside, late.then(|| quote_fault(opening, ("引号前有空格", "there is a space before the quote"))))
        }
    };
    let lead = inside.len() - inside.trim_start().len();
    let end = start + inside.trim_end().len().max(lead);
    let span = Span::new(raw.source, start + lead, end);
    (Cell { text: content.trim().to_owned(), span }, fault)
}

/// What is inside the quotes of a cell, and whether they match.
fn quoted(inner: &str, opening: Span) -> (&str, Option<Diagnostic>) {
    let Some((inside, after)) = closing_quote(inner).and_then(|end| inner.split_at_checked(end)) else {
        return (inner, Some(quote_fault(opening, ("这个引号没有结束", "this quote does not end"))));
    };
    let after = after.trim_end_matches([',', '\n', '\r', ' ']);
    let label = ("这个单元格的引号之后还有文字", "there is text after this cell's closing quote");
    (inside, (after.len() > 1).then(|| quote_fault(opening, label)))
}

/// The first quote that is not doubled.
fn closing_quote(inner: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + inner.get(from..)?.find('"')?;
        if !inner.get(at + 1..)?.starts_with('"') {
            return Some(at);
        }
        from = at + 2;
    }
}

fn without_empty_end(mut record: Vec<Cell>, columns: usize) -> Vec<Cell> {
    while record.len() > columns && record.last().is_some_and(|cell| cell.text.is_empty()) {
        record.pop();
    }
    record
}

fn wrong_separator(headers: &[Cell], text: &str) -> Option<Diagnostic> {
    let [only] = headers else { return None };
    let slice = text.get(only.span.start..only.span.end)?;
    let (at, found) = slice.char_indices().find(|(_, c)| matches!(c, '，' | ';' | '；' | '\t' | '、'))?;
    let start = only.span.start + at;
    Some(separator(Span::new(only.span.source, start, start + found.len_utf8()), found))
}

fn separator(span: Span, found: char) -> Diagnostic {
    let (zh, en) = match found {
        '\t' => ("制表符（Tab）".to_owned(), "a tab".to_owned()),
        found => (format!("「{found}」"), format!("`{found}`")),
    };
    Diagnostic::error(
        Code::SheetSeparator,
        (format!("列之间用了{zh}，不是半角逗号"), format!("columns are separated by {en}, not by a comma")),
    )
    .at(span, ("这里应当是半角逗号「,」", "a comma `,` belongs here"))
    .help((
        "把分隔符改成半角「,」，或者在表格软件里另存为「CSV UTF-8（逗号分隔）」",
        "use `,`, or save it from the spreadsheet program as `CSV UTF-8 (Comma delimited)`",
    ))
}

fn ragged(record: &[Cell], expected: usize) -> Option<Diagnostic> {
    let (first, last) = (record.first()?, record.last()?);
    let found = record.len();
    let diagnostic = Diagnostic::error(
        Code::RaggedRow,
        (
            format!("这一行有 {found} 列，表头有 {expected} 列"),
            format!("this row has {found} columns, the header has {expected}"),
        ),
    )
    .at(first.span.union(last.span), if found < expected { ("缺列", "too few") } else { ("多列", "too many") });
    let wide = record.iter().any(|cell| cell.text.contains('，'));
    Some(if found < expected && wide {
        diagnostic.help((
            "列之间要用半角逗号「,」，这一行里有全角逗号「，」",
            "columns are separated by `,`; this row has a full-width `，`",
        ))
    } else if found > expected {
        diagnostic.help((
            "单元格的内容里有逗号时，整格放进双引号 \"…\"",
            "put a cell that holds a comma in double quotes \"…\"",
        ))
    } else {
        diagnostic.help(("没有内容的格也要留出逗号", "an empty cell needs its comma too"))
    })
}

fn duplicate_columns(headers: &[Cell]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    let named = headers.iter().filter(|header| !header.text.is_empty());
    let found = named.filter_map(|header| {
        let first = *seen.entry(&header.text).or_insert(header.span);
        (first != header.span).then(|| {
            let name = &header.text;
            let headline = (format!("列名「{name}」重复"), format!("two columns are named `{name}`"));
            Diagnostic::error(Code::DuplicateColumn, headline)
                .at(header.span, ("这里又出现一次", "again here"))
                .also(first, ("第一次在这里", "first here"))
                .help(("给其中一列改名", "rename one of them"))
        })
    });
    found.collect()
}

fn quote_fault(opening: Span, label: (&str, &str)) -> Diagnostic {
    Diagnostic::error(Code::SheetQuote, ("单元格的引号没有成对", "the quotes of a cell do not match"))
        .at(opening, label)
        .help((
            "整格放进双引号，其中的双引号写两遍：\"他说\"\"好\"\"\"",
            "quote the whole cell and double the quotes in it: \"he said \"\"yes\"\"\"",
        ))
}

fn empty_sheet(source: SourceId) -> Diagnostic {
    Diagnostic::error(Code::EmptySheet, ("表格是空的", "the sheet is empty"))
        .at(Span::new(source, 0, 0), ("第一行应当是列名", "the first row must hold the column names"))
        .help(("第一行写列名，以半角逗号分隔", "write the column names in the first row, separated by commas"))
}
