//! `yichuang why`: what people read, in a table of cases.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at once")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

fn why(pack: &str, args: &[&str], answers: &str) -> (Option<i32>, String) {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(pack);
    let mut child = Command::new(env!("CARGO_BIN_EXE_yichuang"))
        .args(["why", pack.to_str().unwrap(), "--answers", "-"])
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses its arguments does not read; that is its right.
    let _ = child.stdin.take().unwrap().write_all(answers.as_bytes());
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

/// Each case is a line `%%% title`, a line with the arguments, the answers and, after `~~~`, what is
/// printed. `UPDATE_EXPECT=1` rewrites the table.
#[test]
fn explanations_as_people_read_them() {
    let path = format!("{}/tests/why.txt", env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(&path).unwrap();
    let mut found = String::new();
    for case in table.split("%%% ").skip(1) {
        let (title, rest) = case.split_once('\n').unwrap();
        let input = rest.split("~~~\n").next().unwrap();
        let (arguments, answers) = input.split_once('\n').unwrap();
        let mut arguments: Vec<&str> = arguments.split(' ').collect();
        let pack = arguments.remove(0);
        let (status, printed) = why(pack, &arguments, answers);
        assert_eq!(status, Some(0), "{title}\n{printed}");
        write!(found, "%%% {title}\n{input}~~~\n{}\n\n", printed.trim_end()).unwrap();
    }
    if std::env::var("UPDATE_EXPECT").is_ok() {
        return std::fs::write(&path, format!("{}\n", found.trim_end())).unwrap();
    }
    for (found, expected) in found.lines().zip(table.lines()) {
        assert_eq!(found, expected, "differs from {path}");
    }
    assert_eq!(found.trim_end().lines().count(), table.trim_end().lines().count(), "{path}");
}

#[test]
fn what_cannot_be_explained_is_wrong_usage() {
    let pack = "tests/corpus/explained";
    for (target, says) in [("shop", "item:drug_retail"), ("shops:shop", "种类有"), ("item:none", "没有「item:none」")]
    {
        let (status, printed) = why(pack, &[target, "--on", "2014-11-18"], "{}");
        assert_eq!(status, Some(2), "{printed}");
        assert!(printed.contains(says), "{printed}");
    }
}
