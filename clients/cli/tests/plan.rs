//! `yichuang plan`: the joint plan of a pack, and what if something in it were otherwise.
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const ANSWERS: &str = r#"{"serial": false, "allocation": true, "dig": false, "length": 4}"#;

fn plan(args: &[&str], answers: &str) -> (Option<i32>, String) {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/joint");
    let mut child = Command::new(env!("CARGO_BIN_EXE_yichuang"))
        .args(["plan", pack.to_str().unwrap(), "--on", "2015-03-02", "--answers", "-"])
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

#[test]
fn the_plan_as_people_read_it() {
    let (status, printed) = plan(&[], ANSWERS);
    assert_eq!(status, Some(0), "{printed}");
    let expected = "\
联办计划：32 个工作日
一个接一个办要 37 个工作日，一起办少等 5 个。
关键路径：选址 → 设计 → 许可 → 供地。其中哪一个晚一天，整个计划就晚一天。
现场（3 个工作日）：选址、勘测一起去
规划局
★ siting 选址  3 月 11 日 · 7 个工作日
★ permit 许可  4 月 1 日 · 5 个工作日 · 前置：设计
国土局
- boundary 勘测  3 月 10 日 · 5 个工作日 · 可以推迟 1 个工作日，最迟 3 月 11 日
★ supply 供地  4 月 16 日 · 10 个工作日 · 前置：设计、挖掘道路、许可
政务服务中心
★ design 设计  3 月 25 日 · 10 个工作日 · 前置：选址、勘测
";
    assert_eq!(printed, expected);
}

#[test]
fn what_if_says_what_moves() {
    let after = |args: &[&str]| {
        let (status, printed) = plan(args, ANSWERS);
        assert_eq!(status, Some(0), "{printed}");
        printed.split_once("改了以后\n").unwrap().1.to_owned()
    };
    let longer = after(&["--days", "勘测=7"]);
    assert_eq!(
        longer,
        "\
联办计划：33 个工作日
+2 ★ boundary 勘测  3 月 12 日 · 7 个工作日
+1 ★ design 设计  3 月 26 日 · 10 个工作日 · 前置：选址、勘测
+1 ★ permit 许可  4 月 2 日 · 5 个工作日 · 前置：设计
+1 ★ supply 供地  4 月 17 日 · 10 个工作日 · 前置：设计、挖掘道路、许可
"
    );
    assert!(after(&["--serial"]).starts_with("联办计划：37 个工作日\n"));
    assert!(after(&["--without", "permit"]).starts_with("联办计划：27 个工作日\n"));
    assert_eq!(after(&["--joint"]), "联办计划：32 个工作日\n没有一个环节的日子变了。\n");
}

#[test]
fn what_is_open_or_wrong_is_said() {
    let (status, printed) = plan(&["--days", "siting=9", "--lang", "en"], r#"{"serial": false}"#);
    assert_eq!(status, Some(0));
    assert!(printed.contains("what if cannot be computed before that is answered"), "{printed}");
    for (args, says) in [
        (["--days", "siting"], "写成 r4=30 这样"),
        (["--days", "siting=-1"], "写成 r4=30 这样"),
        (["--without", "r9"], "没有环节「r9」。环节有：siting、boundary"),
    ] {
        let (status, printed) = plan(&args, ANSWERS);
        assert_eq!(status, Some(2), "{printed}");
        assert!(printed.contains(says), "{printed}");
    }
}
