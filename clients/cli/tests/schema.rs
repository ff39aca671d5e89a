//! `yichuang schema`: the JSON Schema of a form.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at once")]

use std::path::Path;
use std::process::Command;

use serde_json::{Value as Json, json};

fn schema(args: &[&str]) -> (Option<i32>, String, String) {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/fields");
    let mut command = Command::new(env!("CARGO_BIN_EXE_yichuang"));
    let output = command.args(["schema", pack.to_str().unwrap()]).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_form_has_a_schema_and_its_draft_asks_for_nothing() {
    let (status, printed, errors) = schema(&["F-11"]);
    assert_eq!((status, errors.as_str()), (Some(0), ""));
    let whole: Json = serde_json::from_str(&printed).unwrap();
    assert_eq!(whole["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(whole["title"], "人员表（各种栏）");
    assert_eq!(whole["allOf"][0], json!({"required": ["text"], "properties": {"text": {"$ref": "#/$defs/text"}}}));
    assert_eq!(whole["properties"]["going"], true, "facts of other forms may stand beside");
    // In the order of the form, and in lines.
    assert!(printed.find("\"head.name\"").unwrap() < printed.find("\"staff\"").unwrap());
    assert!(printed.ends_with("\n}\n"), "{printed}");
    let (_, draft, _) = schema(&["F-11", "--draft"]);
    let draft: Json = serde_json::from_str(&draft).unwrap();
    assert_eq!((&draft["allOf"], &draft["$defs"]), (&Json::Null, &Json::Null));
    assert_eq!(draft["properties"], whole["properties"]);
}

#[test]
fn what_is_not_expressed_is_listed_in_either_language() {
    let (status, printed, _) = schema(&["F-11", "--unexpressed"]);
    let expected = "\
head.mobile not_mobile  写成 JSON 数字时的格式
staff too_many_rows  表中表合计的行数
staff too_small  写成文字的数的上下限
staff too_large  写成文字的数的上下限
staff number_out_of_range  写成 JSON 数字时的小数位数
staff too_many_places  写成 JSON 数字时的小数位数
staff not_number  写成 JSON 数字时的小数位数
";
    assert_eq!((status, printed.as_str()), (Some(0), expected));
    let (_, printed, _) = schema(&["F-11", "--unexpressed", "--lang", "en"]);
    assert!(printed.starts_with("head.mobile not_mobile  the format, where it is written as a JSON number\n"));
}

#[test]
fn the_forms_are_listed_and_a_wrong_one_is_told_which_there_are() {
    assert_eq!(schema(&[]), (Some(0), "F-10 申请表\nF-11 人员表\n".into(), String::new()));
    let (status, printed, errors) = schema(&["F-9"]);
    assert_eq!((status, printed.as_str()), (Some(2), ""));
    assert_eq!(errors, "规则包里没有这张要填的表。有的是：\nF-10 申请表\nF-11 人员表\n");
}
