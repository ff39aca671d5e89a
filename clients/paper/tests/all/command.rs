//! The command `yichuang-paper`.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::poppler;
use crate::sheets::{FULL, root};

fn command(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_yichuang-paper"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that stops before it reads closes the pipe; that is its right.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn pack() -> String {
    root("rules/packs/putian/nine-in-one").to_str().unwrap().to_owned()
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

#[test]
fn answers_become_a_result_sheet_on_standard_output() {
    let output = command(&[&pack(), "--answers", "-", "--on", "2014-11-18", "-o", "-"], FULL);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = poppler::pages(&output.stdout).concat();
    assert!(text.contains("预审结果单") && text.contains("12 月 26 日前办好"), "{text}");
}

#[test]
fn a_request_becomes_a_form_in_a_file() {
    let request = format!(r#"{{"pack": "putian/nine-in-one", "on": "2014-11-18", "lang": "en", "answers": {FULL}}}"#);
    let path = file("command-form.pdf");
    let output = command(&[&pack(), "--request", "-", "--form", "F-10", "-o", path.to_str().unwrap()], &request);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(poppler::pages(&fs::read(path).unwrap())[0].contains("Form F-10 Page 1 of 2"));
}

#[test]
fn what_is_wrong_is_one_sentence() {
    let wrong = |args: &[&str], input: &str| {
        let output = command(&[&[pack().as_str()], args, &["-o", "-"]].concat(), input);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        String::from_utf8(output.stderr).unwrap()
    };
    assert_eq!(wrong(&["--form", "F-77"], ""), "这个规则包没有表「F-77」，只有 F-00、F-10、F-03。\n");
    assert_eq!(wrong(&["--blank"], ""), "预审结果单没有空白表。可印的空白表：F-10、F-03。\n");
    assert_eq!(wrong(&["--on", "2014-13-01"], ""), "「2014-13-01」不是日期。写成 2014-11-18 这样。\n");
    assert_eq!(wrong(&["--on", "x", "--lang", "en"], ""), "`x` is not a date; write it like 2014-11-18\n");
    assert_eq!(wrong(&["--answers", "-"], "[]"), "用不了标准输入：answers 应是一个 JSON 对象，键是情形的编号。\n");
    assert_eq!(
        wrong(&["--request", "-"], r#"{"pack": "a/b"}"#),
        "请求要的是规则包「a/b」，给的是「putian/nine-in-one」。\n"
    );
    assert!(wrong(&["--answers", "/nowhere.json"], "").starts_with("读不了「/nowhere.json」："));
}

#[test]
fn no_font_is_said_and_no_file_is_left() {
    let path = file("command-no-font.pdf");
    let output = Command::new(env!("CARGO_BIN_EXE_yichuang-paper"))
        .args([&pack(), "-o", path.to_str().unwrap()])
        .env("YICHUANG_FONTS", "/nowhere")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert!(sentence.starts_with("找不到印表用的字体") && sentence.lines().count() == 1, "{sentence}");
    assert!(!path.exists());
}
