use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proptest::prelude::*;
use serde_json::json;

use super::{Answer, Answers};
use crate::test_pack::{any_json, pack};

fn from_fields(fields: &[(&str, &str)]) -> String {
    let fields = fields.iter().map(|(name, value)| (String::from(*name), String::from(*value)));
    Answers::from_fields(&pack(), fields).to_json()
}

#[test]
fn json_is_read_as_typed() {
    let answers = Answers::from_json(
        r#"{"b":true,"n":12,"f":1.5,"t":"","m":["a","b"],"u":{"unsure":true},"x":null,"o":{"unsure":false},"a":[1]}"#,
    )
    .unwrap();
    let expected = [
        ("a", Answer::Other("[1]".into())),
        ("b", Answer::Bool(true)),
        ("f", Answer::Number("1.5".into())),
        ("m", Answer::Many(["a".into(), "b".into()].into())),
        ("n", Answer::Number("12".into())),
        ("o", Answer::Other(r#"{"unsure":false}"#.into())),
        ("t", Answer::Text(String::new())),
        ("u", Answer::Unsure),
        ("x", Answer::Other("null".into())),
    ];
    let expected: Vec<_> = expected.iter().map(|(key, answer)| (*key, answer)).collect();
    assert_eq!(answers.iter().collect::<Vec<_>>(), expected);
}

#[test]
fn what_is_no_object_is_an_error() {
    assert_eq!(Answers::from_json("[]").unwrap_err().code, "answers_not_object");
    assert_eq!(Answers::from_json("{").unwrap_err().code, "not_json");
}

#[test]
fn answers_can_be_changed() {
    let mut answers = Answers::new();
    assert!(answers.is_empty());
    answers.set("a", Answer::Bool(true));
    answers.set("a", Answer::Unsure);
    assert_eq!((answers.get("a"), answers.len()), (Some(&Answer::Unsure), 1));
    assert_eq!(answers.remove("a"), Some(Answer::Unsure));
    assert_eq!(answers.get("a"), None);
}

#[test]
fn a_form_comes_as_fields() {
    let answers = from_fields(&[
        ("__ask", "premises.tenure"),
        ("business.activities", "drug_retail"),
        ("business.activities", "catering"),
        ("applicant.kind", "enterprise"),
        ("applicant.registered", "true"),
        ("applicant.uscc", ""),
        ("applicant.uscc", "__none"),
        ("premises.tenure", "__unsure"),
        ("staff.count", " "),
        ("nothing.such", "x"),
        ("accepted_on.year", "2014"),
        ("accepted_on.month", "6"),
        ("accepted_on.day", "3"),
    ]);
    assert_eq!(
        answers,
        r#"{"accepted_on":"2014-06-03","applicant.kind":"enterprise","applicant.registered":"true","applicant.uscc":"","business.activities":["drug_retail","catering"],"nothing.such":"x","premises.tenure":{"unsure":true}}"#
    );
}

#[test]
fn a_set_of_one_option_is_a_set() {
    assert_eq!(from_fields(&[("business.activities", "catering")]), r#"{"business.activities":["catering"]}"#);
}

#[test]
fn ticked_options_win_over_the_button_that_cannot_say() {
    let activity = "business.activities";
    assert_eq!(
        from_fields(&[(activity, "catering"), (activity, "__unsure")]),
        r#"{"business.activities":["catering"]}"#
    );
    assert_eq!(from_fields(&[(activity, ""), (activity, "__unsure")]), r#"{"business.activities":{"unsure":true}}"#);
}

#[test]
fn a_date_is_kept_as_typed() {
    let date = |y, m, d| from_fields(&[("accepted_on.year", y), ("accepted_on.month", m), ("accepted_on.day", d)]);
    assert_eq!(date("", "", ""), "{}");
    assert_eq!(date("2014", "13", "xx"), r#"{"accepted_on":"2014-13-xx"}"#);
    assert_eq!(date("", "", "8"), r#"{"accepted_on":"--08"}"#);
    assert_eq!(date("２０１４", "６", "３"), r#"{"accepted_on":"２０１４-06-03"}"#);
    assert_eq!(from_fields(&[("accepted_on", "2014-06-03")]), r#"{"accepted_on":"2014-06-03"}"#);
}

proptest! {
    #[test]
    fn nothing_that_comes_in_is_lost(json in any_json()) {
        let json = json!({ "business.activities": json });
        let text = json.to_string();
        let answers = Answers::from_json(&text).unwrap();
        prop_assert_eq!(&answers.to_json(), &text);
        prop_assert_eq!(Answers::from_json(&answers.to_json()).unwrap(), answers);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,40}") {
        if let Ok(answers) = Answers::from_json(&text) {
            prop_assert_eq!(Answers::from_json(&answers.to_json()).unwrap(), answers);
        }
    }

    #[test]
    fn any_fields_are_answers(fields in prop::collection::vec(("[a-z._]{0,20}|accepted_on.(year|month|day)|staff.count", ".{0,6}|__unsure|__none"), 0..12)) {
        let answers = Answers::from_fields(&pack(), fields.clone());
        let kept = |name: &str| answers.get(name).is_some() || name.starts_with("__") || name.starts_with("accepted_on");
        for (name, value) in fields {
            prop_assert!(value.trim().is_empty() || kept(&name), "{} = {}", name, value);
        }
    }
}
