//! `yichuang fmt` as a person uses it.
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

mod tool;

use std::path::Path;

use tool::{CASES, SHOP, SHOP_FORMATTED, folder, shop, text, yichuang};

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn said(output: &std::process::Output) -> String {
    text(&output.stdout) + &text(&output.stderr)
}

#[track_caller]
fn check(args: &[&str], status: i32, says: &[&str]) {
    let output = yichuang(args, "");
    let shown = said(&output);
    assert_eq!(output.status.code(), Some(status), "{shown}");
    for part in says {
        assert!(shown.contains(part), "{part} in {shown}");
    }
}

#[test]
fn a_pack_is_formatted_once_and_compiles_to_the_same_bytes() {
    let pack = shop("fmt-once");
    let (file, folder) = (pack.join("pack.yaml"), pack.to_str().unwrap());
    let compiled = |name: &str| {
        let target = pack.join("..").join(name);
        check(&["compile", folder, "-o", target.to_str().unwrap()], 0, &[]);
        std::fs::read(target).unwrap()
    };
    let before = compiled("before.ycp");
    check(&["fmt", folder], 0, &["已排版：", "pack.yaml", "2 个文件，1 个改了排版"]);
    assert_eq!(read(&file), SHOP_FORMATTED);
    assert_eq!(read(&pack.join("cases/one.yaml")), CASES);
    assert_eq!(compiled("after.ycp"), before);
    let touched = std::fs::metadata(&file).unwrap().modified().unwrap();
    check(&["fmt", folder], 0, &["2 个文件，0 个改了排版"]);
    assert_eq!(std::fs::metadata(&file).unwrap().modified().unwrap(), touched);
    check(&["fmt", "--check", folder], 0, &["2 个文件，0 个要排版"]);
    assert_eq!(std::fs::read_dir(&pack).unwrap().count(), 2, "nothing is left behind");
}

#[test]
fn check_shows_what_would_change_and_writes_nothing() {
    let pack = shop("fmt-check");
    let folder = pack.to_str().unwrap();
    let says =
        ["要排版：", "pack.yaml", "-规则包: {名称: 开店,版本: '1'}", "+规则包: {名称: 开店, 版本: 1}", "1 个要排版"];
    check(&["fmt", "--check", folder], 1, &says);
    assert_eq!(read(&pack.join("pack.yaml")), SHOP);
    check(&["fmt", "--check", folder, "--lang", "en"], 1, &["not formatted: ", "2 files, 1 would change"]);
    // A whole folder of packs, a file alone, the same twice.
    let root = pack.parent().unwrap().parent().unwrap();
    check(&["fmt", "--check", root.to_str().unwrap()], 1, &["2 个文件，1 个要排版"]);
    let file = pack.join("pack.yaml");
    let file = file.to_str().unwrap();
    check(&["fmt", "--check", file, file], 1, &["1 个文件，1 个要排版"]);
}

#[test]
fn a_long_difference_is_cut() {
    let pack = shop("fmt-long");
    let many: String = (0..100).map(|place| format!("-   x{place}\n")).collect();
    std::fs::write(pack.join("more.yaml"), format!("参数:\n{many}")).unwrap();
    let output = yichuang(&["fmt", "--check", pack.join("more.yaml").to_str().unwrap()], "");
    let shown = said(&output);
    assert!(shown.lines().count() < 50 && shown.contains("…… 还有"), "{shown}");
}

#[test]
fn line_ends_and_byte_order_marks_are_named() {
    let pack = shop("fmt-bom");
    let file = pack.join("pack.yaml");
    for text in [format!("\u{feff}{SHOP_FORMATTED}"), SHOP_FORMATTED.replace('\n', "\r\n")] {
        std::fs::write(&file, &text).unwrap();
        check(&["fmt", "--check", pack.to_str().unwrap()], 1, &["只有换行符或文件开头的 BOM 不同"]);
        assert_eq!(read(&file), text);
        check(&["fmt", pack.to_str().unwrap()], 0, &["1 个改了排版"]);
        assert_eq!(read(&file), SHOP_FORMATTED);
    }
    let sheet = pack.join("m.csv");
    std::fs::write(&sheet, "\u{feff}\"id\",\"材料\"\r\n\"a\",\"甲,乙\"").unwrap();
    check(&["fmt", sheet.to_str().unwrap()], 0, &["1 个改了排版"]);
    assert_eq!(read(&sheet), "id,材料\na,\"甲,乙\"\n");
}

#[test]
fn a_file_with_faults_is_left_alone_and_the_others_are_formatted() {
    let pack = shop("fmt-faults");
    let broken = pack.join("broken.yaml");
    std::fs::write(&broken, "参数:\n- {a: 1\n").unwrap();
    std::fs::write(pack.join("gbk.csv"), b"id,\xb2\xc4\n").unwrap();
    let says = ["错误[YC0026]", "broken.yaml:2:", "错误[YC0001]", "gbk.csv", "1 个改了排版，2 个有错没有动"];
    check(&["fmt", pack.to_str().unwrap()], 1, &says);
    assert_eq!(read(&broken), "参数:\n- {a: 1\n");
    assert_eq!(read(&pack.join("pack.yaml")), SHOP_FORMATTED);
    assert_eq!(std::fs::read(pack.join("gbk.csv")).unwrap(), b"id,\xb2\xc4\n");
}

#[test]
fn what_is_no_rule_file_is_wrong_usage() {
    let folder = folder("fmt-usage");
    std::fs::write(folder.join("notes.md"), "# x").unwrap();
    check(&["fmt"], 2, &["PATH"]);
    check(&["fmt", "/nowhere"], 2, &["/nowhere"]);
    check(&["fmt", "/nowhere/a.yaml"], 2, &["/nowhere/a.yaml"]);
    check(&["fmt", folder.to_str().unwrap()], 2, &["没有规则文件"]);
    check(&["fmt", folder.join("notes.md").to_str().unwrap()], 2, &["不是规则文件"]);
}
