//! What policy staff read when a rule file is wrong: a sound pack, one mistake, the whole message.
//!
//! The cases are in `diagnostics/*.txt`: a title, one or more edits of the files in
//! `diagnostics/base` (or of `diagnostics/layered`, a pack that extends another one), a line `~~~`, and what `yichuang check` prints. An edit is one of
//!
//! ```text
//! items.yaml: old => new      replaces the one place where `old` stands (`\n` is a line end)
//! extra.yaml: + text          adds text at the end of a file, which may be new
//! pack.yaml: -                removes the file
//! ```
//!
//! A title that ends with `[en]` is rendered in English. `UPDATE_EXPECT=1 cargo test` rewrites
//! what is expected; then read the difference.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at once")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use yichuang_rules::{Diagnostic, Lang, Source, compile, render, sorted};

#[test]
fn keys_and_entries() {
    check("entries");
}

#[test]
fn names_and_types() {
    check("names");
}

#[test]
fn values_and_periods() {
    check("values");
}

#[test]
fn material_matrix() {
    check("sheets");
}

#[test]
fn tables_and_their_rows() {
    check("rows");
}

#[test]
fn decision_tables() {
    check("tables");
}

#[test]
fn syntax() {
    check("syntax");
}

#[test]
fn joint_plans() {
    check("joint");
}

#[test]
fn what_nothing_uses() {
    check("unused");
}

#[test]
fn packs_that_extend_others() {
    check_with("layers", "test/town", "layered");
}

#[test]
fn the_layered_pack_is_sound() {
    let (bundle, diagnostics) = compile("test/town", &sources(&base("layered")));
    assert_eq!(diagnostics, []);
    assert!(bundle.is_some());
}

#[test]
fn several_in_one_run() {
    check("several");
}

#[test]
fn the_base_pack_is_sound() {
    let (bundle, diagnostics) = compile("test/shop", &sources(&base("base")));
    assert_eq!(diagnostics, []);
    assert!(bundle.is_some());
}

/// Compares every case of a table with what is printed.
fn check(table: &str) {
    check_with(table, "test/shop", "base");
}

fn check_with(table: &str, id: &str, folder: &str) {
    let path = format!("{}/tests/diagnostics/{table}.txt", env!("CARGO_MANIFEST_DIR"));
    let expected = fs::read_to_string(&path).unwrap();
    let mut found = String::new();
    for case in expected.split("%%% ").skip(1) {
        let (title, rest) = case.split_once('\n').unwrap();
        let edits = rest.split("~~~").next().unwrap();
        let lang = if title.ends_with("[en]") { Lang::En } else { Lang::Zh };
        write!(found, "%%% {title}\n{edits}~~~\n{}\n\n", printed(title, edits, lang, (id, folder)).trim_end()).unwrap();
    }
    let found = format!("{}\n", found.trim_end());
    if std::env::var("UPDATE_EXPECT").is_ok() {
        return fs::write(&path, found).unwrap();
    }
    for (found, expected) in found.lines().zip(expected.lines()) {
        assert_eq!(found, expected, "differs from {path}");
    }
    assert_eq!(found.lines().count(), expected.lines().count(), "{path}");
}

fn printed(title: &str, edits: &str, lang: Lang, (id, folder): (&str, &str)) -> String {
    let mut files = base(folder);
    edits.lines().for_each(|line| edit(&mut files, title, line));
    let sources = sources(&files);
    let (bundle, diagnostics) = compile(id, &sources);
    assert_eq!(bundle.is_none(), diagnostics.iter().any(Diagnostic::is_error), "{title}");
    let sorted = sorted(&sources);
    diagnostics.iter().for_each(|diagnostic| complete(diagnostic, &sorted));
    render(&diagnostics, &sorted, lang)
}

/// A message says what and where in both languages, and what to do.
fn complete(diagnostic: &Diagnostic, sources: &[Source]) {
    assert!(!diagnostic.help.is_empty(), "{diagnostic:?}");
    for msg in std::iter::once(&*diagnostic.message).chain(&diagnostic.help) {
        assert!(!msg.zh.is_empty() && !msg.en.is_empty(), "{diagnostic:?}");
    }
    for (span, label) in &diagnostic.labels {
        assert!(!label.zh.is_empty() && !label.en.is_empty(), "{diagnostic:?}");
        assert!(sources[usize::from(span.source.0)].text.get(span.start..span.end).is_some());
    }
}

/// The files of a folder and of the folders below it, by their paths.
fn base(folder: &str) -> BTreeMap<String, String> {
    let root = std::path::PathBuf::from(format!("{}/tests/diagnostics/{folder}", env!("CARGO_MANIFEST_DIR")));
    let (mut files, mut open) = (BTreeMap::new(), vec![root.clone()]);
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    files
}

fn edit(files: &mut BTreeMap<String, String>, title: &str, line: &str) {
    let (name, change) = line.split_once(": ").unwrap();
    let change = change.replace("\\n", "\n").replace("\\t", "\t");
    if change == "-" {
        files.remove(name).unwrap();
    } else if let Some(more) = change.strip_prefix("+ ") {
        let file = files.entry(name.to_owned()).or_default();
        file.push_str(more);
        file.push('\n');
    } else {
        let (old, new) = change.split_once(" => ").unwrap();
        let file = files.get_mut(name).unwrap();
        assert_eq!(file.matches(old).count(), 1, "{title}: `{old}`");
        *file = file.replacen(old, new, 1);
    }
}

fn sources(files: &BTreeMap<String, String>) -> Vec<Source> {
    files.iter().map(|(name, text)| Source::new(name, text)).collect()
}
