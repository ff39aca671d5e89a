//! Tables of cases in text files, and random inputs.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::{
    Diagnostic, Lang, Node, NodeKind, Source, SourceId, Span, parse, parse_cell_expr, parse_expr, parse_sheet, render,
};

/// Runs a table: each case is a line `%%% title`, the input, a line `~~~` and what is expected.
/// With `UPDATE_EXPECT=1` the file is rewritten with what was found.
pub(crate) fn check_table(path: &str, run: fn(&str) -> String) {
    let path = format!("{}/src/{path}", env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(&path).unwrap();
    let mut found = String::new();
    for case in table.split("%%% ").skip(1) {
        let (title, rest) = case.split_once('\n').unwrap();
        let input = rest.split("~~~\n").next().unwrap();
        let output = run(input);
        write!(found, "%%% {title}\n{input}~~~\n{}\n\n", output.trim_end()).unwrap();
    }
    if std::env::var("UPDATE_EXPECT").is_ok() {
        return std::fs::write(&path, format!("{}\n", found.trim_end())).unwrap();
    }
    for (found, expected) in found.lines().zip(table.lines()) {
        assert_eq!(found, expected, "differs from {path}");
    }
    assert_eq!(found.trim_end().lines().count(), table.trim_end().lines().count(), "{path}");
}

/// Chinese text of diagnostics; the English must be there too.
pub(crate) fn rendered(diagnostics: &[Diagnostic], name: &str, text: &str) -> String {
    for diagnostic in diagnostics {
        assert!(!diagnostic.message.en.is_empty() && !diagnostic.help.is_empty());
        assert!(diagnostic.help.iter().all(|help| !help.en.is_empty()));
        assert_eq!(diagnostic.label.zh.is_empty(), diagnostic.label.en.is_empty());
    }
    render(diagnostics, &[Source::new(name, text)], Lang::Zh)
}

/// The text at a place, which must fit.
pub(crate) fn slice(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap()
}

/// Every text in a tree as an expression.
fn parse_all(node: &Node, file: &str) {
    match &node.kind {
        NodeKind::Scalar { .. } => {
            if let Err(diagnostics) = parse_expr(SourceId(0), file, node) {
                assert!(!diagnostics.is_empty(), "{file}");
                rendered(&diagnostics, "a.yaml", file);
            }
        }
        NodeKind::Sequence(items) => items.iter().for_each(|item| parse_all(item, file)),
        NodeKind::Mapping(entries) => entries.iter().for_each(|entry| parse_all(&entry.value, file)),
    }
}

fn parse_everything(text: &str) {
    let (node, diagnostics) = parse(SourceId(0), text);
    assert!(node.is_some() || diagnostics.iter().any(Diagnostic::is_error), "{text}");
    rendered(&diagnostics, "a.yaml", text);
    if let Some(node) = node {
        parse_all(&node, text);
    }
    let (sheet, diagnostics) = parse_sheet(SourceId(0), text);
    assert!(sheet.is_some() || diagnostics.iter().any(Diagnostic::is_error), "{text}");
    rendered(&diagnostics, "a.csv", text);
    for cell in sheet.iter().flat_map(|sheet| sheet.rows.iter().flatten()) {
        if let Err(diagnostics) = parse_cell_expr(SourceId(0), text, cell) {
            rendered(&diagnostics, "a.csv", text);
        }
    }
}

/// Pieces of rule files, glued together at random.
fn pieces() -> impl Strategy<Value = String> {
    let words = "甲 乙 且 或 非 属于 不属于 包含 如果 否则 真 f if else a.b 1 2.5 0x1F \"文\" ５ ≥ “ ” ： ， \
        { } ( ) [ ] ' \" ` ${ : , # | > >= == = ! && || - + * / % . .. \\ << --- %YAML &a *a !!str // /* ;";
    let spaces = [" ", "  ", "\n", "\n  ", "\r\n", "\t", "\u{3000}", "\u{feff}", ": ", " # ", "- ", "|\n  "];
    let all: Vec<&str> = words.split_whitespace().chain(spaces).collect();
    prop::collection::vec(prop::sample::select(all), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_panic(text in any::<String>()) {
        parse_everything(&text);
    }

    #[test]
    fn any_pieces_are_read_without_panic(text in pieces()) {
        parse_everything(&text);
    }

    #[test]
    fn any_expression_is_read_without_panic(text in pieces()) {
        parse_everything(&format!("条件: |\n  {}\n", text.replace('\n', "\n  ")));
        let quoted = text.replace('\'', "").replace('\n', " ");
        parse_everything(&format!("条件: '{quoted}'\n"));
    }
}
