use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use yichuang_engine::Date;

use crate::test_pack::{self, answers, any_json, bundle, calendar, full_answers, table_bundle};
use crate::{Lang, LoadedBundle, Precheck, Request};

const DECLARATIONS: &str = include_str!("../../../clients/wasm/yichuang-wire.d.ts");
/// Parts of decisions that have files of their own.
const PARTS: [&str; 2] = [
    include_str!("../../../clients/wasm/yichuang-joint.d.ts"),
    include_str!("../../../clients/wasm/yichuang-question.d.ts"),
];

fn text_of(given: &Json, on: &str, lang: Lang) -> String {
    let (bundle, calendar, answers) = (LoadedBundle::new(bundle()), calendar(), answers(given));
    Precheck::new(&bundle, &calendar, &answers, Date::parse(on).unwrap()).to_json(lang)
}

fn decide(given: &Json, on: &str) -> Json {
    serde_json::from_str(&text_of(given, on, Lang::Zh)).unwrap()
}

/// The full answers with some of them changed.
pub(super) fn full_but(changes: &Json) -> Json {
    let mut given: Json = serde_json::from_str(&full_answers().to_json()).unwrap();
    for (key, value) in changes.as_object().unwrap() {
        given[key] = value.clone();
    }
    given
}

fn ids(list: &Json) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap()).collect()
}

#[test]
fn the_keys_come_in_a_fixed_order() {
    let (on, given) = ("2014-11-18", full_answers());
    let given: Json = serde_json::from_str(&given.to_json()).unwrap();
    let text = text_of(&given, on, Lang::Zh);
    let expected = r#"{"pack":{"id":"test/small","edition":"2014-11","digest":""#;
    assert!(text.starts_with(expected), "{text}");
    let keys = [
        "pack",
        "calendar",
        "on",
        "accepted_on",
        "versions_by",
        "version_date",
        "verdict",
        "items",
        "certificates",
        "authorities",
        "not_required",
        "not_competent",
        "conflicts",
        "checks",
        "open_grounds",
        "open_conflicts",
        "open_checks",
        "to_be_judged",
        "materials",
        "merged_count",
        "separate_count",
        "periods",
        "steps",
        "tolerance",
        "fees",
        "due_total",
        "payable_total",
        "ratio",
        "pay_after_service",
        "values",
        "documents",
        "missing",
        "assumed",
        "errors",
        "receipt",
    ];
    let mut rest = text.as_str();
    for key in keys {
        let quoted = ["\"", key, "\":"].concat();
        rest = rest.split_once(quoted.as_str()).unwrap_or_else(|| panic!("{key} in {rest}")).1;
    }
    assert_eq!(text, text_of(&given, on, Lang::Zh));
}

#[test]
fn a_ready_application() {
    let decision = decide(&full_but(&json!({})), "2014-11-18");
    assert_eq!(decision["verdict"], "ready");
    assert_eq!(ids(&decision["items"]), ["catering", "drug_retail"]);
    assert_eq!(
        decision["items"][0],
        json!({
            "id": "catering", "name": "餐饮服务许可", "selected": true, "outcome": "pass", "reasons": [],
            "statutory_days": 20, "statutory_due": {"on": "2014-12-16"},
            "statutory_basis": [{"confidence": "pack_default", "citation": "为试算而定"}],
            "validity_years": 3, "validity_basis": [{"confidence": "pack_default", "citation": "为试算而定"}],
            "basis": [{"confidence": "pack_default", "citation": "为试算而定"}],
        })
    );
    assert_eq!(decision["certificates"][0]["items"], json!(["catering", "drug_retail"]));
    assert_eq!(
        decision["periods"],
        json!({
            "statutory_sum": 65, "promised_days": 28, "saved_days": 37, "promised_due": {"on": "2014-12-26"},
            "notices": [2014], "basis": [{"confidence": "pack_default", "citation": "为试算而定"}],
        })
    );
    let due = |step: &Json| (step["days"].as_i64().unwrap(), step["due"]["on"].as_str().unwrap().to_string());
    assert_eq!(due(&decision["steps"][0]), (20, "2014-12-16".into()));
    assert_eq!(due(&decision["steps"][1]), (8, "2014-12-26".into()));
    assert_eq!((&decision["merged_count"], &decision["separate_count"]), (&json!(2), &json!(4)));
    let fee = &decision["fees"][0];
    assert_eq!(
        (&fee["due"], &fee["relief"]["percent"], &fee["payable"]),
        (&json!("10.51"), &json!(50), &json!("5.26"))
    );
    let totals = ["due_total", "payable_total", "ratio"].map(|key| decision[key].as_str().unwrap());
    assert_eq!(totals, ["10.51", "5.26", "50.0"]);
    assert_eq!(ids(&decision["documents"]), ["F-10"]);
    assert_eq!(decision["tolerance"]["status"], "not_applicable");
    assert_eq!((&decision["missing"], &decision["next_question"]), (&json!([]), &Json::Null));
}

#[test]
fn materials_say_what_to_bring_and_why() {
    let decision = decide(&full_but(&json!({})), "2014-11-18");
    let [f01, f06, f25] = [0, 1, 2].map(|place| &decision["materials"][place]);
    assert_eq!((&f01["status"], &f01["state"], &f01["originals"]), (&json!("required"), &json!("provided"), &json!(1)));
    assert_eq!(f01["needed_by"], json!(["catering", "drug_retail"]));
    assert_eq!((&f06["name"], &f06["note"]), (&json!("租赁合同和房东的房产证"), &json!("房东签字。")));
    assert_eq!((&f06["show_original"], &f06["deferrable"]), (&json!(true), &json!(true)));
    assert_eq!(f06["why"][0], json!({"fact": "business.activities", "text": "经营活动：有餐饮服务"}));
    assert_eq!((&f25["status"], &f25["state"]), (&json!("waived_internal"), &Json::Null));
    assert_eq!(f25["produced_by"], "drug_retail");
}

#[test]
fn what_is_open_says_on_what_it_hangs() {
    let decision = decide(&json!({}), "2014-11-18");
    assert_eq!(decision["verdict"], "undetermined");
    assert!(decision["verdict_missing"].as_array().unwrap().contains(&json!("business.activities")));
    assert_eq!(decision["items"][0]["selected"], "undetermined");
    assert_eq!(decision["items"][0]["missing"], json!(["business.activities"]));
    assert_eq!(decision["materials"][0]["status"], "undetermined");
    assert_eq!(decision["periods"]["promised_days"]["undetermined"], json!(["business.activities", "staff.count"]));
    assert_eq!(decision["periods"]["promised_due"], decision["periods"]["promised_days"]);
    assert_eq!(decision["open_conflicts"], json!(["catering_workshop"]));
    assert_eq!(decision["open_grounds"], json!(["farm_produce", "drug_wholesale"]));
    assert_eq!(decision["open_checks"], json!(["no_staff", "rented"]));
    assert_eq!(decision["next_question"], "business.activities");
    assert_eq!(
        decision["question"],
        json!({
            "fact": "business.activities", "name": "经营活动", "kind": "choices", "text": "经营活动？",
            "help": "可以多选。", "why": "决定办哪些事项。",
            "options": [
                {"id": "catering", "name": "餐饮服务", "hint": "含堂食和外卖。"}, {"id": "workshop", "name": "小作坊"},
                {"id": "drug_retail", "name": "药品零售"}, {"id": "farm_produce", "name": "销售食用农产品"},
                {"id": "drug_wholesale", "name": "药品批发"},
            ],
        })
    );
    assert_eq!(decision["assumed"], json!(["accepted_on"]));
}

#[test]
fn refused_conflicting_and_not_needed() {
    let wholesale = decide(&json!({"business.activities": ["drug_wholesale"]}), "2014-11-18");
    assert_eq!(wholesale["verdict"], "refused");
    assert_eq!(wholesale["not_competent"][0]["competent"], "省食品药品监督管理局");
    let farm = decide(&json!({"business.activities": ["farm_produce"]}), "2014-11-18");
    assert_eq!((&farm["verdict"], &farm["periods"]), (&json!("not_needed"), &Json::Null));
    assert_eq!(ids(&farm["not_required"]), ["farm_produce"]);
    let both = decide(&full_but(&json!({"business.activities": ["catering", "workshop"]})), "2014-11-18");
    assert_eq!((&both["verdict"], &both["materials"]), (&json!("correctable"), &json!([])));
    assert_eq!(both["conflicts"][0]["items"], json!(["catering", "workshop"]));
    assert_eq!(
        (&both["conflicts"][0]["reopens"], &both["next_question"]),
        (&json!("business.activities"), &json!("business.activities"))
    );
    let nobody = decide(&full_but(&json!({"staff.count": 0})), "2014-11-18");
    assert_eq!((&nobody["verdict"], &nobody["items"][1]["outcome"]), (&json!("refused"), &json!("fail")));
    assert_eq!(nobody["items"][1]["reasons"][0]["id"], "needs_pharmacist");
    assert_eq!(
        (&nobody["checks"][0]["severity"], &nobody["checks"][0]["fact"]),
        (&json!("error"), &json!("staff.count"))
    );
}

#[test]
fn tolerance_has_its_reasons() {
    let tolerance = |changes| decide(&full_but(&changes), "2014-11-18")["tolerance"].clone();
    let allowed = tolerance(json!({"materials.f06": "missing"}));
    assert_eq!((&allowed["status"], &allowed["limit"]), (&json!("allowed"), &json!(2)));
    assert_eq!(allowed["supplement_due"], json!({"on": "2014-11-25"}));
    let refused = tolerance(json!({"materials.f01": "missing"}));
    assert_eq!((&refused["status"], &refused["reasons"]), (&json!("refused"), &json!(["non_deferrable_missing"])));
    let open = tolerance(json!({"materials.f01": null, "materials.f06": null}));
    assert_eq!(
        (&open["status"], &open["missing"]),
        (&json!("undetermined"), &json!(["materials.f01", "materials.f06"]))
    );
}

#[test]
fn due_dates_beyond_the_calendar() {
    let due =
        |on: &str| decide(&full_but(&json!({"accepted_on": on})), "2014-11-18")["periods"]["promised_due"].clone();
    assert_eq!(due("2015-11-23"), json!({"not_before": "2015-12-23", "until_notice_for": 2016}));
    assert_eq!(due("2005-03-01"), json!({"calendar_missing": 2005}));
}

#[test]
fn errors_stand_beside_the_rest() {
    let decision = decide(&full_but(&json!({"staff.count": "many", "colour": 7})), "2014-11-18");
    assert_eq!(
        decision["errors"],
        json!([
            {"key": "staff.count", "code": "not_integer", "message": "请填写整数，只用数字。"},
            {"key": "colour", "code": "unknown_fact", "message": "没有「colour」这一项。"},
        ])
    );
    assert_eq!(decision["next_question"], "staff.count");
    assert_eq!(decision["question"]["unit"], "人");
    assert_eq!((&decision["question"]["min"], &decision["question"]["max"]), (&json!(0), &json!(5000)));
}

#[test]
fn an_unsure_fact_is_marked_and_not_asked() {
    let decision = decide(&full_but(&json!({"staff.count": {"unsure": true}})), "2014-11-18");
    let missing = decision["missing"].as_array().unwrap();
    let staff = missing.iter().find(|missing| missing["fact"] == "staff.count").unwrap();
    assert_eq!((&staff["unsure"], &staff["name"]), (&json!(true), &json!("从业人数")));
    assert_ne!(decision["next_question"], "staff.count");
    let unticked = decide(&full_but(&json!({"materials.f01": null})), "2014-11-18");
    assert_eq!(unticked["missing"][0], json!({"fact": "materials.f01", "name": "申请书", "settles": 2}));
}

#[test]
fn texts_come_in_english_where_the_pack_has_it() {
    let decision: Json = serde_json::from_str(&text_of(&json!({"staff.count": true}), "2014-11-18", Lang::En)).unwrap();
    assert_eq!(decision["question"]["name"], "activities");
    assert_eq!(decision["question"]["text"], "经营活动？");
    assert_eq!(decision["errors"][0]["message"], "the answer is a whole number, in digits only");
}

#[test]
fn problems_are_documents() {
    let error = Request::from_json(r#"{"on":"tomorrow"}"#).unwrap_err();
    assert_eq!(
        error.to_problem(400, Lang::Zh),
        r#"{"type":"about:blank","title":"on 应是一个日期，例如 2014-11-18。","status":400,"code":"bad_date","place":"on"}"#
    );
    assert_eq!(
        crate::problem(413, "too_large", "too large", "at most 1 MB"),
        r#"{"type":"about:blank","title":"too large","status":413,"detail":"at most 1 MB","code":"too_large"}"#
    );
}

/// Requests that together show every key there is.
fn many_decisions() -> Vec<Json> {
    let on = "2014-11-18";
    let mut decisions = [
        json!({}),
        full_but(&json!({})),
        full_but(&json!({"materials.f06": "missing", "materials.f01": "defective"})),
        full_but(&json!({"materials.f01": null, "premises.tenure": null})),
        full_but(&json!({"staff.count": {"unsure": true}, "accepted_on": "2015-11-23"})),
        full_but(&json!({"staff.count": "x", "accepted_on": "2005-03-01", "materials.f06": "missing"})),
        full_but(&json!({"business.activities": ["catering", "workshop", "drug_wholesale", "farm_produce"]})),
    ]
    .map(|given| decide(&given, on))
    .to_vec();
    for (id, kind) in [("applicant.uscc", "text"), ("staff.count", "integer"), ("shareholders", "table")] {
        decisions.push(ask(id, kind));
    }
    decisions.push(layered());
    for given in [json!({}), full_but(&json!({}))] {
        decisions.push(joint(&given));
    }
    decisions
}

/// A decision of a pack with a joint plan, which hangs on what is applied for.
fn joint(given: &Json) -> Json {
    let selected = test_pack::bundle().pack.items[0].selected;
    let (bundle, calendar) = (LoadedBundle::new(test_pack::joint(!selected)), calendar());
    let answers = answers(given);
    let precheck = Precheck::new(&bundle, &calendar, &answers, Date::parse("2014-11-18").unwrap());
    serde_json::from_str(&precheck.to_json(Lang::Zh)).unwrap()
}

/// A decision of a pack that extends another one.
fn layered() -> Json {
    let (bundle, calendar) = (LoadedBundle::new(test_pack::layered()), calendar());
    let answers = answers(&full_but(&json!({})));
    let precheck = Precheck::new(&bundle, &calendar, &answers, Date::parse("2014-11-18").unwrap());
    serde_json::from_str(&precheck.to_json(Lang::Zh)).unwrap()
}

#[test]
fn a_pack_that_extends_others_says_what_it_has_otherwise() {
    let (decision, plain) = (layered(), decide(&full_but(&json!({})), "2014-11-18"));
    let basis = json!([{"confidence": "pack_default", "citation": "为试算而定"}]);
    assert_eq!(decision["pack"]["layers"], json!([{"id": "cn/small", "edition": "2013"}]));
    assert_eq!(
        decision["pack"]["overrides"],
        json!([
            {"target": "材料「药品经营许可证」", "old": "要交", "new": "免交", "basis": basis},
            {"target": "收费「工本费」", "new": "增加", "basis": basis},
        ])
    );
    let f25 = &decision["materials"][2];
    assert_eq!((&f25["status"], &f25["waived_basis"]), (&json!("waived_local"), &basis));
    assert_eq!((&plain["pack"]["layers"], &plain["materials"][2]["waived_basis"]), (&Json::Null, &Json::Null));
}

/// A decision of a pack in which a conflict asks for this fact again.
fn ask(id: &str, kind: &str) -> Json {
    let mut bundle = table_bundle();
    bundle.pack.conflicts[0].reopens = bundle.pack.fact(id).unwrap().0;
    let (bundle, calendar) = (LoadedBundle::new(bundle), calendar());
    let answers = answers(&full_but(&json!({"business.activities": ["catering", "workshop"]})));
    let precheck = Precheck::new(&bundle, &calendar, &answers, Date::parse("2014-11-18").unwrap());
    let decision: Json = serde_json::from_str(&precheck.to_json(Lang::Zh)).unwrap();
    assert_eq!((&decision["question"]["fact"], &decision["question"]["kind"]), (&json!(id), &json!(kind)));
    decision
}

pub(super) fn keys(json: &Json, found: &mut BTreeSet<String>) {
    match json {
        Json::Object(parts) => parts.iter().for_each(|(key, value)| {
            found.insert(key.clone());
            keys(value, found);
        }),
        Json::Array(parts) => parts.iter().for_each(|part| keys(part, found)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

/// The property names in declarations, from one line to another one.
pub(super) fn declared(declarations: &str, from: &str, to: &str) -> BTreeSet<String> {
    let lines = declarations.lines().map(str::trim_start);
    let part = lines.skip_while(|line| *line != from).take_while(|line| *line != to);
    let parts = part.filter(|line| !line.starts_with('*') && !line.starts_with('/'));
    let properties = parts.flat_map(|line| line.split(['{', ';'])).filter_map(|part| part.split_once(':'));
    let name = |name: &str| name.trim().trim_end_matches('?').to_string();
    properties.map(|(property, _)| name(property)).collect()
}

#[test]
#[cfg_attr(not(feature = "rows"), ignore = "without tables of rows there is less to see")]
fn the_declarations_name_every_key_and_no_other() {
    let mut found = BTreeSet::new();
    many_decisions().iter().for_each(|decision| keys(decision, &mut found));
    let rare = ["not_exact", "cannot_compute", "places"].map(String::from);
    let parts = PARTS.iter().flat_map(|part| declared(part, "*/", "// the end"));
    let declared: BTreeSet<String> =
        declared(DECLARATIONS, "// Decision", "// Problem").into_iter().chain(parts).collect();
    let undeclared: Vec<_> = found.difference(&declared).collect();
    assert_eq!(undeclared, Vec::<&String>::new(), "keys that the declarations lack");
    let unseen: Vec<_> = declared.difference(&found).filter(|key| !rare.contains(key)).collect();
    assert_eq!(unseen, Vec::<&String>::new(), "declared keys that no decision has");
}

proptest! {
    #[test]
    fn any_answers_give_a_decision(json in any_json(), place in 0_usize..11) {
        let fact = bundle().pack.facts[place].id.clone();
        let decision = decide(&full_but(&json!({ fact.as_str(): json })), "2014-11-18");
        let errors = decision["errors"].as_array().unwrap();
        prop_assert!(errors.iter().all(|error| error["key"] == json!(fact)));
        prop_assert!(["ready", "correctable", "refused", "not_needed", "undetermined"].contains(&decision["verdict"].as_str().unwrap()));
    }
}
