//! What a decision says of the rows on which it rests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "what does not work fails the test")]

use serde_json::{Value, json};
use yichuang_engine::Date;
use yichuang_forms::{LoadedBundle, from_ycp, step, to_ycp};
use yichuang_rules::{compile, read_pack};
use yichuang_tests::corpus::{calendar, repository};

/// Why the plan is to be brought or not.
fn why(answers: Value, lang: &str) -> Value {
    let (id, sources, _) = read_pack(&repository().join("tests/corpus/tables-unique"));
    let bundle = LoadedBundle::new(compile(&id, &sources).0.unwrap());
    let read = from_ycp(&to_ycp(&bundle.value)).unwrap();
    let on = Date::new(2014, 11, 18).unwrap();
    let request = json!({"answers": answers, "lang": lang}).to_string();
    let decision: Value = serde_json::from_str(&step(&read, &calendar(), &request, on).unwrap()).unwrap();
    decision["materials"][0]["why"].clone()
}

#[test]
fn a_result_names_the_row_and_its_basis() {
    let answers = json!({"area": "60", "kind": "trader"});
    let expected = json!([
        {"text": "收费标准第 2 行（示例办法第二条）"},
        {"fact": "area", "text": "面积：60.0 平方米"},
        {"fact": "kind", "text": "申请人类型：个体工商户"},
    ]);
    assert_eq!(why(answers.clone(), "zh"), expected);
    assert_eq!(why(answers, "en")[0], json!({"text": "收费标准, row 2 (示例办法第二条)"}));
}

#[test]
fn a_row_without_a_basis_has_that_of_the_table_and_says_what_it_asks() {
    let expected = json!([{"text": "收费标准第 3 行（示例）"}, {"fact": "area", "text": "面积：200.0 平方米"}]);
    assert_eq!(why(json!({"area": "200", "kind": "farm"}), "zh"), expected);
}

#[test]
fn no_row_and_rows_that_agree_are_said_too() {
    assert_eq!(why(json!({"area": "60", "kind": "farm"}), "zh")[0], json!({"text": "收费标准：没有一行命中"}));
    assert_eq!(why(json!({"area": "6"}), "zh")[0], json!({"text": "收费标准：可能命中的各行结果相同"}));
}
