mod random;
mod write;

use super::format;
use crate::source::{Source, SourceId};
use crate::tests::{check_table, rendered};

/// The formatted file, or why it is left alone. `→` is a tab, `␍` a carriage return, `·` a blank at
/// the end of a line.
fn run(name: &str, text: &str) -> String {
    let text = text.replace('→', "\t").replace('␍', "\r").replace('·', " ");
    let source = Source::new(name, &text);
    match format(SourceId(0), &source) {
        Ok(formatted) => {
            let again = format(SourceId(0), &Source::new(name, &formatted));
            assert_eq!(again.as_deref(), Ok(formatted.as_str()), "formatting twice changes nothing");
            formatted.replace("  \n", "··\n").replace(" \n", "·\n").replace('\r', "␍")
        }
        Err(diagnostics) => rendered(&diagnostics, name, &text),
    }
}

#[test]
fn layouts() {
    check_table("fmt/layouts.txt", |text| run("rules.yaml", text));
}

#[test]
fn texts() {
    check_table("fmt/texts.txt", |text| run("rules.yaml", text));
}

#[test]
fn comments() {
    check_table("fmt/comments.txt", |text| run("rules.yaml", text));
}

#[test]
fn expressions() {
    check_table("fmt/expressions.txt", |text| run("rules.yaml", text));
}

#[test]
fn sheets() {
    check_table("fmt/sheets.txt", |text| run("materials.csv", text));
}

#[test]
fn a_file_with_faults_is_left_alone() {
    check_table("fmt/refused.txt", |text| run("rules.yaml", text));
}

#[test]
fn any_number_of_comments_may_stand_anywhere() {
    let many = "  # 注\n".repeat(300);
    for text in [format!("a:\n{many}  - b\n"), format!("{many}a: 1\n{many}"), format!("a: [\n{many}  1]\n")] {
        let formatted = run("rules.yaml", &text);
        assert_eq!(formatted.matches("# 注").count(), text.matches("# 注").count());
    }
}

#[test]
fn what_cannot_keep_its_meaning_is_left_alone() {
    // A key of more than 1,024 characters can only be written after `? `.
    let long = "k".repeat(1_100);
    let left_alone = run("rules.yaml", &format!("? {long}\n: 1\n"));
    assert!(left_alone.starts_with("错误[YC0005]: 这个文件没有排版"), "{left_alone}");
}
