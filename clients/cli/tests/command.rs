//! The command as a person uses it: output, messages, exit status.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at once")]

mod tool;

use std::path::Path;

use tool::{folder, pack, text, yichuang};

#[test]
fn a_sound_pack_checks_and_its_cases_pass() {
    let pack = pack();
    let checked = yichuang(&["check", pack.to_str().unwrap()], "");
    assert_eq!(checked.status.code(), Some(0));
    assert!(text(&checked.stdout).contains("没有错误"), "{}", text(&checked.stdout));
    let corpus = pack.join("../../../../tests/corpus/not-encoded");
    let left = yichuang(&["check", corpus.to_str().unwrap()], "");
    assert!(text(&left.stdout).contains("：7 处未编码，由窗口判断"), "{}", text(&left.stdout));
    let left = yichuang(&["--lang", "en", "check", corpus.to_str().unwrap()], "");
    assert!(text(&left.stdout).contains(": 7 parts not encoded, judged at the window"), "{}", text(&left.stdout));
    let tested = yichuang(&["test", pack.to_str().unwrap()], "");
    assert_eq!(tested.status.code(), Some(0), "{}", text(&tested.stdout));
    assert!(text(&tested.stdout).trim_end().ends_with(" 0 failed"));
}

#[test]
fn several_faults_are_shown_in_one_run() {
    let folder = folder("faults");
    std::fs::write(
        folder.join("pack.yaml"),
        "规则包:\n  名称: 试\n  版本: 1\n情形:\n  - {id: a, 名称: 甲, 类型: 是非}\n  - {id: accepted_on, 名称: 受理日期, 类型: 日期, 用途: 受理日期, 未答时按: 当日}\n事项:\n  - {id: x, 名称: 子, 申请条件: 甲且乙, 法定时限: 20}\n",
    )
    .unwrap();
    let output = yichuang(&["check", folder.to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stderr);
    assert!(shown.matches("错误[YC").count() >= 3, "{shown}");
    assert!(shown.contains("pack.yaml:5:"), "{shown}");
}

#[test]
fn compiling_twice_gives_the_same_bytes() {
    let (folder, pack) = (folder("twice"), pack());
    let compile = |name: &str| {
        let file = folder.join(name);
        let output = yichuang(&["compile", pack.to_str().unwrap(), "-o", file.to_str().unwrap()], "");
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        std::fs::read(file).unwrap()
    };
    assert_eq!(compile("a.ycp"), compile("b.ycp"));
}

#[test]
fn a_decision_is_the_same_from_folder_and_file() {
    let (folder, pack) = (folder("decide"), pack());
    let file = folder.join("pack.ycp");
    yichuang(&["compile", pack.to_str().unwrap(), "-o", file.to_str().unwrap()], "");
    let answers = r#"{"business.activities":["drug_retail"],"accepted_on":"2014-11-18"}"#;
    let decide = |path: &Path| {
        let output = yichuang(&["decide", path.to_str().unwrap(), "--answers", "-", "--on", "2014-11-18"], answers);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let decision: serde_json::Value = serde_json::from_str(&decide(&file)).unwrap();
    assert_eq!(decision["periods"]["promised_due"]["on"], "2014-12-26");
    assert_eq!(decide(&pack), decide(&file));
}

#[test]
fn text_for_people_names_the_next_question() {
    let pack = pack();
    let args = ["decide", pack.to_str().unwrap(), "--answers", "-", "--on", "2014-11-18", "--format", "text"];
    let output = yichuang(&args, "{}");
    assert!(text(&output.stdout).contains("下一题"), "{}", text(&output.stdout));
}

#[test]
fn wrong_usage_ends_with_two_and_a_way_out() {
    let pack = pack();
    let pack = pack.to_str().unwrap();
    for (args, input) in [
        (vec!["decide", pack, "--answers", "-", "--on", "2014-02-30"], "{}"),
        (vec!["decide", pack, "--answers", "-"], "not json"),
        (vec!["decide", pack, "--answers", "/nowhere/answers.json"], ""),
        (vec!["check", "/nowhere"], ""),
        (vec!["fly"], ""),
    ] {
        let output = yichuang(&args, input);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!output.stderr.is_empty(), "{args:?}");
        assert!(!text(&output.stderr).contains("panicked"), "{args:?}");
    }
}

#[test]
fn a_damaged_file_is_named_and_nothing_panics() {
    let (folder, pack) = (folder("damaged"), pack());
    let file = folder.join("pack.ycp");
    yichuang(&["compile", pack.to_str().unwrap(), "-o", file.to_str().unwrap()], "");
    let sound = std::fs::read(&file).unwrap();
    let mut newer = sound.clone();
    newer[4] = 99;
    let mut flipped = sound.clone();
    flipped[sound.len() / 2] ^= 1;
    for bytes in [&sound[..sound.len() / 2], &newer[..], &flipped[..], b"hello"] {
        std::fs::write(&file, bytes).unwrap();
        let output = yichuang(&["decide", file.to_str().unwrap(), "--answers", "-"], "{}");
        assert_eq!(output.status.code(), Some(2));
        let shown = text(&output.stderr);
        assert!(shown.contains("pack.ycp") && !shown.contains("panicked"), "{shown}");
    }
}

#[track_caller]
fn check_refused(args: &[&str], input: &str, status: i32, says: &[&str]) {
    let output = yichuang(args, input);
    let shown = text(&output.stderr) + &text(&output.stdout);
    assert_eq!(output.status.code(), Some(status), "{shown}");
    for part in says {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert!(!shown.contains("。。"), "{shown}");
}

#[test]
fn answers_that_cannot_be_used_are_told_apart() {
    let pack = pack();
    let decide = ["decide", pack.to_str().unwrap(), "--on", "2014-11-18", "--answers", "-"];
    let bad = yichuang(&decide, "{\"a\":");
    assert!(text(&bad.stderr).starts_with("用不了标准输入：") && !text(&bad.stderr).contains("路径"));
    check_refused(&decide, "{\"a\":", 2, &["第 1 行"]);
    check_refused(&decide, r#"{"pack":"a/b","on":"2014-11-18","answers":{}}"#, 2, &["整个请求", "answers"]);
    let marked = yichuang(&decide, "\u{feff}{}");
    assert_eq!(marked.status.code(), Some(0), "{}", text(&marked.stderr));
    assert_eq!(marked.stdout, yichuang(&decide, "{}").stdout);
    let file = folder("latin").join("answers.json");
    std::fs::write(&file, b"{\"a\":\"\xc3\xfb\"}").unwrap();
    check_refused(&["decide", decide[1], "--answers", file.to_str().unwrap()], "", 2, &["用不了", "UTF-8"]);
}

#[test]
fn compiling_writes_over_compiled_packs_only() {
    let (folder, pack) = (folder("over"), pack());
    let kept = folder.join("pack.yaml");
    std::fs::write(&kept, "kept").unwrap();
    let compile = |file: &Path, says: &[&str]| {
        check_refused(&["compile", pack.to_str().unwrap(), "-o", file.to_str().unwrap()], "", 2, says);
    };
    compile(&kept, &["写不了", "没有覆盖"]);
    assert_eq!(std::fs::read(&kept).unwrap(), b"kept");
    compile(&folder.join("nowhere/a.ycp"), &["写不了"]);
}

#[test]
fn a_calendar_that_is_not_there_is_wrong_usage() {
    let pack = pack();
    for command in ["check", "test"] {
        check_refused(&[command, pack.to_str().unwrap(), "--calendar", "/nowhere/cn"], "", 2, &["/nowhere/cn"]);
    }
}

#[test]
fn cases_that_do_not_run_are_not_passed() {
    let real = pack();
    check_refused(&["test", real.to_str().unwrap(), "--only", "zebra"], "", 2, &["没有用例的名称里有「zebra」"]);
    let folder = folder("cases");
    for entry in std::fs::read_dir(&real).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
        std::fs::copy(&entry, folder.join(entry.file_name().unwrap())).unwrap();
    }
    let test = |says: &[&str]| check_refused(&["test", folder.to_str().unwrap()], "", 1, says);
    test(&["没有用例"]);
    let case = |expect: &str| format!("cases:\n  - {{name: 甲, on: 2014-11-18, answers: {{}}, expect: {expect}}}\n");
    std::fs::create_dir(folder.join("cases")).unwrap();
    std::fs::write(folder.join("cases/one.yml"), case("{verdict: incomplete}")).unwrap();
    test(&["one.yml", "改名为「one.yaml」"]);
    std::fs::remove_file(folder.join("cases/one.yml")).unwrap();
    std::fs::write(folder.join("cases/one.yaml"), case("{}")).unwrap();
    test(&["错误[YC0222]", "预期是空的"]);
    std::fs::write(folder.join("more.yml"), "").unwrap();
    check_refused(&["check", folder.to_str().unwrap()], "", 1, &["改名为「more.yaml」"]);
}

#[test]
fn a_template_is_checked_and_not_decided_about() {
    let layers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/layers/packs");
    let template = layers.join("cn/shop");
    let template = template.to_str().unwrap();
    check_refused(&["decide", template, "--answers", "-"], "{}", 2, &["cn/shop", "它是模板"]);
    let file = folder("template").join("shop.ycp");
    check_refused(&["compile", template, "-o", file.to_str().unwrap()], "", 2, &["它是模板"]);
    assert!(!file.exists());
    for pack in ["cn/shop", "north/town"] {
        let pack = layers.join(pack);
        let checked = yichuang(&["check", pack.to_str().unwrap()], "");
        assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stderr));
        assert_eq!(yichuang(&["test", pack.to_str().unwrap()], "").status.code(), Some(0));
    }
    let decided = yichuang(&["decide", layers.join("north/town").to_str().unwrap(), "--answers", "-"], "{}");
    let decision: serde_json::Value = serde_json::from_str(&text(&decided.stdout)).unwrap();
    assert_eq!(decision["pack"]["layers"][1]["id"], "cn/shop");
}

#[test]
fn a_fault_in_an_extended_pack_is_shown_there() {
    let packs = folder("above").join("packs");
    for (pack, rules) in [("a/own", "规则包: {继承: cn/list}"), ("cn/list", "规则包: {名称: 单, 版本: 1, 模板: 是}")]
    {
        std::fs::create_dir_all(packs.join(pack)).unwrap();
        std::fs::write(packs.join(pack).join("pack.yaml"), rules).unwrap();
    }
    let check = |pack: &str, says: &[&str]| {
        check_refused(&["check", packs.join(pack).to_str().unwrap()], "", 1, says);
    };
    check("a/own", &["--> cn/list/pack.yaml:1:1", "错误在上级规则包「cn/list」里"]);
    // Without cases a template passes; with faults it does not.
    check_refused(&["test", packs.to_str().unwrap()], "", 1, &["0 passed, 0 failed"]);
    std::fs::remove_file(packs.join("cn/list/pack.yaml")).unwrap();
    check("a/own", &["pack.yaml:1:", "没有规则包「cn/list」"]);
}

/// A calendar of a place with one holiday of its own, Wednesday 2 April 2014.
fn local_calendar(test: &str) -> std::path::PathBuf {
    let folder = folder(test).join("gx");
    std::fs::create_dir_all(&folder).unwrap();
    let header = "id: gx\nname: 广西\nsource: 表\nextends: cn\nsettled_until: 12-28\n";
    std::fs::write(folder.join("calendar.yaml"), header).unwrap();
    let notice =
        "year: 2014\npublished: 2014-01-05\ntitle: 三月三\noff: [{date: 2014-04-02, name: 三月三}]\nwork: []\n";
    std::fs::write(folder.join("2014.yaml"), notice).unwrap();
    folder
}

#[test]
fn a_local_calendar_lies_over_the_national_one() {
    let (pack, local) = (pack(), local_calendar("local-calendar"));
    let due = |extra: &[&str]| {
        let answers = r#"{"business.activities": ["catering"], "applicant.kind": "enterprise"}"#;
        let mut args = vec!["decide", pack.to_str().unwrap(), "--answers", "-", "--on", "2014-03-31"];
        args.extend(extra);
        let output = yichuang(&args, answers);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let decision: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (decision["calendar"]["id"].clone(), decision["periods"]["promised_due"]["on"].clone())
    };
    assert_eq!(due(&[]), ("cn".into(), "2014-04-29".into()));
    assert_eq!(due(&["--calendar", local.to_str().unwrap()]), ("gx".into(), "2014-04-30".into()));
}
