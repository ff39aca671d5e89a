use std::fmt::Write as _;

use super::{Node, NodeKind, parse};
use crate::source::SourceId;
use crate::tests::{check_table, rendered, slice};

/// The tree, each value with its text in the file, after the diagnostics.
fn run(text: &str) -> String {
    let text = text.replace('→', "\t").replace('␍', "\r");
    let (node, diagnostics) = parse(SourceId(0), &text);
    let mut output = rendered(&diagnostics, "facts.yaml", &text);
    if let Some(node) = node {
        dump(&node, &text, 0, &mut output);
    }
    output
}

fn dump(node: &Node, text: &str, depth: usize, output: &mut String) {
    let indent = "  ".repeat(depth);
    let written = slice(text, node.span);
    match &node.kind {
        NodeKind::Scalar { text, style } => writeln!(output, "{indent}{style:?} {text:?} {written:?}"),
        NodeKind::Sequence(items) => {
            writeln!(output, "{indent}Sequence {written:?}").unwrap();
            items.iter().for_each(|item| dump(item, text, depth + 1, output));
            Ok(())
        }
        NodeKind::Mapping(entries) => {
            writeln!(output, "{indent}Mapping {written:?}").unwrap();
            for entry in entries {
                assert!(slice(text, entry.key_span).contains(&entry.key));
                writeln!(output, "{indent}  {}:", entry.key).unwrap();
                dump(&entry.value, text, depth + 2, output);
            }
            Ok(())
        }
    }
    .unwrap();
}

#[test]
fn trees() {
    check_table("yaml/trees.txt", run);
}

#[test]
fn refused_features() {
    check_table("yaml/refused.txt", run);
}

#[test]
fn first_mistakes() {
    check_table("yaml/slips.txt", run);
}

#[test]
fn shapes() {
    check_table("yaml/shapes.txt", |text| {
        let (node, diagnostics) = parse(SourceId(0), text);
        assert!(diagnostics.is_empty());
        let node = node.unwrap();
        let value = |key: &str| node.get(&[key]).map(|entry| &entry.value);
        let faults = [
            value("text").and_then(|value| value.expect_text().err()),
            value("list").and_then(|value| value.expect_items().err()),
            value("mapping").and_then(|value| value.expect_entries().err()),
            value("items").and_then(|value| value.items()?.first()?.expect_entries().err()),
        ];
        rendered(&faults.into_iter().flatten().collect::<Vec<_>>(), "facts.yaml", text)
    });
}

#[test]
fn limits() {
    let check = |text: &str, headline: &str| {
        let (node, diagnostics) = parse(SourceId(0), text);
        assert!(node.is_none());
        assert_eq!(diagnostics.iter().map(|found| found.message.zh.as_str()).collect::<Vec<_>>(), [headline]);
    };
    check(&format!("{}1{}", "[".repeat(65), "]".repeat(65)), "层级超过 64 层");
    check(&format!("[{}1]", "1,".repeat(200_000)), "文件超过 20 万个值");
    check(&" ".repeat((4 << 20) + 1), "文件超过 4 MB");
    let deep = format!("{}1{}", "[".repeat(64), "]".repeat(64));
    assert!(parse(SourceId(0), &deep).0.is_some());
}

/// What came of fuzzing: the parser took them for the end of the file, and nothing was said.
#[test]
fn control_characters_are_pointed_out() {
    for text in ["条件: |\n  \u{c}\t\0\0\0\0\0\0\0\n", "甲: 1\0\n乙: 2\n", "甲: \"\u{7f}\"\n", "\u{1b}[0m"] {
        let (node, diagnostics) = parse(SourceId(0), text);
        assert_eq!(node, None, "{text:?}");
        assert_eq!(diagnostics.first().map(|fault| fault.code.as_str()), Some("YC0115"), "{text:?}");
        assert!(diagnostics.iter().all(crate::Diagnostic::is_error));
    }
}
