//! Files written in any way that YAML allows: whatever is read from them stays.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestError, TestRunner};

use super::super::format;
use super::write::{Written, written};
use crate::source::{Source, SourceId};
use crate::yaml::{Node, NodeKind, parse};

/// The same files every time; `YICHUANG_RANDOM_CASES` tries more.
fn config() -> Config {
    let cases = std::env::var("YICHUANG_RANDOM_CASES").ok().and_then(|cases| cases.parse().ok());
    let (cases, rng_seed) = (cases.unwrap_or(1_000), RngSeed::Fixed(0x59_43));
    Config { cases, rng_seed, max_shrink_iters: 20_000, failure_persistence: None, ..Config::default() }
}

fn formatted(name: &str, text: &str) -> Result<String, TestCaseError> {
    let shown = |diagnostics| TestCaseError::fail(format!("{diagnostics:#?}\n{text}"));
    format(SourceId(0), &Source::new(name, text)).map_err(shown)
}

/// The tree without places, quotes and brackets; texts without the space in them, so that expressions
/// are the same whatever is done to them.
fn bare(node: &Node, output: &mut String) {
    match &node.kind {
        NodeKind::Scalar { text, .. } if node.is_absent() => output.push_str(text),
        NodeKind::Scalar { text, .. } => output.push_str(&format!("{:?}", text.replace(char::is_whitespace, ""))),
        NodeKind::Sequence(items) => {
            output.push('[');
            items.iter().for_each(|item| {
                bare(item, output);
                output.push(',');
            });
            output.push(']');
        }
        NodeKind::Mapping(entries) => {
            output.push('{');
            for entry in entries {
                output.push_str(&format!("{:?}:", entry.key));
                bare(&entry.value, output);
                output.push(',');
            }
            output.push('}');
        }
    }
}

fn tree(text: &str) -> Option<String> {
    let mut output = String::new();
    bare(&parse(SourceId(0), text).0?, &mut output);
    Some(output)
}

/// Every comment is there, in order. Where a mark stands in a text it is kept with the text.
fn check_comments(written: &Written, formatted: &str) -> Result<(), TestCaseError> {
    let mut rest = formatted;
    for place in 0..written.comments {
        let comment = format!("# 注{place};");
        let Some((_, after)) = rest.split_once(&comment) else {
            return Err(TestCaseError::fail(format!("{comment} is lost\n{}\n→\n{formatted}", written.text)));
        };
        rest = after;
    }
    Ok(())
}

fn check_same(text: &str, formatted: &str) -> Result<(), TestCaseError> {
    let before = tree(text).unwrap();
    prop_assert_eq!(Some(before), tree(formatted), "\n{}\n→\n{}", text, formatted);
    Ok(())
}

fn check_layout(text: &str, formatted: &str) -> Result<(), TestCaseError> {
    let again = self::formatted("rules.yaml", formatted)?;
    prop_assert!(again == formatted, "twice\n{text}\n→\n{formatted}\n→\n{again}");
    prop_assert!(!formatted.contains('\r') && (formatted.is_empty() || formatted.ends_with('\n')));
    Ok(())
}

#[test]
fn any_file_keeps_its_tree_and_comments() {
    let (read, unread) = (Cell::new(0), Cell::new(0));
    let law = |tape: Vec<u8>| {
        let written = written(&tape);
        if tree(&written.text).is_none() {
            unread.set(unread.get() + 1);
            return Ok(());
        }
        read.set(read.get() + 1);
        let formatted = formatted("rules.yaml", &written.text)?;
        check_same(&written.text, &formatted)?;
        check_comments(&written, &formatted)?;
        check_layout(&written.text, &formatted)
    };
    let run = TestRunner::new(config()).run(&prop::collection::vec(any::<u8>(), 0..400), law);
    if let Err(TestError::Fail(reason, _) | TestError::Abort(reason)) = run {
        panic!("{reason}");
    }
    assert!(read.get() > 9 * unread.get(), "{} of {} can be read", read.get(), read.get() + unread.get());
}

/// Pieces of files, glued together; most are no YAML.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = [
        "a", "甲", "1", "- ", "- - ", "? ", ": ", "a: ", "条件: ", "b:\n", ", ", "[", "]", "{", "}", "'", "\"", "\\",
        "|", ">", "|+", ">-", "|2", "\n", "\n\n", "\n  ", "\n    ", "\n ", " ", "  ", "\t", "\r\n", "\r", " # c\n",
        "# d\n", "#", "---\n", "...\n", "甲>=1", "!", "''", "~", "\u{3000}", "\u{a0}", "\u{85}", "\u{2028}",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_pieces_keep_what_they_say(text in pieces()) {
        if let Ok(formatted) = formatted("rules.yaml", &text) {
            check_same(&text, &formatted)?;
            check_layout(&text, &formatted)?;
        }
    }

    #[test]
    fn any_sheet_keeps_its_cells(rows in prop::collection::vec(prop::collection::vec("[a甲,\" \n\r]{0,4}", 3), 0..4)) {
        let cell = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let row = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(",");
        let text: String = rows.iter().map(|cells| row(cells) + "\r\n").collect();
        let text = format!("x,y,z\r\n{text}");
        let formatted = formatted("a.csv", &text)?;
        let mut reader = formatted.as_str();
        let read: Vec<Vec<String>> = std::iter::from_fn(|| record(&mut reader)).skip(1).collect();
        prop_assert_eq!(read, rows, "{:?} → {:?}", text, formatted);
        prop_assert_eq!(self::formatted("a.csv", &formatted)?, formatted.clone());
    }
}

/// The next record, read by a reader of this test alone.
fn record(text: &mut &str) -> Option<Vec<String>> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut chars = text.chars();
    chars.clone().next()?;
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.as_str().starts_with('"') => cells.last_mut()?.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            '\n' if !quoted => break,
            c => cells.last_mut()?.push(c),
        }
    }
    *text = chars.as_str();
    Some(cells)
}
