use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use yichuang_engine::{Date, named};

use super::super::tests::{declared, full_but, keys};
use crate::explain::words;
use crate::test_pack::{any_json, bundle, calendar, table_bundle};
use crate::{ExplainRequest, LoadedBundle, Precheck, explain};

fn asked(request: &Json) -> Result<String, &'static str> {
    let today = Date::parse("2014-11-18").unwrap();
    explain(&LoadedBundle::new(bundle()), &calendar(), &request.to_string(), today).map_err(|error| error.code)
}

fn explained(target: &Json, answers: &Json) -> Json {
    serde_json::from_str(&asked(&json!({"target": target, "answers": answers})).unwrap()).unwrap()
}

/// Everything that can be explained of the small pack.
fn targets() -> Vec<Json> {
    let (bundle, calendar, answers) = (LoadedBundle::new(bundle()), calendar(), crate::Answers::new());
    let precheck = Precheck::new(&bundle, &calendar, &answers, Date::parse("2014-11-18").unwrap());
    let all = named(precheck.pack());
    let words =
        all.iter().filter_map(|(named, _)| words(precheck.pack(), &precheck.decision.run, *named, crate::Lang::Zh));
    let targets = words.filter_map(|words| {
        crate::Target::new(words.about, words.id).filter(|_| !words.id.is_empty())?;
        Some(json!({ words.about: words.id }))
    });
    targets.collect()
}

#[test]
fn all_that_has_a_name_is_explained() {
    let kinds: BTreeSet<String> =
        targets().iter().flat_map(|target| target.as_object().unwrap().keys().cloned().collect::<Vec<_>>()).collect();
    let expected = [
        "certificate",
        "check",
        "conflict",
        "fee",
        "item",
        "material",
        "not_competent",
        "not_required",
        "rule",
        "tolerance",
        "verdict",
    ];
    assert_eq!(kinds.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    for target in targets() {
        let explanation = explained(&target, &full_but(&json!({})));
        assert_eq!(explanation["target"], target);
        assert_ne!(explanation["text"], "", "{target}");
        assert!(explanation["value"].is_boolean() || explanation["value"].is_number(), "{explanation}");
    }
}

#[test]
fn the_keys_come_in_a_fixed_order() {
    let text = asked(&json!({"target": {"item": "drug_retail"}, "answers": full_but(&json!({"staff.count": 0}))}));
    let text = text.unwrap();
    let keys =
        ["pack", "on", "accepted_on", "target", "text", "value", "why", "smallest_changes", "settling", "errors"];
    let places: Vec<usize> = keys.map(|key| text.find(&format!("\"{key}\":")).unwrap()).to_vec();
    assert!(places.is_sorted(), "{text}");
}

#[test]
fn an_item_that_fails_says_what_would_do() {
    let explanation = explained(&json!({"item": "drug_retail"}), &full_but(&json!({"staff.count": 0})));
    assert_eq!((&explanation["value"], &explanation["text"]), (&json!(false), &json!("可以办理药品零售许可")));
    let condition = &explanation["why"]["parts"][0];
    assert_eq!((&condition["about"], &condition["id"]), (&json!("condition"), &json!("needs_pharmacist")));
    assert_eq!(condition["basis"][0]["confidence"], "pack_default");
    let leaf = condition;
    assert_eq!(leaf["kind"], "predicate");
    assert_eq!((&leaf["fact"], &leaf["actual"]), (&json!("staff.count"), &json!(0)));
    assert_eq!((&leaf["text"], &leaf["actual_text"]), (&json!("从业人数不少于 1 人"), &json!("0 人")));
    assert_eq!(leaf["needed"], "从业人数不少于 1 人");
    let changes = json!({
        "wanted": true,
        "sets": [{
            "changes": [{"fact": "staff.count", "name": "从业人数", "from": 0, "to": 1, "text": "“从业人数”改为“1 人”"}],
            "text": "“从业人数”改为“1 人”",
        }],
        "text": "如果“从业人数”改为“1 人”，“可以办理药品零售许可”就成立。",
    });
    assert_eq!(explanation["smallest_changes"], changes);
}

#[test]
fn an_open_result_says_what_is_left_to_ask() {
    let explanation = explained(&json!({"item": "drug_retail"}), &json!({"business.activities": ["drug_retail"]}));
    assert_eq!((&explanation["value"], &explanation["missing"]), (&json!("undetermined"), &json!(["staff.count"])));
    let settling =
        json!({"facts": [{"id": "staff.count", "name": "从业人数"}], "settles": true, "text": "还要回答：从业人数。"});
    assert_eq!(explanation["settling"], settling);
    assert_eq!(explanation["assumed"], json!(["accepted_on"]));
    let unsure = json!({"business.activities": ["drug_retail"], "staff.count": {"unsure": true}});
    assert_eq!(
        explained(&json!({"item": "drug_retail"}), &unsure)["settling"],
        json!({"facts": [], "settles": false, "text": "由窗口判断。"})
    );
}

#[test]
fn a_rule_that_gives_a_number_has_no_changes() {
    let explanation = explained(&json!({"rule": "days"}), &full_but(&json!({})));
    assert_eq!((&explanation["value"], &explanation["smallest_changes"]), (&json!(3), &Json::Null));
    assert_eq!((&explanation["why"]["kind"], &explanation["why"]["text"]), (&json!("number"), &json!("3 天")));
}

#[test]
#[cfg_attr(not(feature = "rows"), ignore = "without tables of rows there is less to see")]
fn the_declarations_name_every_key_and_no_other() {
    let mut found = BTreeSet::new();
    let answers = [
        json!({}),
        json!({"business.activities": ["catering"]}),
        full_but(&json!({"staff.count": 0, "materials.f01": "missing", "materials.f06": "missing"})),
        full_but(&json!({"business.activities": ["catering", "workshop"], "staff.count": "x"})),
    ];
    for target in targets() {
        answers.iter().for_each(|answers| keys(&explained(&target, answers), &mut found));
    }
    keys(&explained_rows(&json!([{"amount": "0.00"}])), &mut found);
    let rare = ["not_exact", "cannot_compute", "cut", "any_other", "table", "count", "wanted"].map(String::from);
    let declarations = include_str!("../../../../clients/wasm/yichuang-explain.d.ts");
    let declared = declared(declarations, "export type Target =", "// the end");
    // Of bases and of answers that cannot be read, which decisions have too.
    let shared = ["citation", "code", "confidence", "key", "message"].map(String::from);
    let undeclared: Vec<_> = found.difference(&declared).filter(|key| !shared.contains(key)).collect();
    assert_eq!(undeclared, Vec::<&String>::new(), "keys that the declarations lack");
    let unseen: Vec<_> = declared.difference(&found).filter(|key| !rare.contains(key)).collect();
    assert_eq!(unseen, Vec::<&String>::new(), "declared keys that no explanation has");
}

/// The check of the small pack with shareholders, which some row fails.
fn explained_rows(shareholders: &Json) -> Json {
    let bundle = table_bundle();
    let check = &bundle.pack.checks[0].condition.id;
    let request = json!({"target": {"check": check}, "answers": {"shareholders": shareholders}}).to_string();
    let today = Date::parse("2014-11-18").unwrap();
    serde_json::from_str(&explain(&LoadedBundle::new(bundle), &calendar(), &request, today).unwrap()).unwrap()
}

#[test]
#[cfg_attr(not(feature = "rows"), ignore = "without tables of rows there is less to see")]
fn rows_that_decide_are_said_with_their_cells() {
    let rows = json!([{"amount": "0.00"}, {"amount": "1.50"}, {"amount": 0, "name": "丙"}]);
    let why = explained_rows(&rows)["why"].clone();
    let said = (&why["kind"], &why["value"], &why["text"], &why["fact"], &why["actual_text"]);
    let expected = (json!("predicate"), json!(true), json!("“股东”里有符合的行"), json!("shareholders"), json!("3 行"));
    assert_eq!(said, (&expected.0, &expected.1, &expected.2, &expected.3, &expected.4));
    let row = |row: usize, value: Json, text: &str| json!({"kind": "row", "value": value, "text": text, "fact": "shareholders", "row": row});
    let parts =
        [row(0, json!(true), "股东第 1 行（出资额：0.00 元）"), row(2, json!(true), "股东第 3 行（出资额：0.00 元）")];
    assert_eq!(why["parts"], json!(parts));
    let none = explained_rows(&json!([{"amount": "1.50"}, {"amount": "2.00"}]))["why"].clone();
    assert_eq!((&none["value"], &none["text"]), (&json!(false), &json!("“股东”里有符合的行")));
    assert_eq!(none["parts"][1], row(1, json!(false), "股东第 2 行（出资额：2.00 元）"));
    let open = explained_rows(&json!([{"amount": "1.50"}, {"amount": {"unsure": true}}, {}]));
    let parts = [
        row(1, json!("undetermined"), "股东第 2 行（出资额：说不清）"),
        row(2, json!("undetermined"), "股东第 3 行（出资额：没有填）"),
    ];
    assert_eq!(open["why"]["parts"], json!(parts));
    assert_eq!(
        (&open["missing"], &open["settling"]["facts"][0]["id"]),
        (&json!(["shareholders"]), &json!("shareholders"))
    );
    let unanswered = explained_rows(&Json::Null);
    assert_eq!(unanswered["why"]["parts"], json!([{"kind": "fact", "text": "股东", "fact": "shareholders"}]));
}

#[test]
fn what_is_wrong_with_a_request_is_said() {
    for (request, code) in [
        (json!({}), "bad_target"),
        (json!({"target": null}), "bad_target"),
        (json!({"target": {"item": "drug_retail", "rule": "days"}}), "bad_target"),
        (json!({"target": {"thing": "drug_retail"}}), "bad_target"),
        (json!({"target": {"item": "none"}}), "unknown_target"),
        (json!({"target": {"verdict": "undetermined"}}), "unknown_target"),
        (json!({"target": {"conflict": ""}}), "unknown_target"),
        (json!({"target": {"item": "drug_retail"}, "wanted": "yes"}), "bad_wanted"),
        (json!({"target": {"item": "drug_retail"}, "more": 1}), "unknown_field"),
        (json!({"target": {"item": "drug_retail"}, "pack": "a/b"}), "unknown_pack"),
        (json!([]), "not_object"),
    ] {
        assert_eq!(asked(&request), Err(code), "{request}");
    }
    let error = ExplainRequest::from_json("{\"answers\":[]}").unwrap_err();
    assert_eq!(error.code, "answers_not_object");
    assert!(asked(&json!({"target": {"item": "drug_retail"}, "wanted": null})).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_answers_give_an_explanation(json in any_json(), place in 0_usize..11, target in any::<prop::sample::Index>()) {
        let fact = bundle().pack.facts[place].id.clone();
        let targets = targets();
        let target = target.get(&targets);
        let explanation = explained(target, &full_but(&json!({ fact.as_str(): json })));
        prop_assert!(explanation["why"].is_object());
    }
}
