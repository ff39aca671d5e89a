use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proptest::prelude::*;
use serde_json::json;
use yichuang_engine::{Date, Slot, Value};

use super::read;
use crate::Answers;
use crate::test_pack::{any_json, pack};

/// What is read of one answer: the slot of its fact and the codes of the errors.
fn reading(fact: &str, json: &serde_json::Value) -> (Slot, Vec<&'static str>) {
    let pack = pack();
    let answers = Answers::from_json(&json!({ fact: json }).to_string()).unwrap();
    let (facts, errors) = read(&pack, &answers);
    let slot = pack.fact(fact).map_or(Slot::Unknown, |(id, _)| facts.get(id).clone());
    (slot, errors.iter().map(|error| error.code).collect())
}

fn check(fact: &str, json: serde_json::Value, expected: Value) {
    assert_eq!(reading(fact, &json), (Slot::Known(expected), Vec::new()), "{fact} = {json}");
}

fn check_unanswered(fact: &str, json: serde_json::Value) {
    assert_eq!(reading(fact, &json), (Slot::Unknown, Vec::new()), "{fact} = {json}");
}

fn check_error(fact: &str, json: serde_json::Value, code: &'static str) {
    assert_eq!(reading(fact, &json), (Slot::Unknown, [code].to_vec()), "{fact} = {json}");
}

#[test]
fn yes_and_no() {
    for yes in [json!(true), json!("true"), json!("是"), json!(" true ")] {
        check("applicant.registered", yes, Value::Bool(true));
    }
    check("applicant.registered", json!("否"), Value::Bool(false));
    for nothing in [json!(""), json!(null), json!([])] {
        check_unanswered("applicant.registered", nothing);
    }
    for bad in [json!(1), json!("maybe"), json!(["true"]), json!({})] {
        check_error("applicant.registered", bad, "not_bool");
    }
}

#[test]
fn whole_numbers() {
    for three in [json!(3), json!("3"), json!("３"), json!(" 3")] {
        check("staff.count", three, Value::Number(3));
    }
    for bad in [json!("3.0"), json!(3.5), json!("三"), json!(true), json!("-"), json!("+3"), json!("1 2"), json!([3])]
    {
        check_error("staff.count", bad, "not_integer");
    }
    check_error("staff.count", json!(-1), "too_small");
    check_error("staff.count", json!(5001), "too_large");
    check_error("staff.count", json!("99999999999999999999"), "number_out_of_range");
    check_unanswered("staff.count", json!("  "));
}

#[test]
fn dates() {
    check("accepted_on", json!("2014-06-03"), Value::Date(Date::parse("2014-06-03").unwrap()));
    check("accepted_on", json!("２０１４-06-03"), Value::Date(Date::parse("2014-06-03").unwrap()));
    for bad in [json!("2014-13-xx"), json!("2015-02-30"), json!("2014-6-3"), json!(20_140_603), json!(["2014-06-03"])] {
        check_error("accepted_on", bad, "not_date");
    }
    check_unanswered("accepted_on", json!(""));
}

#[test]
fn texts_and_codes() {
    check("applicant.name", json!(" 莆田某店 "), Value::Text("莆田某店".into()));
    check_unanswered("applicant.name", json!(""));
    check_error("applicant.name", json!(true), "not_text");
    check("applicant.uscc", json!(""), Value::Text(String::new()));
    check("applicant.uscc", json!("91350300ma2x000193"), Value::Text("91350300MA2X000193".into()));
    check("applicant.uscc", json!("９１350300MA2X000193"), Value::Text("91350300MA2X000193".into()));
    check_error("applicant.uscc", json!("91350300MA2X000194"), "uscc_checksum");
    check_error("applicant.uscc", json!("91350300MA2I000193"), "uscc_charset");
    check_error("applicant.uscc", json!("9135030MA2X000193"), "uscc_length");
    check_error("applicant.uscc", json!(913), "uscc_length");
}

#[test]
fn options() {
    for one in [json!("enterprise"), json!("企业"), json!(["enterprise"])] {
        check("applicant.kind", one, Value::Choice(0));
    }
    check_error("applicant.kind", json!("enterprize"), "unknown_option");
    check_error("applicant.kind", json!(0), "unknown_option");
    check_error("applicant.kind", json!(["enterprise", "other"]), "several_options");
    check("business.activities", json!(["drug_retail", "餐饮服务", "drug_retail"]), Value::Choices(0b101));
    check("business.activities", json!("catering"), Value::Choices(1));
    check_error("business.activities", json!(["catering", "cooking"]), "unknown_option");
    for nothing in [json!([]), json!(""), json!([""])] {
        check_unanswered("business.activities", nothing);
    }
}

#[test]
fn the_citizen_may_not_know() {
    assert_eq!(reading("premises.tenure", &json!({"unsure": true})), (Slot::Unsure, Vec::new()));
}

#[test]
fn a_key_that_is_no_fact_is_reported_and_kept() {
    let pack = pack();
    let answers = Answers::from_json(r#"{"colour":"red","applicant.registered":true}"#).unwrap();
    let (facts, errors) = read(&pack, &answers);
    let error = errors.first().unwrap();
    assert_eq!((error.code, error.key.as_str(), error.fact), ("unknown_fact", "colour", None));
    assert_eq!(error.message.zh, "没有「colour」这一项。");
    let (registered, _) = pack.fact("applicant.registered").unwrap();
    assert_eq!(facts.get(registered), &Slot::Known(Value::Bool(true)));
    assert!(answers.get("colour").is_some());
}

#[test]
fn bounds_are_named_with_their_unit() {
    let answers = Answers::from_json(r#"{"staff.count":5001}"#).unwrap();
    let (_, errors) = read(&pack(), &answers);
    assert_eq!(errors[0].message.zh, "不能大于 5000 人。");
    assert_eq!(errors[0].message.en, "the number is at most 5000 people");
}

proptest! {
    #[test]
    fn any_json_is_read(json in any_json()) {
        let pack = pack();
        let all = pack.facts.iter().map(|fact| (fact.id.clone(), json.clone())).collect();
        let text = serde_json::Value::Object(all).to_string();
        let answers = Answers::from_json(&text).unwrap();
        let (facts, errors) = read(&pack, &answers);
        for error in &errors {
            prop_assert_eq!(facts.get(error.fact.unwrap()), &Slot::Unknown);
        }
        prop_assert_eq!(answers.to_json(), text);
    }
}
